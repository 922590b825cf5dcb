import ArgumentParser
import Foundation
import PopulationModel
import PopulationPipeline
import PopulationStore

/// `popstat editions`.
struct EditionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "editions",
        abstract: "What a store holds: every published edition and its deliveries.",
        discussion: """
            EXAMPLES
              popstat editions Pipelines/finance.yaml
              popstat editions postgres:figures --json

            \(ExitStatusHelp.text(
                of: [.usage, .inputMissing, .unavailable, .internalFault, .readOrWriteFailed]))
            """)

    @Argument(help: "A plan, a store (file or postgres:CONNECTION), or a published folder.")
    var store: String

    @OptionGroup var speech: LanguageOption

    @Flag(help: "Print one line of JSON instead of the table.")
    var json = false

    func run() throws {
        try reportingFaults(in: speech.chosen) {
            let editions = try StoreFinder.location(store).reader().editions()
            print(json ? try JSONLine.text(of: editions) : text(editions))
        }
    }

    private static let headers = [
        Bilingual("编号", "id"), Bilingual("计划", "plan"), Bilingual("最后时点", "last date"),
        Bilingual("修订号", "revision"), Bilingual("生效", "valid from"),
        Bilingual("计划摘要", "plan digest"), Bilingual("输入摘要", "inputs digest"),
        Bilingual("已交付", "delivered"),
    ]

    private func text(_ editions: [EditionRecord]) -> String {
        guard !editions.isEmpty else {
            return Bilingual("还没有版本", "no edition yet")[speech.chosen]
        }
        var table = TerminalTable(
            headers: [Self.headers], in: speech.chosen,
            [.right, .left, .left, .right, .left, .left, .left, .left])
        for edition in editions {
            let deliveries = edition.deliveries.map {
                "\($0.recipient) \($0.year) r\($0.transferRevision)"
            }
            table.append([
                "\(edition.id)", edition.plan, edition.lastReferenceDate, "\(edition.revision)",
                edition.validFrom, String(edition.planDigest.prefix(12)),
                String(edition.inputsDigest.prefix(12)), deliveries.joined(separator: ", "),
            ])
        }
        return table.lines.joined(separator: "\n")
    }
}

/// A value as one line of JSON with keys in words parted by underscores.
enum JSONLine {
    static func text(of value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
