import PopulationModel

/// Counts of one run by county that do not follow from counts per unit: of registrations that
/// changed from one year to the next, and of stays.
public struct CountyCounts: Sendable, Equatable {
    public let layout: CountyLayout
    /// By county, six digits: a number for each measure of the layout.
    public private(set) var blocks: [UInt32: [Int]] = [:]

    public init(_ layout: CountyLayout) { self.layout = layout }

    public mutating func add(_ other: CountyCounts) {
        for (county, block) in other.blocks { add(block, county: county) }
    }

    /// `county` has six digits; `block` a number for each measure.
    public mutating func add(_ block: some Collection<Int>, county: UInt32) {
        precondition(block.count == layout.count, "a number for each measure")
        var sum = blocks.removeValue(forKey: county) ?? Array(repeating: 0, count: layout.count)
        for (index, count) in block.enumerated() { sum[index] += count }
        blocks[county] = sum
    }

    /// Ascending by code.
    public var counties: [UInt32] { blocks.keys.sorted() }

    /// 0 where the county has no counts.
    public func count(_ county: UInt32, _ measure: Int) -> Int { blocks[county]?[measure] ?? 0 }
}

/// The number of each measure of a county: a place in its block.
///
/// `pair` is an index into `Territory.yearlyPairs`, `date` one into the reference dates, `sex` 0 for men
/// and 1 for women, `band` a band of `AgeBand`, `tier` the place of a tier in the plan. Indexes are not
/// checked: one out of range is another measure.
@frozen
public struct CountyLayout: Sendable, Equatable {
    public let dateCount: Int
    /// Yearly pairs.
    public let pairCount: Int
    /// Tiers of the plan's ladder; 0 without one.
    public let tierCount: Int

    public init(dateCount: Int, pairCount: Int, tierCount: Int) {
        self.dateCount = dateCount
        self.pairCount = pairCount
        self.tierCount = tierCount
    }

    /// Sexes and bands of ages.
    private static let ageCount = 2 * AgeBand.count
    /// The columns of balance58, the deaths of residents (all, in urban units), the settled by age.
    private static let pairSize = Balance58Figure.columnCount + 2 + ageCount
    private static let insuredCount = PermitFigure.insuredYearsMax + 1
    private static let permitCount = (PermitFigure.residenceYearsMax + 1) * insuredCount
    private static let channelCount = EligibilityChannel.allCases.count

    private var dateSize: Int {
        2 * Self.permitCount + Self.ageCount + Self.channelCount + 2 * tierCount
    }
    private func start(ofDate date: Int) -> Int { pairCount * Self.pairSize + date * dateSize }

    /// A column of balance58, 2 to 28.
    public func balance(_ pair: Int, column: Int) -> Int { pair * Self.pairSize + column - 1 }
    /// Residents at the start of a pair of whom a death is in force at its end.
    public func deaths(_ pair: Int) -> Int { pair * Self.pairSize + Balance58Figure.columnCount }
    /// Of them: in units that are urban at its end.
    public func urbanDeaths(_ pair: Int) -> Int { deaths(pair) + 1 }
    /// Who settled within a pair, by age at its end.
    public func settled(_ pair: Int, sex: Int, band: Int) -> Int {
        deaths(pair) + 2 + sex * AgeBand.count + band
    }

    /// Persons with a valid permit, by full years, cut at the greatest of the table.
    public func valid(_ date: Int, residenceYears: Int, insuredYears: Int) -> Int {
        start(ofDate: date) + residenceYears * Self.insuredCount + insuredYears
    }
    /// The same of permits that were issued and not endorsed since.
    public func suspended(_ date: Int, residenceYears: Int, insuredYears: Int) -> Int {
        valid(date, residenceYears: residenceYears, insuredYears: insuredYears)
            + Self.permitCount
    }
    /// Persons with a valid permit, by age at the date.
    public func permitHolders(_ date: Int, sex: Int, band: Int) -> Int {
        start(ofDate: date) + 2 * Self.permitCount + sex * AgeBand.count + band
    }
    /// Of people who live elsewhere than where they are registered.
    public func eligible(_ date: Int, _ channel: EligibilityChannel) -> Int {
        start(ofDate: date) + 2 * Self.permitCount + Self.ageCount + channel.rawValue
    }
    /// Persons on a tier of the ladder.
    public func ladderPersons(_ date: Int, tier: Int) -> Int {
        start(ofDate: date) + dateSize - 2 * (tierCount - tier)
    }
    /// The sum of their points, in millionths of a point.
    public func ladderPoints(_ date: Int, tier: Int) -> Int {
        ladderPersons(date, tier: tier) + 1
    }

    public var count: Int { start(ofDate: dateCount) }
}

/// Citizens who settled within one yearly pair, by what the table settlement tells apart.
public struct SettledCount: Sendable, Equatable {
    /// Index into `Territory.yearlyPairs`.
    public var pair: Int
    public var kind: SettledKind
    public var persons: Int
    public var withFamily: Int
    public var withCollegeOrTitle: Int

    public init(
        pair: Int, kind: SettledKind, persons: Int, withFamily: Int, withCollegeOrTitle: Int
    ) {
        self.pair = pair
        self.kind = kind
        self.persons = persons
        self.withFamily = withFamily
        self.withCollegeOrTitle = withCollegeOrTitle
    }
}

/// County, place, cause and tier of a settlement in one number, in the order in which they sort.
@frozen
public struct SettledKind: Sendable, Hashable, Comparable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The county's six digits take 20 bits, the others 2, 4 and 2.
    public init(
        county: UInt32, place: SettlementPlace, cause: SettlementCause, tier: SettlementTier
    ) {
        rawValue =
            county << 8 | UInt32(place.rawValue) << 6 | UInt32(cause.rawValue) << 2
            | UInt32(tier.rawValue)
    }

    public var county: UInt32 { rawValue >> 8 }
    public var place: SettlementPlace { SettlementPlace(rawValue: UInt8(rawValue >> 6 & 3))! }
    public var cause: SettlementCause {
        SettlementCause(rawValue: UInt8(rawValue >> 2 & 15)) ?? .other
    }
    public var tier: SettlementTier { SettlementTier(rawValue: UInt8(rawValue & 3))! }

    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}
