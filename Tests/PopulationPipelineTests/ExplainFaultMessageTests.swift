import PopulationModel
import PopulationPipeline
import PopulationTestSupport
import Testing

/// Every fault that stops an explanation, in its final words and with its exit status.
@Suite struct ExplainFaultMessageTests {
    static let rows: [(fault: ExplainFault, status: Int32, text: String)] = [
        (
            .noTable(table: "people", known: ["urbanization", "units"]), 64,
            "'people' is no table; there are: urbanization, units (PUBLISH-063). Name one of them."
        ),
        (
            .noColumn(table: "units", column: "people", known: ["registered", "resident"]), 64,
            "'people' is no number of the table units; there are: registered, resident "
                + "(PUBLISH-064). Name one of them last."
        ),
        (
            .noSingleRow(
                table: "units", words: ["2020-12-31"], keys: ["reference_date", "unit_code"],
                rowCount: 2, open: ["unit_code"]), 64,
            "2 rows of units have the key 2020-12-31 (PUBLISH-062). Name also: unit_code."
        ),
        (
            .noSingleRow(
                table: "units", words: ["1999-12-31"], keys: ["reference_date", "unit_code"],
                rowCount: 0, open: []), 64,
            "no row of units has the key 1999-12-31 (PUBLISH-062). Give values of its key: "
                + "reference_date, unit_code."
        ),
    ]

    @Test(arguments: rows.indices)
    func saysWhatIsWrongAndWhatToDo(index: Int) {
        let (fault, status, text) = Self.rows[index]
        #expect(fault.error.description == text)
        #expect(
            ChineseWording.problems(
                fault.error.line(in: .zh), beside: text, values: ChineseWording.values(of: fault))
                == [])
        #expect(fault.error.exitStatus == status)
    }

    /// A new case does not compile here until it has a number, and fails until it has a row.
    @Test func hasARowForEveryFault() {
        func number(_ fault: ExplainFault) -> Int {
            switch fault {
            case .noTable: 0
            case .noColumn: 1
            case .noSingleRow: 2
            }
        }
        #expect(Set(Self.rows.map { number($0.fault) }) == Set(0...2))
        #expect(Set(Self.rows.map(\.fault.error.code)).count == 3, "two faults share a code")
    }
}
