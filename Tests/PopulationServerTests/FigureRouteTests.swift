import Foundation
import PopulationStore
import PopulationTestSupport
import Synchronization
import Testing

@testable import PopulationServer

struct FigureRouteTests {
    @Test func givesTheVeryBytesOfThePublishedFiles() async throws {
        let folder = PackageFolder.root + "/Reports/sample"
        let reader = try PublishedFolderFigures(folder: folder)
        try await ServerFixture.withServer(reader: reader) { client, tokens, _ in
            let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/internal")
                .filter { $0.hasSuffix(".csv") }
            #expect(names.count >= 18)
            for name in names {
                let answer = try await client.get("/figures/\(name)", token: tokens["statistics"])
                let file = try Data(
                    contentsOf: URL(fileURLWithPath: "\(folder)/internal/\(name)"))
                #expect(answer.status.code == 200)
                #expect(Data(answer.text.utf8) == file, "\(name)")
            }
        }
    }

    @Test func givesPublicTablesWithoutAToken() async throws {
        try await ServerFixture.withServer { client, _, _ in
            let answer = try await client.get("/figures/urbanization.csv")
            #expect(answer.status.code == 200)
            #expect(answer.text.hasPrefix("reference_date,area_level,"))
            #expect(answer.text.contains("[c]"))
            #expect(!answer.text.contains(",57,"))
            #expect(answer.field("content-type")?.hasPrefix("text/csv") == true)
            #expect(answer.field("popstat-edition") == "1")
        }
    }

    @Test(arguments: [
        ("transfer.csv?county_code=449901,449902&from=2020", 2, "2020,449901,1,90"),
        ("transfer.csv?county_code=449901", 2, "2019,449901,1,70"),
        ("transfer.csv?to=2019-12-31", 2, "2019,449902,1,30"),
        ("transfer.csv?offset=1&limit=2", 2, "2020,449901,1,90"),
        ("transfer.csv?edition=1&year=2020", 2, "2020,449901,1,100"),
        ("transfer.csv?asOf=2021-02-01", 4, "2020,449901,1,100"),
        ("transfer.csv?asOf=2021-03-01T08:00:00%2B08:00", 4, "2020,449901,1,90"),
        ("transfer.csv?updatedAfter=2021-02-01", 1, "2020,449901,1,90"),
        ("transfer.csv?updatedAfter=2021-03-01", 0, ""),
        ("transfer.csv?plan=nightly&year=2019", 2, "2019,449902,1,30"),
        ("transfer.csv?delivered=2020", 2, "2020,449901,1,100"),
        ("transfer.csv?delivered=2020&revision=1", 2, "2020,449901,1,100"),
    ])
    func filters(path: String, rowCount: Int, row: String) async throws {
        try await ServerFixture.withServer { client, tokens, _ in
            let answer = try await client.get("/figures/\(path)", token: tokens["finance"])
            #expect(answer.status.code == 200)
            let lines = answer.text.split(separator: "\n")
            #expect(lines.first == "year,county_code,revision,amount")
            #expect(lines.count == rowCount + 1)
            #expect(row.isEmpty || lines.contains(Substring(row)))
        }
    }

    @Test func givesNumbersAsNumbersInJSON() async throws {
        try await ServerFixture.withServer { client, tokens, _ in
            let answer = try await client.get("/figures/urbanization.json?from=2020")
            let object = try JSONSerialization.jsonObject(with: Data(answer.text.utf8))
            let rows = (object as? [String: Any])?["rows"] as? [[String: Any]]
            #expect(rows?.count == 1)
            #expect(rows?.first?["total"] as? Int == 100)
            #expect(rows?.first?["urban"] as? String == "[c]")
            #expect(rows?.first?["area_code"] as? String == "4499")
            #expect(answer.text.contains("\"rate_percent\":57.00,"))
        }
    }

    @Test(arguments: [
        ("transfer.csv?nonsense=1", 400, "nonsense is no parameter and no column"),
        ("transfer.csv?nonsense=1", 400, "county_code"),
        ("transfer.csv?limit=x", 400, "limit: a whole number from 0 is expected"),
        ("transfer.csv?limit=1&limit=2", 400, "limit is given twice"),
        ("transfer.csv?edition=0", 400, "edition: a whole number from 1"),
        ("transfer.csv?asOf=yesterday", 400, "asOf: a date or time"),
        ("transfer.csv?from=2020-1-1", 400, "from: a date such as"),
        ("transfer.csv?from=2020-13", 400, "from: a date such as"),
        ("transfer.csv?to=2019-02-29", 400, "to: a date such as"),
        ("transfer.csv?delivered=2020&edition=1", 400, "without edition or asOf"),
        ("transfer.csv?%FF=1", 400, "percent-encoded UTF-8"),
        ("transfer.csv?year", 400, "The query cannot be read"),
        ("transfer.csv?limit=900000000", 400, "limit: at most"),
        ("transfer.csv?edition=9", 404, "No edition that you may see"),
        ("transfer.csv?plan=other", 404, "No edition that you may see"),
        ("transfer.csv?delivered=2019", 404, "Nothing was delivered"),
        ("transfer.csv?delivered=1999", 404, "Nothing was delivered"),
        ("transfer.csv?delivered=2020&revision=2", 404, "Nothing was delivered"),
        ("transfer.ods", 404, ".xlsx"), ("transfer", 404, ".xlsx"),
    ])
    func refuses(path: String, status: Int, words: String) async throws {
        try await ServerFixture.withServer { client, tokens, _ in
            let answer = try await client.get("/figures/\(path)", token: tokens["finance"])
            #expect(answer.status.code == status)
            #expect(answer.text.contains(words))
            #expect(answer.field("content-type") == "application/problem+json")
        }
    }

    @Test func keepsTheBytesOfADeliveryWhenACorrectionIsPublished() async throws {
        let path = "/figures/transfer.csv?delivered=2020"
        var seen: Set<String> = []
        // As the store was before the correction, and as it is after it.
        for count in [1, 3] {
            let figures = FiguresInMemory(Array(ServerFixture.editions.prefix(count)))
            let answer = Mutex("")
            try await ServerFixture.withServer(reader: figures) { client, tokens, _ in
                let given = try await client.get(path, token: tokens["finance"])
                let tag = given.field("etag") ?? ""
                answer.withLock { $0 = "\(given.status.code) \(tag) \(given.text)" }
            }
            seen.insert(answer.withLock { $0 })
        }
        #expect(seen.count == 1)
        #expect(seen.first?.contains("2020,449901,1,100") == true)
    }

    /// A store that was begun anew counts its editions from 1 again.
    @Test func figuresOfAStoreThatIsGoneAreNotGiven() async throws {
        let editions = ServerFixture.editions
        var anew = editions[1]
        anew.record.id = 1
        let reader = SwappedReader(FiguresInMemory([editions[0]]))
        let second = FiguresInMemory([anew])
        try await ServerFixture.withServer(reader: reader) { client, tokens, _ in
            let path = "/figures/transfer.csv"
            let before = try await client.get(path, token: tokens["finance"])
            #expect(before.text.contains("2020,449901,1,100"))
            reader.swap(second)
            let after = try await client.get(
                path, token: tokens["finance"], ["If-None-Match": before.field("etag") ?? ""])
            #expect(after.status.code == 200)
            #expect(after.text.contains("2020,449901,1,90"))
        }
    }

    /// A timer that pulls a table each night is given it again only when it has other rows.
    @Test func anEditionThatLeavesATableAsItWasCostsNoPull() async throws {
        let first = Array(ServerFixture.editions.prefix(2))
        var next = first[1]
        next.record.id = 3
        next.record.inputsDigest = "i3"
        next.record.validFrom = "2021-05-01T00:00:00Z"
        let tags = Mutex<[String: [String]]>([:])
        for editions in [first, first + [next]] {
            try await ServerFixture.withServer(reader: FiguresInMemory(editions)) {
                client, tokens, _ in
                for path in ["/figures/transfer.csv", "/figures/transfer.json"] {
                    let answer = try await client.get(path, token: tokens["finance"])
                    tags.withLock { $0[path, default: []].append(answer.field("etag") ?? "") }
                }
            }
        }
        let csv = tags.withLock { $0["/figures/transfer.csv"] ?? [] }
        #expect(csv.count == 2 && Set(csv).count == 1)
        // Its head names the edition.
        #expect(Set(tags.withLock { $0["/figures/transfer.json"] ?? [] }).count == 2)
    }

    @Test func refusesMoreRowsThanTheLimit() async throws {
        try await ServerFixture.withServer(change: { $0.limits.rowsMax = 3 }) { client, tokens, _ in
            let all = try await client.get("/figures/transfer.csv", token: tokens["finance"])
            #expect(all.status.code == 413)
            #expect(all.text.contains("more than 3 rows"))
            let part = try await client.get(
                "/figures/transfer.csv?limit=3", token: tokens["finance"])
            #expect(part.status.code == 200)
        }
    }

    @Test func answersWithoutABodyWhatHasNotChanged() async throws {
        try await ServerFixture.withServer { client, tokens, _ in
            let path = "/figures/transfer.csv"
            let first = try await client.get(path, token: tokens["finance"])
            let tag = try #require(first.field("etag"))
            #expect(first.field("last-modified") == "Mon, 01 Mar 2021 00:00:00 GMT")
            #expect(first.field("cache-control") == "private, no-cache")
            #expect(first.field("vary") == "Accept-Encoding, Authorization")
            for field in ["\"other\", W/\(tag)", tag, "*"] {
                let again = try await client.get(
                    path, token: tokens["finance"], ["If-None-Match": field])
                #expect(again.status.code == 304)
                #expect(again.text.isEmpty)
                #expect(again.field("etag") == tag)
            }
            let since = try await client.get(
                path, token: tokens["finance"],
                ["If-Modified-Since": "Mon, 01 Mar 2021 00:00:00 GMT"])
            #expect(since.status.code == 304)
            let older = try await client.get(
                path, token: tokens["finance"],
                ["If-Modified-Since": "Sun, 28 Feb 2021 23:59:59 GMT"])
            #expect(older.status.code == 200)
            for other in ["?edition=1", "?year=2020", "?limit=1"] {
                let answer = try await client.get(path + other, token: tokens["finance"])
                #expect(answer.field("etag") != tag)
            }
            let json = try await client.get("/figures/transfer.json", token: tokens["finance"])
            #expect(json.field("etag") != tag)
        }
    }

    @Test func tellsAHeadWithoutTheBody() async throws {
        try await ServerFixture.withServer { client, _, _ in
            let whole = try await client.get("/figures/urbanization.csv")
            let head = try await client.send("/figures/urbanization.csv", method: .head)
            #expect(head.status.code == 200)
            #expect(head.text.isEmpty)
            #expect(head.field("etag") == whole.field("etag"))
            #expect(head.field("content-length") == "\(whole.text.utf8.count)")
        }
    }

    @Test func listsTablesOfTheScope() async throws {
        try await ServerFixture.withServer { client, tokens, _ in
            let nobody = try await client.get("/figures")
            #expect(nobody.text.contains("/figures/urbanization.csv"))
            #expect(!nobody.text.contains("transfer"))
            #expect(!nobody.text.contains("secret"))
            #expect(!nobody.text.contains("other"))
            let finance = try await client.get("/figures", token: tokens["finance"])
            #expect(finance.text.contains("/figures/transfer.csv"))
            #expect(finance.text.contains("\"delivered_at\""))
            #expect(!finance.text.contains("secret"))
            // What others were given is the bureau's to know.
            #expect(!finance.text.contains("archive"))
            let bureau = try await client.get("/figures", token: tokens["statistics"])
            #expect(bureau.text.contains("/figures/secret.csv"))
            #expect(bureau.text.contains("城镇化率（%）"))
            #expect(bureau.text.contains("archive"))
        }
    }
}

/// A store that is another one from one call to the next.
private final class SwappedReader: FigureReader {
    private let figures: Mutex<FiguresInMemory>

    init(_ figures: FiguresInMemory) { self.figures = Mutex(figures) }

    func swap(_ next: FiguresInMemory) { figures.withLock { $0 = next } }

    func editions() throws -> [EditionRecord] { try figures.withLock { $0 }.editions() }

    func tables(ofEdition id: Int) throws -> [StoredTable] {
        try figures.withLock { $0 }.tables(ofEdition: id)
    }

    func read(_ query: FigureQuery, row: ([String]) throws -> Void) throws {
        try figures.withLock { $0 }.read(query, row: row)
    }
}
