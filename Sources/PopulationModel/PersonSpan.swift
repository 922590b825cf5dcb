/// One citizen over consecutive reference dates at which nothing about him changes but his age, as
/// deduplicate hands him to aggregate: where he is registered and resident, and in which way. Holds
/// nothing that tells who he is.
@frozen
public struct PersonSpan: Sendable {
    /// Birth date as yyyymmdd; ages at the dates follow from it.
    public var birth: Int32
    /// Indexes of the first and the last reference date.
    public var first: UInt16
    public var last: UInt16
    /// Place numbers of the worker's `PlaceTable`; -1 = not registered, not resident, no stay.
    public var registered: Int32
    public var resident: Int32
    /// Where a person of `shortStay` is.
    public var presentAt: Int32
    public var status: PersonStatus
    /// 1 male, 2 female.
    public var sex: UInt8
    /// 0 unknown, else `HouseholdType`; of the registered.
    public var householdType: UInt8
    /// Of registered unit, household number and type; 0 = no household number, or households
    /// are not counted.
    public var household: UInt64

    @inlinable public init(birth: Int32, sex: UInt8, first: UInt16, last: UInt16) {
        self.birth = birth
        self.sex = sex
        self.first = first
        self.last = last
        registered = -1
        resident = -1
        presentAt = -1
        status = []
        householdType = 0
        household = 0
    }
}

/// How residence and registration of a person stand to each other (SPEC 4): what the columns of the
/// table `migration` count.
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
    /// Registered and resident in one unit, with college education or a title.
    @inlinable public static var talentAtHome: Self { Self(rawValue: 128) }

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

/// Takes the persons of one worker, batch by batch.
public protocol PersonConsumer: ~Copyable {
    associatedtype Result: Sendable
    /// A batch is there during the call only: its memory is used again for the next.
    mutating func take(_ spans: UnsafeBufferPointer<PersonSpan>)
    /// Whose registration changed within a yearly pair.
    mutating func take(_ transitions: UnsafeBufferPointer<PersonTransition>)
    /// Guests and who lives elsewhere than registered.
    mutating func take(_ stays: UnsafeBufferPointer<StaySpan>)
    /// Called once, after the last batch.
    consuming func finish() -> Result
}

extension PersonConsumer where Self: ~Copyable {
    /// Who counts persons only needs no more.
    public mutating func take(_ transitions: UnsafeBufferPointer<PersonTransition>) {}
    public mutating func take(_ stays: UnsafeBufferPointer<StaySpan>) {}
}
