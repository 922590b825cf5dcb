/// One extract as it lies on the disk after un-gzipping (SPEC 2).
public struct NaiveFile: Sendable {
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// One edition of the division table and its date yyyy-mm-dd (SPEC 2.3).
public struct NaiveEdition: Sendable {
    public var edition: String
    public var bytes: [UInt8]

    public init(edition: String, bytes: [UInt8]) {
        self.edition = edition
        self.bytes = bytes
    }
}

/// What a plan says, as far as the tables of this model need it (SPEC 2 and 7).
public struct NaiveInput: Sendable {
    public var area: String
    public var referenceDates: [String]
    public var knownAt: String?
    public var residenceMonths: Int
    public var stayGapDays: Int
    public var registration: [NaiveFile]
    public var residency: [NaiveFile]
    public var registrationEncoding: String
    public var residencyEncoding: String
    public var registrationColumns: [String: String]
    public var residencyColumns: [String: String]
    public var registrationValues: [String: [String: String]]
    public var residencyValues: [String: [String: String]]
    public var divisions: [NaiveEdition]
    public var changes: [UInt8]?
    public var counties: [UInt8]?
    public var targets: [UInt8]?
    public var official: [UInt8]?
    public var ladder: NaiveLadder?
    public var transfer: NaiveTransfer?
    public var land: NaiveLand?

    public init(
        area: String = "",
        referenceDates: [String] = [],
        knownAt: String? = nil,
        residenceMonths: Int = 6,
        stayGapDays: Int = 31,
        registration: [NaiveFile] = [],
        residency: [NaiveFile] = [],
        registrationEncoding: String = "auto",
        residencyEncoding: String = "auto",
        registrationColumns: [String: String] = [:],
        residencyColumns: [String: String] = [:],
        registrationValues: [String: [String: String]] = [:],
        residencyValues: [String: [String: String]] = [:],
        divisions: [NaiveEdition] = [],
        changes: [UInt8]? = nil,
        counties: [UInt8]? = nil,
        targets: [UInt8]? = nil,
        official: [UInt8]? = nil,
        ladder: NaiveLadder? = nil,
        transfer: NaiveTransfer? = nil,
        land: NaiveLand? = nil
    ) {
        self.area = area
        self.referenceDates = referenceDates
        self.knownAt = knownAt
        self.residenceMonths = residenceMonths
        self.stayGapDays = stayGapDays
        self.registration = registration
        self.residency = residency
        self.registrationEncoding = registrationEncoding
        self.residencyEncoding = residencyEncoding
        self.registrationColumns = registrationColumns
        self.residencyColumns = residencyColumns
        self.registrationValues = registrationValues
        self.residencyValues = residencyValues
        self.divisions = divisions
        self.changes = changes
        self.counties = counties
        self.targets = targets
        self.official = official
        self.ladder = ladder
        self.transfer = transfer
        self.land = land
    }
}

/// One row set aside at ingest (SPEC 3).
public struct NaiveRejected: Sendable, Equatable {
    public var file: String
    /// 1-based, the header not counted.
    public var row: Int
    /// 1-based physical line of the row's start, CRLF being one line end.
    public var line: Int
    /// Offset of the row's start in the file, a BOM counted.
    public var byteOffset: Int
    public var reason: String

    public init(file: String, row: Int, line: Int, byteOffset: Int, reason: String) {
        self.file = file
        self.row = row
        self.line = line
        self.byteOffset = byteOffset
        self.reason = reason
    }
}

/// The tables of SPEC 6 as CSV text, and the rejected rows of SPEC 3.
public struct NaiveResult: Sendable {
    public var tables: [String: String]
    public var rejected: [NaiveRejected]

    public init(tables: [String: String], rejected: [NaiveRejected]) {
        self.tables = tables
        self.rejected = rejected
    }
}

/// A fault of the plan or of a reference file (SPEC 2, 2.3, 7), or a broken identity (SPEC 3, 6).
public struct NaiveFault: Error, CustomStringConvertible {
    public var description: String
    /// The scores of all counties of a year are 0, so that the pool cannot be shared (SPEC 6.3).
    public var isScoreAllZero = false

    init(_ description: String) {
        self.description = description
    }
}
