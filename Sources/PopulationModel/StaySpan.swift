/// One citizen over consecutive reference dates at which one stay and one registration are in force,
/// who lives elsewhere than where he is registered or may hold a residence permit. Holds nothing
/// that tells who he is.
@frozen
public struct StaySpan: Sendable {
    /// Birth date as yyyymmdd.
    public var birth: Int32
    /// Indexes of the first and the last reference date.
    public var first: UInt16
    public var last: UInt16
    /// 1 male, 2 female.
    public var sex: UInt8
    /// 0 empty, else `Dwelling`; of the stay.
    public var dwelling: UInt8
    /// The better of stay and registration row.
    public var qualification: Qualification
    /// Place numbers of the worker's `PlaceTable`; -1 = resident where registered, or nowhere.
    public var resident: Int32
    /// The registered place of SPEC 4, -1 = unknown.
    public var registeredPlace: Int32
    /// Where a citizen is present who is not registered in the area; -1 for others.
    public var guestAt: Int32
    /// Day numbers, 0 = empty. Residence years count from `residentSince`.
    public var residentSince: Int32
    public var insuredSince: Int32
    public var employedSince: Int32
    public var permitIssued: Int32
    public var permitValidTo: Int32

    @inlinable public init(birth: Int32, sex: UInt8, first: UInt16, last: UInt16) {
        self.birth = birth
        self.sex = sex
        self.first = first
        self.last = last
        dwelling = 0
        qualification = Qualification()
        resident = -1
        registeredPlace = -1
        guestAt = -1
        residentSince = 0
        insuredSince = 0
        employedSince = 0
        permitIssued = 0
        permitValidTo = 0
    }
}

/// Degree and title of a citizen, as far as they open a way to settle (SPEC 6.2).
@frozen
public struct Qualification: Sendable, Equatable {
    /// First digit of GB/T 4658: 1 postgraduate, 2 bachelor, 3 college; 0 = below or unknown.
    public var degree: UInt8
    /// 0 none, else `ProfessionalTitle`.
    public var title: UInt8

    @inlinable public init(degree: UInt8 = 0, title: UInt8 = 0) {
        self.degree = degree
        self.title = title
    }

    /// What a row of registration says.
    @inlinable @inline(__always)
    public init(registration row: PackedRecordView) {
        self.init(row, texts: PackedRecord.registrationTexts)
    }

    /// What a stay says.
    @inlinable @inline(__always)
    public init(residency row: PackedRecordView) {
        self.init(row, texts: PackedRecord.residencyTexts)
    }

    /// Education is the last text of both sources. The lengths before its own are added up by one
    /// multiplication, as in `PackedRecordView.byteCount`: nearly every citizen is asked.
    @inlinable @inline(__always)
    init(_ row: PackedRecordView, texts: Int) {
        title = UInt8(truncatingIfNeeded: row.title)
        let words = row.wordCount
        let all = row.word(words)
        let own = UInt64(texts &- 1) &* 8
        let before = all & ((1 << own) &- 1)
        let pairs = (before & 0x00FF_00FF_00FF_00FF) &+ ((before >> 8) & 0x00FF_00FF_00FF_00FF)
        let offset = words &* 8 &+ texts &+ Int((pairs &* 0x0001_0001_0001_0001) >> 48)
        let digit = row.start.load(fromByteOffset: offset, as: UInt8.self) &- 0x30
        let isDegree = (all >> own) & 0xFF != 0 && digit >= 1 && digit <= 3
        degree = isDegree ? digit : 0
    }

    @inlinable public var isTalent: Bool { degree | title != 0 }

    /// The higher degree and the higher title of two.
    @inlinable public func better(with other: Qualification) -> Qualification {
        let lower = min(degree, other.degree)
        return Qualification(
            degree: lower == 0 ? max(degree, other.degree) : lower, title: max(title, other.title))
    }
}
