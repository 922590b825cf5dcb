import PopulationModel

/// The population figures of one county at the end of one year that money and land are shared out
/// by: what the tables `migration`, `urbanization` and `population` say, and what the person-level
/// tables say beside them.
package struct CountyYearCounts: Sendable, Equatable {
    package var year: Int
    /// Six digits.
    package var countyCode: String
    package var resident = 0
    package var residentUrban = 0
    package var registered = 0
    package var registeredUrban = 0
    package var floating = 0
    package var residents0To14 = 0
    package var residents65Plus = 0
    package var persons: CountyYearPersons

    package init(year: Int, countyCode: String) {
        self.year = year
        self.countyCode = countyCode
        persons = CountyYearPersons(year: year, countyCode: countyCode)
    }

    /// Whether every count is 0.
    package var isEmpty: Bool {
        self == CountyYearCounts(year: year, countyCode: countyCode)
    }
}

/// What only the person-level tables tell of one county and year: permits, settlements, children.
package struct CountyYearPersons: Sendable, Equatable {
    package var year: Int
    /// Six digits.
    package var countyCode: String
    /// Valid residence permits at the end of the year (SPEC 6.2).
    package var permitHolders = 0
    /// Settled citizens of the year, all places and causes (SPEC 6.1).
    package var settled = SettledByTier()
    /// Floating residents of 6 to 14 years at the end of the year.
    package var childrenFloating6To14 = 0

    package init(year: Int, countyCode: String) {
        self.year = year
        self.countyCode = countyCode
    }
}

/// Settled citizens by where they came from.
package struct SettledByTier: Sendable, Hashable {
    package var ownPrefecture = 0
    package var ownProvince = 0
    package var otherProvince = 0
    package var unknown = 0

    package init(
        ownPrefecture: Int = 0, ownProvince: Int = 0, otherProvince: Int = 0, unknown: Int = 0
    ) {
        self.ownPrefecture = ownPrefecture
        self.ownProvince = ownProvince
        self.otherProvince = otherProvince
        self.unknown = unknown
    }

    package var total: Int { ownPrefecture + ownProvince + otherProvince + unknown }
}
