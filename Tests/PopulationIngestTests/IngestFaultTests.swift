import Glibc
import PopulationIngest
import PopulationModel
import PopulationTestSupport
import Testing

@Suite struct IngestFaultTests {
    private static let number = "449901198002290016"

    /// The words of the system stand as they are.
    private static let reasons = [ENOENT, EACCES, EIO, ENOSPC, EMFILE].map {
        String(cString: strerror($0))
    }

    private static let table: [(IngestFault, Int32, String)] = [
        (
            .cannotOpen(label: "a.csv", errno: ENOENT), 66,
            "a.csv: the extract cannot be opened: No such file or directory (INGEST-001). "
                + "Check that the file is there and that popstat may read it."
        ),
        (
            .cannotOpen(label: "a.csv", errno: EACCES), 74,
            "a.csv: the extract cannot be opened: Permission denied (INGEST-001). "
                + "Check that the file is there and that popstat may read it."
        ),
        (
            .cannotOpen(label: "a.csv", errno: EMFILE), 74,
            "a.csv: the extract cannot be opened: Too many open files (INGEST-001). "
                + "Raise the limit of open files, such as by `ulimit -n 4096`."
        ),
        (
            .otherForm(label: "a.csv", form: .gzip), 64,
            "a.csv: this is a gzip file, and its name does not say so (INGEST-016). "
                + "Rename it to end in `.csv.gz`."
        ),
        (
            .otherForm(label: "a.csv", form: .workbook), 64,
            "a.csv: this is a workbook, CSV is expected (INGEST-016). "
                + "Save it as 'CSV UTF-8 (comma delimited)'."
        ),
        (
            .otherSeparator(label: "a.csv", separator: .semicolon), 64,
            "a.csv, line 1: the fields look separated by semicolons, and commas are expected "
                + "(INGEST-017). Save it as 'CSV UTF-8 (comma delimited)'."
        ),
        (
            .header(
                label: "a.csv",
                .missing(
                    expected: ["citizen_id", "event"], found: ["SFZHM;XM;BDLX;BDRQ;GXSJ"],
                    missing: ["citizen_id", "event"], additional: ["SFZHM;XM;BDLX;BDRQ;GXSJ"])), 64,
            "a.csv, line 1: the fields look separated by semicolons, and commas are expected "
                + "(INGEST-017). Save it as 'CSV UTF-8 (comma delimited)'."
        ),
        (
            .cannotRead(label: "a.csv", errno: EIO), 74,
            "a.csv: reading failed: Input/output error (INGEST-002). "
                + "Check the disk or the network share, then run again."
        ),
        (
            .changedWhileRead(label: "a.csv"), 74,
            "a.csv: the extract changed while it was read (INGEST-003). "
                + "Run again when the supplier has finished writing it."
        ),
        (
            .noHeader(label: "a.csv"), 64,
            "a.csv, line 1: the extract has no header line (INGEST-004). "
                + "Export it again with the column names in the first line."
        ),
        (
            .header(label: "a.csv", .isRow), 64,
            "a.csv, line 1: the extract has no header line (INGEST-004). "
                + "Export it again with the column names in the first line."
        ),
        (
            .header(label: "a.csv", .namedTwice(header: "备注")), 64,
            "a.csv, line 1: the header '备注' stands twice (INGEST-005). "
                + "Export the extract with each column once."
        ),
        (
            .header(label: "a.csv", .namedTwice(header: number)), 64,
            "a.csv, line 1: the header '(a number)' stands twice (INGEST-005). "
                + "Export the extract with each column once."
        ),
        (
            .header(
                label: "a.csv", .twoHeaders(column: "event", first: "event", second: "bdlx")), 64,
            "a.csv, line 1: two headers stand for the column event: 'event' and 'bdlx' "
                + "(INGEST-006). Export only one of them, or name another column for it in the plan."
        ),
        (
            .header(
                label: "a.csv",
                .missing(
                    expected: ["event", "event_date"], found: ["event", number, "x"],
                    missing: ["event_date"], additional: [number, "x"])), 64,
            "a.csv, line 1: columns are missing; expected: event, event_date; "
                + "found: event, (a number), x; missing: event_date; additional: (a number), x "
                + "(INGEST-007). Name the extract's header for each missing column under `columns`."
        ),
        (
            .header(
                label: "a.csv",
                .missing(
                    expected: ["event"], found: ["导出人 张三", ""], missing: ["event"],
                    additional: ["导出人 张三"])), 64,
            "a.csv, line 1: columns are missing; expected: event; found: 1 unknown; "
                + "missing: event; additional: not shown, as they may be of a person "
                + "(INGEST-007). Name the extract's header for each missing column under "
                + "`columns`. If title rows stand above the header, take them out."
        ),
        (
            .header(
                label: "a.csv",
                .missing(expected: ["event"], found: [], missing: ["event"], additional: [])), 64,
            "a.csv, line 1: columns are missing; expected: event; found: none; missing: event; "
                + "additional: none (INGEST-007). "
                + "Name the extract's header for each missing column under `columns`. "
                + "If title rows stand above the header, take them out."
        ),
        (
            .damagedGzip(label: "a.csv.gz"), 74,
            "a.csv.gz: the gzip file is damaged or cut short (INGEST-008). "
                + "Copy it again from the supplier."
        ),
        (
            .noGB18030(label: "a.csv"), 70,
            "a.csv: the C library of this machine has no GB18030 (INGEST-009). "
                + "Install Debian's libc-bin with its gconv modules, or deliver UTF-8."
        ),
        (
            .utf16(label: "a.csv"), 64,
            "a.csv: the extract is UTF-16, expected UTF-8 or GB18030 (INGEST-010). "
                + "Export it again as UTF-8 or GB18030."
        ),
        (
            .cannotWrite(path: "1-ingest/a", errno: ENOSPC), 74,
            "1-ingest/a: writing the work folder failed: No space left on device (INGEST-011). "
                + "Free space or mend the rights of the folder given by --work."
        ),
        (
            .recordTooLong(label: "a.csv", byteOffset: 4_096), 65,
            "a.csv, byte 4096: a record is longer than 128 MiB: this is no CSV extract "
                + "(INGEST-012). Look at the file from that byte on; export it again."
        ),
        (
            .zeroBytes(label: "a.csv"), 64,
            "a.csv, line 1: the header holds zero bytes: this is UTF-16 or no text, "
                + "expected UTF-8 or GB18030 (INGEST-013). Export it again as UTF-8 or GB18030."
        ),
        (
            .unpacksTooFar(label: "a.csv.gz", ratioMax: 200), 65,
            "a.csv.gz: the gzip file unpacks to more than 200 times its size, which no register "
                + "does (INGEST-014). Look at what it holds; deliver it unpacked if it is an extract."
        ),
        (
            .otherMark(label: "a.csv", mark: "utf-8", plan: "gb18030"), 64,
            "a.csv: the extract begins with the mark of utf-8, and the plan says gb18030 "
                + "(INGEST-015). Write `encoding: auto` in the plan, or export it again."
        ),
    ]

    @Test func everyFaultHasItsWords() {
        for (fault, status, text) in Self.table {
            #expect(fault.error.description == text)
            #expect(
                ChineseWording.problems(
                    fault.error.line(in: .zh), beside: text,
                    values: ChineseWording.values(of: fault) + Self.reasons) == [])
            #expect(fault.error.exitStatus == status)
        }
    }

    @Test func noMessageHoldsANumberAsLongAsACitizens() {
        for (fault, _, _) in Self.table {
            for language in MessageLanguage.allCases {
                let text = fault.error.line(in: language)
                let longest = text.split { !$0.isNumber }.map(\.count).max() ?? 0
                #expect(longest < 15)
            }
        }
    }

    /// A row where the header should be: not one of its fields may be printed.
    @Test func aFirstRowInPlaceOfTheHeaderIsNotPrinted() throws {
        let rows = [
            "\(Self.number),甲某,449901001001,birth,2001-01-01,2020-01-01 00:00:00",
            "４４９９０１１９８００２２９００１６,甲某,甲某,甲某", "'\(Self.number),甲某,x",
        ]
        for row in rows {
            let faults = try IngestFixture.faults([IngestFile("\(row)\n\(row)\n")])
            #expect(faults.map(\.code) == ["INGEST-004"])
            let text = faults.map { $0.line(in: .zh) + $0.line(in: .en) }.joined()
            #expect(!text.contains("甲某") && !text.contains("1980"))
        }
    }
}
