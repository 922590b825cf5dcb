import PopulationFigures
import PopulationStore

typealias FigureReader = PopulationStore.FigureReader

/// Reads tables back as the file that was published.
enum FigureReading {
    static func csv(
        _ reader: any FigureReader, _ edition: Int, _ name: String, _ scope: TableScope
    ) throws -> [UInt8] {
        guard
            let held = try reader.tables(ofEdition: edition).first(where: {
                $0.name == name && $0.scope == scope
            })
        else { return [] }
        var table = Table(name: name, columns: held.columns, keyCount: held.keyCount)
        try reader.read(FigureQuery(table: name, scope: scope, edition: edition)) {
            table.append($0)
        }
        return table.rowCount == held.rowCount ? table.csv : []
    }

    static func rows(_ reader: any FigureReader, _ query: FigureQuery) throws -> [[String]] {
        var rows: [[String]] = []
        try reader.read(query) { rows.append($0) }
        return rows
    }

    /// What the filters must give, found by looking at every row.
    static func expected(_ table: Table, _ query: FigureQuery) -> [[String]] {
        func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
        let kept = table.rows.filter { row in
            func value(_ column: String) -> String {
                row[table.columns.firstIndex(of: column)!]
            }
            return query.conditions.allSatisfy { condition in
                switch condition {
                case .oneOf(let column, let values): values.contains(value(column))
                case .atLeast(let column, let least):
                    !bytes(value(column)).lexicographicallyPrecedes(bytes(least))
                case .atMost(let column, let most):
                    !bytes(most).lexicographicallyPrecedes(bytes(value(column)))
                }
            }
        }
        return Array(kept.dropFirst(query.offset).prefix(query.limit ?? Int.max))
    }

    /// Queries of every kind of filter.
    static var queries: [FigureQuery] {
        func query(
            _ table: String, _ scope: TableScope, _ conditions: [FigureQuery.Condition],
            offset: Int = 0, limit: Int? = nil
        ) -> FigureQuery {
            var query = FigureQuery(table: table, scope: scope, edition: 1)
            query.conditions = conditions
            query.offset = offset
            query.limit = limit
            return query
        }
        return [
            query("urbanization", .internal, [.oneOf(column: "concept", values: ["resident"])]),
            query("urbanization", .internal, [.oneOf(column: "concept", values: [])]),
            query(
                "urbanization", .internal,
                [
                    .atLeast(column: "reference_date", value: "2018"),
                    .atMost(column: "reference_date", value: "2019-12-31"),
                    .oneOf(column: "area_code", values: ["4499", "449901", "'; DROP TABLE x"]),
                ]),
            query("urbanization", .internal, [.oneOf(column: "target_percent", values: [""])]),
            query("population", .internal, [.atLeast(column: "persons", value: "9")], limit: 50),
            query("transfer", .internal, [.oneOf(column: "year", values: ["2020"])]),
            query("units", .internal, [], offset: 17, limit: 5),
            query("units", .internal, [], offset: 2_180),
            query("permits", .public, [.oneOf(column: "suspended", values: ["[c]"])]),
            query("permits", .public, [.oneOf(column: "OBS_STATUS", values: ["A"])], limit: 3),
        ]
    }
}
