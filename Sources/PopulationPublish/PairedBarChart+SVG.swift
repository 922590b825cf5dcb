import PopulationFigures
import PopulationModel

extension PairedBarChart {
    private static let size = (width: 760.0, height: 336.0)
    private static let plot = (left: 44.0, right: 590.0, top: 30.0, bottom: 254.0)
    private static let labelX = 600.0

    /// The drawing: dark for the first rate, light with an outline for the second.
    func svg(id: String, _ language: ReportLanguage) -> String {
        var svg = SVG(width: Self.size.width, height: Self.size.height, language)
        drawAxis(&svg)
        let step = (Self.plot.right - Self.plot.left) / Double(max(groups.count, 1))
        let barWidth = min(step * 0.4, 40)
        for (index, group) in groups.enumerated() {
            let middle = Self.plot.left + step * (Double(index) + 0.5)
            draw(group.first, x: middle - barWidth - 1, width: barWidth, isFirst: true, &svg)
            draw(group.second, x: middle + 1, width: barWidth, isFirst: false, &svg)
            svg.text(
                ReportNumber.shortDate(group.date), x: middle, y: Self.plot.bottom + 18, size: 11,
                anchor: .middle, ink: SVG.Ink.muted)
            svg.text(
                group.difference ?? "–", x: middle,
                y: Self.plot.bottom + 44, size: 11, anchor: .middle, isBold: true)
        }
        drawNames(&svg)
        return svg.document(id: id, title: title, description: description, minimum: 560)
    }

    private var highest: Double {
        let values = groups.flatMap { [$0.first?.percent, $0.second?.percent].compactMap { $0 } }
        let top = values.max() ?? 100
        return min(max((top / 20).rounded(.up) * 20, 20), 100)
    }

    private func y(_ percent: Double) -> Double {
        Self.plot.bottom - percent / highest * (Self.plot.bottom - Self.plot.top)
    }

    private func drawAxis(_ svg: inout SVG) {
        let plot = Self.plot
        svg.text("%", x: plot.left - 8, y: plot.top - 14, size: 11, anchor: .end)
        var tick = 0.0
        while tick <= highest {
            svg.line(from: (plot.left, y(tick)), to: (plot.right, y(tick)), ink: SVG.Ink.rule)
            svg.text(
                "\(Int(tick))", x: plot.left - 8, y: y(tick) + 4, size: 11, anchor: .end,
                ink: SVG.Ink.muted)
            tick += 20
        }
        svg.line(
            from: (plot.left, plot.bottom), to: (plot.right, plot.bottom), ink: SVG.Ink.dark)
        svg.text(
            Bilingual("两率之差", "Difference"), x: Self.labelX, y: plot.bottom + 38, size: 12)
        svg.text(
            svg.language.line(Bilingual("百分点", "percentage points")), x: Self.labelX,
            y: plot.bottom + 64, size: 9,
            ink: SVG.Ink.muted)
    }

    private func draw(_ bar: Bar?, x: Double, width: Double, isFirst: Bool, _ svg: inout SVG) {
        guard let bar else { return }
        let top = y(bar.percent)
        svg.rectangle(
            x: x, y: top, width: width, height: Self.plot.bottom - top,
            fill: isFirst ? SVG.Ink.dark : SVG.Ink.light, stroke: SVG.Ink.dark)
        svg.text(
            bar.text, x: x + width / 2, y: top - 5, size: groups.count > 6 ? 9.5 : 11,
            anchor: .middle)
    }

    /// The names stand beside the last pair, at the height of its bars.
    private func drawNames(_ svg: inout SVG) {
        guard let last = groups.last else { return }
        var firstY = y(last.first?.percent ?? highest) + 8
        var secondY = y(last.second?.percent ?? 0) + 8
        if abs(firstY - secondY) < 40 {
            let middle = (firstY + secondY) / 2
            let isAbove = firstY <= secondY
            firstY = middle + (isAbove ? -20 : 20)
            secondY = middle + (isAbove ? 20 : -20)
        }
        for (name, y, isFirst) in [(firstName, firstY, true), (secondName, secondY, false)] {
            svg.rectangle(
                x: Self.labelX, y: y - 9, width: 10, height: 10,
                fill: isFirst ? SVG.Ink.dark : SVG.Ink.light, stroke: SVG.Ink.dark)
            svg.text(name, x: Self.labelX + 16, y: y)
        }
    }
}
