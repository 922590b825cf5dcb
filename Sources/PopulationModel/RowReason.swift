/// Why a row was set aside, in the order in which the rules of SPEC 3 are tested.
public enum RejectReason: UInt8, CaseIterable, Sendable {
    case rowShape, encoding, idMissing, idDamaged, idFormat, idCheck, idBirthDate
    case divisionFormat, eventUnknown, eventDate, arrivalDate, departureDate, updatedAt

    /// The word in tables and in the file of rejected rows.
    public var word: String {
        switch self {
        case .rowShape: "row-shape"
        case .encoding: "encoding"
        case .idMissing: "id-missing"
        case .idDamaged: "id-damaged"
        case .idFormat: "id-format"
        case .idCheck: "id-check"
        case .idBirthDate: "id-birth-date"
        case .divisionFormat: "division-format"
        case .eventUnknown: "event-unknown"
        case .eventDate: "event-date"
        case .arrivalDate: "arrival-date"
        case .departureDate: "departure-date"
        case .updatedAt: "updated-at"
        }
    }
}

/// What was odd about a row that was kept; counted once per accepted row and reason.
public enum WarningReason: UInt8, CaseIterable, Sendable {
    case sexMismatch, birthMismatch, causeUnknown, originFormat, optionalDate, optionalEncoding

    public var word: String {
        switch self {
        case .sexMismatch: "sex-mismatch"
        case .birthMismatch: "birth-mismatch"
        case .causeUnknown: "cause-unknown"
        case .originFormat: "origin-format"
        case .optionalDate: "optional-date"
        case .optionalEncoding: "optional-encoding"
        }
    }
}

/// How the rows of one source came through ingest: every row read is in one of the four groups.
public struct RowCounts: Sendable, Equatable {
    public var read = 0
    public var outOfScope = 0
    public var revoked = 0
    public var accepted = 0
    /// Indexed by `RejectReason.rawValue`.
    public var rejected = [Int](repeating: 0, count: RejectReason.allCases.count)
    /// Indexed by `WarningReason.rawValue`.
    public var warnings = [Int](repeating: 0, count: WarningReason.allCases.count)
    /// Records that libcsv read; the scanner read the others.
    public var readByLibCSV = 0

    public init() {}

    public var rejectedTotal: Int { rejected.reduce(0, +) }

    public mutating func add(_ other: RowCounts) {
        read += other.read
        outOfScope += other.outOfScope
        revoked += other.revoked
        accepted += other.accepted
        readByLibCSV += other.readByLibCSV
        for i in rejected.indices { rejected[i] += other.rejected[i] }
        for i in warnings.indices { warnings[i] += other.warnings[i] }
    }

    /// read = rejected + out of scope + revoked + accepted (SPEC 3).
    public var isBalanced: Bool { read == rejectedTotal + outOfScope + revoked + accepted }
}
