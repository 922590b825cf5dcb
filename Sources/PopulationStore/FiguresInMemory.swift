import PopulationFigures

/// Editions held in memory, row by row: for one published folder of a city, and for tests.
package struct FiguresInMemory: FigureReader {
    /// One edition and all of its tables.
    package struct Edition: Sendable {
        package var record: EditionRecord
        var tables: [HeldTable]

        package init(_ record: EditionRecord, tables: [PublishedTable]) {
            self.record = record
            self.tables = tables.map { published in
                let table = published.table
                return HeldTable(
                    stored: StoredTable(
                        name: table.name, scope: published.scope, columns: table.columns,
                        keyCount: table.keyCount, rowCount: table.rowCount,
                        sha256: TableDigest.of(table.csv)),
                    rows: table.rows)
            }
        }
    }

    /// A table with its rows split into cells once.
    struct HeldTable: Sendable {
        var stored: StoredTable
        var rows: [[String]]
    }

    private let held: [Edition]

    /// Editions stand in the order of their numbers.
    package init(_ editions: [Edition]) {
        held = editions.sorted { $0.record.id < $1.record.id }
    }

    package func editions() throws -> [EditionRecord] { held.map(\.record) }

    package func tables(ofEdition id: Int) throws -> [StoredTable] {
        held.first { $0.record.id == id }?.tables.map(\.stored) ?? []
    }

    package func read(_ query: FigureQuery, row: ([String]) throws -> Void) throws {
        let table = held.first { $0.record.id == query.edition }?.tables.first {
            $0.stored.name == query.table && $0.stored.scope == query.scope
        }
        guard let table else { return }
        let conditions = query.conditions.compactMap { Test($0, columns: table.stored.columns) }
        guard conditions.count == query.conditions.count else {
            throw UnknownColumn(table: query.table)
        }
        var toSkip = query.offset
        var left = query.limit ?? .max
        for cells in table.rows where conditions.allSatisfy({ $0.holds(for: cells) }) {
            if toSkip > 0 {
                toSkip -= 1
                continue
            }
            guard left > 0 else { return }
            left -= 1
            try row(cells)
        }
    }

    /// A mistake of the caller, who knows the columns.
    struct UnknownColumn: Error {
        var table: String
    }

    /// A condition with its column found.
    private struct Test {
        let index: Int
        let holds: @Sendable (String) -> Bool

        init?(_ condition: FigureQuery.Condition, columns: [String]) {
            let column: String
            switch condition {
            case .oneOf(let name, let values):
                column = name
                let wanted = Set(values)
                holds = { wanted.contains($0) }
            case .atLeast(let name, let value):
                column = name
                holds = { !$0.utf8.lexicographicallyPrecedes(value.utf8) }
            case .atMost(let name, let value):
                column = name
                holds = { !value.utf8.lexicographicallyPrecedes($0.utf8) }
            }
            guard let index = columns.firstIndex(of: column) else { return nil }
            self.index = index
        }

        func holds(for cells: [String]) -> Bool { holds(cells[index]) }
    }
}
