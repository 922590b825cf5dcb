import Foundation
import PopulationStore
import Testing

@testable import PopulationServer

/// Who may see what, and that the others learn nothing.
struct AccessTests {
    /// Tables, editions and deliveries that are there for others, and ones that are not there.
    static let there = [
        "/figures/transfer.csv", "/figures/secret.csv", "/figures/transfer.csv?edition=2",
        "/figures/transfer.csv?delivered=2020", "/figures/quality.json",
    ]
    static let notThere = [
        "/figures/nothing.csv", "/figures/transfer.csv?edition=99",
        "/figures/transfer.csv?delivered=1999", "/figures/nothing.json?edition=2",
    ]

    @Test func saysTheSameOfWhatIsThereAndWhatIsNot() async throws {
        try await ServerFixture.withServer { client, tokens, _ in
            for (token, status) in [(nil, 401), (tokens["public"], 403)] {
                var seen: Set<String> = []
                for path in Self.there + Self.notThere {
                    let answer = try await client.get(path, token: token)
                    #expect(answer.status.code == status)
                    let fields = answer.headers.map { "\($0.name): \($0.value)" }.sorted()
                    seen.insert(answer.text + fields.joined(separator: "\n"))
                }
                #expect(seen.count == 1)
            }
        }
    }

    @Test func finance() async throws {
        try await ServerFixture.withServer { client, tokens, _ in
            let token = tokens["finance"]
            let transfer = try await client.get("/figures/transfer.csv", token: token)
            #expect(transfer.status.code == 200)
            let rates = try await client.get("/figures/urbanization.csv", token: token)
            #expect(rates.text.contains("[c]"))
            for path in ["/figures/secret.csv", "/figures/nothing.csv", "/figures/quality.csv"] {
                let answer = try await client.get(path, token: token)
                #expect(answer.status.code == 403)
            }
        }
    }

    @Test func statisticsSeesEveryTableAsItIs() async throws {
        try await ServerFixture.withServer { client, tokens, _ in
            let token = tokens["statistics"]
            let rates = try await client.get("/figures/urbanization.csv", token: token)
            #expect(rates.text.contains(",58,"))
            #expect(!rates.text.contains("OBS_STATUS"))
            #expect(try await client.get("/figures/secret.csv", token: token).status.code == 200)
            let missing = try await client.get("/figures/nothing.csv", token: token)
            #expect(missing.status.code == 404)
            #expect(missing.text.contains("transfer"))
        }
    }

    @Test func refusesTokensThatDoNotHold() async throws {
        try await ServerFixture.withServer { client, tokens, lines in
            let wrong = ["pst_" + String(repeating: "0", count: 64), "", "x", "a b"]
            for token in [tokens["revoked"]!, tokens["expired"]!] + wrong {
                for path in ["/figures/urbanization.csv", "/", "/figures/transfer.csv"] {
                    let answer = try await client.get(path, token: token)
                    #expect(answer.status.code == 401)
                    #expect(answer.field("www-authenticate")?.contains("invalid_token") == true)
                }
            }
            let basic = try await client.get("/", ["Authorization": "Basic eDp5"])
            #expect(basic.status.code == 401)
            for token in tokens.values { #expect(!lines.all.contains(token)) }
        }
    }

    @Test func logsWhoAskedForWhatAndNoSecret() async throws {
        try await ServerFixture.withServer { client, tokens, lines in
            _ = try await client.get(
                "/figures/transfer.csv?county_code=hush", token: tokens["finance"])
            _ = try await client.get("/figures/\(tokens["finance"]!).csv")
            _ = try await client.get("/\(tokens["finance"]!)")
            #expect(lines.all.contains("route=/figures/{file} table=transfer status=200"))
            #expect(lines.all.contains("token=the-finance"))
            #expect(lines.all.contains("route=none table=- status=404"))
            #expect(!lines.all.contains("hush"))
            #expect(!lines.all.contains("pst_"))
        }
    }

    @Test func forgetsAllTokensWhenTheirFileIsOpenToOthers() throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("popstat-tokens-\(UUID().uuidString)").path
        defer {
            // It may be gone already.
            try? FileManager.default.removeItem(atPath: path)
        }
        let file = TokenFile(path: path)
        let text = try file.add(name: "a", scope: .finance, on: "2021-01-01", expires: nil)
        let lines = ServerFixture.Lines()
        let registry = try TokenRegistry(path: path, log: ServerLog { lines.append($0) })
        #expect(registry.caller(authorization: "bearer \(text)")?.name == "a")
        let second = try file.add(name: "b", scope: .public, on: "2021-01-01", expires: nil)
        #expect(registry.caller(authorization: "Bearer \(second)")?.scope == .public)
        try file.revoke(name: "a", on: "2021-01-01")
        #expect(registry.caller(authorization: "Bearer \(text)") == nil)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        #expect(registry.caller(authorization: "Bearer \(second)") == nil)
        #expect(lines.all.contains("TOKEN-003"))
    }
}
