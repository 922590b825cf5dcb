import PopulationModel
import PopulationPipeline
import PopulationTestSupport
import Testing

/// Every fault of a draft in its final words and with its exit status.
@Suite struct PlanDraftFaultMessageTests {
    static let rows: [(fault: PlanDraftFault, status: Int32, text: String)] = [
        (
            .optionMissing(option: "--area", example: "--area 4499"), 64,
            "the option --area is missing (INIT-001). Give it, such as --area 4499."
        ),
        (
            .badOption(option: "--by", found: "x", expected: Bilingual("年份", "a year")), 64,
            "--by is 'x', expected a year (INIT-002). Mend the option."
        ),
        (
            .optionsExclude(first: "--target", second: "--targets"), 64,
            "--target and --targets exclude each other (INIT-003). Give one of them."
        ),
        (
            .fileExists(path: "p.yaml"), 73,
            "p.yaml: the file is there already (INIT-004). Give another one, or --force to "
                + "replace it."
        ),
        (
            .notReplaced(path: "a.csv"), 73,
            "a.csv: this is neither a plan nor a file of targets, and is not replaced (INIT-012). "
                + "Give another one."
        ),
        (
            .sourceUnclear(label: "a.csv"), 64,
            "a.csv: it cannot be told whether this is a registration or a residency extract "
                + "(INIT-005). Name it with --registration or --residency instead of --extract."
        ),
        (
            .noExtract(of: .residency), 64,
            "no residency extract was given, and a plan needs both sources (INIT-006). Give it "
                + "with --residency FILE; a header line alone will do."
        ),
        (
            .columnsMissing(
                label: "a.csv", source: .residency,
                missing: [
                    .init(column: "citizen_id", candidates: ["zjhm", "sfzhm"]),
                    .init(column: "updated_at"),
                ], others: ["x", "449901198002290016"]), 64,
            "a.csv: no header stands for needed columns of a residency extract: citizen_id (it "
                + "may be 'zjhm', 'sfzhm'), updated_at; headers left over: 'x', '(a number)' "
                + "(INIT-007). Say which header it is, such as --column citizen_id=HEADER; if "
                + "title rows stand above the header, take them out. No plan was written."
        ),
        (
            .twoNames(
                column: "name", source: .registration, first: .init(header: "xm", label: "a.csv"),
                second: .init(header: "mz", label: "b.csv")), 64,
            "b.csv: the registration extracts name the column name differently: 'xm' in a.csv, "
                + "'mz' here, and a plan names one header (INIT-008). Export both with the same "
                + "header."
        ),
        (
            .unknownColumn(found: "citizenid", nearest: "citizen_id"), 64,
            "no source has a column citizenid (INIT-009). Is citizen_id meant?"
        ),
        (
            .unknownColumn(found: "zzz", nearest: nil), 64,
            "no source has a column zzz (INIT-009). Pipelines/README.md names the columns of both "
                + "sources."
        ),
        (
            .headerNotFound(column: "name", header: "xm"), 64,
            "no extract has the header 'xm' of --column name=… (INIT-010). Write it as it stands "
                + "in the first line of the extract."
        ),
        (
            .cannotWritePlan(path: "p.yaml", reason: "Permission denied"), 73,
            "p.yaml: the file cannot be written: Permission denied (INIT-011). Give --plan in a "
                + "folder that you may write to."
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
}
