import Foundation
import PopulationFigures
import PopulationModel
import PopulationPublish
import PopulationTestSupport
import Testing

/// The workbook of small figures, looked at part by part. `POPSTAT_RECORD=1` writes the goldens
/// anew and fails, so that recording never passes for a test.
@Suite struct WorkbookTests {
    static func publication(_ scope: TableScope = .internal) -> Publication {
        var tables = TableMaker(figures: SampleFigures(hasFinance: true).figures).tables
            .map { PublishedTable($0, scope: scope) }
        if scope == .public { tables = tables.map(protected) }
        return Publication(
            plan: "sample", area: "4499", planDigest: "ab12", inputsDigest: "cd34",
            programVersion: "0.1.0", referenceDates: ["2019-12-31", "2020-12-31"], tables: tables)
    }

    /// The last column of the first row hidden, as protection does it.
    private static func protected(_ published: PublishedTable) -> PublishedTable {
        let table = published.table
        var rows = table.rows.map { $0 + ["A"] }
        if !rows.isEmpty {
            rows[0][table.columns.count - 1] = TableScope.hidden
            rows[0][table.columns.count] = "Q"
        }
        return PublishedTable(
            Table(
                name: table.name, columns: table.columns + [TableScope.statusColumn],
                keyCount: table.keyCount, rows: rows), scope: .public)
    }

    private static func workbook(
        _ publication: Publication = publication(), sheetRowsMax: Int = Workbook.sheetRowsMax
    ) -> Workbook {
        Workbook(
            publication, areaName: "云州市", digests: ["units": "ef56"], sheetRowsMax: sheetRowsMax)
    }

    private static func parts(of workbook: Workbook) throws -> [String: String] {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("report.xlsx")
            try workbook.write(to: file.path)
            return try ZipParts.of(file)
        }
    }

    @Test func hasASheetPerTableAndGoldenParts() throws {
        let parts = try Self.parts(of: Self.workbook())
        let names = try #require(parts["xl/workbook.xml"]).matches(of: /<sheet name="([^"]+)"/)
            .map { String($0.1) }
        #expect(
            names == ["说明 Contents", "图表 Charts"]
                + Self.publication().tables.map(\.table.name) + ["词表 Words"])
        let golden = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Goldens/workbook")
        if ProcessInfo.processInfo.environment["POPSTAT_RECORD"] == "1" {
            // Nothing to remove on the first recording.
            try? FileManager.default.removeItem(at: golden)
            for (name, text) in parts {
                let file = golden.appending(path: name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
            Issue.record("Goldens/workbook is recorded: look at the change and commit it")
            return
        }
        let committed = try FolderContents(of: golden)
        #expect(Set(committed.files.keys) == Set(parts.keys))
        for (name, text) in parts {
            #expect(committed.files[name] == Data(text.utf8), "\(name)")
        }
    }

    @Test func codesAreTextsAndCountsAreNumbers() throws {
        let sheet = try Sheet("urbanization", of: Self.parts(of: Self.workbook()))
        // The first row: 2015-12-31, county, 449902, registered.
        #expect(sheet.text("A7") == "2015-12-31")
        #expect(sheet.text("C7") == "449902")
        #expect(sheet.number("F7") == "10000")
        #expect(sheet.number("J7") == "72")
        #expect(sheet.text("F6") == "total")
        #expect(sheet.text("F3") == "总人口")
        #expect(sheet.text("F4") == "total")
        #expect(sheet.text("F5") == "人 persons")
        #expect(sheet.cell("K7") == nil, "an empty cell is no cell")
    }

    @Test func headersAreFrozenFilteredAndRepeatedInPrint() throws {
        let parts = try Self.parts(of: Self.workbook())
        for table in Self.publication().tables.map(\.table) {
            let xml = try Sheet(table.name, of: parts).xml
            let columns = min(table.keyCount, 2)
            #expect(
                xml.contains("<pane xSplit=\"\(columns)\" ySplit=\"6\""), "\(table.name)")
            #expect(xml.contains("<autoFilter ref=\"A6:"), "\(table.name)")
            #expect(xml.contains("orientation=\"landscape\""), "\(table.name)")
        }
        let titles = try #require(parts["xl/workbook.xml"])
            .matches(of: /_xlnm.Print_Titles/)
        #expect(titles.count == Self.publication().tables.count + 1)
    }

    @Test func aHiddenNumberIsAText() throws {
        let publication = Self.publication(.public)
        let workbook = Self.workbook(publication)
        #expect(workbook.isPublic)
        let parts = try Self.parts(of: workbook)
        let sheet = try Sheet("migration", of: parts)
        #expect(sheet.text("Q7") == "[c]")
        #expect(sheet.text("R7") == "Q")
        #expect(sheet.text("R8") == "A")
        #expect(parts["xl/sharedStrings.xml"]?.contains("[c]：为保护个人信息") == true)
        #expect(!Self.workbook().isPublic)
    }

    @Test func chartsAreNativeAndNameTheirAxes() throws {
        let parts = try Self.parts(of: Self.workbook())
        let path = try #require(parts["xl/charts/chart1.xml"])
        #expect(path.contains("<c:lineChart>"))
        #expect(path.contains("城镇化率与目标 Urbanization rate and target"))
        #expect(path.contains("时点 Reference date"))
        #expect(path.contains("<c:v>目标 target</c:v>"))
        let counties = try #require(parts["xl/charts/chart2.xml"])
        #expect(counties.contains("<c:barChart>"))
        #expect(counties.contains("<c:v>城中区</c:v>"))
    }

    @Test func aTableLongerThanASheetIsNamedOnly() throws {
        let parts = try Self.parts(of: Self.workbook(sheetRowsMax: 20))
        let sheet = try Sheet("urbanization", of: parts)
        #expect(sheet.text("A7")?.contains("CSV") == true)
        #expect(sheet.cell("A8") == nil)
        #expect(try Sheet("migration", of: parts).text("A7") == "2015-12-31")
    }

    /// A number of more digits than a double holds would be another number.
    @Test func manyDigitsStayDigits() throws {
        var publication = Self.publication()
        let columns = DataDictionary.meaning(of: "ladder")!.columns.map(\.name)
        publication.tables = [
            PublishedTable(
                Table(
                    name: "ladder", columns: columns, keyCount: 3,
                    rows: [
                        ["2020-12-31", "449901", "basic", "1", "123456789012.123456"],
                        ["2020-12-31", "449901", "full", "1", "-12.5"],
                        ["2020-12-31", "449901", "=1+1", "1", "0"],
                    ]), scope: .internal)
        ]
        let sheet = try Sheet("ladder", of: Self.parts(of: Self.workbook(publication)))
        #expect(sheet.text("E7") == "123456789012.123456")
        #expect(sheet.number("E8") == "-12.5")
        #expect(sheet.text("C9") == "=1+1", "a text is no formula")
    }

    /// Cells are not kept in memory then; what a reader sees is the same.
    @Test func aLargeWorkbookHoldsTheSameCells() throws {
        var publication = Self.publication()
        let columns = DataDictionary.meaning(of: "units")!.columns.map(\.name)
        let rows = (0..<(Workbook.rowsInMemoryMax + 1)).map { index in
            ["2020-12-31", "\(449_901_000_000 + index)", "111", "单位\(index)", "\(index)", "1"]
        }
        publication.tables += [
            PublishedTable(
                Table(name: "units", columns: columns, keyCount: 2, rows: rows), scope: .internal)
        ]
        publication.tables.removeAll { $0.table.name == "units" && $0.table.rowCount < rows.count }
        let sheet = try Sheet("units", of: Self.parts(of: Self.workbook(publication)))
        #expect(sheet.text("B7") == "449901000000")
        #expect(sheet.text("D100007") == "单位100000")
        #expect(sheet.number("E100007") == "100000")
        #expect(sheet.xml.contains("<autoFilter ref=\"A6:F100007\"/>"))
    }

    @Test func theSameFiguresGiveTheSameBytesOnEveryThread() async throws {
        let first = try Self.bytes()
        try await withThrowingTaskGroup(of: Data.self) { group in
            for _ in 0..<8 { group.addTask { try Self.bytes() } }
            for try await other in group { #expect(other == first) }
        }
        var later = Self.publication()
        later.referenceDates = ["2021-12-31"]
        let core = try #require(
            try Self.parts(of: Self.workbook(later))["docProps/core.xml"])
        #expect(core.contains("2021-12-31T00:00:00Z"))
    }

    private static func bytes() throws -> Data {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("report.xlsx")
            try workbook().write(to: file.path)
            return try Data(contentsOf: file)
        }
    }

    @Test func aFolderThatIsNotThereIsSaid() {
        #expect {
            try Self.workbook().write(to: "/nowhere/report.xlsx")
        } throws: { error in
            let text = "\(error)"
            return text.hasPrefix("report.xlsx: the workbook cannot be written: ")
                && text.contains("(PUBLISH-070)")
                && (error as? PopstatError)?.exitStatus == 73
        }
    }
}
