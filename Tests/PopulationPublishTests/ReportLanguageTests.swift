import Foundation
import PopulationFigures
import PopulationModel
import PopulationPublish
import PopulationTestSupport
import Testing

/// The page in one language.
struct ReportLanguageTests {
    private static let sections = [
        "points", "targets-at-a-glance", "path-resident", "rates", "regions", "change", "ages",
        "decomposition", "migration", "settlement", "balance58", "permits", "ladder", "eligibility",
        "services", "tasks", "transfer", "land", "households", "official", "by-date", "details",
        "data", "definitions", "method", "quality", "limits", "notes",
    ]

    private static func page(_ language: ReportLanguage) throws -> String {
        try HTMLReport(language: language).page(
            SampleFigures(countyNames: ["A", "B", "C"], hasFinance: true).report)
    }

    @Test(arguments: ReportLanguage.allCases)
    func holdsEverySection(language: ReportLanguage) throws {
        let page = try Self.page(language)
        for section in Self.sections {
            #expect(
                page.components(separatedBy: "<section id=\"\(section)\">").count == 2,
                "\(section)")
        }
        let headings = page.components(separatedBy: "<h2>").count - 1
        #expect(headings == Self.sections.count)
    }

    @Test func theChinesePageHoldsNoEnglish() throws {
        let page = try Self.page(.zh)
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"zh-Hans\" class=\"one\">"))
        #expect(!page.contains("lang=\"en\""))
        let text = Self.words(of: page)
        for english in ["Main points", "Residents", "Target", "persons", "change"] {
            #expect(!text.contains(english), "\(english)")
        }
    }

    @Test func theEnglishPageHoldsNoChinese() throws {
        let page = try Self.page(.en)
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\" class=\"one\">"))
        // Names that have no English, and the source of a target, stay as they are.
        let text = Self.words(of: page)
            .replacingOccurrences(of: "计划第1项", with: "").replacingOccurrences(of: "公报", with: "")
            .replacingOccurrences(of: "东街道", with: "").replacingOccurrences(of: "南镇", with: "")
        let chinese = text.unicodeScalars.filter { (0x4E00...0x9FFF).contains($0.value) }
        #expect(chinese.isEmpty, "\(String(String.UnicodeScalarView(chinese.prefix(40))))")
    }

    /// What stands between the tags of the body.
    static func words(of page: String) -> String {
        let body = page.components(separatedBy: "</head>").last ?? ""
        return body.replacing(/<[^>]*>/, with: " ")
    }
}

/// The page in a real browser, and printed by WeasyPrint.
struct RenderedReportTests {
    /// Nothing but the scrolling regions is wider than a telephone.
    @Test(
        .enabled(if: TestTool.browser.isUsed, Comment(rawValue: TestTool.browser.absence)),
        arguments: ReportLanguage.allCases)
    func doesNotScrollSidewaysOnATelephone(language: ReportLanguage) throws {
        try TemporaryFolder.with { folder in
            let script = """
                <script>addEventListener("load", () => parent.postMessage(
                document.documentElement.scrollWidth + " of " +
                document.documentElement.clientWidth, "*"))</script>
                """
            let report = SampleFigures(hasFinance: true).report
            let page = try HTMLReport(language: language).page(report)
                .replacingOccurrences(of: "</body>", with: script + "</body>")
            try Data(page.utf8).write(to: folder.appendingPathComponent("page.html"))
            let frame = """
                <!DOCTYPE html><script>
                addEventListener("message", e => document.title = "width " + e.data)
                </script><iframe src="page.html" width="390" height="800" style="border:0">
                </iframe>
                """
            let file = folder.appendingPathComponent("frame.html")
            try Data(frame.utf8).write(to: file)
            let dom = try Self.output(
                of: "chromium",
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                    "--virtual-time-budget=4000",
                    "--user-data-dir=\(folder.appendingPathComponent("profile").path)",
                    "--dump-dom", file.absoluteString,
                ], folder)
            #expect(dom.contains("<title>width 390 of 390</title>"), "\(dom.prefix(300))")
        }
    }

    /// The print holds every character of the page, in fonts that travel with it.
    @Test(.enabled(if: TestTool.pdf.isUsed, Comment(rawValue: TestTool.pdf.absence)))
    func printsEveryCharacter() throws {
        try TemporaryFolder.with { folder in
            let report = SampleFigures(dates: [day(2019), day(2020)]).report
            let page = try HTMLReport(language: .zh).page(report)
            try Data(page.utf8).write(to: folder.appendingPathComponent("page.html"))
            _ = try Self.output(
                of: "weasyprint", ["-q", "-e", "utf-8", "page.html", "page.pdf"], folder)
            let text = try Self.output(of: "pdftotext", ["-enc", "UTF-8", "page.pdf", "-"], folder)
            let joined = text.filter { !$0.isWhitespace }
            #expect(joined.contains("云州市常住人口城镇化率49.67%"))
            let missing = Set(Self.visible(page)).subtracting(text.unicodeScalars)
            #expect(missing.isEmpty, "\(missing)")
            let fonts = try Self.output(of: "pdffonts", ["page.pdf"], folder)
            let lines = fonts.split(separator: "\n").dropFirst(2)
            #expect(lines.contains { $0.contains("CJK") })
            for line in lines {
                let fields = line.split(separator: " ")
                // … emb sub uni object ID, counted from the end.
                #expect(fields[fields.count - 5] == "yes", "not embedded: \(line)")
            }
        }
    }

    private static func visible(_ page: String) -> [Unicode.Scalar] {
        let withoutDescriptions =
            page
            .replacing(/<title[^>]*>[^<]*<\/title>/, with: "")
            .replacing(/<desc[^>]*>[^<]*<\/desc>/, with: "")
            .replacing(/<nav[\s\S]*?<\/nav>/, with: "")
            .replacing(/<a class="skip"[^>]*>[^<]*<\/a>/, with: "")
        return ReportLanguageTests.words(of: withoutDescriptions)
            .replacing(/&[a-z#0-9]+;/, with: " ").unicodeScalars.filter { $0.value > 0x20 }
    }

    /// Standard output of a program that ends well.
    private static func output(
        of name: String, _ arguments: [String], _ folder: URL
    ) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(TestTool.program(name)))
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let file = folder.appendingPathComponent("output-of-\(name)")
        #expect(FileManager.default.createFile(atPath: file.path, contents: nil))
        let handle = try FileHandle(forWritingTo: file)
        process.standardOutput = handle
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try handle.close()
        #expect(process.terminationStatus == 0, "\(name)")
        return try String(contentsOf: file, encoding: .utf8)
    }
}
