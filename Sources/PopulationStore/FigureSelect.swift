import PopulationFigures
import PopulationModel

/// The SELECT of a query. Only names that the edition lists get into its text; values are bound.
struct FigureSelect {
    let sql: String
    let arguments: [String?]

    init(query: FigureQuery, layout: TableLayout, columns: [String], schema: StoreSchema) throws {
        func published(_ name: String) throws -> String {
            guard columns.contains(name), let column = layout.column(name) else {
                throw StoreFault.noColumn(table: query.table, column: name).error
            }
            return layout.published(column, schema.dialect)
        }
        var wheres = ["edition = ?"]
        var arguments: [String?] = ["\(query.edition)"]
        for condition in query.conditions {
            switch condition {
            case .oneOf(let column, let values):
                let marks = Array(repeating: "?", count: values.count).joined(separator: ", ")
                let text = Self.bytewise(try published(column), schema.dialect)
                wheres.append(values.isEmpty ? "1 = 0" : "\(text) IN (\(marks))")
                arguments += values
            case .atLeast(let column, let value):
                wheres.append("\(Self.bytewise(try published(column), schema.dialect)) >= ?")
                arguments.append(value)
            case .atMost(let column, let value):
                wheres.append("\(Self.bytewise(try published(column), schema.dialect)) <= ?")
                arguments.append(value)
            }
        }
        var sql = "SELECT \(try columns.map(published).joined(separator: ", ")) "
        sql += "FROM \(schema.source(layout)) WHERE \(wheres.joined(separator: " AND ")) "
        sql += "ORDER BY row_number"
        if query.limit != nil || query.offset > 0 {
            // Neither database takes an offset alone; this is more than any table holds.
            sql += " LIMIT \(query.limit ?? 1 << 60) OFFSET \(query.offset)"
        }
        self.sql = sql
        self.arguments = arguments
    }

    /// SQLite compares texts by bytes anyway.
    private static func bytewise(_ expression: String, _ dialect: SQLDialect) -> String {
        dialect == .sqlite ? expression : "(\(expression)) COLLATE \"C\""
    }
}
