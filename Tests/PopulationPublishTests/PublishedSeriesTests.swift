import PopulationFigures
import PopulationModel
import PopulationPublish
import Testing

/// Published series, fed as margins (`domain.md` 8.1 and 8.4).
struct PublishedSeriesTests {
    /// Urban and rural persons by date, with the plan's target of 50 % by 2020.
    private static func figures(_ rows: [(CalendarDate, urban: Int, rural: Int)]) -> Figures {
        let target = Target(
            concept: .resident, areaCode: "4499", percentHundredths: 5_000, date: day(2020),
            source: "")
        var figures = Figures(
            area: Area(code: "4499")!, areaName: "", referenceDates: rows.map(\.0))
        figures.urbanization = rows.map { date, urban, rural in
            UrbanizationFigure(
                date: date, level: .prefecture, areaCode: "4499", concept: .resident,
                areaName: "", total: urban + rural, urban: urban, rural: rural, unclassified: 0,
                target: target)
        }
        figures.progress = ProgressCalculator(targets: [target], firstDate: rows[0].0)
            .progress(of: figures.urbanization)
        return figures
    }

    /// `rate_percent`, `reached` and `urban_short` of each date.
    private static func printed(_ figures: Figures) -> [[String]] {
        TableMaker(figures: figures).table(.urbanization).rows.map {
            [$0[9], $0[11], $0[12]]
        }
    }

    @Test func meizhouPassesFiftyPercentBetweenTheCensuses() throws {
        let figures = Self.figures([
            (day(2010), 1_823_150, 2_415_311), (day(2020), 1_997_795, 1_875_444),
        ])
        #expect(
            Self.printed(figures) == [["43.01", "no", "296081"], ["51.58", "yes", "0"]])
        let latest = try #require(figures.progress.last)
        #expect(latest.status == .achieved)
        #expect(latest.projectedURGD == "51.58", "the target's day is the day of the count")
        // 3,653 days are 10.0014 years: 8.1653 such years of ten after the end of 2010.
        #expect(latest.crossingYear == "2019.2")
        let growth = try #require(
            GrowthDifference(
                urbanAtStart: 1_823_150, ruralAtStart: 2_415_311, urbanAtEnd: 1_997_795,
                ruralAtEnd: 1_875_444, years: 10))
        #expect(abs(growth.perYear - 0.03444609) < 5e-9)
    }

    /// Parts of Meizhou; the county that became a district changed its code.
    @Test(arguments: [
        (1_823_150, 4_238_461, "43.01"), (353_769, 380_771, "92.91"),
        (258_782, 554_745, "46.65"), (161_014, 374_666, "42.98"), (207_417, 478_974, "43.30"),
        (245_631, 1_050_528, "23.38"), (106_250, 230_045, "46.19"), (98_287, 205_849, "47.75"),
        (392_000, 962_883, "40.71"), (1_997_795, 3_873_239, "51.58"),
        (399_178, 435_616, "91.64"), (295_317, 556_735, "53.04"), (154_719, 330_948, "46.75"),
        (254_264, 478_731, "53.11"), (331_583, 916_961, "36.16"), (95_296, 190_482, "50.03"),
        (101_777, 184_355, "55.21"), (365_661, 779_411, "46.92"),
    ])
    func meizhouAndItsCountiesPrintAsPublished(urban: Int, total: Int, percent: String) {
        #expect(Rate(urban: urban, total: total).percentText == percent)
    }

    @Test func qingyuanGainsSevenPoints() throws {
        let figures = Self.figures([
            (day(2010), 1_758_224, 1_940_188), (day(2020), 2_163_209, 1_806_264),
        ])
        #expect(Self.printed(figures) == [["47.54", "no", "90982"], ["54.50", "yes", "0"]])
        let rates = figures.urbanization.compactMap(\.rate.percent)
        #expect((rates[1] - rates[0]).text(decimals: 2) == "6.96")
        #expect(try #require(figures.progress.last).crossingYear == "2014.5")
    }

    /// Six decimals of every vector of `domain.md` 8.1.
    @Test(arguments: [
        (1_823_150, 2_415_311, 1_997_795, 1_875_444, 47.276902, 55.858692),
        (665_575_306, 674_149_546, 901_991_162, 509_787_562, 56.927781, 70.314431),
        (1_758_224, 1_940_188, 2_163_209, 1_806_264, 51.023001, 57.926053),
    ])
    func followsTheGrowthDifferenceToSixDecimals(
        urban: Int, rural: Int, laterUrban: Int, laterRural: Int, in2015: Double, in2025: Double
    ) throws {
        let path = try #require(
            GrowthDifference(
                urbanAtStart: urban, ruralAtStart: rural, urbanAtEnd: laterUrban,
                ruralAtEnd: laterRural, years: 10))
        #expect((path.share(afterYears: 5) * 1e8).rounded() == (in2015 * 1e6).rounded())
        #expect((path.share(afterYears: 15) * 1e8).rounded() == (in2025 * 1e6).rounded())
    }

    @Test func ningxiaCrossesFiftyPercentIn2011() throws {
        let series: [(urban: Int, rural: Int, percent: String)] = [
            (2_882_093, 3_369_930, "46.10"), (3_035_652, 3_293_898, "47.96"),
            (3_252_707, 3_226_790, "50.20"), (3_371_440, 3_219_840, "51.15"),
            (3_521_120, 3_142_620, "52.84"), (3_717_431, 3_063_728, "54.82"),
            (3_894_939, 2_940_686, "56.98"),
        ]
        let figures = Self.figures(
            series.enumerated().map { (day(2009 + Int32($0)), $1.urban, $1.rural) })
        let printed = Self.printed(figures)
        #expect(printed.map { $0[0] } == series.map(\.percent))
        #expect(printed.map { $0[1] } == ["no", "no", "yes", "yes", "yes", "yes", "yes"])
        let reached = zip(figures.referenceDates, printed).first { $0.1[1] == "yes" }
        #expect(reached?.0 == day(2011))
        #expect(
            figures.progress.map(\.status) == [.notAssessable, .onTrack]
                + Array(repeating: .achieved, count: 5))
        // Reached or not, what is needed from now on is said until the target's day.
        #expect(figures.progress.map(\.neededPerYear).suffix(5).allSatisfy { $0 == "0.00" })
        // From 2009 and 2010 alone the path meets 50 % in the course of 2011, whose end is 2012.0.
        #expect(figures.progress[1].crossingYear == "2012.1")
    }

    /// `domain.md` 8.3, through the table rather than the rate alone.
    @Test(arguments: [
        (4_316_262, 2_158_124, "50.00", "no"), (923_301, 461_597, "49.99", "no"),
        (224_809, 112_379, "49.99", "no"), (3_772_088, 1_884_758, "49.97", "no"),
        (2_872_857, 1_435_268, "49.96", "no"), (747_972, 374_123, "50.02", "yes"),
        (190_482, 95_296, "50.03", "yes"), (2_873_168, 1_437_489, "50.03", "yes"),
        (47_209_277, 23_628_564, "50.05", "yes"),
    ])
    func theNineCasesAroundFiftyPercent(
        total: Int, urban: Int, percent: String, reached: String
    ) throws {
        let figures = Self.figures([(day(2020), urban, total - urban)])
        let row = try #require(Self.printed(figures).first)
        #expect(row[0] == percent)
        #expect(row[1] == reached)
        #expect((row[2] == "0") == (reached == "yes"))
        #expect((figures.progress.first?.status == .achieved) == (reached == "yes"))
    }
}
