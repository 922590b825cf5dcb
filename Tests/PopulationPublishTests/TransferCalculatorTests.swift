import PopulationFigures
import PopulationModel
import PopulationPublish
import PopulationTestSupport
import Testing

/// Counts, factors and a rule to make transfers of.
enum TransferFixture {
    static func decimal(_ text: String) -> ExactDecimal { ExactDecimal(text) ?? .zero }

    static func rule(
        pool: Int = 97_800, weights: [String] = ["1", "1.5", "2", "0"], decay: String = "0.5",
        yearsBack: Int = 3, permit: String = "0.1", children: String = "0.2"
    ) -> TransferRule {
        TransferRule(
            pool: pool, unit: "wan_yuan",
            weights: .init(
                ownPrefecture: decimal(weights[0]), ownProvince: decimal(weights[1]),
                otherProvince: decimal(weights[2]), unknown: decimal(weights[3])),
            decay: decimal(decay), yearsBack: yearsBack, permitWeight: decimal(permit),
            childrenWeight: decimal(children))
    }

    static func factor(
        _ year: Int, _ code: String, hardship: String = "1", cost: String = "1",
        land: Int? = nil
    ) -> FinanceFactor {
        FinanceFactor(
            year: year, countyCode: code, hardship: decimal(hardship), cost: decimal(cost),
            urbanLandMillionths: land)
    }

    /// A county with so many settled by tier; 100 residents, so that its row is not one of zeros.
    static func counts(
        _ year: Int, _ code: String, settled: [Int] = [0, 0, 0, 0], permits: Int = 0,
        children: Int = 0, residentUrban: Int = 50
    ) -> CountyYearCounts {
        var counts = CountyYearCounts(year: year, countyCode: code)
        counts.resident = 100
        counts.residentUrban = residentUrban
        counts.persons.settled = SettledByTier(
            ownPrefecture: settled[0], ownProvince: settled[1], otherProvince: settled[2],
            unknown: settled[3])
        counts.persons.permitHolders = permits
        counts.persons.childrenFloating6To14 = children
        return counts
    }
}

struct TransferCalculatorTests {
    private typealias Fixture = TransferFixture

    @Test func scoresAreExactAndAmountsSumToThePool() throws {
        let counts = [
            Fixture.counts(2019, "449901", settled: [8, 0, 2, 5]),
            Fixture.counts(2019, "449902", settled: [1, 0, 0, 0]),
            Fixture.counts(2020, "449901", settled: [12, 3, 1, 7], permits: 120, children: 14),
            Fixture.counts(2020, "449902", settled: [0, 1, 0, 0], permits: 7),
        ]
        let factors = [
            Fixture.factor(2020, "449901", hardship: "0.9", cost: "1.1"),
            Fixture.factor(2020, "449902", hardship: "1.05", cost: "1"),
            Fixture.factor(2019, "449901"), Fixture.factor(2019, "449902"),
        ]
        let figures = try TransferCalculator(rule: Fixture.rule(), factors: factors)
            .figures(of: counts)
        let first = try #require(figures.first { $0.counts.year == 2020 })
        // (12 + 4.5 + 2) = 18.5; before: (8 + 4) · 0.5 = 6; 0.99 · 24.5 = 24.255; + 12 + 2.8.
        #expect("\(first.settledPrior)" == "6")
        #expect("\(first.score)" == "39.055")
        // 1.05 · (1.5 + 0.5) + 0.7 = 2.8 of 41.855.
        let second = try #require(figures.last)
        #expect("\(second.score)" == "2.8")
        #expect([first.sharePercent, second.sharePercent] == ["93.31", "6.69"])
        #expect([first.amount, second.amount] == [91_257, 6_543])
        #expect(first.lags.map(\.year) == [2019, 2018, 2017])
        #expect(first.lags.map { $0.settled?.total } == [15, nil, nil])
        #expect(
            TransferRemarks.missingLags(figures).map(\.en) == [
                "transfer 2019: no settlement figures of earlier years, which weigh nothing: "
                    + "2018; 2017; 2016",
                "transfer 2020: no settlement figures of earlier years, which weigh nothing: "
                    + "2018; 2017",
            ])
    }

    @Test func aCountyWithoutFactorsScoresZeroWhateverItsCounts() throws {
        let figures = try TransferCalculator(
            rule: Fixture.rule(), factors: [Fixture.factor(2020, "449902")]
        ).figures(of: [
            Fixture.counts(2020, "449901", settled: [9, 9, 9, 9], permits: 99),
            Fixture.counts(2020, "449902", settled: [1, 0, 0, 0]),
        ])
        #expect(figures.map { "\($0.score)" } == ["0", "1"])
        #expect(figures.map(\.sharePercent) == ["0.00", "100.00"])
        #expect(figures.map(\.amount) == [0, 97_800])
    }

    @Test func factorsAndCountiesThatDoNotMeetAreTold() throws {
        let area = try #require(Area(code: "4499"))
        let factors = ["449902", "449999", "440101"].map { Fixture.factor(2020, $0) }
        let figures = try TransferCalculator(rule: Fixture.rule(), factors: factors).figures(of: [
            Fixture.counts(2020, "449901", settled: [9, 9, 9, 9]),
            Fixture.counts(2020, "449902", settled: [1, 0, 0, 0]),
        ])
        #expect(
            TransferRemarks.unmatchedFactors(figures, factors, in: area).map(\.en) == [
                "transfer 2020: the factors file has no row of these counties, which score 0 and "
                    + "get nothing: 449901",
                "transfer 2020: these codes of the factors file are no counties with figures of "
                    + "the year, and are not used: 449999",
            ])
        let matched = [factors[0], Fixture.factor(2019, "449999")]
        #expect(TransferRemarks.unmatchedFactors([figures[1]], matched, in: area).isEmpty)
    }

    @Test func yearsWithoutFactorsAreKnownBeforeAnybodyIsCounted() {
        let area = Area(code: "4499")!
        let factors = [Fixture.factor(2019, "449901"), Fixture.factor(2020, "441401")]
        let faults = #expect(throws: PopstatErrors.self) {
            try TransferCalculator.check(factors, years: [2018, 2019, 2020], area: area)
        }
        let years = faults?.errors.map { $0.description.prefix(14) }
        #expect(years == ["transfer 2018:", "transfer 2020:"])
        #expect(throws: Never.self) {
            try TransferCalculator.check(factors, years: [2019], area: area)
        }
    }

    @Test func everyYearInWhichNobodyScoresIsNamed() {
        let calculator = TransferCalculator(
            rule: Fixture.rule(), factors: [Fixture.factor(2020, "449901")])
        let faults = #expect(throws: PopstatErrors.self) {
            _ = try calculator.figures(of: [
                CountyYearCounts(year: 2018, countyCode: "449901"),
                Fixture.counts(2019, "449901", permits: 7),
                Fixture.counts(2020, "449901", settled: [0, 0, 0, 9]),
            ])
        }
        #expect(
            faults?.errors.map(\.description) == [
                "transfer 2018: every county's score is 0, so the pool cannot be shared out; no "
                    + "county has anybody in this year (PUBLISH-060). Look at the extracts of the "
                    + "year, or take its reference date out. Nothing was published.",
                "transfer 2019: every county's score is 0, so the pool cannot be shared out; the "
                    + "factors file has no row of a county of this year (PUBLISH-060). Add the "
                    + "year to the factors file. Nothing was published.",
                "transfer 2020: every county's score is 0, so the pool cannot be shared out "
                    + "(PUBLISH-060). Look at the weights of publish.transfer and at the year's "
                    + "settlements. Nothing was published.",
            ])
        #expect(faults?.exitStatus == 65)
    }

    @Test func amountsThatAreNotThePoolStopTheRun() throws {
        var figures = try TransferCalculator(
            rule: Fixture.rule(pool: 10), factors: [Fixture.factor(2020, "449901")]
        ).figures(of: [Fixture.counts(2020, "449901", settled: [1, 0, 0, 0])])
        try TransferCalculator.checkPool(10, of: figures)
        figures[0].amount = 9
        let faults = #expect(throws: PopstatErrors.self) {
            try TransferCalculator.checkPool(10, of: figures)
        }
        #expect(
            faults?.description == "transfer 2020: the amounts sum to 9, and the pool is 10 "
                + "(PUBLISH-061). This is a fault of popstat: report it with this line. Nothing "
                + "was published.")
        #expect(faults?.exitStatus == 70)
    }

    @Test func aCountyOfZerosHasNoRowButOneThatOnceSettledPeopleHas() throws {
        let empty = CountyYearCounts(year: 2020, countyCode: "449903")
        let figures = try TransferCalculator(
            rule: Fixture.rule(),
            factors: [
                Fixture.factor(2019, "449901"), Fixture.factor(2020, "449901"),
                Fixture.factor(2020, "449903"),
            ]
        ).figures(of: [
            Fixture.counts(2019, "449901", settled: [4, 0, 0, 0]), empty.in2019WithOneSettled,
            CountyYearCounts(year: 2020, countyCode: "449901"), empty,
            CountyYearCounts(year: 2020, countyCode: "449904"),
        ])
        #expect(
            figures.filter { $0.counts.year == 2020 }.map(\.counts.countyCode) == [
                "449901", "449903",
            ])
    }

    /// Scores as fractions of 128 bits, amounts by counting units out one by one.
    @Test(arguments: Seeds.list(upTo: 30))
    func equalsTheNaiveForm(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let codes = (0..<(1 + random.below(6))).map { "44990\($0)" }
        let rule = Fixture.rule(
            pool: 1 + random.below(5_000), weights: ["1", "1.25", "2.5", "0.125"],
            decay: random.pick(["0", "0.5", "0.9", "1"]), yearsBack: random.below(4),
            permit: "0.1", children: "0.02")
        var counts: [CountyYearCounts] = []
        for year in 2017...2020 {
            for code in codes where random.chance(85) || code == codes[0] {
                counts.append(
                    Fixture.counts(
                        year, code, settled: (0..<4).map { _ in random.below(40) },
                        permits: 1 + random.below(300), children: random.below(50)))
            }
        }
        let factors = (2017...2020).flatMap { year in
            codes.filter { $0 == codes[0] || random.chance(80) }.map {
                Fixture.factor(year, $0, hardship: "1.\(random.below(9))", cost: "0.95")
            }
        }
        let figures = try TransferCalculator(rule: rule, factors: factors).figures(of: counts)
        #expect(figures.count == counts.count, "seed \(seed)")
        for figure in figures {
            let own = figure.counts
            let expected = Self.score(own, counts, factors, rule)
            #expect(figure.score == expected.score, "seed \(seed)")
            #expect(figure.settledPrior == expected.prior, "seed \(seed)")
        }
        for year in 2017...2020 {
            let amounts = figures.filter { $0.counts.year == year }.map(\.amount)
            #expect(amounts.reduce(0, +) == rule.pool, "seed \(seed)")
        }
    }

    /// The formula of SPEC 6.3 written out, term by term.
    private static func score(
        _ own: CountyYearCounts, _ all: [CountyYearCounts], _ factors: [FinanceFactor],
        _ rule: TransferRule
    ) -> (score: ExactDecimal, prior: ExactDecimal) {
        func settled(_ year: Int) -> ExactDecimal {
            let row = all.first { $0.year == year && $0.countyCode == own.countyCode }
            let settled = row?.persons.settled ?? SettledByTier()
            return rule.weights.ownPrefecture * ExactDecimal(settled.ownPrefecture)
                + rule.weights.ownProvince * ExactDecimal(settled.ownProvince)
                + rule.weights.otherProvince * ExactDecimal(settled.otherProvince)
                + rule.weights.unknown * ExactDecimal(settled.unknown)
        }
        var prior = ExactDecimal.zero
        var fade = ExactDecimal.one
        for back in 0..<rule.yearsBack {
            fade = fade * rule.decay
            prior = prior + fade * settled(own.year - 1 - back)
        }
        guard
            let factor = factors.first(where: {
                $0.year == own.year && $0.countyCode == own.countyCode
            })
        else { return (.zero, prior) }
        let score =
            factor.hardship * factor.cost * (settled(own.year) + prior)
            + rule.permitWeight * ExactDecimal(own.persons.permitHolders)
            + rule.childrenWeight * ExactDecimal(own.persons.childrenFloating6To14)
        return (score, prior)
    }
}

extension CountyYearCounts {
    fileprivate var in2019WithOneSettled: CountyYearCounts {
        var counts = self
        counts.year = 2019
        counts.persons.settled.ownPrefecture = 1
        return counts
    }
}
