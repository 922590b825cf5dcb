import PopulationFigures
import PopulationPipeline

/// A what-if in words and two tables: the area at every date, its counties at the last.
struct WhatIfText {
    private let summary: WhatIfSummary

    /// Changes that are listed one by one; a file of classes may hold thousands.
    private static let changesListedMax = 20

    init(_ summary: WhatIfSummary) { self.summary = summary }

    var text: String {
        let area = [summary.areaName, summary.areaCode].filter { !$0.isEmpty }
        var lines = ["what if: plan \(summary.plan), area \(area.joined(separator: " "))"]
        lines += changeLines
        lines.append(targetLine)
        lines += ["", "the area, by date:"]
        lines += table(of: summary.ofArea, first: "date") { [$0.published.date.description] }
        let counties = summary.ofCounties
        if let date = counties.first?.published.date {
            lines += ["", "its counties at \(date):"]
            lines += table(of: counties, first: "county") {
                [$0.published.areaCode + " " + $0.published.areaName]
            }
        }
        if let output = summary.output { lines += ["", "tables: \(output)/"] }
        return lines.joined(separator: "\n")
    }

    private var changeLines: [String] {
        let changes = summary.changes
        if changes.isEmpty { return ["classes: as published"] }
        var table = TerminalTable(
            headers: [["  unit", "name", "edition", "before", "after"]],
            [.left, .left, .left, .right, .right])
        for change in changes.prefix(Self.changesListedMax) {
            table.append([
                "  \(change.unitCode)", change.name, change.edition.description,
                "\(change.published)", "\(change.assumed)",
            ])
        }
        let units = Set(changes.map(\.unitCode)).count
        var lines = ["classes: \(units) unit\(units == 1 ? "" : "s") changed"] + table.lines
        let rest = changes.count - Self.changesListedMax
        if rest > 0 { lines.append("  and \(rest) more") }
        return lines
    }

    private var targetLine: String {
        func percent(_ target: Target?) -> String {
            target.map { Decimal2.text(hundredths: $0.percentHundredths) + " %" } ?? "none"
        }
        let (before, after) = (percent(summary.publishedTarget), percent(summary.assumedTarget))
        guard let date = summary.assumedTarget?.date else { return "target: none" }
        let change =
            before == after ? "\(before), as published" : "\(before) before, \(after) after"
        return "target of the area's residents at \(date): \(change)"
    }

    private func table(
        of rows: [ComparisonFigure], first: String, _ start: (ComparisonFigure) -> [String]
    ) -> [String] {
        var table = TerminalTable(
            headers: [
                [
                    "", "", "", "urban", "", "rate, %", "", "", "target, %", "", "reached", "",
                    "short", "",
                ],
                [
                    first, "concept", "total", "before", "after", "before", "after", "points",
                    "before", "after", "before", "after", "before", "after",
                ],
            ],
            [.left, .left] + Array(repeating: .right, count: 12))
        for row in rows {
            let (a, b) = (row.published, row.assumed)
            table.append(
                start(row) + [
                    a.concept.rawValue, "\(a.total)", "\(a.urban)", "\(b.urban)",
                    a.rate.percentText, b.rate.percentText, row.pointsText, a.targetText,
                    b.targetText, a.reachedText, b.reachedText, a.urbanShortText,
                    b.urbanShortText,
                ])
        }
        return table.lines
    }
}
