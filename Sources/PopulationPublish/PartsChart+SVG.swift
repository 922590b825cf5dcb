import PopulationFigures
import PopulationModel

extension PartsChart {
    private static let size = (width: 760.0, height: 330.0)
    private static let plot = (left: 52.0, right: 590.0, top: 34.0, bottom: 262.0)
    private static let labelX = 604.0

    /// The drawing: parts stacked up and down from zero, the whole change as a diamond with its
    /// number under the plot.
    func svg(id: String, _ language: ReportLanguage) -> String {
        var svg = SVG(width: Self.size.width, height: Self.size.height, language)
        drawAxis(&svg)
        let step = (Self.plot.right - Self.plot.left) / Double(max(groups.count, 1))
        for (index, group) in groups.enumerated() {
            draw(group, middle: Self.plot.left + step * (Double(index) + 0.5), step: step, &svg)
        }
        drawNames(&svg)
        return svg.document(id: id, title: title, description: description, minimum: 560)
    }

    /// What the stacks reach up and down.
    private var ends: (low: Double, high: Double, step: Double) {
        let ups = groups.map { $0.parts.reduce(0) { $0 + max($1 ?? 0, 0) } }
        let downs = groups.map { $0.parts.reduce(0) { $0 + min($1 ?? 0, 0) } }
        let (low, high) = (min(downs.min() ?? 0, 0), max(ups.max() ?? 0, 0))
        let span = max(high - low, 0.1)
        let step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20].first { span / $0 <= 5 } ?? 50
        return (
            (low / step - 0.01).rounded(.down) * step, (high / step + 0.01).rounded(.up) * step,
            step
        )
    }

    private func y(_ points: Double) -> Double {
        let (low, high, _) = ends
        let share = (points - low) / (high - low)
        return Self.plot.bottom - share * (Self.plot.bottom - Self.plot.top)
    }

    private func drawAxis(_ svg: inout SVG) {
        let plot = Self.plot
        let (low, high, step) = ends
        svg.text(
            svg.language.line(Bilingual("百分点", "percentage points")), x: plot.left - 40,
            y: plot.top - 18, size: 11, ink: SVG.Ink.muted)
        var index = Int((low / step).rounded())
        while Double(index) * step <= high + step / 100 {
            let tick = Double(index) * step
            svg.line(
                from: (plot.left, y(tick)), to: (plot.right, y(tick)),
                ink: index == 0 ? SVG.Ink.dark : SVG.Ink.rule)
            let tenths = Int((tick * 10).rounded())
            let text = ReportNumber.decimal(
                (tenths < 0 ? "-" : "") + "\(tenths.magnitude / 10).\(tenths.magnitude % 10)")
            svg.text(
                text, x: plot.left - 8, y: y(tick) + 4, size: 11, anchor: .end,
                ink: SVG.Ink.muted)
            index += 1
        }
    }

    private func draw(_ group: Group, middle: Double, step: Double, _ svg: inout SVG) {
        let width = min(step * 0.5, 54)
        var (up, down) = (0.0, 0.0)
        for (index, part) in group.parts.enumerated() {
            guard let part, part != 0 else { continue }
            let from = part > 0 ? up : down
            if part > 0 { up += part } else { down += part }
            let (top, bottom) = (y(max(from, from + part)), y(min(from, from + part)))
            fill(
                index, x: middle - width / 2, y: top, width: width, height: bottom - top, &svg)
        }
        let isWhole = !group.parts.contains { $0 == nil }
        if isWhole {
            let sum = group.parts.reduce(0) { $0 + ($1 ?? 0) }
            svg.diamond(at: (middle, y(sum)), radius: 5.5, stroke: SVG.Ink.accent)
        }
        svg.text(
            group.label, x: middle, y: Self.plot.bottom + 20, size: 11, anchor: .middle,
            ink: SVG.Ink.muted)
        svg.text(
            group.text, x: middle, y: Self.plot.bottom + 44, size: 12, anchor: .middle,
            isBold: true)
    }

    private func fill(
        _ index: Int, x: Double, y: Double, width: Double, height: Double, _ svg: inout SVG
    ) {
        switch index {
        case 0:
            svg.rectangle(x: x, y: y, width: width, height: height, fill: SVG.Ink.dark)
        case 1:
            svg.rectangle(
                x: x, y: y, width: width, height: height, fill: SVG.Ink.light,
                stroke: SVG.Ink.dark)
        default: svg.hatch(x: x, y: y, width: width, height: height)
        }
    }

    private func drawNames(_ svg: inout SVG) {
        for (index, name) in names.enumerated() {
            let y = Self.plot.top + 20 + Double(index) * 44
            fill(index, x: Self.labelX, y: y - 10, width: 14, height: 12, &svg)
            svg.text(name, x: Self.labelX + 22, y: y)
        }
        let y = Self.plot.top + 20 + Double(names.count) * 44
        svg.diamond(at: (Self.labelX + 7, y - 4), radius: 5.5, stroke: SVG.Ink.accent)
        svg.text(Bilingual("合计变动", "Whole change"), x: Self.labelX + 22, y: y)
    }
}
