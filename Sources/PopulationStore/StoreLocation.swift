import PopulationModel

/// Where a store lies.
package enum StoreLocation: Sendable, Equatable {
    /// The path of an SQLite file.
    case sqlite(path: String)
    /// What libpq takes, without a password; a single word is the name of a service.
    case postgres(connection: String)

    /// The file in the folder of a store.
    package static let fileName = "figures.sqlite"
    /// How a PostgreSQL store is named on a command line.
    private static let postgresPrefix = "postgres:"

    /// The store of a run whose plan names none: beside the output folder, which is replaced.
    package static func standard(besideOutput output: String) -> StoreLocation {
        .sqlite(path: "\(output)-store/\(fileName)")
    }

    /// What a command line names: `postgres:CONNECTION`, `postgresql://…`, or a file.
    package init(commandLine text: String) throws(PopstatError) {
        if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") {
            self = .postgres(connection: text)
        } else if text.hasPrefix(Self.postgresPrefix) {
            self = .postgres(connection: String(text.dropFirst(Self.postgresPrefix.count)))
        } else {
            self = .sqlite(path: text)
        }
        if holdsPassword { throw StoreFault.passwordGiven.error }
    }

    /// Whether a connection string holds a password, as libpq reads it: as a keyword, in a URI, with
    /// characters escaped. One that libpq cannot read may hold one under a misspelt name or with
    /// characters that had to be escaped, and is not printed either.
    package var holdsPassword: Bool {
        guard case .postgres(let connection) = self else { return false }
        guard let parts = PostgresConnection.parts(of: connection) else {
            let text = connection.lowercased()
            return ["pass", "pw", "@"].contains(where: text.contains)
        }
        return ["password", "sslpassword"].contains { parts[$0]?.isEmpty == false }
            || parts["user"]?.contains(":") == true
    }

    /// What messages call it.
    package var label: String {
        switch self {
        case .sqlite(let path): path
        case .postgres(let connection): Self.postgresPrefix + connection
        }
    }

    /// Opens what is there, for reading only.
    package func reader() throws(PopstatError) -> any FigureReader {
        switch self {
        case .sqlite(let path): try SQLiteStore(reading: path)
        case .postgres(let connection): try PostgresStore(reading: connection)
        }
    }

    /// Opens the store for writing; an SQLite store that is not there is made.
    package func writer() throws(PopstatError) -> any FigureWriter {
        switch self {
        case .sqlite(let path): try SQLiteStore(writing: path)
        case .postgres(let connection): try PostgresStore(writing: connection)
        }
    }

    /// Whether a run could publish here, told before it reads extracts. An SQLite store that is
    /// not there yet is no fault.
    package func check() throws(PopstatError) {
        switch self {
        case .sqlite(let path): try SQLiteStore.check(path)
        case .postgres(let connection): try PostgresStore.check(connection)
        }
    }
}
