import PopulationFigures
import PopulationModel
import Synchronization

/// The store in a PostgreSQL database, in its schema `popstat`: what the embedded store is, for many
/// readers on other machines.
///
/// `prepare` is for the owner of the schema and makes tables, views and roles. Who publishes needs
/// `popstat_writer` only, who reads `popstat_reader`, which sees views and no table.
package final class PostgresStore: FigureWriter {
    private let connectionString: String
    private let place: String
    private let isWriter: Bool
    /// Open connections that nobody uses now.
    private let idle = Mutex<[PostgresConnection]>([])

    private static let schema = StoreSchema(dialect: .postgres)
    /// A server that does not answer the door by then is down.
    private static let connectSeconds = 10
    /// A reader's statement takes milliseconds; a writer may wait for another one and for disks.
    private static let readerSeconds = 30
    private static let writerSeconds = 600
    /// Idle connections that are kept: a server has few to give.
    private static let idleMax = 8

    package init(reading connectionString: String) throws(PopstatError) {
        self.connectionString = connectionString
        place = StoreLocation.postgres(connection: connectionString).label
        isWriter = false
        try transaction { session throws in try Self.checkVersion(session, place: place) }
    }

    package init(writing connectionString: String) throws(PopstatError) {
        self.connectionString = connectionString
        place = StoreLocation.postgres(connection: connectionString).label
        isWriter = true
        try transaction { session throws in
            try Self.checkVersion(session, place: place)
            try Self.checkLayout(session, place: place)
        }
    }

    /// Makes or renews schema and roles; for an account that may create them.
    package init(preparing connectionString: String) throws(PopstatError) {
        self.connectionString = connectionString
        place = StoreLocation.postgres(connection: connectionString).label
        isWriter = true
        try transaction { session throws in try PostgresPreparation(session: session).run(place) }
    }

    /// Whether a run could write here.
    static func check(_ connectionString: String) throws(PopstatError) {
        let store = try PostgresStore(writing: connectionString)
        try store.transaction { session throws in
            guard
                try session.value("SELECT has_table_privilege('editions', 'INSERT')") == "t"
            else {
                throw StoreFault.noRight(
                    place: store.place,
                    reason: Bilingual(
                        "不得向 popstat.editions 插入", "it may not insert into popstat.editions")
                ).error
            }
        }
    }

    package func editions() throws -> [EditionRecord] {
        try transaction { session throws in try catalog(session).editions() }
    }

    package func tables(ofEdition id: Int) throws -> [StoredTable] {
        try transaction { session throws in try catalog(session).tables(ofEdition: id) }
    }

    package func read(_ query: FigureQuery, row: ([String]) throws -> Void) throws {
        // What the caller's closure throws goes through as it is.
        var thrown: (any Error)?
        do {
            try transaction { session throws in
                try catalog(session).read(query) { cells in
                    do { try row(cells) } catch {
                        thrown = error
                        throw error
                    }
                }
            }
        } catch {
            throw thrown ?? error
        }
    }

    package func publish(_ publication: Publication, at timestamp: String) throws(PopstatError)
        -> StoredEdition
    {
        try transaction(isAlone: true) { session throws in
            try Self.lock(session)
            return try catalog(session).publish(publication, at: timestamp)
        }
    }

    package func edition(of identity: PublicationIdentity) throws(PopstatError) -> EditionRecord? {
        try transaction { session throws in try catalog(session).edition(of: identity) }
    }

    package func holds(_ identity: PublicationIdentity) throws(PopstatError) -> Bool {
        try transaction { session throws in try catalog(session).holds(identity) }
    }

    package func record(_ delivery: TransferDelivery, at timestamp: String) throws(PopstatError) {
        try transaction(isAlone: true) { session throws in
            try Self.lock(session)
            try catalog(session).record(delivery, at: timestamp)
        }
    }

    private func catalog(_ session: PostgresSession) -> EditionCatalog<PostgresSession> {
        EditionCatalog(session: session, place: place)
    }
}

extension PostgresStore {
    /// One writer at a time, so that ids and revisions have no gaps; freed with the transaction.
    private static func lock(_ session: PostgresSession) throws {
        try session.execute("SELECT pg_advisory_xact_lock(hashtext('popstat'))")
    }

    static func checkVersion(_ session: PostgresSession, place: String) throws {
        guard try session.value("SELECT to_regclass('popstat.migrations') IS NOT NULL") == "t"
        else { throw StoreFault.notPrepared(place: place).error }
        let taken = try session.rows("SELECT name FROM migrations ORDER BY position")
            .compactMap { $0[0] }
        let known = schema.migrations.map(\.name)
        guard taken != known else { return }
        throw StoreFault.otherVersion(
            place: place,
            found: taken.starts(with: known)
                ? Bilingual("较新的版本", "a newer one")
                : Bilingual("较旧的版本", "an older one")
        ).error
    }

    private static func checkLayout(_ session: PostgresSession, place: String) throws {
        guard try session.value("SELECT digest FROM figure_layout") == schema.layoutDigest else {
            throw StoreFault.otherVersion(
                place: place,
                found: Bilingual(
                    "其中的表不是本版本的表", "its tables are not those of this version")
            ).error
        }
    }

    /// One transaction over one connection: a snapshot for readers. A connection that failed in the
    /// middle is closed, and the server undoes what it began.
    ///
    /// `isAlone`: a writer that waits for the lock must see what the one before him wrote, which a
    /// snapshot from before the wait does not hold.
    private func transaction<Result>(
        isAlone: Bool = false, _ body: (PostgresSession) throws -> Result
    ) throws(PopstatError) -> Result {
        do {
            let level = isAlone ? "READ COMMITTED" : "REPEATABLE READ"
            let connection = try begun(
                "BEGIN ISOLATION LEVEL \(level)\(isWriter ? "" : " READ ONLY")")
            let session = PostgresSession(connection: connection)
            let result: Result
            do { result = try body(session) } catch {
                // Closed instead of rolled back when it is in the middle of a statement.
                if !connection.isSpoilt, (try? session.execute("ROLLBACK")) != nil {
                    keep(connection)
                }
                throw error
            }
            try session.execute("COMMIT")
            keep(connection)
            return result
        } catch let error as PopstatError {
            throw error
        } catch let error as PostgresConnection.Failure {
            throw fault(error).error
        } catch {
            throw StoreFault.failed(place: place, reason: "\(error)").error
        }
    }

    /// A connection in which a transaction has begun. One that was idle may have been ended by a restart
    /// of the database: then the others were as well, and a new one is made.
    private func begun(_ statement: String) throws -> PostgresConnection {
        if let kept = idle.withLock({ $0.popLast() }) {
            do throws(PostgresConnection.Failure) {
                _ = try kept.rows(statement)
                return kept
            } catch {
                guard error.isEndOfConnection else { throw error }
                idle.withLock { $0 = [] }
            }
        }
        let connection = try connect()
        _ = try connection.rows(statement)
        return connection
    }

    private func connect() throws -> PostgresConnection {
        if StoreLocation.postgres(connection: connectionString).holdsPassword {
            throw StoreFault.passwordGiven.error
        }
        let connection = try PostgresConnection(
            connectionString,
            settings: [
                ("connect_timeout", "\(Self.connectSeconds)"), ("client_encoding", "UTF8"),
                ("fallback_application_name", "popstat"),
                // Milliseconds until a network that swallows packets counts as a lost connection.
                ("tcp_user_timeout", "30000"),
            ])
        let seconds = isWriter ? Self.writerSeconds : Self.readerSeconds
        for setting in [
            "search_path = popstat", "statement_timeout = '\(seconds)s'", "datestyle = 'ISO'",
            "idle_in_transaction_session_timeout = '\(Self.writerSeconds)s'",
        ] { _ = try connection.rows("SET \(setting)") }
        return connection
    }

    private func keep(_ connection: PostgresConnection) {
        idle.withLock { if $0.count < Self.idleMax { $0.append(connection) } }
    }

    private func fault(_ failure: PostgresConnection.Failure) -> StoreFault {
        switch failure {
        case .unreachable(let reason): .unreachable(place: place, reason: reason)
        case .lost(let reason): .lost(place: place, reason: reason)
        case .refused(let state, let reason):
            switch state {
            case "42501", "28000", "28P01":
                .noRight(place: place, reason: Bilingual(both: reason))
            case "57014", "55P03":
                .timedOut(
                    place: place, seconds: isWriter ? Self.writerSeconds : Self.readerSeconds)
            case "57P01", "57P02", "57P03", "25P03": .lost(place: place, reason: reason)
            case "3F000", "42P01": .notPrepared(place: place)
            default: .failed(place: place, reason: reason)
            }
        }
    }
}

/// An open transaction of PostgreSQL.
struct PostgresSession: StoreSession {
    let connection: PostgresConnection

    var dialect: SQLDialect { .postgres }

    func rows(_ sql: String, _ arguments: [String?]) throws -> [[String?]] {
        try connection.rows(sql, arguments)
    }

    func forEach(_ sql: String, _ arguments: [String?], row: ([String]) throws -> Void) throws {
        try connection.forEach(sql, arguments, row: row)
    }

    func execute(_ sql: String, _ arguments: [String?]) throws {
        _ = try connection.rows(sql, arguments)
    }

    func insert(
        into table: String, columns: [String],
        fill: ((_ row: [String?]) throws -> Void) throws -> Void
    ) throws {
        try connection.copy(into: table, columns: columns.map(TableLayout.quoted), fill: fill)
    }
}
