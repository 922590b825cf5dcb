import Foundation
import Glibc
import PopulationFigures
import PopulationModel

internal import GRDB
internal import GRDBSQLite

/// The embedded store: one SQLite file in WAL mode, so that readers see the editions as they were
/// while the next one is being written.
///
/// The file is 0640 and a folder made for it 0750, as exact tables of a run are: whoever reads it
/// belongs to the group. Its `-wal` and `-shm` files stay, or readers without the right to write
/// could not open it.
package final class SQLiteStore: FigureWriter {
    private let pool: DatabasePool
    private let path: String

    /// How long a process waits for another one that writes.
    private static let busySeconds = 30.0
    private static let schema = StoreSchema(dialect: .sqlite)

    static let library = LinkedLibrary(
        name: "sqlite", version: String(cString: sqlite3_libversion()))

    /// Opens a store that is there, for reading only.
    package init(reading path: String) throws(PopstatError) {
        guard try Self.isThere(path) else { throw StoreFault.missing(place: path).error }
        self.path = path
        pool = try Self.guarding(path) {
            var configuration = Self.configuration
            configuration.readonly = true
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.read { db in try Self.checkVersion(db, path: path) }
            return pool
        }
    }

    /// Opens a store for writing; makes it, and brings an older one to this version.
    package init(writing path: String) throws(PopstatError) {
        self.path = path
        try Self.makeFile(path)
        pool = try Self.guarding(path) {
            let pool = try DatabasePool(path: path, configuration: Self.configuration)
            try pool.read { db in try Self.checkNotNewer(db, path: path) }
            try Self.migrator.migrate(pool)
            try pool.write { db in try Self.schema.follow(SQLiteSession(database: db)) }
            return pool
        }
    }

    private static func isThere(_ path: String) throws(PopstatError) -> Bool {
        do throws(SystemFailure) { return try WholeFile.isThere(path) } catch {
            throw StoreFault.cannotOpen(place: path, reason: error.reason).error
        }
    }

    /// Whether a run could write here; a store that is not there yet is no fault.
    static func check(_ path: String) throws(PopstatError) {
        guard try isThere(path) else { return }
        guard access(path, W_OK) == 0 else {
            throw StoreFault.cannotOpen(place: path, reason: String(cString: strerror(errno))).error
        }
        try guarding(path) {
            // An empty file is one that a run could only make and no more.
            let queue = try DatabaseQueue(path: path, configuration: Self.configuration)
            try queue.read { db in
                // The head of a damaged file may still be whole.
                try db.execute(sql: "SELECT count(*) FROM sqlite_master")
                try Self.checkNotNewer(db, path: path)
            }
            try queue.close()
        }
    }

    package func editions() throws -> [EditionRecord] {
        try reading { try $0.editions() }
    }

    package func tables(ofEdition id: Int) throws -> [StoredTable] {
        try reading { try $0.tables(ofEdition: id) }
    }

    package func read(_ query: FigureQuery, row: ([String]) throws -> Void) throws {
        try reading { try $0.read(query, row: row) }
    }

    package func publish(_ publication: Publication, at timestamp: String) throws(PopstatError)
        -> StoredEdition
    {
        try writing { try $0.publish(publication, at: timestamp) }
    }

    package func edition(of identity: PublicationIdentity) throws(PopstatError) -> EditionRecord? {
        try writing { try $0.edition(of: identity) }
    }

    package func holds(_ identity: PublicationIdentity) throws(PopstatError) -> Bool {
        try writing { try $0.holds(identity) }
    }

    package func record(_ delivery: TransferDelivery, at timestamp: String) throws(PopstatError) {
        try writing { try $0.record(delivery, at: timestamp) }
    }

    /// One snapshot of the whole store. What a caller's closure throws goes through as it is.
    private func reading<Result>(_ body: (EditionCatalog<SQLiteSession>) throws -> Result) throws
        -> Result
    {
        do {
            return try pool.read { db in
                try body(EditionCatalog(session: SQLiteSession(database: db), place: path))
            }
        } catch let error as DatabaseError {
            throw Self.fault(error, path).error
        }
    }

    /// One transaction; at its end the log is taken into the file, so that a copy of it is whole.
    private func writing<Result>(_ body: (EditionCatalog<SQLiteSession>) throws -> Result)
        throws(PopstatError) -> Result
    {
        try Self.guarding(path) {
            let result = try pool.write { db in
                try body(EditionCatalog(session: SQLiteSession(database: db), place: path))
            }
            // A reader may hold the log back; then the next run takes it in.
            try? pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            return result
        }
    }
}

extension SQLiteStore {
    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busySeconds)
        configuration.label = "popstat"
        configuration.prepareDatabase { db in
            var isKept: CInt = 1
            _ = sqlite3_file_control(
                db.sqliteConnection, nil, SQLITE_FCNTL_PERSIST_WAL, &isKept)
            // An edition is there after a power cut, as the published folder is.
            if !db.configuration.readonly { try db.execute(sql: "PRAGMA synchronous = FULL") }
        }
        return configuration
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for migration in schema.migrations {
            migrator.registerMigration(migration.name) { db in
                for statement in migration.statements { try db.execute(sql: statement) }
            }
        }
        return migrator
    }

    /// Readers take a store as it is, once it has everything that they ask for.
    private static func checkVersion(_ db: Database, path: String) throws {
        try checkNotNewer(db, path: path)
        guard try migrator.hasCompletedMigrations(db) else {
            throw StoreFault.otherVersion(place: path, found: Bilingual("较旧的版本", "an older one"))
                .error
        }
    }

    private static func checkNotNewer(_ db: Database, path: String) throws {
        guard try migrator.hasBeenSuperseded(db) else { return }
        throw StoreFault.otherVersion(place: path, found: Bilingual("较新的版本", "a newer one")).error
    }

    /// Makes folder and file with their rights before SQLite does; its other files take the rights
    /// of the first.
    private static func makeFile(_ path: String) throws(PopstatError) {
        do throws(SystemFailure) {
            try WholeFile.makeFolder((path as NSString).deletingLastPathComponent, mode: 0o750)
        } catch {
            throw StoreFault.cannotOpen(place: path, reason: error.reason).error
        }
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw StoreFault.cannotOpen(place: path, reason: String(cString: strerror(errno))).error
        }
        close(descriptor)
    }

    private static func guarding<Result>(_ path: String, _ body: () throws -> Result)
        throws(PopstatError) -> Result
    {
        do {
            return try body()
        } catch let error as PopstatError {
            throw error
        } catch let error as DatabaseError {
            throw fault(error, path).error
        } catch {
            throw StoreFault.failed(place: path, reason: "\(error)").error
        }
    }

    /// The words of SQLite without its statement and values.
    private static func fault(_ error: DatabaseError, _ path: String) -> StoreFault {
        let reason = error.message ?? "error \(error.resultCode.rawValue)"
        return switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            .damaged(place: path, reason: Bilingual(both: reason))
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
            .cannotOpen(place: path, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(place: path)
        default: .failed(place: path, reason: reason)
        }
    }
}

/// An open transaction or snapshot of SQLite.
private struct SQLiteSession: StoreSession {
    let database: Database

    var dialect: SQLDialect { .sqlite }

    func rows(_ sql: String, _ arguments: [String?]) throws -> [[String?]] {
        try Row.fetchAll(database, sql: sql, arguments: StatementArguments(arguments)).map { row in
            row.databaseValues.map(Self.text)
        }
    }

    func forEach(_ sql: String, _ arguments: [String?], row: ([String]) throws -> Void) throws {
        let cursor = try Row.fetchCursor(
            database, sql: sql, arguments: StatementArguments(arguments))
        while let next = try cursor.next() {
            try row(next.databaseValues.map { Self.text($0) ?? "" })
        }
    }

    func execute(_ sql: String, _ arguments: [String?]) throws {
        try database.execute(sql: sql, arguments: StatementArguments(arguments))
    }

    func insert(
        into table: String, columns: [String],
        fill: ((_ row: [String?]) throws -> Void) throws -> Void
    ) throws {
        let names = columns.map(TableLayout.quoted).joined(separator: ", ")
        let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        let statement = try database.makeStatement(
            sql: "INSERT INTO \(table) (\(names)) VALUES (\(marks))")
        try fill { row in
            statement.setUncheckedArguments(StatementArguments(row))
            try statement.execute()
        }
    }

    /// A cell of a bookkeeping table may be a number.
    private static func text(_ value: DatabaseValue) -> String? {
        switch value.storage {
        case .null: nil
        case .int64(let number): "\(number)"
        case .double(let number): "\(number)"
        case .string(let text): text
        case .blob: nil
        }
    }
}
