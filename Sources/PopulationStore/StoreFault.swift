import PopulationModel

/// What can be wrong with a store, with its wording. `place` is the path of the file, or the
/// connection string, which holds no password.
package enum StoreFault: Error, Equatable, Sendable {
    case missing(place: String)
    case cannotOpen(place: String, reason: String)
    case damaged(place: String, reason: String)
    case failed(place: String, reason: String)
    case busy(place: String)
    case otherVersion(place: String, found: String)
    case notPrepared(place: String)
    case unreachable(place: String, reason: String)
    case noRight(place: String, reason: String)
    case lost(place: String, reason: String)
    case timedOut(place: String, seconds: Int)
    case noEdition(place: String, id: Int, known: [Int])
    case noTable(place: String, edition: Int, table: String, scope: String)
    case noColumn(table: String, column: String)
    case unexpectedCell(table: String, column: String, row: Int)
    case unexpectedTable(table: String)
    case passwordGiven
    case newerEdition(place: String, plan: String)

    package var error: PopstatError {
        switch self {
        case .missing, .cannotOpen, .damaged, .failed, .busy: fileError
        case .otherVersion, .notPrepared, .unreachable, .noRight, .lost, .timedOut: serverError
        case .noEdition, .noTable, .noColumn, .passwordGiven, .newerEdition: requestError
        case .unexpectedCell, .unexpectedTable: ownError
        }
    }

    private var fileError: PopstatError {
        switch self {
        case .missing(let place):
            Self.error(
                "001", .inputMissing, place, "there is no store",
                "Run the plan first, or name the store that it writes.")
        case .cannotOpen(let place, let reason):
            Self.error(
                "002", .cannotCreate, place, "the store cannot be opened: \(reason)",
                "Mend the rights of the file and its folder, or name another one in publish.store.")
        case .damaged(let place, let reason):
            Self.error(
                "003", .readOrWriteFailed, place, "the store is damaged: \(reason)",
                "Put it aside and restore a copy; popstat never repairs a store by itself.")
        case .busy(let place):
            Self.error(
                "005", .lockHeld, place, "another process writes to the store",
                "Wait for it to end, and run again.")
        case .failed(let place, let reason):
            Self.error(
                "004", .readOrWriteFailed, place, "reading or writing the store failed: \(reason)",
                "Free space or mend the rights, and run again: editions that were in it still are.")
        default: preconditionFailure("no fault of a file")
        }
    }

    private var serverError: PopstatError {
        switch self {
        case .otherVersion(let place, let found):
            Self.error(
                "006", .unavailable, place, "the store is of another version of popstat: \(found)",
                "Use the newest popstat everywhere; with PostgreSQL run `popstat store init` with "
                    + "it.")
        case .notPrepared(let place):
            Self.error(
                "007", .unavailable, place, "the database has no schema popstat",
                "Let its owner run `popstat store init --postgres …` once.")
        case .unreachable(let place, let reason):
            Self.error(
                "008", .unavailable, place, "the database server cannot be reached: \(reason)",
                "Check server, network, PGSERVICEFILE and PGPASSFILE, and run again.")
        case .noRight(let place, let reason):
            Self.error(
                "009", .unavailable, place, "the account may not do this: \(reason)",
                "Grant popstat_writer to who publishes, popstat_reader to who reads.")
        case .lost(let place, let reason):
            Self.error(
                "010", .unavailable, place, "the connection was lost: \(reason)",
                "Run again: nothing was half written.")
        case .timedOut(let place, let seconds):
            Self.error(
                "011", .unavailable, place,
                "the database did not answer within \(seconds) s",
                "Look who holds locks or load there, and run again: nothing was half written.")
        default: preconditionFailure("no fault of a server")
        }
    }

    private var requestError: PopstatError {
        switch self {
        case .noEdition(let place, let id, let known):
            Self.error(
                "012", .usage, place,
                "there is no edition \(id); "
                    + (known.isEmpty ? "the store is empty" : "there are: \(Self.list(known))"),
                "`popstat editions` lists them.")
        case .noTable(let place, let edition, let table, let scope):
            Self.error(
                "013", .usage, place, "edition \(edition) holds no \(scope) table \(table)",
                "Ask for a table that it holds.")
        case .noColumn(let table, let column):
            PopstatError(
                code: "STORE-014", kind: .usage,
                message: "the table \(table) has no column \(column)",
                remedy: "Ask for a column of the table; Reports/dictionary.md names them.")
        case .passwordGiven:
            PopstatError(
                code: "STORE-015", kind: .usage,
                message: "the connection string holds a password, and others could read it there",
                remedy: "Keep the password in the file that PGPASSFILE or PGSERVICEFILE names.")
        case .newerEdition(let place, let plan):
            Self.error(
                "016", .usage, place,
                "the store does not hold what the plan \(plan) published last",
                "Run the plan again, which completes the store.")
        default: preconditionFailure("no fault of a request")
        }
    }

    private var ownError: PopstatError {
        switch self {
        case .unexpectedCell(let table, let column, let row):
            Self.ours(
                "017",
                "row \(row) of the table \(table) holds in \(column) what is not of the "
                    + "column's kind")
        case .unexpectedTable(let table):
            Self.ours("018", "the table \(table) is not as the data dictionary says")
        default: preconditionFailure("no fault of popstat")
        }
    }

    private static func error(
        _ number: String, _ kind: PopstatError.Kind, _ place: String, _ message: String,
        _ remedy: String
    ) -> PopstatError {
        PopstatError(
            code: "STORE-" + number, kind: kind, message: message, remedy: remedy,
            place: Place(file: place))
    }

    private static func ours(_ number: String, _ message: String) -> PopstatError {
        PopstatError(
            code: "STORE-" + number, kind: .internalFault, message: message,
            remedy: "This is a fault of popstat: report it with this line. The store is unchanged.")
    }

    /// The last ten are enough to see what there is.
    private static func list(_ ids: [Int]) -> String {
        (ids.count > 10 ? "… " : "") + ids.suffix(10).map(String.init).joined(separator: ", ")
    }
}
