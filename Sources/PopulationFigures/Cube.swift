import PopulationModel

/// The counts of one run per unit and reference date, exact and free of personal data. Everything
/// that is published of persons comes from here: another table of classes, roll-ups and rates never
/// read a person again.
public struct Cube: Sendable, Equatable {
    public let dateCount: Int
    /// Ascending by code.
    public var units: [Unit]
    /// Distinct households of the registered, per date, county and type.
    public var households: [HouseholdCount]

    /// Counts of one unit: `CubeLayout.count` numbers per reference date.
    public struct Unit: Sendable, Equatable {
        /// The code that stands for the unit at the dates at which it has counts.
        public var code: UInt64
        public var counts: [UInt32]

        public init(code: UInt64, counts: [UInt32]) {
            self.code = code
            self.counts = counts
        }
    }

    /// Distinct households of one type in one county at one date.
    public struct HouseholdCount: Sendable, Equatable {
        public var dateIndex: Int
        /// Six digits.
        public var county: UInt32
        /// 0 unknown, else `HouseholdType`.
        public var type: UInt8
        public var households: Int

        public init(dateIndex: Int, county: UInt32, type: UInt8, households: Int) {
            self.dateIndex = dateIndex
            self.county = county
            self.type = type
            self.households = households
        }
    }

    public init(dateCount: Int, units: [Unit], households: [HouseholdCount]) {
        self.dateCount = dateCount
        self.units = units
        self.households = households
    }
}

/// Where each count of a unit and date stands in its block.
public enum CubeLayout {
    /// Persons by sex and five-year age group: registered, then resident.
    @inlinable public static func age(_ concept: Int, sex: Int, group: Int) -> Int {
        (concept &* 42) &+ (sex &* 21) &+ group
    }
    @inlinable public static var registered: Int { 0 }
    @inlinable public static var resident: Int { 1 }

    /// Counts of the table migration, by county of registration.
    @inlinable public static var registeredResident: Int { 84 }
    @inlinable public static var registeredElsewhere: Int { 85 }
    @inlinable public static var away: Int { 86 }
    /// By county of residence.
    @inlinable public static var unregisteredLocal: Int { 87 }
    @inlinable public static var separated: Int { 88 }
    @inlinable public static var intraDistrict: Int { 89 }
    /// Five tiers of the floating.
    @inlinable public static var floating: Int { 90 }
    @inlinable public static var shortStay: Int { 95 }
    /// Registered persons by household type: unknown, family, collective, community.
    @inlinable public static var householdPersons: Int { 96 }
    /// Citizens registered or resident here, each once.
    @inlinable public static var citizens: Int { 100 }
    @inlinable public static var count: Int { 101 }
}

extension Cube.Unit {
    /// One count at one date.
    public func count(_ place: Int, date: Int) -> Int {
        Int(counts[date * CubeLayout.count + place])
    }

    /// All persons of a concept at a date.
    public func persons(_ concept: Int, date: Int) -> Int {
        let start = date * CubeLayout.count + CubeLayout.age(concept, sex: 0, group: 0)
        return counts[start..<(start + 42)].reduce(0) { $0 + Int($1) }
    }
}
