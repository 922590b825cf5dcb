import PopulationFigures
import PopulationModel

extension PyramidChart {
    private static let width = 760.0
    private static let rowHeight = 15.0
    private static let top = 56.0
    /// Half of the column of ages between the two sides.
    private static let agesHalf = 26.0

    /// The drawing: men to the left in dark, women to the right in light with an outline; both
    /// territories on one scale, so that their sizes can be compared.
    func svg(id: String, _ language: ReportLanguage) -> String {
        let bottom = Self.top + Self.rowHeight * Double(ages.count)
        var svg = SVG(width: Self.width, height: bottom + 44, language)
        let share = Self.width / Double(max(panels.count, 1))
        for (index, panel) in panels.enumerated() {
            let middle = share * (Double(index) + 0.5)
            draw(panel, middle: middle, reach: share / 2 - Self.agesHalf - 14, bottom: bottom, &svg)
        }
        return svg.document(id: id, title: title, description: description, minimum: 560)
    }

    private var highest: Double {
        let all = panels.flatMap { $0.male + $0.female }.compactMap { $0 }
        return max(all.max() ?? 1, 1)
    }

    /// A round number that two or three ticks reach.
    private var step: Double {
        var step = 1.0
        while highest / step > 3 {
            for factor in [2.0, 5.0, 10.0] where highest / step > 3 {
                if highest / (step * factor) <= 3 || factor == 10 { step *= factor; break }
            }
        }
        return step
    }

    private func draw(
        _ panel: Panel, middle: Double, reach: Double, bottom: Double, _ svg: inout SVG
    ) {
        let (left, right) = (middle - Self.agesHalf, middle + Self.agesHalf)
        svg.text(panel.name, x: middle, y: 16, size: 13, anchor: .middle, isBold: true)
        let male = svg.language.line(Bilingual("男", "male"))
        let female = svg.language.line(Bilingual("女", "female"))
        svg.text(male, x: left - 4, y: Self.top - 10, size: 11, anchor: .end)
        svg.text(female, x: right + 4, y: Self.top - 10, size: 11)
        var tick = 0.0
        while tick <= highest {
            for (edge, sign) in [(left, -1.0), (right, 1.0)] {
                let x = edge + sign * tick / highest * reach
                svg.line(from: (x, Self.top), to: (x, bottom), ink: SVG.Ink.rule)
                svg.text(
                    ReportNumber.count(Int(tick)), x: x, y: bottom + 15, size: 10,
                    anchor: .middle, ink: SVG.Ink.muted)
            }
            tick += step
        }
        svg.text(
            svg.language.line(.persons), x: middle, y: bottom + 34, size: 11, anchor: .middle,
            ink: SVG.Ink.muted)
        for (index, age) in ages.enumerated() {
            let y = bottom - Self.rowHeight * Double(index + 1)
            svg.text(
                age, x: middle, y: y + 11, size: 10, anchor: .middle, ink: SVG.Ink.muted)
            draw(panel.male[index], edge: left, sign: -1, y: y, reach: reach, &svg)
            draw(panel.female[index], edge: right, sign: 1, y: y, reach: reach, &svg)
        }
    }

    private func draw(
        _ value: Double?, edge: Double, sign: Double, y: Double, reach: Double, _ svg: inout SVG
    ) {
        guard let value else {
            svg.text(
                ReportTable.Shorthand.hidden.rawValue, x: edge + sign * 3, y: y + 11, size: 9,
                anchor: sign < 0 ? .end : .start, ink: SVG.Ink.muted)
            return
        }
        let length = value / highest * reach
        guard length > 0 else { return }
        svg.rectangle(
            x: sign < 0 ? edge - length : edge, y: y + 1.5, width: length,
            height: Self.rowHeight - 3, fill: sign < 0 ? SVG.Ink.dark : SVG.Ink.light,
            stroke: SVG.Ink.dark)
    }
}
