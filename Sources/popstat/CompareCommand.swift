import ArgumentParser
import Foundation
import PopulationModel
import PopulationPipeline

/// `popstat compare`.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Two editions side by side, the biggest changes first.",
        discussion: """
            EXAMPLES
              popstat compare 1 2 --store Pipelines/finance.yaml
              popstat compare 1 2 --store figures.sqlite --table transfer
              popstat compare /srv/figures /tmp/figures-new --limit 50

            \(ExitStatusHelp.text(
                of: [.usage, .inputMissing, .unavailable, .internalFault, .readOrWriteFailed]))
            """)

    @Argument(help: "The earlier one: a published folder, or an edition of the store.")
    var before: String

    @Argument(help: "The later one.")
    var after: String

    @Option(help: "The store of the editions: a plan, a file or postgres:CONNECTION.")
    var store: String?

    @Option(help: "Only this table.")
    var table: String?

    @Option(help: "How many changes of each table to print.")
    var limit = 10

    @OptionGroup var speech: LanguageOption

    @Flag(help: "Print one line of JSON instead of tables.")
    var json = false

    func validate() throws {
        if limit < 1 {
            throw ValidationError(
                Bilingual("--limit 必须是 1 或更大。", "--limit must be 1 or more."))
        }
    }

    func run() throws {
        try reportingFaults(in: speech.chosen) {
            let comparison = try EditionComparison(before, after, store: store, table: table)
            print(json ? try JSONLine.text(of: lines(comparison)) : text(comparison))
        }
    }

    private func text(_ comparison: EditionComparison) -> String {
        guard !comparison.tables.isEmpty else {
            return Bilingual("没有差别", "no difference")[speech.chosen]
        }
        var lines: [String] = []
        for changes in comparison.tables {
            let (gone, new) = (changes.rowsOnlyBefore, changes.rowsOnlyAfter)
            var head = Bilingual(
                "\(changes.scope.rawValue)/\(changes.table)：\(changes.changes.count) 个数不同",
                "\(changes.scope.rawValue)/\(changes.table): \(changes.changes.count) cells differ")
            if gone > 0 {
                head = head + Bilingual("，\(gone) 行已不在", ", \(gone) rows are gone")
            }
            if new > 0 { head = head + Bilingual("，\(new) 行为新增", ", \(new) rows are new") }
            lines.append(head[speech.chosen])
            guard !changes.changes.isEmpty else { continue }
            var table = TerminalTable(
                headers: [Self.headers], in: speech.chosen,
                [.left, .left, .right, .right, .right, .right])
            for change in changes.changes.prefix(limit) {
                table.append([
                    change.key.joined(separator: " "), change.column, change.before, change.after,
                    change.difference.map { Self.signed($0, decimals: change.decimals) } ?? "",
                    change.percent.map { Self.signed($0, decimals: 2) } ?? "",
                ])
            }
            lines += table.lines.map { "  \($0)" }
            if changes.changes.count > limit {
                let more = changes.changes.count - limit
                lines.append(Bilingual("  … 另有 \(more) 个", "  … \(more) more")[speech.chosen])
            }
        }
        return lines.joined(separator: "\n")
    }

    private static let headers = [
        Bilingual("键", "key"), Bilingual("列", "column"), Bilingual("前", "before"),
        Bilingual("后", "after"), Bilingual("差", "difference"), Bilingual("变动 %", "percent"),
    ]

    /// With its sign, and zeros at its end, so that the points of a column stand below each other.
    private static func signed(_ number: Decimal, decimals: Int) -> String {
        let parts = "\(number)".split(separator: ".")
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        let zeros = String(repeating: "0", count: max(0, decimals - fraction.count))
        let digits = fraction + zeros
        return (number > 0 ? "+" : "") + parts[0] + (digits.isEmpty ? "" : ".\(digits)")
    }

    private func lines(_ comparison: EditionComparison) -> [TableLine] {
        comparison.tables.map { changes in
            TableLine(
                table: changes.table, scope: changes.scope.rawValue,
                cells: changes.changes.count, rowsOnlyBefore: changes.rowsOnlyBefore,
                rowsOnlyAfter: changes.rowsOnlyAfter,
                changes: changes.changes.prefix(limit).map { change in
                    ChangeLine(
                        key: change.key, column: change.column, before: change.before,
                        after: change.after, difference: change.difference.map { "\($0)" },
                        percent: change.percent.map { "\($0)" })
                })
        }
    }

    /// The changes of a table as JSON.
    private struct TableLine: Encodable {
        var table: String
        var scope: String
        var cells: Int
        var rowsOnlyBefore: Int
        var rowsOnlyAfter: Int
        var changes: [ChangeLine]
    }

    /// One change as JSON; numbers as texts, so that none is rounded.
    private struct ChangeLine: Encodable {
        var key: [String]
        var column: String
        var before: String
        var after: String
        var difference: String?
        var percent: String?
    }
}
