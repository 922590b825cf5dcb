import PopulationModel
import PopulationPipeline
import PopulationTestSupport
import Testing

/// Every fault of an audit log in its final words and with its exit status.
@Suite struct AuditFaultMessageTests {
    private static let lookInto =
        "Compare it with a copy that was kept elsewhere, and find out who could write to it."

    static let rows: [(fault: AuditFault, status: Int32, text: String)] = [
        (
            .noLog(path: "a"), 66,
            "a: there is no audit log (AUDIT-001). Name a plan, its output folder, or the folder "
                + "of the log."
        ),
        (
            .cannotWrite(path: "a", reason: "No space left on device"), 73,
            "a: the audit log cannot be written: No space left on device (AUDIT-002). Free space "
                + "or mend the rights of its folder, or name another with POPSTAT_AUDIT."
        ),
        (
            .openToOthers(path: "a", mode: "0644"), 73,
            "a: the audit log is open to others (mode 0644) (AUDIT-003). Run `chmod go-rwx` on it."
        ),
        (
            .changed(path: "a", line: 3), 65,
            "a, line 3: the entry is not the one that was written (AUDIT-004). \(lookInto)"
        ),
        (
            .missing(path: "a", line: 3, number: 5), 65,
            "a, line 3: entry 5 does not follow on the one before it: an entry was taken out or "
                + "put in (AUDIT-005). \(lookInto)"
        ),
        (
            .cut(path: "a", line: 3), 65,
            "a, line 3: the last line is cut off, as by a crash (AUDIT-006). The next command "
                + "that writes to the log removes it; it was no entry yet."
        ),
        (
            .endMissing(path: "a", found: 3, expected: 5), 65,
            "a: the log ends with entry 3, and entry 5 was written (AUDIT-007). \(lookInto)"
        ),
        (
            .noHead(path: "a"), 65,
            "a: what says how the log ends is missing or damaged (AUDIT-008). \(lookInto)"
        ),
        (
            .notInLog(path: "a"), 65,
            "a: no entry has the digest that was noted elsewhere (AUDIT-009). \(lookInto)"
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
