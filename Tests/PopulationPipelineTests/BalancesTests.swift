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
                year: 2020, areaCode: "4499", start: Rate(urban: 1, total: 3),
                rateEnd: Fraction(1, 2),
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
        Balances.fault { (balances) throws(PopstatErrors) in try balances.checkYears(figures) }
    }
}

/// The same for the persons of a date (SPEC 6) and the rows of a source (SPEC 3).
@Suite struct BalancesTests {
    private static let day = CalendarDate(year: 2020, month: 12, day: 31)!

    private static var figures: Figures {
        var figures = Figures(area: Area(code: "4499")!, areaName: "", referenceDates: [day])
        figures.migration = [
            MigrationFigure(
                date: day, countyCode: "449901",
                counts: [10, 6, 3, 1, 12, 2, 4, 1, 3, 1, 1, 1, 0, 0, 7])
        ]
        for concept in Concept.allCases {
            for (level, code) in [(AreaLevel.prefecture, "4499"), (.county, "449901")] {
                figures.urbanization.append(
                    UrbanizationFigure(
                        date: day, level: level, areaCode: code, concept: concept, areaName: "",
                        total: 9, urban: 5, rural: 3, unclassified: 1, target: nil))
            }
        }
        return figures
    }

    private static func fault(of figures: Figures) -> String? {
        Balances.fault { (balances) throws(PopstatErrors) in try balances.checkPersons(figures) }
    }

    @Test func holdForPersonsThatFit() {
        #expect(Self.fault(of: Self.figures) == nil)
    }

    @Test(
        arguments: zip(
            MigrationMeasure.allCases.dropLast(),
            [
                "registered = registered_resident", "resident = registered_resident",
                "registered = registered_resident", "registered = registered_resident",
                "resident = registered_resident", "resident = registered_resident",
                "resident = registered_resident", "separated = intra_district",
                "separated = intra_district", "floating = its five tiers",
                "floating = its five tiers",
                "floating = its five tiers", "floating = its five tiers",
                "floating = its five tiers",
            ]))
    func stopARunForOnePersonInAMeasure(measure: MigrationMeasure, words: String) {
        var figures = Self.figures
        figures.migration[0].counts[measure.rawValue] += 1
        #expect(Self.fault(of: figures)?.contains("2020-12-31: \(words)") == true)
    }

    @Test func stopARunWhenCountiesAreNotTheArea() {
        var figures = Self.figures
        figures.urbanization[1].total += 1
        figures.urbanization[1].rural += 1
        #expect(Self.fault(of: figures)?.contains("the counties sum to the area") == true)
        figures.urbanization[1].rural -= 1
        #expect(Self.fault(of: figures)?.contains("total = urban + rural") == true)
    }

    @Test(arguments: ["read", "out_of_scope", "revoked", "rejected", "accepted"])
    func stopARunForOneRowTooManyRead(group: String) {
        var rows = RowCounts()
        (rows.read, rows.outOfScope, rows.revoked, rows.accepted) = (10, 1, 2, 4)
        rows.rejected[0] = 3
        var counts = DeduplicateCounts.SourceCounts()
        (counts.exactDuplicate, counts.voided, counts.inForce, counts.future) = (1, 1, 1, 1)
        #expect(Self.fault(rows, counts) == nil)
        switch group {
        case "read": rows.read += 1
        case "out_of_scope": rows.outOfScope += 1
        case "revoked": rows.revoked += 1
        case "rejected": rows.rejected[5] += 1
        default: rows.accepted += 1
        }
        #expect(Self.fault(rows, counts)?.contains("residency: read = rejected") == true)
    }

    @Test(arguments: 0..<5)
    func stopARunForOneRowTooManyAccounted(group: Int) {
        var rows = RowCounts()
        (rows.read, rows.accepted) = (5, 5)
        var counts = DeduplicateCounts.SourceCounts()
        counts.inForce = 4
        counts.superseded = 1
        #expect(Self.fault(rows, counts) == nil)
        switch group {
        case 0: counts.exactDuplicate += 1
        case 1: counts.voided += 1
        case 2: counts.superseded += 1
        case 3: counts.future += 1
        default: counts.inForce += 1
        }
        #expect(Self.fault(rows, counts)?.contains("residency: accepted = exact") == true)
    }

    private static func fault(_ rows: RowCounts, _ counts: DeduplicateCounts.SourceCounts)
        -> String?
    {
        Balances.fault { (balances) throws(PopstatErrors) in
            try balances.checkRows(.residency, rows, counts)
        }
    }
}

extension Balances {
    /// What a check says that does not hold; `nil` when it holds.
    fileprivate static func fault(
        _ check: (inout Balances) throws(PopstatErrors) -> Void
    ) -> String? {
        var balances = Balances()
        do throws(PopstatErrors) {
            try check(&balances)
            return nil
        } catch { return error.errors.map(\.description).joined(separator: "\n") }
    }
}
