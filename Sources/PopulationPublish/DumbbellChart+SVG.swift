import PopulationFigures
import PopulationModel

extension DumbbellChart {
    private static let width = 760.0
    private static let rowHeight = 26.0
    private static let top = 40.0
    private static let nameSize = 12.0

    /// The drawing: a light dot then, a dark dot now, and the change in a column of its own.
    func svg(id: String, _ language: ReportLanguage) -> String {
        let bottom = Self.top + Self.rowHeight * Double(rows.count)
        var svg = SVG(width: Self.width, height: bottom + 44, language)
        let left = left(language)
        drawAxis(&svg, left: left, bottom: bottom)
        for (index, row) in rows.enumerated() {
            draw(row, y: Self.top + Self.rowHeight * (Double(index) + 0.5), left: left, &svg)
        }
        return svg.document(id: id, title: title, description: description, minimum: 560)
    }

    private var right: Double { Self.width - 220 }
    private var columns: (before: Double, now: Double, change: Double) {
        (Self.width - 142, Self.width - 78, Self.width - 8)
    }

    private func left(_ language: ReportLanguage) -> Double {
        let names = rows.map { SVG.width(of: language.text($0.name).zh, size: Self.nameSize) }
        return min(max(names.max() ?? 0, 48), 15 * Self.nameSize) + 20
    }

    private var axis: ChartAxis {
        ChartAxis(holding: rows.flatMap { [$0.before, $0.now] })
    }

    private func x(_ percent: Double, _ left: Double) -> Double {
        let axis = axis
        return left + (percent - axis.low) / (axis.high - axis.low) * (right - left)
    }

    private func drawAxis(_ svg: inout SVG, left: Double, bottom: Double) {
        let axis = axis
        var tick = axis.low
        while tick <= axis.high + axis.step / 100 {
            let x = x(tick, left)
            svg.line(from: (x, Self.top), to: (x, bottom), ink: SVG.Ink.rule)
            let isWhole = tick == tick.rounded()
            svg.text(
                isWhole ? "\(Int(tick))" : "\(Int(tick)).5", x: x, y: bottom + 16, size: 11,
                anchor: .middle, ink: SVG.Ink.muted)
            tick += axis.step
        }
        svg.text("%", x: right + 14, y: bottom + 16, size: 11, ink: SVG.Ink.muted)
        if axis.low > 0 {
            svg.text(
                svg.language.line(
                    Bilingual("横轴不从零开始", "the axis does not start at zero")), x: left,
                y: bottom + 36, size: 11, ink: SVG.Ink.muted)
        }
        let y = Self.top - 12
        svg.circle(
            at: (columns.before - 40, y - 4), radius: 4, fill: SVG.Ink.light,
            stroke: SVG.Ink.muted)
        svg.text(beforeName, x: columns.before, y: y, anchor: .end)
        svg.circle(
            at: (columns.now - 42, y - 4), radius: 4, fill: SVG.Ink.dark, stroke: SVG.Ink.dark)
        svg.text(nowName, x: columns.now, y: y, anchor: .end, isBold: true)
        svg.text(
            svg.language.text(Bilingual("变动", "Change")).zh, x: columns.change, y: y,
            anchor: .end)
    }

    private func draw(_ row: Row, y: Double, left: Double, _ svg: inout SVG) {
        svg.text(
            SVG.cut(svg.language.text(row.name).zh, toWidth: left - 18, size: Self.nameSize),
            x: left - 12, y: y + 4, size: Self.nameSize, anchor: .end)
        svg.line(from: (left, y), to: (right, y), ink: SVG.Ink.light, width: 0.7, dashes: "1 4")
        let (before, now) = (x(row.before, left), x(row.now, left))
        svg.line(from: (before, y), to: (now, y), ink: SVG.Ink.dark, width: 2.4)
        svg.circle(at: (before, y), radius: 4.5, fill: SVG.Ink.light, stroke: SVG.Ink.muted)
        svg.circle(at: (now, y), radius: 4.5, fill: SVG.Ink.dark, stroke: SVG.Ink.dark)
        svg.text(row.beforeText, x: columns.before, y: y + 4, anchor: .end, ink: SVG.Ink.muted)
        svg.text(row.nowText, x: columns.now, y: y + 4, anchor: .end)
        svg.text(row.change, x: columns.change, y: y + 4, anchor: .end, isBold: true)
    }
}
