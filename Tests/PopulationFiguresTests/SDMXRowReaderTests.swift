import PopulationFigures
import Testing

struct SDMXRowReaderTests {
    private static func observations(
        _ table: String, _ row: [String], columns: [String]? = nil
    ) throws -> [SDMXObservation] {
        let structure = try #require(SDMXStructure.ofTable(table))
        let reader = SDMXRowReader(
            structure: structure, columns: columns ?? structure.table.columns.map(\.name),
            lastReferenceDate: "2020-12-31")
        return reader.observations(of: row)
    }

    @Test func aRowGivesOneObservationPerNumber() throws {
        let found = try Self.observations(
            "urbanization",
            [
                "2015-12-31", "county", "449901", "resident", "青岚区", "6058", "4375", "1682", "1",
                "72.22", "", "", "",
            ])
        #expect(
            found.map { $0.key[4] } == [
                "TOTAL", "URBAN", "RURAL", "UNCLASSIFIED", "RATE_PERCENT",
            ])
        #expect(
            found.last
                == SDMXObservation(
                    key: ["A", "449901", "county", "resident", "RATE_PERCENT", "2015-12-31"],
                    value: "72.22", attributes: ["A", "PERCENT", "2", "青岚区", ""]))
    }

    @Test func aHiddenNumberHasNoValueAndIsSuppressed() throws {
        let found = try Self.observations(
            "households", ["2020-12-31", "449901", "community", "[c]", "12", "Q"],
            columns: [
                "reference_date", "county_code", "household_type", "households", "persons",
                "OBS_STATUS",
            ])
        #expect(found.map(\.value) == ["", "12"])
        #expect(found.map { $0.attributes[0] } == ["Q", "A"])
    }

    @Test func qualityIsAboutTheLastReferenceDate() throws {
        let found = try Self.observations("quality", ["all", "name_conflict", "", "12"])
        #expect(
            found == [
                SDMXObservation(
                    key: ["A", "all", "name_conflict", "_Z", "ROWS", "2020-12-31"],
                    value: "12", attributes: ["A", "ROWS", "0"])
            ])
    }

    @Test func aTaskSaysItsUnitItself() throws {
        let found = try Self.observations(
            "tasks", ["1", "2015-12-31", "resident_urbanization_rate", "45.65", "percent", ""])
        #expect(found.map(\.key) == [["A", "1", "VALUE", "2015-12-31"]])
        #expect(
            found.map(\.attributes) == [
                ["A", "PERCENT", "2", "resident_urbanization_rate", ""]
            ])
        #expect(try Self.observations("tasks", ["2", "2015-12-31", "text only", "", "", ""]) == [])
    }
}
