import PopulationFigures
import PopulationModel
import Testing

@testable import PopulationPublish

/// Public tables of a small prefecture that is written by hand.
@Suite struct ProtectionTests {
    static let ends = [day(2019), day(2020)]

    /// Two counties of two townships, of which one has three people of an unknown class.
    static func figures(_ seed: Int = 0, hasSmallTown: Bool = false) -> Figures {
        var figures = Figures(
            area: Area(code: "4499")!, areaName: "云州市", referenceDates: Self.ends)
        let units = [
            ("449901001001", "111"), ("449901101201", "220"), ("449902001001", "112"),
            ("449902101201", "220"), ("449902101999", "000"),
        ]
        for date in Self.ends {
            var totals: [String: [Int]] = [:]
            for (index, unit) in units.enumerated() {
                let ages =
                    unit.1 == "000" || (hasSmallTown && index == 0)
                    ? [3] : [40, 2 + (seed + index) % 4, 31, 9 + seed % 3]
                let people = ages.reduce(0, +)
                figures.units.append(
                    UnitFigure(
                        date: date, unitCode: unit.0, unitClass: unit.1, name: "",
                        registered: people, resident: people))
                for concept in Concept.allCases {
                    for (age, persons) in ages.enumerated() {
                        figures.population.append(
                            PopulationFigure(
                                date: date, countyCode: String(unit.0.prefix(6)),
                                unitClass: unit.1, concept: concept,
                                sex: age % 2 == 0 ? .female : .male,
                                ageGroup: AgeGroup(index: 4 + age), persons: persons))
                    }
                }
                let column = unit.1 == "000" ? 2 : unit.1.hasPrefix("1") ? 0 : 1
                for length in [4, 6, 9] {
                    totals[String(unit.0.prefix(length)), default: [0, 0, 0]][column] += people
                }
            }
            for (code, counts) in totals.sorted(by: { $0.key < $1.key }) {
                let level: AreaLevel =
                    code.count == 4 ? .prefecture : code.count == 6 ? .county : .township
                for concept in Concept.allCases {
                    figures.urbanization.append(
                        UrbanizationFigure(
                            date: date, level: level, areaCode: code, concept: concept,
                            areaName: "", total: counts.reduce(0, +), urban: counts[0],
                            rural: counts[1], unclassified: counts[2], target: nil))
                }
                guard code.count == 6 else { continue }
                let all = counts.reduce(0, +)
                figures.migration.append(
                    MigrationFigure(
                        date: date, countyCode: code,
                        counts: [all, all - 12, 9, 3, all, 0, 12, 0, 12, 4, 3, 2, 2, 1, 6]))
            }
        }
        return figures
    }

    static func outcome(
        _ figures: Figures, dates: [CalendarDate] = ends, hidesSmallOnly: Bool = false
    ) -> Protection.Outcome {
        var rule = ProtectionRule(threshold: 5, releaseDates: dates)
        rule.hidesSmallOnly = hidesSmallOnly
        return Protection(figures: figures, rule: rule).outcome()
    }

    /// Every witness, added to the true world, is a world: nothing negative, every sum holds, and
    /// only hidden numbers are others.
    @Test(arguments: 0..<12)
    func everyWitnessIsAWorldWithTheSamePublication(seed: Int) {
        let outcome = Self.outcome(Self.figures(seed))
        let system = outcome.system
        #expect(!outcome.witnesses.isEmpty)
        var isLifted = Set<Int>()
        for witness in outcome.witnesses {
            var values = system.values
            for change in witness.changes { values[change.cell] += change.difference }
            #expect(values.allSatisfy { $0 >= 0 })
            #expect(
                system.equations.allSatisfy {
                    $0.reduce(0) { $0 + $1.coefficient * values[$1.cell] } == 0
                })
            for cell in values.indices where values[cell] != system.values[cell] {
                #expect(!system.isPublished[cell] || outcome.isHidden[cell])
                if values[cell] >= 5 { isLifted.insert(cell) }
            }
        }
        for cell in system.values.indices
        where system.isCount[cell] && (1..<5).contains(system.values[cell]) {
            #expect(outcome.isHidden[cell])
            #expect(isLifted.contains(cell))
        }
    }

    /// People of one sex and age in four units, and units of other classes in which nobody lives.
    private static func plainFigures(_ people: [(unit: String, unitClass: String, count: Int)])
        -> Figures
    {
        var figures = Figures(
            area: Area(code: "4499")!, areaName: "云州市", referenceDates: [Self.ends[1]])
        var counts: [String: [Int]] = [:]
        for (code, unitClass, count) in people {
            figures.units.append(
                UnitFigure(
                    date: Self.ends[1], unitCode: code, unitClass: unitClass, name: "",
                    registered: count, resident: count))
            for length in [4, 6, 9] {
                let column = unitClass.hasPrefix("1") ? 0 : 1
                counts[String(code.prefix(length)), default: [0, 0]][column] += count
            }
            for concept in Concept.allCases where count > 0 {
                figures.population.append(
                    PopulationFigure(
                        date: Self.ends[1], countyCode: String(code.prefix(6)),
                        unitClass: unitClass, concept: concept, sex: .male,
                        ageGroup: AgeGroup(index: 10), persons: count))
            }
        }
        for (code, count) in counts.sorted(by: { $0.key < $1.key }) {
            let all = count[0] + count[1]
            if code.count == 6 {
                let none = [Int](repeating: 0, count: 10)
                figures.migration.append(
                    MigrationFigure(
                        date: Self.ends[1], countyCode: code,
                        counts: [all, all, 0, 0, all] + none))
            }
            for concept in Concept.allCases {
                figures.urbanization.append(
                    UrbanizationFigure(
                        date: Self.ends[1],
                        level: code.count == 4
                            ? .prefecture : code.count == 6 ? .county : .township,
                        areaCode: code, concept: concept, areaName: "", total: all,
                        urban: count[0], rural: count[1], unclassified: 0, target: nil))
            }
        }
        return figures
    }

    /// A county's hidden urban is not to be had from its ages: some are hidden as well, and be it in
    /// a class that nobody lives in.
    @Test func urbanAndRuralAreHiddenInTheAgesAsWell() throws {
        let figures = Self.plainFigures([
            ("449901001001", "111", 40), ("449901001002", "121", 0), ("449901001201", "220", 4),
            ("449901001202", "210", 0), ("449921001001", "111", 60), ("449921001002", "121", 0),
            ("449921001201", "220", 90), ("449921001202", "210", 0),
        ])
        let tables = Self.outcome(figures, dates: [Self.ends[1]]).tables.map(\.table)
        let ages = try #require(tables.first { $0.name == "population" }).rows
        let areas = try #require(tables.first { $0.name == "urbanization" }).rows
        var hidden = 0
        for area in areas where area[1] == "county" {
            for (column, digit) in [(6, "1"), (7, "2")] where area[column] == "[c]" {
                hidden += 1
                #expect(
                    ages.contains {
                        $0[1] == area[2] && $0[2].hasPrefix(digit) && $0[3] == area[3]
                            && $0[6] == "[c]"
                    }, "\(area)")
            }
        }
        #expect(hidden == 8)
    }

    /// What was at the start of a year follows from its end and its flows, released or not.
    @Test func aSmallStartOfAYearIsNotTold() throws {
        var figures = Self.figures()
        for code in ["449901", "449902"] {
            let end = try #require(
                figures.urbanization.first {
                    $0.areaCode == code && $0.date == Self.ends[1] && $0.concept == .registered
                })
            var columns = [Int](repeating: 0, count: 28)
            columns[0] = end.urban
            for column in [2, 3] { columns[column - 1] = end.urban - 2 }
            figures.balance58.append(
                Balance58Figure(year: 2020, countyCode: code, columns: columns))
        }
        let table = try #require(
            Self.outcome(figures, dates: [Self.ends[1]]).tables.first {
                $0.table.name == "balance58"
            }
        ).table
        #expect(table.rowCount == 2)
        for row in table.rows { #expect(row[2] == "[c]" || row[3] == "[c]" || row[24] == "[c]") }
    }

    @Test func officialFiguresOfOtherDatesStayInside() throws {
        var figures = Self.figures()
        figures.official = Self.ends.map {
            OfficialFigure(
                areaCode: "4499", date: $0, concept: .resident,
                official: Rate(urban: 50, total: 100), source: "")
        }
        let table = try #require(
            Self.outcome(figures, dates: [Self.ends[1]]).tables.first {
                $0.table.name == "official"
            }
        ).table
        #expect(table.rows.map { $0[1] } == ["2020-12-31"])
    }

    /// A code that is of no unit may be a part of somebody's number.
    @Test func unknownCodesOfFewAreNotTold() throws {
        func rows(_ counts: [Int]) throws -> [[String]] {
            var figures = Self.figures()
            figures.quality = counts.enumerated().map { index, count in
                QualityFigure(
                    source: "all", measure: "unknown_division", reason: "44990155050\(index)",
                    rows: count)
            }
            let tables = Self.outcome(figures).tables
            return try #require(tables.first { $0.table.name == "quality" }).table.rows
                .map { Array($0.prefix(4)) }
        }
        #expect(try rows([7, 2, 9]) == [["all", "unknown_division", "", "[c]"]])
        #expect(
            try rows([7, 9]) == [
                ["all", "unknown_division", "449901550500", "7"],
                ["all", "unknown_division", "449901550501", "9"],
            ])
    }

    @Test func noSmallNumberIsPublished() {
        for table in Self.outcome(Self.figures()).tables {
            let counts = (DataDictionary.meaning(of: table.table.name)?.columns ?? []).enumerated()
                .filter { ["persons", "households", "rows or citizens"].contains($0.element.unit) }
            for row in table.table.rows {
                for (index, _) in counts { #expect(!["1", "2", "3", "4"].contains(row[index])) }
                #expect(row.last == (row.contains("[c]") ? "Q" : "A"))
            }
        }
    }

    @Test func hasTheColumnsOfTheInternalTableAndAStatus() {
        let figures = Self.figures()
        let tables = Self.outcome(figures).tables
        #expect(!tables.contains { $0.table.name == "units" })
        for table in tables {
            let name = TableName(rawValue: table.table.name)!
            let columns = TableMaker(figures: figures).table(name).columns
            #expect(table.table.columns == columns + ["OBS_STATUS"])
            #expect(table.scope == .public)
        }
    }

    @Test func hasRowsOfReleaseDatesOnly() {
        let tables = Self.outcome(Self.figures(), dates: [Self.ends[1]]).tables
        for table in tables where table.table.columns[0] == "reference_date" {
            #expect(table.table.rows.allSatisfy { $0[0] == "2020-12-31" })
        }
        #expect(tables.first { $0.table.name == "urbanization" }!.table.rowCount > 0)
    }

    @Test func aDateWithoutFiguresLosesNoTable() {
        let tables = Self.outcome(Self.figures(), dates: [day(2018)]).tables
        #expect(tables.contains { $0.table.name == "population" && $0.table.rowCount == 0 })
    }

    @Test func givesTheSameBytesAgain() {
        let (left, right) = (Self.outcome(Self.figures()), Self.outcome(Self.figures()))
        #expect(left.tables == right.tables)
        #expect(left.account == right.account)
    }

    @Test func aRateIsHiddenWithItsCounts() throws {
        let tables = Self.outcome(Self.figures(hasSmallTown: true)).tables
        let urbanization = try #require(tables.first { $0.table.name == "urbanization" }).table
        let columns = urbanization.columns
        let urban = try #require(columns.firstIndex(of: "urban"))
        let total = try #require(columns.firstIndex(of: "total"))
        let rate = try #require(columns.firstIndex(of: "rate_percent"))
        #expect(urbanization.rows.contains { $0[urban] == "[c]" || $0[total] == "[c]" })
        for row in urbanization.rows where !row[rate].isEmpty {
            #expect((row[rate] == "[c]") == (row[urban] == "[c]" || row[total] == "[c]"))
        }
    }

    @Test func hidingSmallNumbersAloneHidesFewer() {
        let all = Self.outcome(Self.figures()).account.rows.reduce(0) { $0 + $1.hidden }
        let few = Self.outcome(Self.figures(), hidesSmallOnly: true).account.rows
        #expect(few.reduce(0) { $0 + $1.hidden } < all)
        #expect(few.reduce(0) { $0 + $1.small } > 0)
    }
}
