import Foundation
import PopulationFigures
import PopulationModel
import PopulationPipeline
import PopulationPublish
import PopulationTestSupport
import Testing

/// Money, land, published figures and tasks by the plan of the finance bureau and the factors of
/// the sample.
@Suite struct PlanFiguresTests {
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let dates = (2015...2020).map {
        CalendarDate(year: $0, month: 12, day: 31)!
    }
    private static let codes = ["449901", "449902", "449921", "449922", "449981"]

    private static func plan(_ name: String) throws -> Plan {
        try PlanReader.read(file: repository.appending(path: "Pipelines/\(name).yaml").path)
    }

    private static func factors() throws -> [FinanceFactor] {
        let file = repository.appending(path: "SampleData/finance-factors.csv")
        return try FactorFile.read(Array(Data(contentsOf: file)), label: "finance-factors.csv")
    }

    /// Five counties of 1,000 residents, 500 of them urban, and `settled` more every year.
    private static func figures(settled: Int) -> Figures {
        var figures = Figures(
            area: Area(code: "4499")!, areaName: "", referenceDates: dates)
        for date in dates {
            for (index, code) in codes.enumerated() {
                var counts = Array(repeating: 0, count: MigrationMeasure.allCases.count)
                counts[MigrationMeasure.resident.rawValue] = 1_000
                figures.migration.append(
                    MigrationFigure(date: date, countyCode: code, counts: counts))
                figures.urbanization.append(
                    UrbanizationFigure(
                        date: date, level: .county, areaCode: code, concept: .resident,
                        areaName: "", total: 1_000, urban: 500, rural: 500, unclassified: 0,
                        target: nil))
                figures.settlement.append(
                    SettlementFigure(
                        year: Int(date.components.year), countyCode: code, place: .town,
                        cause: .other, originTier: .own_prefecture, persons: settled + index,
                        withFamily: 0, withCollegeOrTitle: 0))
                figures.permits.append(
                    PermitFigure(
                        date: date, countyCode: code, residenceYears: 0, insuredYears: 0,
                        valid: 10 * index, suspended: 0))
            }
        }
        return figures
    }

    private static func fill(
        _ figures: inout Figures, plan: Plan, _ store: inout EditionStore
    ) throws -> PlanFigures.Outcome {
        try PlanFigures(
            plan: plan, editionDates: dates, factors: factors(), published: nil
        ).fill(&figures, &store)
    }

    @Test func theFinancePlanGivesOneEditionPerYearWhoseAmountsAreThePool() throws {
        try TemporaryFolder.with { folder in
            var store = try EditionStore(output: folder.appending(path: "none").path)
            var figures = Self.figures(settled: 20)
            let outcome = try Self.fill(&figures, plan: try Self.plan("finance"), &store)
            #expect(store.editions.map(\.year) == [2016, 2017, 2018, 2019, 2020])
            #expect(store.editions.allSatisfy { $0.revision == 1 && $0.rows.count == 5 })
            #expect(figures.transferEditions == store.editions)
            for edition in store.editions {
                let amounts = edition.rows.compactMap { Int(edition.field("amount", of: $0)) }
                #expect(amounts.count == 5 && amounts.reduce(0, +) == 97_800)
            }
            // 20 settled; before: 20 · (0.5 + 0.25 + 0.125) = 17.5; 0.9 · 1.1 · 37.5.
            let last = try #require(store.editions.last)
            let row = try #require(last.row(ofCounty: "449901"))
            #expect(last.field("settled_prior", of: row) == "17.5")
            #expect(last.field("score", of: row) == "37.125")
            #expect(last.field("known_at", of: row) == "2021-01-31 00:00:00")
            #expect(last.field("divisions_edition", of: row) == "2020-12-31")
            #expect(
                outcome.notes.first?.en == "transfer 2016: revision 1, new")
            #expect(
                outcome.remarks.first?.en
                    == "transfer 2016: no settlement figures of earlier years, which weigh "
                    + "nothing: 2015; 2014; 2013")
            // 44.7 ha for 500 urban residents: 894 m² each, the last band.
            let land = try #require(figures.land?.last { $0.countyCode == "449901" })
            #expect(land.landPerHead?.text(decimals: 2) == "894.00")
            #expect(land.quota?.text(decimals: 4) == "0.1000")
            #expect(figures.tasks.count == 24 * 6)
        }
    }

    @Test func aCorrectionIsARevisionOfTheYearsThatItMoves() throws {
        try TemporaryFolder.with { folder in
            var store = try EditionStore(output: folder.appending(path: "none").path)
            let plan = try Self.plan("finance")
            var figures = Self.figures(settled: 20)
            _ = try Self.fill(&figures, plan: plan, &store)
            _ = try Self.fill(&figures, plan: plan, &store)
            #expect(store.editions.count == 5, "the same figures keep their revision")
            let index = try #require(figures.settlement.firstIndex { $0.year == 2018 })
            figures.settlement[index].persons += 1
            let outcome = try Self.fill(&figures, plan: plan, &store)
            #expect(
                outcome.notes.map { $0.en.hasSuffix("new") } == [false, false, true, true, true],
                "2018, and the years in which it counts as an earlier one")
            let rows = TableMaker(figures: figures).table(.transfer).rows
            #expect(rows.count == 40)
            #expect(
                rows.filter { $0[0] == "2020" && $0[1] == "449901" }.map { $0[2] } == ["1", "2"])
        }
    }

    @Test(arguments: [
        ("finance", "official", "the plan has no publish.official"),
        ("nightly", "transfer", "the plan has no publish.transfer"),
        ("nightly", "land", "the plan has no publish.land"),
    ])
    func saysWhyATableIsAbsent(name: String, table: String, why: String) throws {
        try TemporaryFolder.with { folder in
            var store = try EditionStore(output: folder.appending(path: "none").path)
            var figures = Self.figures(settled: 20)
            let outcome = try Self.fill(&figures, plan: try Self.plan(name), &store)
            #expect(outcome.remarks.map(\.en).contains("no table \(table): \(why)"))
            #expect(!TableMaker.names(of: figures).contains { $0.rawValue == table })
        }
    }

    @Test func datesWithoutAPairGiveNoMoney() throws {
        try TemporaryFolder.with { folder in
            var store = try EditionStore(output: folder.appending(path: "none").path)
            var figures = Self.figures(settled: 20)
            figures.referenceDates = [Self.dates[0], Self.dates[2]]
            let outcome = try Self.fill(&figures, plan: try Self.plan("finance"), &store)
            #expect(
                outcome.remarks.map(\.en).contains(
                    "no table transfer: no two reference dates are 31 December of consecutive "
                        + "years"))
            #expect(figures.transferEditions == nil && figures.land == nil)
        }
    }

    @Test func aYearInWhichNobodyScoresStopsBeforeAnythingIsDelivered() throws {
        try TemporaryFolder.with { folder in
            var store = try EditionStore(output: folder.appending(path: "none").path)
            var figures = Self.figures(settled: 20)
            figures.settlement = []
            figures.permits = []
            let faults = #expect(throws: PopstatErrors.self) {
                _ = try Self.fill(&figures, plan: try Self.plan("finance"), &store)
            }
            #expect(faults?.errors.map(\.code) == Array(repeating: "PUBLISH-060", count: 5))
            #expect(store.editions.isEmpty)
        }
    }
}
