import Foundation
import PopulationFigures
import PopulationStore

/// A `FigureReader` over CSV files in memory: editions as a test wants them.
struct TableFolderReader: FigureReader {
    private var records: [EditionRecord] = []
    private var held: [Int: [PublishedTable]] = [:]

    enum Fault: Error { case unknownTable, unknownColumn }

    /// The tables of `Reports/sample/internal`, by name.
    static func sampleTables() throws -> [Table] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Reports/sample/internal")
        return try DataDictionary.tables.compactMap { meaning in
            let file = folder.appending(path: "\(meaning.name).csv")
            guard FileManager.default.fileExists(atPath: file.path) else { return nil }
            let lines = String(decoding: try Data(contentsOf: file), as: UTF8.self)
                .split(separator: "\n").map { line in
                    line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                }
            return Table(
                name: meaning.name, columns: lines[0], keyCount: meaning.keyCount,
                rows: Array(lines.dropFirst()))
        }
    }

    /// The table as the public may see it, with every number from 1 to 4 hidden.
    static func protected(_ table: Table) -> Table {
        let meaning = DataDictionary.meaning(of: table.name)
        let isNumber = table.columns.map { column in
            meaning?.columns.first { $0.name == column }.map { !$0.isKey && $0.kind.isNumber }
                ?? false
        }
        let rows = table.rows.map { row -> [String] in
            var row = row
            var isHidden = false
            for index in row.indices
            where isNumber[index] && ["1", "2", "3", "4"].contains(row[index]) {
                row[index] = TableScope.hidden
                isHidden = true
            }
            return row + [isHidden ? "Q" : "A"]
        }
        return Table(
            name: table.name, columns: table.columns + [TableScope.statusColumn],
            keyCount: table.keyCount, rows: rows)
    }

    mutating func add(
        _ tables: [PublishedTable], publishedAt: String, plan: String = "sample"
    ) {
        let id = records.count + 1
        records.append(
            EditionRecord(
                id: id, plan: plan, area: "4499", revision: id, validFrom: publishedAt,
                lastReferenceDate: "2020-12-31", planDigest: "", inputsDigest: "",
                programVersion: "0"))
        held[id] = tables
    }

    /// The sample, exact and protected, as one edition.
    static func sample() throws -> TableFolderReader {
        var reader = TableFolderReader()
        let tables = try sampleTables()
        reader.add(
            tables.map { PublishedTable($0, scope: .internal) }
                + tables.map { PublishedTable(protected($0), scope: .public) },
            publishedAt: "2021-01-05T03:12:44Z")
        return reader
    }

    func editions() throws -> [EditionRecord] { records }

    func tables(ofEdition id: Int) throws -> [StoredTable] {
        (held[id] ?? []).map {
            StoredTable(
                name: $0.table.name, scope: $0.scope, columns: $0.table.columns,
                keyCount: $0.table.keyCount, rowCount: $0.table.rowCount)
        }
    }

    func read(_ query: FigureQuery, row use: ([String]) throws -> Void) throws {
        guard
            let table = held[query.edition]?.first(where: {
                $0.table.name == query.table && $0.scope == query.scope
            })?.table
        else { throw Fault.unknownTable }
        func place(_ column: String) throws -> Int {
            guard let place = table.columns.firstIndex(of: column) else {
                throw Fault.unknownColumn
            }
            return place
        }
        let tests = try query.conditions.map { condition -> ([String]) -> Bool in
            switch condition {
            case .oneOf(let column, let values):
                let (at, set) = (try place(column), Set(values))
                return { set.contains($0[at]) }
            case .atLeast(let column, let value):
                let at = try place(column)
                return { !$0[at].utf8.lexicographicallyPrecedes(value.utf8) }
            case .atMost(let column, let value):
                let at = try place(column)
                return { !value.utf8.lexicographicallyPrecedes($0[at].utf8) }
            }
        }
        var (skip, left) = (query.offset, query.limit ?? Int.max)
        for row in table.rows where tests.allSatisfy({ $0(row) }) {
            if skip > 0 {
                skip -= 1
                continue
            }
            guard left > 0 else { return }
            left -= 1
            try use(row)
        }
    }
}
