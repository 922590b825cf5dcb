import PopulationFigures
import PopulationModel
import PopulationPublish
import Testing

struct YearlyReportTests {
    @Test func saysNumberChangeAndDistanceInOneSentence() throws {
        let point = try #require(SampleFigures().report.mainPoints.first)
        #expect(point.number == "57.67")
        #expect(
            point.sentence.zh == "2020年末常住人口城镇化率为57.67%，比2019年末提高2.00个百分点，比50.00%的目标高7.67个百分点。")
        #expect(
            point.sentence.en
                == "The urbanization rate of residents was 57.67 % at the end of 2020, "
                + "up 2.00 percentage points since the end of 2019, 7.67 percentage points above "
                + "the target of 50.00 %.")
    }

    @Test func hasAtMostSixMainPoints() {
        #expect(SampleFigures().report.mainPoints.count == 6)
    }

    /// 2,158,124 of 4,316,262 prints 50.00: the words must not say that it is reached.
    @Test func saysThatPrintedFiftyIsNotReached() throws {
        var figures = Figures(
            area: Area(code: "4508")!, areaName: "贵港市", referenceDates: [day(2020)])
        figures.targets = [Target.ofTaskPlan(area: figures.area)]
        figures.urbanization = [
            UrbanizationFigure(
                date: day(2020), level: .prefecture, areaCode: "4508", concept: .resident,
                areaName: "贵港市", total: 4_316_262, urban: 2_158_124, rural: 2_158_138,
                unclassified: 0, target: figures.targets[0])
        ]
        figures.progress = ProgressCalculator(targets: figures.targets, firstDate: day(2020))
            .progress(of: figures.urbanization)
        let report = YearlyReportMaker(figures: figures, provenance: SampleFigures.provenance)
            .report
        #expect(report.title.zh == "贵港市常住人口城镇化率50.00%，未达到50.00%的目标，舍入前尚差城镇人口7人")
        #expect(report.title.en.contains("7 urban persons short before rounding"))
        let cells = try #require(report.targets?.glance.rows.first?.cells)
        #expect(cells.last == .text(Bilingual("— 无法评估", "not assessable")))
        #expect(!report.title.zh.contains("高"))
    }

    @Test func balancesAddUpVisibly() {
        let balances = SampleFigures().report.quality?.balances ?? []
        #expect(
            balances.map(\.numbers) == [
                "65,688 = 13 + 4 + 65 + 65,606", "65,606 = 196 + 65 + 18,293 + 47,052",
            ])
        #expect(balances.allSatisfy { $0.isHeld })
    }

    @Test func saysWhenABalanceDoesNotHold() throws {
        var figures = SampleFigures().figures
        figures.quality[0].rows += 1
        let report = YearlyReportMaker(figures: figures, provenance: SampleFigures.provenance)
            .report
        let line = try #require(report.quality?.balances.first)
        #expect(!line.isHeld)
        #expect(line.numbers == "65,689 ≠ 13 + 4 + 65 + 65,606")
    }

    @Test func listsUnknownDivisions() throws {
        let table = try #require(SampleFigures().report.quality?.unknownDivisions)
        #expect(table.rows.map(\.cells) == [[.text("449902001999"), .number("17")]])
    }

    @Test func ranksRegionsHighestFirst() throws {
        let regions = try #require(SampleFigures().report.regions)
        guard case .rank(let panels)? = regions.chart else {
            Issue.record("no ranking")
            return
        }
        #expect(panels.flatMap(\.rows).map(\.name.zh) == ["城中区", "兴南市", "和平县"])
        #expect(panels.flatMap(\.rows).map(\.isReached) == [true, false, false])
        // The table stands in the order of the codes, the whole at the end.
        #expect(regions.table.rows.count == 4)
        #expect(regions.table.rows.last?.kind == .total)
    }

    @Test func showsNoRateWhereNobodyLives() throws {
        let report = SampleFigures(emptyCounty: 1).report
        let regions = try #require(report.regions)
        #expect(regions.table.rows[1].cells[5] == .shorthand(.notApplicable))
        #expect(regions.table.shorthandUsed == [.notApplicable])
        #expect(report.notes.contains { $0.text.zh.hasPrefix("3个地区没有常住人口") })
    }

    @Test func theWholeAreaStandsBeforeItsParts() throws {
        var figures = SampleFigures().figures
        let targets = [("449902", Concept.resident), ("4499", .registered), ("4499", .resident)]
            .map {
                Target(
                    concept: $1, areaCode: $0, percentHundredths: 5_000, date: day(2020),
                    source: "")
            }
        figures.progress = ProgressCalculator(targets: targets, firstDate: day(2015))
            .progress(of: figures.urbanization)
        let report = YearlyReportMaker(figures: figures, provenance: SampleFigures.provenance)
            .report
        let rows = try #require(report.targets).glance.rows
        #expect(
            rows.map(\.cells[0]) == [
                .text(Bilingual("云州市常住人口城镇化率", "Yunzhou, residents")),
                .text(Bilingual("云州市户籍人口城镇化率", "Yunzhou, registered population")),
                .text(Bilingual("城中区常住人口城镇化率", "城中区, residents")),
            ])
        #expect(report.paths.map(\.id) == ["path-resident", "path-registered"])
    }

    @Test func hasNoTargetsWithoutATarget() {
        let report = SampleFigures(target: nil).report
        #expect(report.targets == nil)
        #expect(report.paths.map(\.id) == ["path-resident"])
        #expect(report.title.zh == "云州市常住人口城镇化率57.67%")
    }

    @Test func marksCodesThatDidNotExistAsNotAvailable() throws {
        var figures = SampleFigures().figures
        figures.urbanization.removeAll { $0.areaCode == "449921" && $0.date < day(2020) }
        let report = YearlyReportMaker(figures: figures, provenance: SampleFigures.provenance)
            .report
        let regions = try #require(report.regions)
        #expect(regions.table.rows[1].cells[6] == .shorthand(.notAvailable))
    }

    @Test func theTitleOfOneDateNamesItOnce() {
        let report = SampleFigures(dates: [day(2020, 11, 1)]).report
        #expect(report.subtitle.zh.hasSuffix("云州市，2020年11月1日"))
        #expect(report.subtitle.en.hasSuffix("Yunzhou, 1 November 2020"))
    }

    @Test(arguments: [
        (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (3_873_239, "3,873,239"),
        (-12_345, "−12,345"),
    ])
    func writesThousandsSeparators(number: Int, text: String) {
        #expect(ReportNumber.count(number) == text)
    }
}
