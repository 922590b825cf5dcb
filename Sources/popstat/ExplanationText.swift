import PopulationPipeline

/// An explanation in words and small tables.
struct ExplanationText {
    private let explanation: FigureExplanation
    private let listsAll: Bool

    /// Units that are listed without `--all`: a screen of a terminal.
    private static let unitsListedMax = 15

    init(_ explanation: FigureExplanation, listsAll: Bool) {
        self.explanation = explanation
        self.listsAll = listsAll
    }

    var lines: [String] {
        let key = explanation.key.map(\.value).joined(separator: ", ")
        let value = explanation.value.isEmpty ? "not applicable" : explanation.value
        var lines = [
            "\(explanation.table), \(key): \(explanation.column) = \(value) (\(explanation.unit))",
            "  \(explanation.meaning); rule: \(explanation.rule)",
        ]
        let others = explanation.others.filter { !$0.value.isEmpty }
        if !others.isEmpty {
            lines.append(
                "  beside it: " + others.map { "\($0.column) \($0.value)" }.joined(separator: ", "))
        }
        if let edition = explanation.edition {
            lines.append("  urban or rural by the division table of \(edition)")
        }
        lines += countLines + sourceLines
        if !explanation.balances.isEmpty {
            lines += ["", "balances at that date:"] + explanation.balances.map { "  \($0)" }
        }
        lines += [
            "", "plan \(explanation.planDigest.prefix(12)), popstat \(explanation.programVersion)",
        ]
        return lines
    }

    private var countLines: [String] {
        guard let counts = explanation.counts else {
            return ["", "it is counted by county or reckoned from other numbers, not per unit"]
        }
        var classes = TerminalTable(
            headers: [["  class", "", "units", "persons"]], [.left, .left, .right, .right])
        for part in counts.classes {
            classes.append([
                "  \(part.unitClass)", part.name, "\(part.unitCount)", "\(part.persons)",
            ])
        }
        var lines = ["", "\(counts.persons) persons in \(counts.units.count) units:"]
        lines += classes.lines
        var units = TerminalTable(
            headers: [["  unit", "name", "class", "persons"]], [.left, .left, .left, .right])
        let largest = counts.units.sorted { ($1.persons, $0.code) < ($0.persons, $1.code) }
        let listed = listsAll ? counts.units : Array(largest.prefix(Self.unitsListedMax))
        for unit in listed {
            units.append(["  \(unit.code)", unit.name, unit.unitClass, "\(unit.persons)"])
        }
        lines += [""] + units.lines
        let rest = counts.units.count - listed.count
        if rest > 0 { lines.append("  and \(rest) more, all with --all") }
        return lines
    }

    private var sourceLines: [String] {
        guard let first = explanation.sources.first else { return [] }
        var table = TerminalTable(
            headers: [["  source", "files"] + first.rows.map(\.measure)],
            [.left, .right] + first.rows.map { _ in .right })
        for source in explanation.sources {
            table.append(
                ["  \(source.source)", "\(source.fileCount)"]
                    + source.rows.map { "\($0.rows)" })
        }
        return ["", "rows of the run:"] + table.lines
    }
}
