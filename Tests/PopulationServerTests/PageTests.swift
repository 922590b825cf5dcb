import Foundation
import PopulationFigures
import PopulationStore
import PopulationTestSupport
import Testing

@testable import PopulationServer

struct PageTests {
    @Test func showsTheLatestRateInTheReadersLanguage() async throws {
        try await ServerFixture.withServer { client, _, _ in
            let zh = try await client.get("/")
            #expect(zh.text.contains("57.00%"))
            #expect(zh.text.contains("<html lang=\"zh-Hans\">"))
            #expect(zh.text.contains("常住人口"))
            #expect(zh.text.contains("目标60.00%"))
            #expect(zh.text.contains("未达到"))
            #expect(zh.text.contains("<svg"))
            #expect(zh.text.contains("/figures/urbanization.csv"))
            #expect(!zh.text.contains("<script"))
            #expect(!zh.text.contains("transfer"))
            let en = try await client.get("/", token: nil, ["Accept-Language": "en-GB,zh;q=0.5"])
            #expect(en.field("content-language") == "en")
            #expect(en.field("vary") == "Accept-Language, Authorization")
            #expect(en.text.contains("not reached"))
            #expect(!en.text.contains("未达到"))
            let chosen = try await client.get("/?language=en")
            #expect(chosen.text == en.text)
        }
    }

    @Test func standsWithoutFigures() async throws {
        try await ServerFixture.withServer(reader: FiguresInMemory([])) { client, tokens, _ in
            let page = try await client.get("/")
            #expect(page.status.code == 200)
            #expect(page.text.contains("还没有可以公开的城镇化率"))
            #expect(page.text.contains("<h1>尚无公布的数字</h1>"))
            #expect(!page.text.contains("<svg"))
            let list = try await client.get("/figures")
            #expect(list.text.contains("\"tables\" : ["))
            let health = try await client.get("/health")
            #expect(health.text.contains("\"newest_edition_age_seconds\":null"))
            let missing = try await client.get(
                "/figures/urbanization.csv", token: tokens["statistics"])
            #expect(missing.status.code == 404)
        }
    }

    @Test func showsAReportOfExactTablesToTheBureauOnly() async throws {
        try await TemporaryFolder.withAsync { folder in
            let page = folder.appendingPathComponent("report.html")
            try Data("<p>the report</p>".utf8).write(to: page)
            try await ServerFixture.withServer(change: { $0.report = folder.path }) {
                client, tokens, _ in
                #expect(try await client.get("/report").status.code == 401)
                let finance = try await client.get("/report", token: tokens["finance"])
                #expect(finance.status.code == 403)
                let bureau = try await client.get("/report", token: tokens["statistics"])
                #expect(bureau.text == "<p>the report</p>")
                #expect(try await !client.get("/").text.contains("/report"))
                try FileManager.default.createDirectory(
                    at: folder.appendingPathComponent("public"),
                    withIntermediateDirectories: false)
                #expect(try await client.get("/report").status.code == 200)
                #expect(try await client.get("/").text.contains("/report"))
            }
        }
    }

    @Test func saysWhenTheStoreIsAway() async throws {
        try await ServerFixture.withServer(reader: BrokenStore()) { client, tokens, lines in
            let health = try await client.get("/health")
            #expect(health.status.code == 503)
            let table = try await client.get("/figures/urbanization.csv")
            #expect(table.status.code == 503)
            #expect(!table.text.contains("hidden place"))
            #expect(lines.all.contains("hidden place"))
            let metrics = try await client.get("/metrics")
            #expect(metrics.status.code == 200)
            #expect(!metrics.text.contains("popstat_editions"))
        }
    }

    @Test func countsRequests() async throws {
        try await ServerFixture.withServer { client, _, _ in
            _ = try await client.get("/figures/urbanization.csv")
            _ = try await client.get("/figures/secret.csv")
            let text = try await client.get("/metrics").text
            #expect(
                text.contains("popstat_requests_total{route=\"/figures/{file}\",status=\"200\"} 1"))
            #expect(
                text.contains("popstat_requests_total{route=\"/figures/{file}\",status=\"401\"} 1"))
            #expect(text.contains("popstat_request_duration_seconds_count 2"))
            #expect(text.contains("popstat_editions 3"))
            #expect(text.contains("process_resident_memory_bytes "))
            #expect(!text.contains("secret"))
        }
    }

    @Test(arguments: [
        (nil, "", PageLanguage.zh), ("en", "zh", .en), (nil, "en", .en), (nil, "de, en;q=0.3", .en),
        (nil, "zh-CN, en;q=0.9", .zh), (nil, "en;q=0.1, zh;q=0.2", .zh), ("xx", "en;q=0", .zh),
    ])
    func choosesALanguage(query: String?, accept: String, language: PageLanguage) {
        #expect(PageLanguage.chosen(query: query, accept: accept) == language)
    }

    @Test(arguments: [
        (nil, ContentCoding.identity), ("gzip", .gzip), ("deflate, gzip;q=0.5", .gzip),
        ("gzip;q=0", .identity), ("*", .gzip), ("identity, gzip;q=0.5", .identity),
        ("br", .identity), ("GZIP", .gzip),
    ])
    func choosesACoding(accept: String?, coding: ContentCoding) {
        #expect(ContentCoding.chosen(accept) == coding)
    }

    @Test(arguments: [
        ("", true, "null"), ("57.00", true, "57.00"), ("[c]", true, "\"[c]\""),
        ("449901", false, "\"449901\""), ("007", true, "\"007\""), ("-0.5", true, "-0.5"),
        ("1.", true, "\"1.\""), ("a\"b\\\n\u{1}", false, "\"a\\\"b\\\\\\n\\u0001\""),
    ])
    func writesCellsAsJSON(cell: String, isNumber: Bool, text: String) {
        #expect(JSONText.value(cell, isNumber: isNumber) == text)
    }

    /// A store that cannot be read.
    private struct BrokenStore: FigureReader {
        private var fault: ServerFault { .unknownStore(store: "hidden place") }

        func editions() throws -> [EditionRecord] { throw fault.error }
        func tables(ofEdition id: Int) throws -> [StoredTable] { throw fault.error }
        func read(_ query: FigureQuery, row: ([String]) throws -> Void) throws {
            throw fault.error
        }
    }
}

extension TemporaryFolder {
    fileprivate static func withAsync(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("popstat-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            // What is left of a temporary folder harms nobody.
            try? FileManager.default.removeItem(at: folder)
        }
        try await body(folder)
    }
}
