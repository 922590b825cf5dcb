import PopulationFigures
import PopulationModel
import PopulationPublish
import Testing

struct ProgressCalculatorTests {
    static func figure(
        _ date: CalendarDate, _ urban: Int, of total: Int, code: String = "4499",
        concept: Concept = .resident
    ) -> UrbanizationFigure {
        UrbanizationFigure(
            date: date, level: .prefecture, areaCode: code, concept: concept, areaName: "",
            total: total, urban: urban, rural: total - urban, unclassified: 0, target: nil)
    }

    static func target(_ hundredths: Int, _ date: CalendarDate, code: String = "4499") -> Target {
        Target(
            concept: .resident, areaCode: code, percentHundredths: hundredths, date: date,
            source: "")
    }

    /// Progress at each date after 2015 for an area that starts at 40.00 % and aims at 50 % by 2020.
    static func progress(
        _ urban: [(CalendarDate, Int, Int)], target: Target = target(5_000, day(2020))
    ) -> [ProgressFigure] {
        ProgressCalculator(targets: [target], firstDate: urban[0].0)
            .progress(of: urban.map { figure($0.0, $0.1, of: $0.2) })
    }

    /// From 40 % in 2015; 50 % by 2020 asks for 10 points in 1,827 days; two years are 731 days.
    @Test(arguments: [
        // 3.8010 points of 4.0011: 94.998 %, printed 95.00, is not on track.
        (43_801, ProgressStatus.fasterPaceNeeded, "95.00"),
        (43_802, .onTrack, "95.02"), (42_401, .fasterPaceNeeded, "60.01"),
        (42_400, .limited, "59.98"), (40_001, .limited, "0.02"), (40_000, .limited, "0.00"),
        (39_999, .movingAway, "-0.02"), (49_999, .onTrack, "249.91"), (50_000, .achieved, "249.93"),
    ])
    func gradesByTheExactRatio(urban: Int, status: ProgressStatus, ratio: String) throws {
        let rows = Self.progress([(day(2015), 40_000, 100_000), (day(2017), urban, 100_000)])
        let latest = try #require(rows.last)
        #expect(latest.status == status)
        #expect(latest.ratioPercent == ratio)
    }

    @Test func printsPacesAndProjections() throws {
        let rows = Self.progress([
            (day(2010), 1_823_150, 4_238_461), (day(2015), 1_900_000, 4_000_000),
            (day(2018), 1_930_000, 3_900_000),
        ])
        let latest = try #require(rows.last)
        // 10 years are 3,653 days = 10.0014 years; 8 years are 2,922 days = 8 years.
        #expect(latest.base.percentText == "43.01")
        #expect(latest.latest.percentText == "49.49")
        #expect(latest.paceRequired == "0.70")
        #expect(latest.paceObserved == "0.81")
        #expect(latest.status == .onTrack)
        #expect(latest.neededPerYear == "0.26")
        #expect(latest.projectedLinear == "51.11")
        #expect(latest.projectedURGD == "51.12")
        #expect(latest.crossingYear == "2019.6")
    }

    @Test func theFirstDateHasNoPaceBehindIt() throws {
        let first = try #require(Self.progress([(day(2015), 40_000, 100_000)]).first)
        #expect(first.status == .notAssessable)
        #expect(first.paceRequired == "2.00")
        #expect(first.neededPerYear == "2.00")
        for empty in [
            first.paceObserved, first.ratioPercent, first.projectedLinear, first.projectedURGD,
            first.crossingYear,
        ] { #expect(empty == "") }
    }

    /// Logarithms and powers give back a rate, but not to its last bit.
    @Test func aPathIsExactWhereItBeginsAndWhereItIsLevel() throws {
        for total in [32, 96, 160, 800] {
            for urban in 1..<total - 1 {
                let rate = Rate(urban: urban, total: total).percentText
                let early = try #require(
                    Self.progress(
                        [(day(2015), urban, total), (day(2019), urban + 1, total)],
                        target: Self.target(9_999, day(2015))
                    ).last)
                let level = try #require(
                    Self.progress(
                        [(day(2015), urban, total), (day(2019), urban, total)],
                        target: Self.target(9_999, day(2020))
                    ).last)
                #expect(early.projectedURGD == rate)
                #expect(level.projectedURGD == rate)
            }
        }
    }

    @Test func aBaseThatIsTheTargetIsMetOnItsDay() throws {
        for percent in 1...98 {
            let latest = try #require(
                Self.progress(
                    [(day(2015), percent, 100), (day(2019), percent + 1, 100)],
                    target: Self.target(percent * 100, day(2020))
                ).last)
            #expect(latest.crossingYear == "2016.0")
        }
    }

    @Test func theFirstDateCanBeAchieved() throws {
        let first = try #require(Self.progress([(day(2015), 50, 100)]).first)
        #expect(first.status == .achieved)
        #expect(first.paceRequired == "0.00")
        #expect(first.neededPerYear == "0.00")
    }

    @Test func printedFiftyIsNotYetAchieved() throws {
        let rows = Self.progress([
            (day(2015), 2_100_000, 4_316_262), (day(2020), 2_158_124, 4_316_262),
        ])
        let latest = try #require(rows.last)
        #expect(latest.latest.percentText == "50.00")
        #expect(latest.status == .onTrack)
        #expect(latest.ratioPercent == "99.99")
        #expect(latest.neededPerYear == "", "the target's date has come")
    }

    @Test func aBasePastTheTargetGivesNoRatio() throws {
        let rows = Self.progress([(day(2015), 51, 100), (day(2016), 49, 100)])
        let latest = try #require(rows.last)
        #expect(latest.status == .notAssessable)
        #expect(latest.ratioPercent == "")
        #expect(latest.paceRequired == "-0.20")
        #expect(latest.paceObserved == "-2.00")
        #expect(latest.crossingYear == "2016.5")
    }

    @Test func nobodyThereIsNotAssessable() throws {
        for rows in [
            [(day(2015), 40, 100), (day(2016), 0, 0)], [(day(2015), 0, 0), (day(2016), 40, 100)],
        ] {
            let latest = try #require(Self.progress(rows).last)
            #expect(latest.status == .notAssessable)
            #expect(latest.paceObserved == "")
            #expect(latest.projectedLinear == "")
        }
    }

    @Test func anAreaMissingAtTheFirstDateHasNoBase() throws {
        let calculator = ProgressCalculator(
            targets: [Self.target(5_000, day(2020), code: "449903")], firstDate: day(2015))
        let rows = calculator.progress(of: [Self.figure(day(2020), 40, of: 100, code: "449903")])
        let row = try #require(rows.first)
        #expect(row.base.percentText == "")
        #expect(row.baseDate == day(2015))
        #expect(row.status == .notAssessable)
    }

    @Test func aTargetOfTheFirstDateAsksForNoPace() throws {
        let rows = Self.progress(
            [(day(2015), 40, 100), (day(2016), 41, 100)], target: Self.target(5_000, day(2015)))
        let latest = try #require(rows.last)
        #expect(latest.paceRequired == "")
        #expect(latest.status == .notAssessable)
        #expect(latest.neededPerYear == "")
    }

    @Test func aPathThatTurnsAwayMeetsNothing() throws {
        let rows = Self.progress([(day(2015), 41, 100), (day(2016), 40, 100)])
        #expect(try #require(rows.last).crossingYear == "")
    }

    @Test func aPathThatHardlyRisesMeetsTheTargetInAFarYear() throws {
        let rows = Self.progress([
            (day(2015), 40_000, 100_000), (day(2016), 40_001, 100_000),
        ])
        let crossing = try #require(rows.last).crossingYear
        #expect((Double(crossing) ?? 0) > 11_000)
    }

    @Test func onlyAreasAndConceptsWithATargetHaveRows() {
        let figures = Concept.allCases.flatMap { concept in
            ["4499", "449902"].map {
                Self.figure(day(2020), 1, of: 2, code: $0, concept: concept)
            }
        }
        let rows = ProgressCalculator(
            targets: [Self.target(5_000, day(2020))], firstDate: day(2015)
        ).progress(of: figures)
        #expect(rows.map(\.areaCode) == ["4499"])
        #expect(rows.map(\.concept) == [.resident])
    }

    @Test func eachDateHasTheTargetInForceThen() {
        let targets = [Self.target(5_500, day(2025)), Self.target(5_000, day(2020))]
        let rows = ProgressCalculator(targets: targets, firstDate: day(2019)).progress(
            of: [day(2019), day(2020), day(2021), day(2026)].map {
                Self.figure($0, 1, of: 2)
            })
        #expect(rows.map(\.target.percentHundredths) == [5_000, 5_000, 5_500, 5_500])
    }
}
