import PopulationClassify
import PopulationModel
import PopulationTestSupport
import Testing

@Suite struct ClassifyFaultTests {
    private static let table: [(ClassifyFault, String)] = [
        (
            .unknownClass(label: "d.csv", line: 7, found: "100"),
            "d.csv, line 7, column class: '100' is no urban-rural class, expected 111, 112, 121, "
                + "122, 123, 210 or 220 (CLASSIFY-001). "
                + "Take the class from the library of the edition."
        ),
        (
            .unknownClass(label: "d.csv", line: nil, found: "449901198002290016"),
            "d.csv, column class: a text of 18 characters is no urban-rural class, expected 111, "
                + "112, 121, 122, 123, 210 or 220 (CLASSIFY-001). "
                + "Take the class from the library of the edition."
        ),
        (
            .badCode(label: "d.csv", line: 7, column: "code"),
            "d.csv, line 7, column code: the code does not have the right number of digits "
                + "(CLASSIFY-002). Write all digits; leading zeros count."
        ),
        (
            .badDate(label: "c.csv", line: 2, column: "effective"),
            "c.csv, line 2, column effective: this is no date, expected yyyy-mm-dd "
                + "(CLASSIFY-003). Write the day from which the change holds."
        ),
        (
            .codeTwice(label: "d.csv", line: 7, code: "449901001001"),
            "d.csv, line 7, column code: the code 449901001001 stands twice (CLASSIFY-004). "
                + "Keep the row that is right."
        ),
        (
            .badKind(label: "k.csv", line: 3, found: "town"),
            "k.csv, line 3, column kind: 'town' is no kind, expected district, county_city or "
                + "county (CLASSIFY-005). Write what the county is."
        ),
        (
            .noUnits(label: "d.csv"),
            "d.csv: the edition has no unit with a 12-digit code (CLASSIFY-006). "
                + "Give the full list of units of the edition."
        ),
        (
            .noUnitsInArea(label: "d.csv", area: "4498"),
            "d.csv: no edition has a unit in the plan's area 4498 (CLASSIFY-008). "
                + "Correct the area in the plan, or give the divisions of that area."
        ),
        (
            .tooManyUnits(label: "d.csv", countMax: 16_777_216),
            "d.csv: the edition has more than 16777216 units (CLASSIFY-009). "
                + "Keep the units of the statistics bureau's list only."
        ),
        (
            .unknownUnit(label: "n.csv", line: 3, code: "449901001001"),
            "n.csv, line 3, column code: no edition of the run has the unit 449901001001 in its "
                + "area (CLASSIFY-007). Name a unit of the table units; a new one needs a run "
                + "with new divisions."
        ),
    ]

    @Test func everyFaultHasItsWords() {
        for (fault, text) in Self.table {
            #expect(fault.error.description == text)
            #expect(
                ChineseWording.problems(
                    fault.error.line(in: .zh), beside: text,
                    values: ChineseWording.values(of: fault),
                    columns: ["class", "code", "date", "kind"])
                    == [])
            #expect(fault.error.exitStatus == 64)
        }
    }
}
