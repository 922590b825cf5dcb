/// An open transaction or snapshot of a database, in the few words that both databases understand.
///
/// Parameters are `?`, values and results are texts: both databases turn a bound text into the type
/// of the column. A session is used by one thread at a time.
protocol StoreSession {
    var dialect: SQLDialect { get }

    func rows(_ sql: String, _ arguments: [String?]) throws -> [[String?]]

    /// Calls `row` for each row, without keeping them; a NULL comes as an empty text.
    func forEach(_ sql: String, _ arguments: [String?], row: ([String]) throws -> Void) throws

    func execute(_ sql: String, _ arguments: [String?]) throws

    /// Writes many rows of one table. `fill` is given what takes a row.
    func insert(
        into table: String, columns: [String],
        fill: ((_ row: [String?]) throws -> Void) throws -> Void
    ) throws
}

extension StoreSession {
    func execute(_ sql: String) throws { try execute(sql, []) }

    func rows(_ sql: String) throws -> [[String?]] { try rows(sql, []) }

    /// The first cell of the first row.
    func value(_ sql: String, _ arguments: [String?] = []) throws -> String? {
        try rows(sql, arguments).first?.first ?? nil
    }
}
