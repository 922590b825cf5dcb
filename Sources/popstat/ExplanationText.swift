import PopulationModel
import PopulationPipeline

/// An explanation in words and small tables.
struct ExplanationText {
    private let explanation: FigureExplanation
    private let listsAll: Bool
    private let language: MessageLanguage

    /// Units that are listed without `--all`: a screen of a terminal.
    private static let unitsListedMax = 15

    init(_ explanation: FigureExplanation, listsAll: Bool, in language: MessageLanguage) {
        self.language = language
        self.explanation = explanation
        self.listsAll = listsAll
    }

    var lines: [String] {
        let key = explanation.key.map(\.value).joined(separator: ", ")
        let value =
            explanation.value.isEmpty
            ? Bilingual("不适用", "not applicable")[language] : explanation.value
        var lines = [
            Bilingual(
                "\(explanation.table)，\(key)：\(explanation.column) = \(value)（\(explanation.unit)）",
                "\(explanation.table), \(key): \(explanation.column) = \(value) (\(explanation.unit))"
            )[language],
            Bilingual(
                "  \(explanation.meaning)；规则：\(explanation.rule)",
                "  \(explanation.meaning); rule: \(explanation.rule)")[language],
        ]
        let others = explanation.others.filter { !$0.value.isEmpty }
        if !others.isEmpty {
            lines.append(
                Bilingual("  同行：", "  beside it: ")[language]
                    + others.map { "\($0.column) \($0.value)" }.joined(separator: ", "))
        }
        if let edition = explanation.edition {
            lines.append(
                Bilingual(
                    "  城乡按 \(edition) 版区划代码划分",
                    "  urban or rural by the division table of \(edition)")[language])
        }
        lines += countLines + sourceLines
        if !explanation.balances.isEmpty {
            lines += ["", Bilingual("该时点的等式：", "balances at that date:")[language]]
            lines += explanation.balances.map { "  \($0)" }
        }
        lines += [
            "",
            Bilingual(
                "计划 \(explanation.planDigest.prefix(12))，popstat \(explanation.programVersion)",
                "plan \(explanation.planDigest.prefix(12)), popstat \(explanation.programVersion)"
            )[language],
        ]
        return lines
    }

    private var countLines: [String] {
        guard let counts = explanation.counts else {
            let words = Bilingual(
                "它按县计数或由其他数算得，不按单位计数",
                "it is counted by county or reckoned from other numbers, not per unit")
            return ["", words[language]]
        }
        var classes = TerminalTable(
            headers: [
                [
                    Bilingual("  分类", "  class"), Bilingual(both: ""),
                    Bilingual("单位数", "units"), Bilingual("人数", "persons"),
                ]
            ], in: language, [.left, .left, .right, .right])
        for part in counts.classes {
            classes.append([
                "  \(part.unitClass)", part.name, "\(part.unitCount)", "\(part.persons)",
            ])
        }
        let (persons, unitCount) = (counts.persons, counts.units.count)
        let head = Bilingual(
            "\(persons) 人，在 \(unitCount) 个单位：", "\(persons) persons in \(unitCount) units:")
        var lines = ["", head[language]]
        lines += classes.lines
        var units = TerminalTable(
            headers: [
                [
                    Bilingual("  单位", "  unit"), Bilingual("名称", "name"),
                    Bilingual("分类", "class"), Bilingual("人数", "persons"),
                ]
            ], in: language, [.left, .left, .left, .right])
        let largest = counts.units.sorted { ($1.persons, $0.code) < ($0.persons, $1.code) }
        let listed = listsAll ? counts.units : Array(largest.prefix(Self.unitsListedMax))
        for unit in listed {
            units.append(["  \(unit.code)", unit.name, unit.unitClass, "\(unit.persons)"])
        }
        lines += [""] + units.lines
        let rest = counts.units.count - listed.count
        if rest > 0 {
            lines.append(
                Bilingual("  另有 \(rest) 个，用 --all 全列", "  and \(rest) more, all with --all")[
                    language])
        }
        return lines
    }

    private var sourceLines: [String] {
        guard let first = explanation.sources.first else { return [] }
        var table = TerminalTable(
            headers: [
                [Bilingual("  来源", "  source"), Bilingual("文件数", "files")]
                    + first.rows.map { Bilingual(both: $0.measure) }
            ], in: language, [.left, .right] + first.rows.map { _ in .right })
        for source in explanation.sources {
            table.append(
                ["  \(source.source)", "\(source.fileCount)"]
                    + source.rows.map { "\($0.rows)" })
        }
        return ["", Bilingual("本次运行的行数：", "rows of the run:")[language]] + table.lines
    }
}
