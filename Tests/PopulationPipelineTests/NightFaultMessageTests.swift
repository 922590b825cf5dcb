import PopulationModel
import PopulationPipeline
import PopulationTestSupport
import Testing

/// Every fault of a night and of a comparison, in its final words and with its exit status.
@Suite struct NightFaultMessageTests {
    private static let one = TimeOfDay("01:00")!

    static let rows: [(fault: NightFault, status: Int32, text: String)] = [
        (
            .noNewExtract(
                plan: "n.yaml", sources: [.registration, .residency], by: one,
                since: "2026-11-20 02:00:00"), 66,
            "n.yaml: no new extract of registration and of residency by 01:00: none was written "
                + "since 2026-11-20 02:00:00 (NIGHT-001). Ask the supplier; then run the night "
                + "again. Nothing was published."
        ),
        (
            .noExtract(
                place: Place(file: "n.yaml", line: 7, column: "5"),
                reason: Bilingual("没有文件与 in/*.csv 匹配", "no file matches in/*.csv"), by: one), 66,
            "n.yaml, line 7, column 5: no extract by 01:00: no file matches in/*.csv (NIGHT-002). "
                + "Ask the supplier; then run the night again. Nothing was published."
        ),
        (
            .unfinished(labels: ["in/a.csv", "in/b.csv"], by: one, rule: .marker(".done")), 66,
            "in/a.csv: the extract is still being written, and 1 more at 01:00: there is no file "
                + "beside it that ends in .done and is as new (NIGHT-003). Run the night again "
                + "when the supplier has finished. Nothing was published."
        ),
        (
            .unfinished(labels: ["in/a.csv"], by: nil, rule: .quiet(minutes: 10)), 66,
            "in/a.csv: the extract is still being written: it changed within the last 10 minutes "
                + "(NIGHT-003). Run the night again when the supplier has finished. Nothing was "
                + "published."
        ),
        (
            .late(plan: "n.yaml", by: one), 65,
            "n.yaml: the night is not finished by 01:00 (NIGHT-004). It goes on; look into the "
                + "work folder's run.log for where it stands."
        ),
        (
            .olderNight(output: "/srv/a", published: "2026-11-21", asked: "2026-11-20"), 65,
            "/srv/a: figures of the night of 2026-11-21 are published, and those of 2026-11-20 "
                + "are older (NIGHT-005). Name another output folder, or say --replace-newer. "
                + "Nothing was published."
        ),
        (
            .notYet(night: "2026-11-30"), 64,
            "2026-11-30: this night has not ended yet (NIGHT-006). Name a night that is over, or "
                + "leave --night out for the one that is now."
        ),
        (
            .cannotWriteMetrics(path: "/srv/m/a.prom", reason: "Permission denied"), 73,
            "/srv/m/a.prom: the metrics cannot be written: Permission denied (NIGHT-007). Make "
                + "its folder, or mend its rights."
        ),
        (
            .hookFailed(hook: "success", reason: Bilingual("退出状态 3", "status 3")), 69,
            "nightly.hooks.success: the command failed: status 3 (NIGHT-008). Run it by hand as "
                + "this user; the night went on without it."
        ),
    ]

    @Test(arguments: rows.indices)
    func saysWhatIsWrongAndWhatToDo(index: Int) {
        let (fault, status, text) = Self.rows[index]
        #expect(fault.error.description == text)
        #expect(fault.error.exitStatus == status)
        #expect(
            ChineseWording.problems(
                fault.error.line(in: .zh), beside: text, values: ChineseWording.values(of: fault))
                == [])
    }

    @Test func hasARowForEveryFault() {
        #expect(Set(Self.rows.map(\.fault.error.code)).count == 8)
    }

    static let comparisons: [(fault: CompareFault, status: Int32, text: String)] = [
        (
            .noFolder("x"), 66,
            "x: this is neither a published folder nor the number of an edition (PUBLISH-052). "
                + "Name two published folders, or two editions with --store."
        ),
        (
            .noStore("7"), 64,
            "edition 7 of which store is not said (PUBLISH-053). Name the store or its plan with "
                + "--store."
        ),
        (
            .noTable("a/land.csv"), 74,
            "a/land.csv: the file is no published table (PUBLISH-054). Publish the folder again."
        ),
        (
            .noSuchTable("lend", known: ["land", "transfer"]), 64,
            "there is no table lend (PUBLISH-055). Known tables: land, transfer."
        ),
    ]

    @Test(arguments: comparisons.indices)
    func saysWhatIsWrongWithAComparison(index: Int) {
        let (fault, status, text) = Self.comparisons[index]
        #expect(fault.error.description == text)
        #expect(fault.error.exitStatus == status)
        #expect(
            ChineseWording.problems(
                fault.error.line(in: .zh), beside: text, values: ChineseWording.values(of: fault))
                == [])
    }
}
