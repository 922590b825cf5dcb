import PopulationModel

/// The transfer of one county and year: its counts, its score and its part of the pool (SPEC 6.3).
package struct TransferFigure: Sendable, Equatable {
    package var counts: CountyYearCounts
    /// `nil` when the factors file has no row of this county and year; the score is 0 then.
    package var factor: FinanceFactor?
    /// Earlier years, nearest first.
    package var lags: [Lag]
    /// Settled citizens of earlier years, weighted by tier and faded by the years.
    package var settledPrior: ExactDecimal
    package var score: ExactDecimal
    /// Of the year's total score, in percent with two decimals.
    package var sharePercent = ""
    /// In the unit of the pool.
    package var amount = 0

    /// An earlier year's settled citizens.
    package struct Lag: Sendable, Equatable {
        package var year: Int
        /// `nil` when the run has no figures of that county and year.
        package var settled: SettledByTier?

        package init(year: Int, settled: SettledByTier?) {
            self.year = year
            self.settled = settled
        }
    }

    package init(
        counts: CountyYearCounts, factor: FinanceFactor?, lags: [Lag], settledPrior: ExactDecimal,
        score: ExactDecimal
    ) {
        self.counts = counts
        self.factor = factor
        self.lags = lags
        self.settledPrior = settledPrior
        self.score = score
    }
}

/// One row of the factors file: fiscal hardship, cost of services and urban land of one county and
/// year.
package struct FinanceFactor: Sendable, Equatable {
    package var year: Int
    /// Six digits.
    package var countyCode: String
    package var hardship: ExactDecimal
    package var cost: ExactDecimal
    /// Urban construction land in millionths of a hectare; `nil` when the row leaves it empty.
    package var urbanLandMillionths: Int?

    package init(
        year: Int, countyCode: String, hardship: ExactDecimal, cost: ExactDecimal,
        urbanLandMillionths: Int?
    ) {
        self.year = year
        self.countyCode = countyCode
        self.hardship = hardship
        self.cost = cost
        self.urbanLandMillionths = urbanLandMillionths
    }
}

/// New building land of one county and year (SPEC 6.3, domain 7).
package struct LandFigure: Sendable, Equatable {
    package var year: Int
    package var countyCode: String
    package var settled: Int
    /// Square metres per urban resident; `nil` without land or without urban residents.
    package var landPerHead: Fraction?
    /// Square metres per settled citizen, before the province's adjustment; empty without
    /// `landPerHead`.
    package var standard: String
    /// Hectares; `nil` without `landPerHead`.
    package var quota: Fraction?

    package init(
        year: Int, countyCode: String, settled: Int, landPerHead: Fraction?, standard: String,
        quota: Fraction?
    ) {
        self.year = year
        self.countyCode = countyCode
        self.settled = settled
        self.landPerHead = landPerHead
        self.standard = standard
        self.quota = quota
    }
}

/// A published figure of one area, date and concept, beside the run's own.
package struct OfficialFigure: Sendable, Equatable {
    package var areaCode: String
    package var date: CalendarDate
    package var concept: Concept
    /// The published persons.
    package var official: Rate
    /// Document or yearbook.
    package var source: String
    /// The run's own persons; `nil` when it has no such area or date.
    package var own: Rate?

    package init(
        areaCode: String, date: CalendarDate, concept: Concept, official: Rate, source: String,
        own: Rate? = nil
    ) {
        self.areaCode = areaCode
        self.date = date
        self.concept = concept
        self.official = official
        self.source = source
        self.own = own
    }

    /// Own minus published persons.
    package var differenceTotal: Int? { own.map { $0.total - official.total } }

    /// Own minus published rate in percentage points; `nil` where a rate does not exist.
    package var differencePoints: Fraction? {
        guard let own = own?.percent, let published = official.percent else { return nil }
        return own - published
    }
}

/// What one row of the task plan is measured by, at one date.
package struct TaskFigure: Sendable, Equatable {
    /// 1 to 24.
    package var number: Int
    package var date: CalendarDate
    /// The word of the indicator, or `text only`.
    package var indicator: String
    /// Empty when the run has no such figure at this date; so is `unit` for `text only`.
    package var value: String
    package var unit: String
    /// A word of `ProgressStatus` where the task has a target, else empty.
    package var status: String

    package init(
        number: Int, date: CalendarDate, indicator: String, value: String, unit: String,
        status: String
    ) {
        self.number = number
        self.date = date
        self.indicator = indicator
        self.value = value
        self.unit = unit
        self.status = status
    }
}

/// One frozen edition of a year's transfer: every figure and every input of it as text, so that an
/// amount can be computed again from the edition alone.
package struct TransferEdition: Sendable, Equatable {
    package var year: Int
    /// 1 is what was delivered first.
    package var revision: Int
    package var columns: [String]
    /// One per county, by code.
    package var rows: [[String]]

    package init(year: Int, revision: Int, columns: [String], rows: [[String]]) {
        self.year = year
        self.revision = revision
        self.columns = columns
        self.rows = rows
    }

    /// A field of a row; empty when the edition has no such column.
    package func field(_ column: String, of row: [String]) -> String {
        columns.firstIndex(of: column).map { row[$0] } ?? ""
    }

    /// The row of a county.
    package func row(ofCounty code: String) -> [String]? {
        rows.first { field("county_code", of: $0) == code }
    }
}
