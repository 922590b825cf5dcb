import PopulationModel
import PopulationPipeline
import PopulationTestSupport
import Testing

/// Every fault of delivered editions in its final words and with its exit status.
@Suite struct EditionFaultMessageTests {
    private static let remedy =
        "Give a plan with publish.transfer, or its published folder, with --run, and a year and "
        + "county of it."

    static let rows: [(fault: EditionFault, status: Int32, text: String)] = [
        (
            .damaged(
                file: "/srv/figures/editions/a.csv",
                reason: Bilingual("它不见了", "it is gone")), 74,
            "/srv/figures/editions/a.csv: the delivered edition is damaged: it is gone "
                + "(PUBLISH-050). Restore the file from a copy; popstat never changes or drops an "
                + "edition that was delivered. Nothing was published."
        ),
        (
            .notThere(
                folder: "/srv/figures", year: 2020, countyCode: "449901",
                known: ["449902", "449903"]), 64,
            "/srv/figures: no edition of the transfer of 2020 holds county 449901; there are: "
                + "449902, 449903 (PUBLISH-051). \(remedy)"
        ),
        (
            .notThere(folder: "/srv/figures", year: 2020, countyCode: nil, known: ["2019"]), 64,
            "/srv/figures: no edition of the transfer of 2020; there are: 2019 (PUBLISH-051). "
                + remedy
        ),
        (
            .notThere(folder: "/srv/figures", year: 2020, countyCode: "449901", known: []), 64,
            "/srv/figures: no edition of the transfer of 2020 holds county 449901; there is no "
                + "edition (PUBLISH-051). \(remedy)"
        ),
        (
            .revisionTaken(folder: "/srv/figures", year: 2020, revision: 1, recipient: "finance"),
            73,
            "/srv/figures: revision 1 of the transfer of 2020 was delivered to finance with other "
                + "figures: this folder does not go on from what was delivered (PUBLISH-056). "
                + "Restore the whole output folder that the delivery was made from and run again. "
                + "Nothing was delivered."
        ),
        (
            .revisionBehind(folder: "/srv/figures", year: 2020, revision: 1, delivered: 2), 73,
            "/srv/figures: revision 2 of the transfer of 2020 was delivered, and this folder stands "
                + "at revision 1 (PUBLISH-057). Restore the whole output folder that the delivery "
                + "was made from and run again. Nothing was delivered."
        ),
        (
            .noTransfer(folder: "/srv/figures"), 64,
            "/srv/figures: the run that published this folder reckoned no transfer (PUBLISH-058). "
                + "Put publish.transfer and the ends of two years into the plan and run it. Nothing "
                + "was delivered."
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
