import PopulationModel

/// The counts of one run per unit and reference date, exact and free of personal data. Everything
/// that is published of persons comes from here: another table of classes, roll-ups and rates never
/// read a person again.
///
/// Only what occurs is kept: an entry is one measure of one unit with its counts at all dates, so
/// that a country's 700,000 units need no more room than their people do.
public struct Cube: Sendable, Equatable {
    public let dateCount: Int
    /// Ascending by code.
    public private(set) var units: [Unit] = []
    /// Per entry: the measure, a number of `CubeLayout`.
    public private(set) var measures: [UInt8] = []
    /// Per entry and date.
    public private(set) var counts: [UInt32] = []
    /// Distinct households of the registered, per date, county and type; empty where a run leaves them
    /// out.
    public var households: [HouseholdCount] = []
    /// Who settled within each yearly pair.
    public var settled: [SettledCount] = []
    /// What is counted of single persons by county.
    public var counties: CountyCounts

    /// One unit and where its entries stand.
    public struct Unit: Sendable, Equatable {
        /// The code that stands for the unit at the dates at which it has counts.
        public var code: UInt64
        /// Ascending by measure.
        public var entries: Range<Int>
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

    public init(dateCount: Int, pairCount: Int = 0, tierCount: Int = 0) {
        self.dateCount = dateCount
        counties = CountyCounts(
            CountyLayout(dateCount: dateCount, pairCount: pairCount, tierCount: tierCount))
    }

    /// Makes room for so many units and entries more.
    public mutating func reserve(units unitCount: Int, entries entryCount: Int) {
        units.reserveCapacity(units.count + unitCount)
        measures.reserveCapacity(measures.count + entryCount)
        counts.reserveCapacity(counts.count + entryCount * dateCount)
    }

    /// Adds a unit. `block` holds the counts of every measure at every date, measure by measure.
    public mutating func append(code: UInt64, block: UnsafeBufferPointer<UInt32>) {
        precondition(block.count == CubeLayout.count * dateCount)
        precondition(units.last.map { $0.code < code } ?? true, "units ascend by code")
        let first = measures.count
        var index = 0
        while true {
            while index < block.count, block[index] == 0 { index &+= 1 }
            if index == block.count { break }
            let measure = index / dateCount
            index = (measure + 1) * dateCount
            measures.append(UInt8(measure))
            for place in (index - dateCount)..<index { counts.append(block[place]) }
        }
        units.append(Unit(code: code, entries: first..<measures.count))
    }

    /// Adds a unit with what was added up for it; the sum is empty afterwards.
    public mutating func append(code: UInt64, _ sum: borrowing UnitSum) {
        precondition(sum.dateCount == dateCount)
        precondition(units.last.map { $0.code < code } ?? true, "units ascend by code")
        let first = measures.count
        appendEntries(of: sum)
        units.append(Unit(code: code, entries: first..<measures.count))
    }

    private mutating func appendEntries(of sum: borrowing UnitSum) {
        let entries = sum.empty()
        measures.append(contentsOf: entries.measures)
        counts.append(contentsOf: entries.counts)
    }

    /// Adds the units of cubes of the same dates to an empty one, those of one code as one unit.
    public mutating func addUnits(of parts: [Cube]) {
        precondition(
            units.isEmpty && parts.allSatisfy { $0.dateCount == dateCount },
            "cubes of the same dates, added to an empty one")
        // Every part is looked at for every unit: many are brought together in steps.
        if parts.count > Self.partsAtOnce {
            return addUnits(
                of: stride(from: 0, to: parts.count, by: Self.partsAtOnce).map { first in
                    var sum = Cube(dateCount: dateCount)
                    let end = min(first + Self.partsAtOnce, parts.count)
                    sum.addUnits(of: Array(parts[first..<end]))
                    return sum
                })
        }
        reserve(
            units: parts.map(\.units.count).max() ?? 0,
            entries: parts.map(\.measures.count).max() ?? 0)
        var nextUnits = parts.map { _ in 0 }
        var owners: [Int] = []
        let sum = UnitSum(dateCount: dateCount)
        while true {
            owners.removeAll(keepingCapacity: true)
            var code = UInt64.max
            for (part, next) in nextUnits.enumerated() where next < parts[part].units.count {
                let candidate = parts[part].units[next].code
                if candidate < code {
                    code = candidate
                    owners.removeAll(keepingCapacity: true)
                }
                if candidate == code { owners.append(part) }
            }
            if owners.isEmpty { return }
            let first = measures.count
            if owners.count == 1 {
                appendEntries(ofUnit: nextUnits[owners[0]], of: parts[owners[0]])
            } else {
                for part in owners { parts[part].addEntries(ofUnit: nextUnits[part], to: sum) }
                appendEntries(of: sum)
            }
            units.append(Unit(code: code, entries: first..<measures.count))
            for part in owners { nextUnits[part] += 1 }
        }
    }

    private static let partsAtOnce = 16

    private mutating func appendEntries(ofUnit unit: Int, of part: Cube) {
        let entries = part.units[unit].entries
        measures += part.measures[entries]
        counts +=
            part.counts[
                (entries.lowerBound * dateCount)..<(entries.upperBound * dateCount)]
    }

    private func addEntries(ofUnit unit: Int, to sum: borrowing UnitSum) {
        let entries = units[unit].entries
        counts.withUnsafeBufferPointer { counts in
            for entry in entries {
                sum.add(counts.baseAddress! + entry * dateCount, to: Int(measures[entry]))
            }
        }
    }

    /// The count of an entry at a date.
    @inlinable public func count(ofEntry entry: Int, date: Int) -> Int {
        Int(counts[entry &* dateCount &+ date])
    }
}

/// The number of each measure of a unit.
public enum CubeLayout {
    /// Persons by sex and band of ages: registered, then resident, then the floating among these. `sex`
    /// is 0 for men and 1 for women, `band` a band of `AgeBand`.
    @inlinable public static func age(_ concept: Int, sex: Int, band: Int) -> Int {
        (concept &* ageCount) &+ (sex &* AgeBand.count) &+ band
    }
    @inlinable public static var registered: Int { 0 }
    @inlinable public static var resident: Int { 1 }
    @inlinable public static var floatingAges: Int { 2 }
    /// Sexes and bands of one concept.
    @inlinable public static var ageCount: Int { 2 &* AgeBand.count }

    /// Counts of the table migration, by county of registration.
    @inlinable public static var registeredResident: Int { 3 &* ageCount }
    @inlinable public static var registeredElsewhere: Int { registeredResident &+ 1 }
    @inlinable public static var away: Int { registeredResident &+ 2 }
    /// By county of residence.
    @inlinable public static var unregisteredLocal: Int { registeredResident &+ 3 }
    @inlinable public static var separated: Int { registeredResident &+ 4 }
    @inlinable public static var intraDistrict: Int { registeredResident &+ 5 }
    /// Five tiers of the floating.
    @inlinable public static var floating: Int { registeredResident &+ 6 }
    @inlinable public static var shortStay: Int { floating &+ 5 }
    /// Registered persons by household type: unknown, family, collective, community.
    @inlinable public static var householdPersons: Int { shortStay &+ 1 }
    /// Citizens registered or resident here, each once.
    @inlinable public static var citizens: Int { householdPersons &+ 4 }
    /// Registered and resident here, with college education or a title.
    @inlinable public static var talentAtHome: Int { citizens &+ 1 }
    @inlinable public static var count: Int { talentAtHome &+ 1 }
}
