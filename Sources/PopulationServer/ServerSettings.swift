/// What `popstat serve` is told: where the figures are, where to listen, what to bear.
public struct ServerSettings: Sendable {
    /// The SQLite store, the connection string of a PostgreSQL store (`postgresql://…`), or a
    /// published folder.
    public var store: String
    public var host = "127.0.0.1"
    /// 0 asks the system for a free one.
    public var port = 8080
    /// The file of token hashes; without it only the public scope is served.
    public var tokens: String?
    /// PEM files; both or none.
    public var certificate: String?
    public var privateKey: String?
    /// The published folder whose report is served under `/report`.
    public var report: String?
    public var limits = ServerLimits()

    public init(store: String) { self.store = store }
}
