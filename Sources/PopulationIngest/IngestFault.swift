import Glibc
package import PopulationModel

/// Everything that can make an extract unreadable as a whole, with its wording.
package enum IngestFault: Equatable {
    case cannotOpen(label: String, errno: Int32)
    case cannotRead(label: String, errno: Int32)
    case changedWhileRead(label: String)
    case noHeader(label: String)
    case header(label: String, HeaderFault)
    case damagedGzip(label: String)
    case noGB18030(label: String)
    case utf16(label: String)
    case cannotWrite(path: String, errno: Int32)
    case recordTooLong(label: String, byteOffset: Int)
    case zeroBytes(label: String)
    case unpacksTooFar(label: String, ratioMax: Int)

    package var error: PopstatError {
        switch self {
        case .cannotOpen(let label, let number):
            PopstatError(
                code: "INGEST-001", kind: number == ENOENT ? .inputMissing : .readOrWriteFailed,
                message: "the extract cannot be opened: \(Self.text(number))",
                remedy: "Check that the file is there and that popstat may read it.",
                place: Place(file: label))
        case .cannotRead(let label, let number):
            PopstatError(
                code: "INGEST-002", kind: .readOrWriteFailed,
                message: "reading failed: \(Self.text(number))",
                remedy: "Check the disk or the network share, then run again.",
                place: Place(file: label))
        case .changedWhileRead(let label):
            PopstatError(
                code: "INGEST-003", kind: .readOrWriteFailed,
                message: "the extract changed while it was read",
                remedy: "Run again when the supplier has finished writing it.",
                place: Place(file: label))
        case .noHeader(let label):
            PopstatError(
                code: "INGEST-004", kind: .usage, message: "the extract has no header line",
                remedy: "Export it again with the column names in the first line.",
                place: Place(file: label, line: 1))
        case .header(let label, let fault): Self.headerError(label, fault)
        case .damagedGzip(let label):
            PopstatError(
                code: "INGEST-008", kind: .readOrWriteFailed,
                message: "the gzip file is damaged or cut short",
                remedy: "Copy it again from the supplier.", place: Place(file: label))
        case .noGB18030(let label):
            PopstatError(
                code: "INGEST-009", kind: .internalFault,
                message: "the C library of this machine has no GB18030",
                remedy: "Install Debian's libc-bin with its gconv modules, or deliver UTF-8.",
                place: Place(file: label))
        case .utf16(let label):
            PopstatError(
                code: "INGEST-010", kind: .usage,
                message: "the extract is UTF-16, expected UTF-8 or GB18030",
                remedy: "Export it again as UTF-8 or GB18030.", place: Place(file: label))
        case .cannotWrite(let path, let number):
            PopstatError(
                code: "INGEST-011", kind: .readOrWriteFailed,
                message: "writing the work folder failed: \(Self.text(number))",
                remedy: "Free space or mend the rights of the folder given by --work.",
                place: Place(file: path))
        case .recordTooLong(let label, let byteOffset):
            PopstatError(
                code: "INGEST-012", kind: .dataBeyondLimits,
                message: "a record is longer than 128 MiB: this is no CSV extract",
                remedy: "Look at the file from that byte on; export it again.",
                place: Place(file: label, byteOffset: byteOffset))
        case .zeroBytes(let label):
            PopstatError(
                code: "INGEST-013", kind: .usage,
                message: "the header holds zero bytes: this is UTF-16 or no text, "
                    + "expected UTF-8 or GB18030",
                remedy: "Export it again as UTF-8 or GB18030.",
                place: Place(file: label, line: 1))
        case .unpacksTooFar(let label, let ratioMax):
            PopstatError(
                code: "INGEST-014", kind: .dataBeyondLimits,
                message: "the gzip file unpacks to more than \(ratioMax) times its size, which no "
                    + "register does",
                remedy: "Look at what it holds; deliver it unpacked if it is an extract.",
                place: Place(file: label))
        }
    }

    private static func headerError(_ label: String, _ fault: HeaderFault) -> PopstatError {
        let place = Place(file: label, line: 1)
        switch fault {
        case .isRow: return IngestFault.noHeader(label: label).error
        case .namedTwice(let header):
            return PopstatError(
                code: "INGEST-005", kind: .usage,
                message: "the header '\(shown(header))' stands twice",
                remedy: "Export the extract with each column once.", place: place)
        case .twoHeaders(let column, let first, let second):
            return PopstatError(
                code: "INGEST-006", kind: .usage,
                message: "two headers stand for the column \(column): '\(shown(first))' and "
                    + "'\(shown(second))'",
                remedy: "Export only one of them, or name another column for it in the plan.",
                place: place)
        case .missing(let expected, let found, let missing, let additional):
            func list(_ names: [String]) -> String {
                names.isEmpty ? "none" : names.map(shown).joined(separator: ", ")
            }
            return PopstatError(
                code: "INGEST-007", kind: .usage,
                message: "columns are missing; expected: \(list(expected)); found: \(list(found)); "
                    + "missing: \(list(missing)); additional: \(list(additional))",
                remedy: "Name the extract's header for each missing column under `columns`."
                    // Not one is known: it may not be the header at all.
                    + (missing == expected
                        ? " If title rows stand above the header, take them out." : ""),
                place: place)
        }
    }

    /// A header as messages may print it: what holds a number may be a value of a row.
    private static func shown(_ header: String) -> String {
        HeaderMatcher.holdsNumber(header) ? "(a number)" : header
    }

    private static func text(_ number: Int32) -> String { String(cString: strerror(number)) }
}

extension PopstatErrors {
    init(_ fault: IngestFault) { self.init([fault.error]) }
}
