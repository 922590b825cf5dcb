import PopulationModel
import PopulationPipeline
import PopulationTestSupport
import Testing

/// Every fault of a report in its final words and with its exit status.
@Suite struct ReportFaultMessageTests {
    static let rows: [(fault: ReportFault, status: Int32, text: String)] = [
        (
            .notPublished(folder: "/srv/a"), 66,
            "/srv/a: the folder holds no manifest.json, so popstat did not publish it "
                + "(PUBLISH-080). Give the folder that publish.output or --output of a run named."
        ),
        (
            .manifestDamaged(
                file: "/srv/a/manifest.json",
                reason: Bilingual("它不是清单", "it is no manifest")), 74,
            "/srv/a/manifest.json: the manifest cannot be read: it is no manifest (PUBLISH-081). "
                + "Publish again with `popstat run`."
        ),
        (
            .tableDamaged(
                file: "/srv/a/internal/land.csv",
                reason: Bilingual("它不存在", "it is not there")), 74,
            "/srv/a/internal/land.csv: the table is not what was published: it is not there "
                + "(PUBLISH-082). Publish again with `popstat run`."
        ),
        (
            .noDates, 65,
            "there is no row of the table urbanization to report on (PUBLISH-083). Look at "
                + "reference-dates and publish.protection.release-dates of the plan."
        ),
        (
            .templates(
                folder: "/srv/t",
                reason: Bilingual("没有 .mustache 文件", "there is no .mustache file")), 66,
            "/srv/t: the templates cannot be read: there is no .mustache file (PUBLISH-084). Give "
                + "a folder with .mustache files, such as Reports/templates, with --templates."
        ),
        (
            .noPrinter, 66,
            "--pdf needs WeasyPrint, and there is no program weasyprint (PUBLISH-085). Install it "
                + "and a Chinese font (Debian: `apt-get install weasyprint fonts-noto-cjk`), or "
                + "leave --pdf out."
        ),
        (
            .printFailed(reason: Bilingual("退出状态 1：no font", "status 1: no font")), 74,
            "WeasyPrint did not print the report: status 1: no font (PUBLISH-086). Print "
                + "report.html with a browser, or leave --pdf out."
        ),
        (
            .cannotWrite(file: "/srv/a/report.html", reason: "No space left on device"), 73,
            "/srv/a/report.html: the report cannot be written: No space left on device "
                + "(PUBLISH-087). Free space, mend the rights of the folder, or give another "
                + "--output."
        ),
        (
            .isNoReport(file: "/srv/plan.yaml"), 73,
            "/srv/plan.yaml: this file is no report, and is not written over (PUBLISH-088). Give "
                + "another --output."
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
