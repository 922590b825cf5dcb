import PopulationFigures
import PopulationModel

extension BarChart {
    private static let width = 760.0
    private static let barHeight = 15.0
    private static let gap = 11.0
    private static let nameSize = 12.0

    /// The drawing: bars from zero with their numbers at the end; what is hidden has no bar.
    func svg(id: String, _ language: ReportLanguage) -> String {
        let rowHeight = Self.barHeight * Double(series.count) + Self.gap
        let top = series.count > 1 ? 34.0 : 10.0
        let bottom = top + rowHeight * Double(rows.count)
        var svg = SVG(width: Self.width, height: bottom + 26, language)
        let left = left(language)
        let right = Self.width - 24 - widestNumber
        if series.count > 1 { drawSeries(&svg, left: left) }
        for (index, row) in rows.enumerated() {
            let y = top + rowHeight * Double(index) + Self.gap / 2
            let name = SVG.cut(
                language.text(row.name).zh, toWidth: left - 18, size: Self.nameSize)
            svg.text(
                name, x: left - 12, y: y + (rowHeight - Self.gap) / 2 + 4, size: Self.nameSize,
                anchor: .end)
            for (place, bar) in row.bars.enumerated() {
                draw(
                    bar, isFirst: place == 0, x: left, y: y + Self.barHeight * Double(place),
                    reach: right - left, &svg)
            }
        }
        svg.line(from: (left, top), to: (left, bottom), ink: SVG.Ink.dark)
        svg.text(
            language.line(Bilingual("单位：", "unit: ") + unit), x: left, y: bottom + 18, size: 11,
            ink: SVG.Ink.muted)
        return svg.document(id: id, title: title, description: description, minimum: 480)
    }

    private var highest: Double {
        max(rows.flatMap { $0.bars.compactMap(\.length) }.max() ?? 1, 1e-9)
    }

    private var widestNumber: Double {
        rows.flatMap(\.bars).map { SVG.width(of: $0.text, size: 12) }.max() ?? 0
    }

    private func left(_ language: ReportLanguage) -> Double {
        let names = rows.map { SVG.width(of: language.text($0.name).zh, size: Self.nameSize) }
        return min(max(names.max() ?? 0, 48), 18 * Self.nameSize) + 20
    }

    private func drawSeries(_ svg: inout SVG, left: Double) {
        var x = left
        for (index, name) in series.enumerated() {
            let text = svg.language.line(name)
            svg.rectangle(
                x: x, y: 8, width: 11, height: 11,
                fill: index == 0 ? SVG.Ink.dark : SVG.Ink.light, stroke: SVG.Ink.dark)
            svg.text(text, x: x + 17, y: 18)
            x += SVG.width(of: text, size: 12) + 44
        }
    }

    private func draw(
        _ bar: Bar, isFirst: Bool, x: Double, y: Double, reach: Double, _ svg: inout SVG
    ) {
        let length = (bar.length ?? 0) / highest * reach
        if length > 0 {
            svg.rectangle(
                x: x, y: y + 1, width: max(length, 0.6), height: Self.barHeight - 2,
                fill: isFirst ? SVG.Ink.dark : SVG.Ink.light, stroke: SVG.Ink.dark)
        }
        svg.text(
            bar.text, x: x + length + 6, y: y + Self.barHeight - 3.5,
            ink: bar.length == nil ? SVG.Ink.muted : SVG.Ink.text)
    }
}
