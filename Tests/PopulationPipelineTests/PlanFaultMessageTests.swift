import PopulationModel
import PopulationPipeline
import PopulationTestSupport
import Testing

/// Every fault of a plan in its final words; a case without a row here fails.
@Suite struct PlanFaultMessageTests {
    private static let day = CalendarDate(year: 2020, month: 12, day: 31)!
    private static let shares = Millionths(count: 0)...Millionths(count: 1_000_000)

    static let rows: [(fault: PlanFault, text: String)] =
        rowsOfTheFile + rowsOfValues + rowsOfRelations + rowsOfInputs

    private static let rowsOfTheFile: [(fault: PlanFault, text: String)] = [
        (
            .planMissing,
            "there is no such plan (PLAN-001). Check the path of the plan."
        ),
        (
            .planUnreadable(reason: "Permission denied"),
            "the plan cannot be read: Permission denied (PLAN-002). Check that it is a file and "
                + "that you may read it."
        ),
        (
            .planTooLong(byteCountMax: 1_048_576),
            "the file is longer than 1048576 bytes, which no plan is (PLAN-003). Name the plan, a "
                + "YAML file, not an extract."
        ),
        (.planNotUTF8, "the plan is not valid UTF-8 (PLAN-004). Save the plan as UTF-8."),
        (
            .planEmpty,
            "the plan is empty (PLAN-005). Start from a copy of Pipelines/sample.yaml."
        ),
        (
            .syntax(problem: "did not find expected ',' or ']'"),
            "this is not valid YAML: did not find expected ',' or ']' (PLAN-006). Check "
                + "indentation (blanks, no tabs), brackets and quotes here and on the line before; "
                + "punctuation must not be full-width."
        ),
    ]

    private static let rowsOfValues: [(fault: PlanFault, text: String)] = [
        (
            .unknownKey(key: "deduplicate.months", nearest: nil, known: ["residence-months", "b"]),
            "the key deduplicate.months is not known (PLAN-007). Known keys: residence-months, b."
        ),
        (
            .keyTwice(key: "area", firstLine: 2),
            "the key area is given twice, first on line 2 (PLAN-008). Keep one of the two."
        ),
        (
            .keyMissing(key: "publish.output"),
            "the key publish.output is missing (PLAN-009). Add it; Pipelines/README.md says how."
        ),
        (
            .wrongForm(
                key: Bilingual(both: "reference-dates"),
                expected: Bilingual("日期的列表", "a list of dates"), found: Bilingual("文字", "text")),
            "reference-dates is text, a list of dates is expected (PLAN-010). Write a list of "
                + "dates; Pipelines/README.md shows one."
        ),
        (
            .emptyList(key: "reference-dates"),
            "reference-dates is an empty list (PLAN-011). Name at least one."
        ),
        (
            .badText(key: "plan", found: "a\nb"),
            "plan is 'a b', one line of text is expected (PLAN-012). Write a text without control "
                + "characters."
        ),
        (
            .badArea(found: "44990"),
            "area is '44990', 2, 4 or 6 digits are expected (PLAN-013). Write the code of a "
                + "province, prefecture or county, such as \"4499\"."
        ),
        (
            .badDate(key: "reference-dates", found: "2020-02-30"),
            "reference-dates is '2020-02-30', a day between 1850-01-01 and 2099-12-31 is expected "
                + "(PLAN-014). Write the date as yyyy-mm-dd."
        ),
        (
            .badTime(key: "known-at", found: "never"),
            "known-at is 'never', a date or a date and time is expected (PLAN-015). Write "
                + "yyyy-mm-dd or yyyy-mm-dd hh:mm:ss, without a time zone."
        ),
        (
            .badInteger(key: "deduplicate.stay-gap-days", found: "-1", range: 0...366),
            "deduplicate.stay-gap-days is '-1', a whole number from 0 to 366 is expected "
                + "(PLAN-016). Write digits only."
        ),
        (
            .badDecimal(key: "publish.transfer.decay", found: "1.5", range: shares),
            "publish.transfer.decay is '1.5', a number from 0 to 1 with at most 6 decimal places "
                + "is expected (PLAN-017). Write a plain decimal, such as 0.25."
        ),
        (
            .unknownWord(
                key: "ingest.residency.encoding", found: "gb1803", nearest: "gb18030", known: []),
            "ingest.residency.encoding is 'gb1803', which is no word for it (PLAN-018). Did you "
                + "mean gb18030?"
        ),
    ]

    private static let rowsOfRelations: [(fault: PlanFault, text: String)] = [
        (
            .dateTwice(key: "reference-dates", date: day, firstLine: 3),
            "reference-dates names 2020-12-31 twice, first on line 3 (PLAN-019). Keep one of the "
                + "two."
        ),
        (
            .nameTwice(key: "publish.ladder.tiers[2].name", name: "basic", firstLine: 30),
            "publish.ladder.tiers[2].name uses the name 'basic' twice, first on line 30 "
                + "(PLAN-020). Give each its own name."
        ),
        (
            .notAscending(
                key: "publish.land.bands[2].up-to", found: Millionths(count: 80_500_000),
                previous: Millionths(count: 100_000_000)),
            "publish.land.bands[2].up-to is 80.5 after 100, a larger number is expected "
                + "(PLAN-021). Put them in ascending order, each once."
        ),
        (
            .bandOpenBeforeLast(key: "publish.land.bands[1]"),
            "publish.land.bands[1] has no up-to, and is not the last band (PLAN-022). Add up-to, "
                + "or move the open band to the end."
        ),
        (
            .lastBandClosed(key: "publish.land.bands[3]"),
            "publish.land.bands[3] is the last band and has an up-to (PLAN-023). End with a band "
                + "without up-to, which holds for all larger values."
        ),
        (
            .releaseDateNotReference(key: "publish.protection.release-dates", date: day),
            "publish.protection.release-dates names 2020-12-31, which is no reference date "
                + "(PLAN-024). Release only dates that reference-dates names."
        ),
    ]

    private static let rowsOfInputs: [(fault: PlanFault, text: String)] = [
        (
            .unknownColumn(
                key: "ingest.residency.columns", source: .residency, found: "citizen",
                nearest: "citizen_id"),
            "ingest.residency.columns names 'citizen', which is no column of residency (PLAN-025). "
                + "Did you mean citizen_id?"
        ),
        (
            .columnWithoutWords(
                key: "ingest.residency.values", column: "name", coded: ["sex", "title"]),
            "ingest.residency.values maps values of name, which has no list of words (PLAN-026). "
                + "Known columns with a list: sex, title."
        ),
        (
            .headerOfTwoColumns(header: "号", column: "record_id", other: "citizen_id"),
            "the header '号' is given to record_id and stands for citizen_id (PLAN-027). Give each "
                + "column a header of its own."
        ),
        (
            .fileMissing(label: "a.csv"),
            "there is no file a.csv (PLAN-028). Check the path; it is relative to the plan's "
                + "folder."
        ),
        (
            .notAFile(label: "data"),
            "data is not a file (PLAN-029). Name a file, or files as in folder/*.csv."
        ),
        (
            .fileUnreadable(label: "a.csv", reason: "Permission denied"),
            "a.csv cannot be read: Permission denied (PLAN-030). Let the account that runs popstat "
                + "read it."
        ),
        (
            .patternWithoutMatch(pattern: "a-*.csv"),
            "no file matches a-*.csv (PLAN-031). Check the path; it is relative to the plan's "
                + "folder."
        ),
        (
            .patternWithManyMatches(key: "aggregate.counties", pattern: "c*.csv", count: 2),
            "2 files match c*.csv, aggregate.counties takes one (PLAN-032). Name one file."
        ),
        (
            .fileTwice(label: "b.csv", firstLabel: "a.csv", firstLine: 6),
            "b.csv is a file of the plan already, as a.csv on line 6 (PLAN-033). Name each extract "
                + "once; its rows would count twice."
        ),
        (
            .fileNameNotUTF8(pattern: "*.csv"),
            "*.csv matches a file whose name is not valid UTF-8 (PLAN-034). Rename the file; "
                + "unpacking an archive made in GBK leaves such names."
        ),
        (
            .outputNotAFolder(label: "out"),
            "the output out is a file, a folder is expected (PLAN-035). Name a folder; a run "
                + "replaces it as a whole."
        ),
        (
            .outputHoldsInput(label: "data", input: "data/a.csv"),
            "the output data is the folder of data/a.csv, an input (PLAN-036). Name a folder of "
                + "its own; a run replaces it as a whole."
        ),
        (
            .starWithoutQuotes,
            "a text that begins with * stands without quotes (PLAN-037). Write '*.csv' in quotes; "
                + "YAML takes a bare * for an alias."
        ),
        (
            .planIsAFolder,
            "this is a folder, a plan is expected (PLAN-038). Name the plan, a YAML file."
        ),
        (
            .passwordInPlan(key: "publish.store.postgres"),
            "publish.store.postgres holds a password, and plans are read by others (PLAN-039). "
                + "Keep it in the file that PGPASSFILE or PGSERVICEFILE names."
        ),
        (
            .gateNameTaken(name: "rejected-residency"),
            "every plan has a gate rejected-residency already (PLAN-040). Give this one a name of "
                + "its own."
        ),
        (
            .badTimeOfDay(key: "nightly.extracts-by", found: "late"),
            "nightly.extracts-by is 'late', a time of day is expected (PLAN-041). Write hh:mm in "
                + "local time, such as \"01:00\"."
        ),
    ]

    @Test(arguments: rows.indices)
    func saysWhatIsWrongAndWhatToDo(index: Int) {
        let (fault, text) = Self.rows[index]
        let error = fault.error(file: "nightly.yaml", mark: PlanMark(line: 3, column: 5))
        #expect(error.description == "nightly.yaml, line 3, column 5: \(text)")
        let chinese = error.line(in: .zh)
        #expect(chinese.hasPrefix("nightly.yaml，第 3 行，第 5 列："))
        #expect(
            ChineseWording.problems(
                chinese, beside: error.description, values: ChineseWording.values(of: fault)) == [])
    }

    @Test func hasARowForEveryFault() {
        let codes = Self.rows.map { $0.fault.error(file: "", mark: nil).code }
        #expect(codes == PlanFault.Code.allCases.map(\.rawValue))
    }

    @Test func cutsALongWordOfThePlan() {
        let fault = PlanFault.badArea(found: String(repeating: "4", count: 60))
        let shown = "'" + String(repeating: "4", count: 40) + "…'"
        #expect(fault.error(file: "", mark: nil).message.en.contains(shown))
    }
}
