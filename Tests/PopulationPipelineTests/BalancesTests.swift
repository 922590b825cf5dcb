import PopulationFigures
import PopulationModel
import PopulationPipeline
import Testing

/// Every identity of the year holds for figures that fit, and stops a run for one that does not.
@Suite struct BalancesYearsTests {
    /// Two counties of one year: 449901 takes in one of each kind and loses one of each.
    private static var figures: Figures {
        var figures = Figures(
            area: Area(code: "4499")!, areaName: "",
            referenceDates: [CalendarDate(year: 2020, month: 12, day: 31)!])
        figures.balance58 = [
            row("449901", flows: full, start: 100), row("449902", flows: [:], start: 7),
            Balance58Figure(
                year: 2018, countyCode: "449901",
                columns: [4] + [Int?](repeating: nil, count: 27)),
        ]
        figures.settlement = [
            settled("449901", .own_prefecture, 9), settled("449901", .unknown, 2),
            settled("449901", .other_province, 1),
        ]
        figures.decomposition = [
            DecompositionFigure(
                year: 2020, areaCode: "4499", rateStart: Fraction(1, 3), rateEnd: Fraction(1, 2),
                reclassification: Fraction(1, 12), natural: Fraction(-1, 12),
                migration: Fraction(1, 6))
        ]
        return figures
    }

    /// By column: ten settled of known tier and one reclassified, all of different causes.
    private static let full: [Int: Int] = {
        var flows = [3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 11, 9: 10, 10: 0, 11: 1, 22: 1]
        for column in 12...20 { flows[column] = 1 }
        flows[21] = 2
        flows[2] = 17
        for column in 24...28 { flows[column] = 1 }
        flows[23] = 5
        return flows
    }()

    private static func row(_ county: String, flows: [Int: Int], start: Int) -> Balance58Figure {
        let columns =
            [start + (flows[2] ?? 0) - (flows[23] ?? 0)] + (2...28).map { flows[$0] ?? 0 }
        return Balance58Figure(
            year: 2020, countyCode: county, columns: columns, urbanAtStart: start)
    }

    private static func settled(_ county: String, _ tier: SettlementTier, _ persons: Int)
        -> SettlementFigure
    {
        SettlementFigure(
            year: 2020, countyCode: county, place: .town, cause: .housing, originTier: tier,
            persons: persons, withFamily: 0, withCollegeOrTitle: 0)
    }

    @Test func holdForFiguresThatFit() throws {
        var balances = Balances()
        try balances.checkYears(Self.figures)
        // Of the area, for the report; those of counties are asserted only.
        #expect(balances.checked.count == 6)
        #expect(balances.checked.allSatisfy { $0.equation.hasPrefix("2020: ") })
        #expect(balances.checked.first?.left == 17)
    }

    /// One person more in one column, and the words of the identity that finds it first.
    @Test(arguments: [
        (1, "c1 at the start"), (2, "c2 ="), (3, "c2 ="), (4, "c2 ="), (5, "c2 ="), (6, "c2 ="),
        (7, "c2 ="), (8, "c2 ="), (9, "c8 = c9"), (10, "c8 = c9"), (11, "c8 = c9"),
        (12, "c8 = c12"), (13, "c8 = c12"), (14, "c8 = c12"), (15, "c8 = c12"),
        (16, "c8 = c12"), (17, "c8 = c12"), (18, "c8 = c12"), (19, "c8 = c12"),
        (20, "c8 = c12"), (21, "c8 = c12"), (22, "c2 ="), (23, "c23 ="), (24, "c23 ="),
        (25, "c23 ="), (26, "c23 ="), (27, "c23 ="), (28, "c23 ="),
    ])
    func stopARunForOnePersonInAColumn(column: Int, words: String) {
        var figures = Self.figures
        figures.balance58[0].columns[column - 1]! += 1
        #expect(Self.fault(of: figures)?.contains("449901 in 2020: \(words)") == true)
    }

    @Test func stopARunWhenTheStartDoesNotFit() {
        var figures = Self.figures
        figures.balance58[1].urbanAtStart = 8
        #expect(Self.fault(of: figures)?.contains("449902 in 2020: c1 at the start") == true)
    }

    @Test(arguments: [0, 2])
    func stopARunWhenSettlementIsNotThatOfTheForm(row: Int) {
        var figures = Self.figures
        figures.settlement[row].persons += 1
        #expect(Self.fault(of: figures)?.contains("449901 in 2020: settled") == true)
    }

    /// The reclassified are not settled: moved from one column to the other they are missed.
    @Test func stopARunWhenAReclassifiedCitizenCountsAsSettled() {
        var figures = Self.figures
        figures.balance58[0].columns[19]! -= 1
        figures.balance58[0].columns[20]! += 1
        #expect(Self.fault(of: figures)?.contains("449901 in 2020: settled") == true)
    }

    /// Two counties whose faults cancel out over the area are found one by one.
    @Test func stopARunWhenCountiesOnlyFitTogether() {
        var figures = Self.figures
        figures.balance58[0].columns[0]! += 1
        figures.balance58[1].columns[0]! -= 1
        #expect(Self.fault(of: figures)?.contains("449901 in 2020: c1 at the start") == true)
    }

    @Test func stopARunWhenThePartsAreNotTheChange() {
        var figures = Self.figures
        figures.decomposition[0].natural = Fraction(-1, 11)
        #expect(Self.fault(of: figures)?.contains("(AGGREGATE-003)") == true)
    }

    private static func fault(of figures: Figures) -> String? {
        var balances = Balances()
        do throws(PopstatErrors) {
            try balances.checkYears(figures)
            return nil
        } catch { return error.errors.map(\.description).joined(separator: "\n") }
    }
}
