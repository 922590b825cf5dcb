/// One citizen at one reference date, as deduplicate hands him to aggregate: where he is registered
/// and resident, and in which way. Holds nothing that tells who he is.
@frozen
public struct PersonState: Sendable {
    /// Index of the reference date.
    public var date: UInt16
    /// Completed years.
    public var age: UInt8
    /// 1 male, 2 female.
    public var sex: UInt8
    /// Place numbers of the worker's `PlaceTable`; -1 = not registered, not resident, no stay.
    public var registered: Int32
    public var resident: Int32
    /// Where a person of `shortStay` is.
    public var presentAt: Int32
    public var status: PersonStatus
    /// 0 unknown, else `HouseholdType`; of the registered.
    public var householdType: UInt8
    /// Of registered unit, household number and type; 0 = no household number.
    public var household: UInt64

    @inlinable public init(date: UInt16, age: UInt8, sex: UInt8) {
        self.date = date
        self.age = age
        self.sex = sex
        registered = -1
        resident = -1
        presentAt = -1
        status = []
        householdType = 0
        household = 0
    }
}

/// How residence and registration of a person stand to each other (SPEC 4).
@frozen
public struct PersonStatus: OptionSet, Sendable {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    @inlinable public static var registeredResident: Self { Self(rawValue: 1) }
    @inlinable public static var registeredElsewhere: Self { Self(rawValue: 2) }
    @inlinable public static var away: Self { Self(rawValue: 4) }
    @inlinable public static var unregisteredLocal: Self { Self(rawValue: 8) }
    @inlinable public static var separated: Self { Self(rawValue: 16) }
    @inlinable public static var intraDistrict: Self { Self(rawValue: 32) }
    @inlinable public static var shortStay: Self { Self(rawValue: 64) }

    /// 0 own county … 3 other province, 4 unknown; of the floating.
    @inlinable public static func tier(_ tier: OriginTier) -> Self {
        Self(rawValue: UInt16(tier.rawValue) << 8)
    }
    @inlinable public var tier: Int { Int(rawValue >> 8) }
}

/// How far from the registered place a citizen lives.
public enum OriginTier: UInt8, CaseIterable, Sendable {
    case ownCounty, ownPrefecture, ownProvince, otherProvince, unknown
}

/// What deduplicate counts of rows and citizens (SPEC 3, 4).
public struct DeduplicateCounts: Sendable, Equatable {
    public var registration = SourceCounts()
    public var residency = SourceCounts()
    /// Citizens with two different names.
    public var nameConflict = 0
    /// Citizens who died, joined the army or emigrated, and are present at the last date.
    public var closedButPresent = 0

    public init() {}

    /// Of one source.
    public struct SourceCounts: Sendable, Equatable {
        public var exactDuplicate = 0
        public var voided = 0
        public var superseded = 0
        /// Superseded because dated after the last date or written after known-at.
        public var future = 0
        public var inForce = 0
        /// Citizens, not rows.
        public var conflict = 0

        public init() {}

        public mutating func add(_ other: Self) {
            exactDuplicate += other.exactDuplicate
            voided += other.voided
            superseded += other.superseded
            future += other.future
            inForce += other.inForce
            conflict += other.conflict
        }

        /// Equals the accepted rows (SPEC 3).
        public var rows: Int { exactDuplicate + voided + superseded + future + inForce }
    }

    public mutating func add(_ other: Self) {
        registration.add(other.registration)
        residency.add(other.residency)
        nameConflict += other.nameConflict
        closedButPresent += other.closedButPresent
    }

    public subscript(source: Source) -> SourceCounts {
        source == .registration ? registration : residency
    }
}

/// Takes the persons of one worker, batch by batch.
public protocol PersonConsumer {
    associatedtype Result: Sendable
    mutating func take(_ states: UnsafeBufferPointer<PersonState>)
    /// Called once, after the last batch.
    consuming func finish() -> Result
}
