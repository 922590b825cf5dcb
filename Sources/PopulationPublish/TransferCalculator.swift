import PopulationFigures
import PopulationModel

/// How a pool of money is shared out: everything that the plan sets (SPEC 6.3).
package struct TransferRule: Sendable, Equatable {
    /// Whole units of `unit`.
    package var pool: Int
    /// `yuan` or `wan_yuan`.
    package var unit: String
    package var weights: TierWeights
    /// What a settlement of one year before still weighs, 0 to 1.
    package var decay: ExactDecimal
    /// How many earlier years count.
    package var yearsBack: Int
    package var permitWeight: ExactDecimal
    package var childrenWeight: ExactDecimal

    package init(
        pool: Int, unit: String, weights: TierWeights, decay: ExactDecimal, yearsBack: Int,
        permitWeight: ExactDecimal, childrenWeight: ExactDecimal
    ) {
        self.pool = pool
        self.unit = unit
        self.weights = weights
        self.decay = decay
        self.yearsBack = yearsBack
        self.permitWeight = permitWeight
        self.childrenWeight = childrenWeight
    }

    /// What one settled citizen weighs, by where he came from.
    package struct TierWeights: Sendable, Equatable {
        package var ownPrefecture: ExactDecimal
        package var ownProvince: ExactDecimal
        package var otherProvince: ExactDecimal
        package var unknown: ExactDecimal

        package init(
            ownPrefecture: ExactDecimal, ownProvince: ExactDecimal, otherProvince: ExactDecimal,
            unknown: ExactDecimal
        ) {
            self.ownPrefecture = ownPrefecture
            self.ownProvince = ownProvince
            self.otherProvince = otherProvince
            self.unknown = unknown
        }

        /// The settled, each with the weight of his tier.
        package func weighted(_ settled: SettledByTier) -> ExactDecimal {
            ownPrefecture * ExactDecimal(settled.ownPrefecture)
                + ownProvince * ExactDecimal(settled.ownProvince)
                + otherProvince * ExactDecimal(settled.otherProvince)
                + unknown * ExactDecimal(settled.unknown)
        }
    }
}

/// Shares the pool of each year out among the counties (SPEC 6.3). All of it is exact: scores are
/// decimals of any length, amounts are made by largest remainder, ties by code.
package struct TransferCalculator: Sendable {
    private struct Key: Hashable {
        let year: Int
        let countyCode: String
    }

    private let rule: TransferRule
    private let factors: [Key: FinanceFactor]

    package init(rule: TransferRule, factors: [FinanceFactor]) {
        self.rule = rule
        self.factors = Dictionary(
            factors.map { (Key(year: $0.year, countyCode: $0.countyCode), $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// One figure per county and year with anything but zeros, in the order of the counts, which
    /// go by year and code. A year in which every score is 0 is a fault; all of them are named.
    package func figures(of counts: [CountyYearCounts])
        throws(PopstatErrors) -> [TransferFigure]
    {
        let settled = Dictionary(
            counts.map { (Key(year: $0.year, countyCode: $0.countyCode), $0.persons.settled) },
            uniquingKeysWith: { first, _ in first })
        var figures: [TransferFigure] = []
        var faults: [PopstatError] = []
        for year in Set(counts.map(\.year)).sorted() {
            let rows = counts.filter { $0.year == year }.map { scored($0, settled) }
                .filter { !$0.counts.isEmpty || !$0.settledPrior.isZero }
            if let shared = shared(rows) {
                figures += shared
            } else {
                let lack: PublishFault.ScoreLack =
                    rows.isEmpty
                    ? .noPeople : rows.contains { $0.factor != nil } ? .noWeight : .noFactors
                faults.append(PublishFault.noScore(year: year, lack).error)
            }
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
        try Self.checkPool(rule.pool, of: figures)
        return figures
    }

    /// Stops for years without a row of any county of the area: whatever the extracts hold, every score
    /// is 0 then.
    package static func check(_ factors: [FinanceFactor], years: [Int], area: Area)
        throws(PopstatErrors)
    {
        let known = Set(factors.filter { $0.countyCode.hasPrefix(area.code) }.map(\.year))
        let faults = years.filter { !known.contains($0) }
            .map { PublishFault.noScore(year: $0, .noFactors).error }
        if !faults.isEmpty { throw PopstatErrors(faults) }
    }

    /// Stops when the amounts of a year are not the pool, to the last unit.
    package static func checkPool(_ pool: Int, of figures: [TransferFigure])
        throws(PopstatErrors)
    {
        let faults = Set(figures.map(\.counts.year)).sorted().compactMap { year in
            let sum = figures.reduce(0) { $0 + ($1.counts.year == year ? $1.amount : 0) }
            return sum == pool
                ? nil : PublishFault.poolNotShared(year: year, pool: pool, amounts: sum).error
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
    }

    private func scored(
        _ counts: CountyYearCounts, _ settled: [Key: SettledByTier]
    ) -> TransferFigure {
        var lags: [TransferFigure.Lag] = []
        var prior = ExactDecimal.zero
        for back in 0..<rule.yearsBack {
            let year = counts.year - back - 1
            let earlier = settled[Key(year: year, countyCode: counts.countyCode)]
            lags.append(TransferFigure.Lag(year: year, settled: earlier))
            guard let earlier else { continue }
            prior = prior + rule.weights.weighted(earlier) * rule.decay.power(back + 1)
        }
        let factor = factors[Key(year: counts.year, countyCode: counts.countyCode)]
        var score = ExactDecimal.zero
        if let factor {
            let persons = counts.persons
            score =
                factor.hardship * factor.cost * (rule.weights.weighted(persons.settled) + prior)
                + rule.permitWeight * ExactDecimal(persons.permitHolders)
                + rule.childrenWeight * ExactDecimal(persons.childrenFloating6To14)
        }
        return TransferFigure(
            counts: counts, factor: factor, lags: lags, settledPrior: prior, score: score)
    }

    /// The rows of one year with shares and amounts; `nil` when every score is 0.
    private func shared(_ rows: [TransferFigure]) -> [TransferFigure]? {
        let scores = ExactDecimal.proportions(rows.map(\.score))
        guard let amounts = LargestRemainder.parts(of: rule.pool, scores: scores) else {
            return nil
        }
        let total = scores.reduce(.zero, +)
        return zip(rows, zip(scores, amounts)).map { row, part in
            var row = row
            row.sharePercent = LargestRemainder.percentText(of: part.0, total: total)
            row.amount = part.1
            return row
        }
    }
}
