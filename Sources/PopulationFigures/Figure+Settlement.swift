import PopulationModel

/// Citizens who settled in towns and cities of one county within one year, by where they settled,
/// why, and where from (SPEC 6.1).
public struct SettlementFigure: Sendable, Equatable {
    /// That of the end of the yearly pair.
    public var year: Int
    public var countyCode: String
    public var place: SettlementPlace
    /// `other` where the row names none.
    public var cause: SettlementCause
    public var originTier: SettlementTier
    public var persons: Int
    /// Of them: who settled together with another member of the household.
    public var withFamily: Int
    /// Of them: with college education or a professional title.
    public var withCollegeOrTitle: Int

    public init(
        year: Int, countyCode: String, place: SettlementPlace, cause: SettlementCause,
        originTier: SettlementTier, persons: Int, withFamily: Int, withCollegeOrTitle: Int
    ) {
        self.year = year
        self.countyCode = countyCode
        self.place = place
        self.cause = cause
        self.originTier = originTier
        self.persons = persons
        self.withFamily = withFamily
        self.withCollegeOrTitle = withCollegeOrTitle
    }
}

/// The kind of place where a citizen settled: tasks 2 and 3 have different conditions for each.
public enum SettlementPlace: UInt8, CaseIterable, Sendable {
    case central_city, county_city, town, other

    public var word: String { "\(self)" }
}

/// Where a settled citizen came from, seen from the unit where he settled.
public enum SettlementTier: UInt8, CaseIterable, Sendable {
    case own_prefecture, own_province, other_province, unknown

    public var word: String { "\(self)" }
}

/// The police's yearly account of the urban registered population of one county (公业58表,
/// domain.md 4.4).
public struct Balance58Figure: Sendable, Equatable {
    public var year: Int
    public var countyCode: String
    /// c1 … c28; all but the first are `nil` in a year without a yearly date before.
    public var columns: [Int?]
    /// c1 of the year before with its units carried to this year's edition; `nil` as above. Not
    /// published: the identity of the form is tested with it.
    public var urbanAtStart: Int?

    public static let columnCount = 28

    /// `columns` has 28 entries.
    public init(year: Int, countyCode: String, columns: [Int?], urbanAtStart: Int? = nil) {
        precondition(columns.count == Self.columnCount, "the form has 28 columns")
        self.year = year
        self.countyCode = countyCode
        self.columns = columns
        self.urbanAtStart = urbanAtStart
    }

    /// A column by its number on the form, 1 to 28; 0 where it is empty.
    public subscript(column: Int) -> Int { columns[column - 1] ?? 0 }
}

/// Why the urbanization rate of residents of one area changed within one year (domain.md 8.5); all
/// numbers are exact shares of 1, and the three parts add up to the change.
public struct DecompositionFigure: Sendable, Equatable {
    public var year: Int
    public var areaCode: String
    /// Residents at the start, whose total is not 0.
    public var start: Rate
    public var rateEnd: Fraction
    /// Units that became urban, less those that became rural.
    public var reclassification: Fraction
    /// Births and deaths.
    public var natural: Fraction
    /// Everything else.
    public var migration: Fraction

    public init(
        year: Int, areaCode: String, start: Rate, rateEnd: Fraction,
        reclassification: Fraction, natural: Fraction, migration: Fraction
    ) {
        self.year = year
        self.areaCode = areaCode
        self.start = start
        self.rateEnd = rateEnd
        self.reclassification = reclassification
        self.natural = natural
        self.migration = migration
    }

    public var rateStart: Fraction { Fraction(start.urban, start.total) }

    public var change: Fraction { rateEnd - rateStart }
}
