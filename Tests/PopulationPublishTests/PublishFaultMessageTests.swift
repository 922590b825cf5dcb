import PopulationModel
import PopulationPublish
import PopulationTestSupport
import Testing

/// Every fault of the publish stage itself, in its final words and with its exit status.
@Suite struct PublishFaultMessageTests {
    static let rows: [(fault: PublishFault, status: Int32, text: String)] = [
        (
            .templateBroken(name: "limits", line: 3, reason: "unfinishedName"), 64,
            "limits.mustache, line 3: the template is no valid mustache: unfinishedName "
                + "(PUBLISH-001). Mend the template, or take it away to use the one inside the "
                + "program."
        ),
        (
            .templateUnknown(name: "limit", known: ["limits", "page"]), 64,
            "limit.mustache: no part of the report is called limit; expected one of limits, page "
                + "(PUBLISH-002). Rename the template after the part that it replaces."
        ),
        (
            .noScore(year: 2020, .noWeight), 65,
            "transfer 2020: every county's score is 0, so the pool cannot be shared out "
                + "(PUBLISH-060). Look at the weights of publish.transfer and at the year's "
                + "settlements. Nothing was published."
        ),
        (
            .noScore(year: 2020, .noFactors), 65,
            "transfer 2020: every county's score is 0, so the pool cannot be shared out; the "
                + "factors file has no row of a county of this year (PUBLISH-060). Add the year to "
                + "the factors file. Nothing was published."
        ),
        (
            .noScore(year: 2020, .noPeople), 65,
            "transfer 2020: every county's score is 0, so the pool cannot be shared out; no county "
                + "has anybody in this year (PUBLISH-060). Look at the extracts of the year, or take "
                + "its reference date out. Nothing was published."
        ),
        (
            .poolNotShared(year: 2020, pool: 9, amounts: 8), 70,
            "transfer 2020: the amounts sum to 8, and the pool is 9 (PUBLISH-061). This is a fault "
                + "of popstat: report it with this line. Nothing was published."
        ),
        (
            .workbookFailed(reason: Bilingual("有一部分被截断", "a part of it was cut off")), 73,
            "report.xlsx: the workbook cannot be written: a part of it was cut off (PUBLISH-070). "
                + "Free space beside the output folder. Nothing was published."
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
}
