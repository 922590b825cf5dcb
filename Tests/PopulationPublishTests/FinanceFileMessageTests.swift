import PopulationFigures
import PopulationModel
import PopulationPublish
import PopulationTestSupport
import Testing

/// Every fault of a factors file and of an official file in its final words.
@Suite struct FinanceFileMessageTests {
    private func factorFaults(_ line: String) -> [String] {
        do throws(PopstatErrors) {
            let text = "county_code,year,hardship,cost,urban_land_ha\n" + line + "\n"
            _ = try FactorFile.read(Array(text.utf8), label: "factors.csv")
            return []
        } catch {
            #expect(error.exitStatus == 64)
            for fault in error.errors { Self.checkChinese(fault, of: line) }
            return error.errors.map(\.description)
        }
    }

    private func officialFaults(_ line: String) -> [String] {
        do throws(PopstatErrors) {
            let text = "area_code,date,concept,total,urban,source\n" + line + "\n"
            _ = try OfficialFile.read(Array(text.utf8), label: "official.csv")
            return []
        } catch {
            #expect(error.exitStatus == 64)
            for fault in error.errors { Self.checkChinese(fault, of: line) }
            return error.errors.map(\.description)
        }
    }

    private static let decimal = "a number from 0 on with at most 6 decimals"

    @Test(arguments: [
        ("44990,2020,1,1,2", "county_code: '44990' is not a county code of 6 digits", 121),
        ("449901,20,1,1,2", "year: '20' is not a year from 1850 to 2099", 122),
        ("449901,2020,-1,1,2", "hardship: '-1' is not \(decimal)", 123),
        ("449901,2020,1,1.0000001,2", "cost: '1.0000001' is not \(decimal)", 124),
        ("449901,2020,1,1,x", "urban_land_ha: 'x' is not \(decimal), or empty", 125),
    ])
    func saysWhatIsWrongWithAFactor(line: String, words: String, number: Int) {
        #expect(
            factorFaults(line) == [
                "factors.csv, line 2, column \(words) (PUBLISH-\(number)). Mend the row of the "
                    + "factors file."
            ])
    }

    @Test func refusesASecondRowOfACountyAndYear() {
        #expect(
            factorFaults("449901,2020,1,1,\n449901,2020,2,2,") == [
                "factors.csv, line 3, column year: '2020' is not the only row of this county and "
                    + "year (PUBLISH-126). Mend the row of the factors file."
            ])
    }

    @Test func readsFactorsExactly() throws {
        let text =
            "county_code,year,hardship,cost,urban_land_ha\n449901,2020,0.90,1.000001,44.7\n"
            + "449902,2020,0,12,\n449903,2020,1,1,0.000001\n"
        let factors = try FactorFile.read(Array(text.utf8), label: "factors.csv")
        #expect(factors.map { "\($0.hardship) \($0.cost)" } == ["0.9 1.000001", "0 12", "1 1"])
        #expect(factors.map(\.urbanLandMillionths) == [44_700_000, nil, 1])
    }

    @Test(arguments: [
        (
            "44990,2020-12-31,resident,2,1,x",
            "area_code: '44990' is not an area code of 2, 4, 6 or 9 digits", 131
        ),
        ("4499,2020,resident,2,1,x", "date: '2020' is not a date yyyy-mm-dd", 132),
        (
            "4499,2020-12-31,urban,2,1,x", "concept: 'urban' is not `resident` or `registered`",
            133
        ),
        (
            "4499,2020-12-31,resident,2.5,1,x", "total: '2.5' is not a whole number of persons",
            134
        ),
        ("4499,2020-12-31,resident,2,,x", "urban: '' is not a whole number of persons", 135),
        ("4499,2020-12-31,resident,2,3,x", "urban: '3' is not at most the total", 135),
    ])
    func saysWhatIsWrongWithAnOfficialFigure(line: String, words: String, number: Int) {
        #expect(
            officialFaults(line) == [
                "official.csv, line 2, column \(words) (PUBLISH-\(number)). Mend the row of the "
                    + "official file."
            ])
    }

    @Test func refusesASecondFigureOfOneAreaDateAndConcept() {
        let line = "4499,2020-12-31,resident,2,1,x"
        #expect(
            officialFaults("\(line)\n\(line)") == [
                "official.csv, line 3, column date: '2020-12-31' is not the only row of this "
                    + "area, date and concept (PUBLISH-136). Mend the row of the official file."
            ])
    }

    @Test func comparesOnTheExactRatesAndLeavesEmptyWhatWeDoNotHave() throws {
        let text =
            "area_code,date,concept,total,urban,source\n4499,2020-12-31,resident,4316262,2158124,"
            + "census\n4499,2021-12-31,resident,5,1,later\n449902,2020-12-31,resident,0,0,none\n"
        let published = try OfficialFile.read(Array(text.utf8), label: "official.csv")
        func own(_ code: String, _ urban: Int, _ total: Int) -> UrbanizationFigure {
            ProgressCalculatorTests.figure(day(2020), urban, of: total, code: code)
        }
        var figures = Figures(
            area: Area(code: "4499")!, areaName: "", referenceDates: [day(2020)])
        figures.official = OfficialFile.compared(
            published, with: [own("4499", 2_158_131, 4_316_262), own("449902", 1, 2)])
        #expect(
            TableMaker(figures: figures).table(.official).rows == [
                [
                    "4499", "2020-12-31", "resident", "4316262", "2158131", "4316262", "2158124",
                    "0", "0.00", "census",
                ],
                ["4499", "2021-12-31", "resident", "", "", "5", "1", "", "", "later"],
                ["449902", "2020-12-31", "resident", "2", "1", "0", "0", "2", "", "none"],
            ])
        #expect(figures.official?.first?.differencePoints == Fraction(700, 4_316_262))
    }

    private static func checkChinese(_ fault: PopstatError, of line: String) {
        let fields = line.split { ",\n\"".contains($0) }.map(String.init)
            .filter { $0.count > 1 }
        #expect(
            ChineseWording.problems(
                fault.line(in: .zh), beside: fault.description,
                values: fields + [fault.place?.column ?? ""].filter { !$0.isEmpty },
                columns: ["concept", "date", "percent"]) == [])
    }
}
