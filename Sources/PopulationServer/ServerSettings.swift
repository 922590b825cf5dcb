/// What `popstat serve` is told: where the figures are, where to listen, what to bear.
package struct ServerSettings: Sendable {
    /// The SQLite store, or the connection string of a PostgreSQL store (`postgresql://…`).
    package var store: String
    package var host = "127.0.0.1"
    /// 0 asks the system for a free one.
    package var port = 8080
    /// The file of token hashes; without it only the public scope is served.
    package var tokens: String?
    /// PEM files; both or none.
    package var certificate: String?
    package var privateKey: String?

    package init(store: String) { self.store = store }
}
