import PopulationFigures

extension BulletChart {
    private static let width = 200.0
    private static let height = 26.0

    /// The drawing, from 0 to 100 %: dark bar now, light bar a year ago, tick for the target.
    func svg(_ language: ReportLanguage) -> String {
        var svg = SVG(width: Self.width, height: Self.height, language)
        func x(_ percent: Double) -> Double { 1 + percent / 100 * (Self.width - 2) }
        svg.rectangle(
            x: x(0), y: 3, width: x(100) - x(0), height: 20, fill: "#f1f3f5",
            stroke: SVG.Ink.rule)
        if let previousPercent {
            svg.rectangle(
                x: x(0), y: 5, width: x(previousPercent) - x(0), height: 16, fill: SVG.Ink.light)
        }
        svg.rectangle(
            x: x(0), y: 9.5, width: x(percent) - x(0), height: 7, fill: SVG.Ink.dark)
        let tick = x(targetPercent)
        svg.line(from: (tick, 0), to: (tick, Self.height), ink: SVG.Ink.accent, width: 2.6)
        return svg.document(id: id, title: title, description: description, minimum: 140)
    }
}
