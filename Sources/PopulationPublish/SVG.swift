import PopulationFigures

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
    private var body = ""

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
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

    mutating func text(
        _ text: String, x: Double, y: Double, size: Double = 12, anchor: Anchor = .start,
        ink: String = Ink.text, isBold: Bool = false
    ) {
        body += "<text x=\"\(n(x))\" y=\"\(n(y))\" font-size=\"\(n(size))\" fill=\"\(ink)\""
        if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
        if isBold { body += " font-weight=\"700\"" }
        body += ">\(text.markupEscaped)</text>\n"
    }

    /// Chinese, and the English in a smaller size on the line below.
    mutating func text(
        _ text: Bilingual, x: Double, y: Double, size: Double = 12, anchor: Anchor = .start,
        ink: String = Ink.text, isBold: Bool = false
    ) {
        self.text(text.zh, x: x, y: y, size: size, anchor: anchor, ink: ink, isBold: isBold)
        guard text.en != text.zh else { return }
        self.text(
            text.en, x: x, y: y + size + 1, size: size - 2, anchor: anchor, ink: Ink.muted)
    }

    /// The drawing with its title and description; `id` is unique on the page.
    func document(id: String, title: Bilingual, description: Bilingual, minimum: Int) -> String {
        func both(_ text: Bilingual) -> String {
            (text.zh == text.en ? text.zh : "\(text.zh) / \(text.en)").markupEscaped
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
    private static let fonts =
        "system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', "
        + "'WenQuanYi Micro Hei', sans-serif"

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
