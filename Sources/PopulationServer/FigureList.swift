import Foundation
import PopulationFigures
import PopulationStore

/// What a caller may read: each table with its newest edition, and the newest editions.
struct FigureList: Encodable {
    /// Nightly runs of a quarter; older ones are asked for by `asOf` or their number.
    private static let editionsMax = 100

    private let tables: [Entry]
    private let editions: [Edition]

    /// A table as a client needs to know it.
    private struct Entry: Encodable {
        var name: String
        var grain: String?
        var scope: String
        var rows: Int
        var edition: Int
        var columns: [Column]
        var formats: [String: String]
    }

    /// A column with its meaning.
    private struct Column: Encodable {
        var name: String
        var isKey: Bool
        var unit: String?
        var meaning: String?
        var label: [String: String]?
    }

    /// An edition without what only the bureau needs to know of it.
    private struct Edition: Encodable {
        var id: Int
        var plan: String
        var area: String
        var revision: Int
        var validFrom: String
        var lastReferenceDate: String
        var programVersion: String
        var deliveries: [EditionRecord.Delivery]?
    }

    init(catalog: FigureCatalog, scope: AccessScope, plan: String?) throws {
        tables = try catalog.newest(for: scope, plan: plan).map { Self.entry($0.table, $0.edition) }
        var seen: [Edition] = []
        for edition in try catalog.editions().reversed()
        where plan == nil || edition.plan == plan {
            guard seen.count < Self.editionsMax else { break }
            guard try !catalog.tables(for: scope, in: edition).isEmpty else { continue }
            seen.append(
                Edition(
                    id: edition.id, plan: edition.plan, area: edition.area,
                    revision: edition.revision, validFrom: edition.validFrom,
                    lastReferenceDate: edition.lastReferenceDate,
                    programVersion: edition.programVersion,
                    deliveries: scope == .public ? nil : edition.deliveries(seenBy: scope)))
        }
        editions = seen
    }

    func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return Array(try encoder.encode(self)) + [0x0A]
    }

    private static func entry(_ table: StoredTable, _ edition: EditionRecord) -> Entry {
        let meaning = DataDictionary.meaning(of: table.name)
        let columns = table.columns.enumerated().map { index, name in
            let known = meaning?.columns.first { $0.name == name }
            let label = known.flatMap { meaning?.label(of: $0) }
            return Column(
                name: name, isKey: index < table.keyCount, unit: known?.unit,
                meaning: known?.meaning, label: label.map { ["zh": $0.zh, "en": $0.en] })
        }
        let path = "/figures/\(table.name)"
        return Entry(
            name: table.name, grain: meaning.map { "one row per \($0.grain)" },
            scope: table.scope.rawValue, rows: table.rowCount, edition: edition.id,
            columns: columns,
            formats: [
                "csv": "\(path).csv", "json": "\(path).json", "xlsx": "\(path).xlsx",
            ])
    }
}
