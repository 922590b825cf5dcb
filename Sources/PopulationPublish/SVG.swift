import PopulationFigures
import PopulationModel

/// Writes one inline SVG drawing; every mark carries its own attributes, because some print
/// programs do not apply the page's style sheet inside a drawing.
struct SVG {
    /// One dark tone, one light tone, one accent; distinct in grey as well.
    enum Ink {
        static let dark = "#1f3044"
        static let light = "#b9c4d0"
        static let accent = "#a3271e"
        static let text = "#222222"
        static let muted = "#5a6570"
        static let rule = "#dfe3e8"
        static let paper = "#ffffff"
    }

    enum Anchor: String { case start, middle, end }

    private let width: Double
    private let height: Double
    let language: ReportLanguage
    private var body = ""

    init(width: Double, height: Double, _ language: ReportLanguage) {
        self.width = width
        self.height = height
        self.language = language
    }

    mutating func line(
        from a: (x: Double, y: Double), to b: (x: Double, y: Double), ink: String,
        width: Double = 1, dashes: String? = nil
    ) {
        let dash = dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
        body += "<line x1=\"\(n(a.x))\" y1=\"\(n(a.y))\" x2=\"\(n(b.x))\" y2=\"\(n(b.y))\""
        body += " stroke=\"\(ink)\" stroke-width=\"\(n(width))\"\(dash)/>\n"
    }

    mutating func polyline(_ points: [(x: Double, y: Double)], ink: String, width: Double) {
        let list = points.map { "\(n($0.x)),\(n($0.y))" }.joined(separator: " ")
        body += "<polyline points=\"\(list)\" fill=\"none\" stroke=\"\(ink)\""
        body += " stroke-width=\"\(n(width))\" stroke-linejoin=\"round\"/>\n"
    }

    mutating func circle(
        at point: (x: Double, y: Double), radius: Double, fill: String, stroke: String
    ) {
        body += "<circle cx=\"\(n(point.x))\" cy=\"\(n(point.y))\" r=\"\(n(radius))\""
        body += " fill=\"\(fill)\" stroke=\"\(stroke)\" stroke-width=\"2\"/>\n"
    }

    /// A hollow diamond: what is aimed at, not what is.
    mutating func diamond(at point: (x: Double, y: Double), radius: Double, stroke: String) {
        let (x, y, r) = (point.x, point.y, radius)
        body += "<path d=\"M\(n(x)) \(n(y - r))L\(n(x + r)) \(n(y))L\(n(x)) \(n(y + r))"
        body += "L\(n(x - r)) \(n(y))Z\" fill=\"\(Ink.paper)\" stroke=\"\(stroke)\""
        body += " stroke-width=\"2\"/>\n"
    }

    mutating func rectangle(
        x: Double, y: Double, width: Double, height: Double, fill: String, stroke: String? = nil
    ) {
        body += "<rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(width))\" height=\"\(n(height))\""
        body += " fill=\"\(fill)\"\(stroke.map { " stroke=\"\($0)\"" } ?? "")/>\n"
    }

    /// Diagonal strokes within a rectangle: what is not measured, or a third tone that grey keeps.
    mutating func hatch(
        x: Double, y: Double, width: Double, height: Double, ink: String = Ink.dark,
        gap: Double = 5
    ) {
        guard width > 0, height > 0 else { return }
        rectangle(x: x, y: y, width: width, height: height, fill: Ink.paper, stroke: ink)
        // A stroke rises to the right: x - left + (bottom - y) is the same all along it.
        var offset = gap
        while offset < width + height {
            let start = (x: x + max(0, offset - height), y: y + max(0, height - offset))
            let end = (x: x + min(offset, width), y: y + height - max(0, offset - width))
            line(
                from: (start.x, start.y), to: (end.x, end.y), ink: ink, width: 1)
            offset += gap
        }
    }

    /// A hatched band along a line: where things would lead.
    mutating func hatchedBand(
        from a: (x: Double, y: Double), to b: (x: Double, y: Double), height: Double, ink: String
    ) {
        func y(_ x: Double) -> Double { a.y + (b.y - a.y) * (x - a.x) / max(b.x - a.x, 1) }
        for side in [-height / 2, height / 2] {
            line(from: (a.x, a.y + side), to: (b.x, b.y + side), ink: ink, width: 0.8)
        }
        var x = a.x
        while x + 3 <= b.x {
            line(
                from: (x, y(x) + height / 2), to: (x + 3, y(x + 3) - height / 2), ink: ink,
                width: 0.8)
            x += 5
        }
    }

    mutating func text(
        _ text: String, x: Double, y: Double, size: Double = 12, anchor: Anchor = .start,
        ink: String = Ink.text, isBold: Bool = false
    ) {
        body += "<text x=\"\(n(x))\" y=\"\(n(y))\" font-size=\"\(n(size))\" fill=\"\(ink)\""
        if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
        if isBold { body += " font-weight=\"700\"" }
        body += ">\(text.markupEscaped)</text>\n"
    }

    /// Chinese, and the English in a smaller size on the line below, as far as the page has both.
    mutating func text(
        _ text: Bilingual, x: Double, y: Double, size: Double = 12, anchor: Anchor = .start,
        ink: String = Ink.text, isBold: Bool = false
    ) {
        let text = language.text(text)
        self.text(text.zh, x: x, y: y, size: size, anchor: anchor, ink: ink, isBold: isBold)
        guard text.en != text.zh else { return }
        self.text(
            text.en, x: x, y: y + size + 1, size: size - 2, anchor: anchor, ink: Ink.muted)
    }

    /// The drawing with its title and description; `id` is unique on the page.
    func document(id: String, title: Bilingual, description: Bilingual, minimum: Int) -> String {
        func both(_ text: Bilingual) -> String {
            let text = language.text(text)
            return (text.zh == text.en ? text.zh : "\(text.zh) / \(text.en)").markupEscaped
        }
        return """
            <svg viewBox="0 0 \(n(width)) \(n(height))" width="\(n(width))" height="\(n(height))" \
            style="min-width:\(minimum)px" \
            role="img" aria-labelledby="\(id)-title \(id)-desc" font-family="\(Self.fonts)">
            <title id="\(id)-title">\(both(title))</title>
            <desc id="\(id)-desc">\(both(description))</desc>
            \(body)</svg>
            """
    }

    /// System fonts that hold Chinese; single quotes stand inside an attribute.
    /// Without blanks: WeasyPrint takes a blank for a part of the name, does not find the font, and
    /// prints Chinese in Japanese forms.
    private static let fonts =
        "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','WenQuanYi Micro Hei',"
        + "system-ui,sans-serif"

    /// Width of a text, near enough to keep labels apart: a Chinese character is one em wide.
    static func width(of text: String, size: Double) -> Double {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 1 : 0.58) * size }
    }

    /// A text cut to a width, with an ellipsis where something is missing.
    static func cut(_ text: String, toWidth limit: Double, size: Double) -> String {
        if width(of: text, size: size) <= limit { return text }
        var kept = text
        while !kept.isEmpty, width(of: kept + "…", size: size) > limit { kept.removeLast() }
        return kept + "…"
    }

    /// A coordinate with at most one decimal.
    private func n(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
    }
}
