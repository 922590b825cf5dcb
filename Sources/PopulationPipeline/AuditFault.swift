import PopulationModel

/// What can be wrong with an audit log, with its wording.
package enum AuditFault: Equatable, Sendable {
    case noLog(path: String)
    case cannotWrite(path: String, reason: String)
    case openToOthers(path: String, mode: String)
    case changed(path: String, line: Int)
    case missing(path: String, line: Int, number: Int)
    case cut(path: String, line: Int)
    case endMissing(path: String, found: Int, expected: Int)
    case noHead(path: String)
    case notInLog(path: String)

    package var error: PopstatError {
        let (code, kind, place, message, remedy) = wording
        return PopstatError(
            code: "AUDIT-\(code)", kind: kind, message: message, remedy: remedy, place: place)
    }

    private typealias Wording = (
        code: String, kind: PopstatError.Kind, place: Place, message: String, remedy: String
    )

    private static let lookInto =
        "Compare it with a copy that was kept elsewhere, and find out who could write to it."

    private var wording: Wording {
        switch self {
        case .noLog(let path):
            (
                "001", .inputMissing, Place(file: path), "there is no audit log",
                "Name a plan, its output folder, or the folder of the log."
            )
        case .cannotWrite(let path, let reason):
            (
                "002", .cannotCreate, Place(file: path),
                "the audit log cannot be written: \(reason)",
                "Free space or mend the rights of its folder, or name another with POPSTAT_AUDIT."
            )
        case .openToOthers(let path, let mode):
            (
                "003", .cannotCreate, Place(file: path),
                "the audit log is open to others (mode \(mode))",
                "Run `chmod go-rwx` on it."
            )
        case .changed(let path, let line):
            (
                "004", .dataBeyondLimits, Place(file: path, line: line),
                "the entry is not the one that was written", Self.lookInto
            )
        case .missing(let path, let line, let number):
            (
                "005", .dataBeyondLimits, Place(file: path, line: line),
                "entry \(number) does not follow on the one before it: an entry was taken out or "
                    + "put in",
                Self.lookInto
            )
        case .cut(let path, let line):
            (
                "006", .dataBeyondLimits, Place(file: path, line: line),
                "the last line is cut off, as by a crash",
                "The next command that writes to the log removes it; it was no entry yet."
            )
        case .endMissing(let path, let found, let expected):
            (
                "007", .dataBeyondLimits, Place(file: path),
                "the log ends with entry \(found), and entry \(expected) was written",
                Self.lookInto
            )
        case .noHead(let path):
            (
                "008", .dataBeyondLimits, Place(file: path),
                "what says how the log ends is missing or damaged", Self.lookInto
            )
        case .notInLog(let path):
            (
                "009", .dataBeyondLimits, Place(file: path),
                "no entry has the digest that was noted elsewhere", Self.lookInto
            )
        }
    }
}

extension PopstatErrors {
    init(_ fault: AuditFault) { self.init([fault.error]) }
}
