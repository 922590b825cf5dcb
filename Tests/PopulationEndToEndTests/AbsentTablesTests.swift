import PopulationFigures
import PopulationTestSupport
import Testing

private typealias City = SmallPrefecture

/// A plan without what a table needs still runs, and report and log say what is missing.
@Suite struct AbsentTablesTests {
    private static func run(_ change: (inout City) -> Void) throws -> City.Result {
        var city = City()
        change(&city)
        city.register(1, "\(City.city) initial 2010-01-01")
        city.stay(2, "\(City.city) 2015-01-01")
        return try city.run()
    }

    /// How a page names a table.
    private static func title(_ name: String) -> String {
        DataDictionary.tables.first { $0.name == name }?.title.en ?? name
    }

    @Test func everyTableIsThereWhenNothingIsMissing() throws {
        let result = try Self.run { _ in }
        for name in [
            "settlement", "balance58", "permits", "ladder", "eligibility", "services",
            "decomposition",
        ] { #expect(result.tables[name] != nil) }
        // Money, land and published figures need files that the city does not have.
        let absent = ["transfer", "land", "official"]
        #expect(result.report.ranges(of: "No table").count == absent.count)
        for name in absent { #expect(result.report.contains("No table “\(Self.title(name))”: ")) }
    }

    @Test func withoutYearlyDatesThereAreNoYearlyTables() throws {
        let result = try Self.run { $0.dates = ["2020-06-30"] }
        for name in ["settlement", "balance58", "decomposition"] {
            #expect(result.tables[name] == nil)
            let reason = "no reference date is a 31 December"
            #expect(result.log.contains("no table \(name): \(reason)"))
            #expect(result.report.contains("No table “\(Self.title(name))”: \(reason)"))
        }
    }

    @Test func withOneYearlyDateThereIsTheStandOnly() throws {
        let result = try Self.run { $0.dates = ["2018-12-31", "2020-12-31"] }
        #expect(result.rows("balance58").count == 2)
        #expect(result.tables["settlement"] == nil)
        #expect(result.tables["decomposition"] == nil)
        let words =
            "no table settlement: no two reference dates are 31 December of consecutive years"
        #expect(result.log.contains(words))
    }

    @Test func datesAtWhichNobodyIsCountedAreNamed() throws {
        let words = "nobody is registered or resident in the area 4499 at "
        let early = try Self.run { $0.dates = ["2005-12-31", "2009-12-31", "2020-12-31"] }
        #expect(early.log.contains(words + "2005-12-31, 2009-12-31\n"))
        #expect(!(try Self.run { _ in }).log.contains(words))
    }

    @Test func withoutColumnsOfPermitsAndCausesThePlanStillRuns() throws {
        let result = try Self.run {
            $0.residencyColumns = Array($0.residencyColumns.prefix(5))
            $0.registrationColumns = Array($0.registrationColumns.prefix(5))
            $0.publish = []
        }
        for name in ["permits", "ladder", "eligibility"] { #expect(result.tables[name] == nil) }
        for name in ["settlement", "services"] { #expect(result.tables[name] != nil) }
        for (name, reason) in [
            ("permits", "no extract has the column permit_issued"),
            ("eligibility", "no extract has the column dwelling or education or title"),
        ] {
            #expect(result.log.contains("no table \(name): \(reason)"))
            #expect(result.report.contains("No table “\(Self.title(name))”: \(reason)"))
        }
        // Who reads the log has the plan; who reads the report has not.
        #expect(result.log.contains("no table ladder: the plan has no publish.ladder"))
        #expect(
            result.report.contains(
                "No table “\(Self.title("ladder"))”: the plan does not ask for it"))
        for words in [
            "no extract has the column cause: every settlement has the cause other",
            "no extract has the column permit_issued: permit_holders are 0 in every table",
        ] { #expect(result.log.contains(words)) }
    }
}
