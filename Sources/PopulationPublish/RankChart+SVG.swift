import PopulationFigures
import PopulationModel

extension RankChart {
    private static let width = 760.0
    private static let rowHeight = 22.0
    private static let top = 46.0
    private static let nameSize = 12.0

    /// The drawing: a filled dot has reached the target line, a hollow one has not.
    func svg(id: String, _ language: ReportLanguage) -> String {
        let bottom = Self.top + Self.rowHeight * Double(rows.count)
        var svg = SVG(width: Self.width, height: bottom + 46, language)
        let left = left(language)
        drawAxis(&svg, left: left, bottom: bottom)
        for (index, row) in rows.enumerated() {
            draw(row, y: Self.top + Self.rowHeight * (Double(index) + 0.5), left: left, &svg)
        }
        return svg.document(id: id, title: title, description: description, minimum: 560)
    }

    /// Names take the width that the longest needs, up to 15 characters.
    private func left(_ language: ReportLanguage) -> Double {
        let longest =
            rows.map { SVG.width(of: name(of: $0, language), size: Self.nameSize) }.max() ?? 0
        return min(max(longest, 48), 15 * Self.nameSize) + 20
    }

    /// One line: a page of both languages has the Chinese, and the table beside it both.
    private func name(of row: Row, _ language: ReportLanguage) -> String {
        language.text(row.name).zh
    }

    private var right: Double { Self.width - 84 }

    private var ends: (low: Double, high: Double) {
        let values = [lowest, highest] + (target.map { [$0.percent] } ?? [])
        let low = (values.min()! / 10).rounded(.down) * 10
        let high = (values.max()! / 10).rounded(.up) * 10
        return low < high ? (low, high) : (max(low - 10, 0), min(low + 10, 100))
    }

    private func x(_ percent: Double, _ left: Double) -> Double {
        let (low, high) = ends
        return left + (percent - low) / (high - low) * (right - left)
    }

    private func drawAxis(_ svg: inout SVG, left: Double, bottom: Double) {
        func x(_ percent: Double) -> Double { self.x(percent, left) }
        let (low, high) = ends
        var tick = low
        while tick <= high {
            svg.line(from: (x(tick), Self.top), to: (x(tick), bottom), ink: SVG.Ink.rule)
            svg.text(
                "\(Int(tick))", x: x(tick), y: bottom + 16, size: 11, anchor: .middle,
                ink: SVG.Ink.muted)
            tick += 10
        }
        svg.text("%", x: right + 16, y: bottom + 16, size: 11, ink: SVG.Ink.muted)
        if low > 0 {
            svg.text(
                svg.language.line(
                    Bilingual("横轴不从零开始", "the axis does not start at zero")), x: left,
                y: bottom + 36, size: 11,
                ink: SVG.Ink.muted)
        }
        guard let target else { return }
        let line = x(target.percent)
        svg.line(
            from: (line, Self.top - 6), to: (line, bottom), ink: SVG.Ink.accent, width: 1.4,
            dashes: "5 4")
        svg.text(
            Bilingual("目标 \(target.text)", "Target \(target.text)"), x: line, y: Self.top - 24,
            size: 12,
            anchor: .middle, ink: SVG.Ink.accent, isBold: true)
    }

    private func draw(_ row: Row, y: Double, left: Double, _ svg: inout SVG) {
        svg.text(
            SVG.cut(name(of: row, svg.language), toWidth: left - 18, size: Self.nameSize),
            x: left - 12, y: y + 4,
            size: Self.nameSize, anchor: .end)
        let place = x(row.percent, left)
        svg.line(from: (left, y), to: (right, y), ink: SVG.Ink.light, width: 0.7, dashes: "1 4")
        let isHollow = row.isReached == false
        svg.circle(
            at: (place, y), radius: 5, fill: isHollow ? SVG.Ink.paper : SVG.Ink.dark,
            stroke: SVG.Ink.dark)
        // Numbers stand in a column of their own, so that no line cuts them.
        svg.text(row.text, x: right + 60, y: y + 4, anchor: .end)
    }
}
