import Foundation
import PopulationTestSupport
import Testing

/// The finance bureau's pull, from the run to curl: what it was given stays what it was given.
@Suite(.enabled(if: TestTool.program("curl") != nil, "curl is not there"))
struct FinancePullTests {
    private static func token(_ name: String, _ scope: String, _ file: String) throws -> String {
        let outcome = try BuiltProgram.run(["token", "add", name, "--scope", scope, "--file", file])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func deliver(_ city: SampleCity) throws {
        let outcome = try BuiltProgram.run([
            "deliver", "--to", "finance", "2020", "--run", city.output.path,
        ])
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    private static func correct(_ city: SampleCity) throws {
        try city.changePlan("pool: 97800", to: "pool: 98800")
        try #require(try city.run().status == 0)
    }

    @Test func aFrozenEditionIsTheSameAfterACorrection() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try #require(try city.run().status == 0)
            try Self.deliver(city)
            let tokens = folder.appendingPathComponent("tokens.json").path
            let finance = try Self.token("finance-bureau", "finance", tokens)
            let server = try ServerProcess(
                ["--store", city.output.path + "-store/figures.sqlite", "--tokens", tokens],
                in: folder)
            let frozen = "/figures/transfer.csv?delivered=2020"
            let given = try server.curl(frozen, token: finance)
            #expect(given.status == 200)
            #expect(given.text.hasPrefix("year,county_code,revision,"))

            // The server goes on while the correction is published beside it.
            try Self.correct(city)
            #expect(try server.curl(frozen, token: finance).body == given.body)
            #expect(
                try server.curl("/figures/transfer.csv", token: finance).body != given.body)
            try Self.deliver(city)
            #expect(
                try server.curl(frozen + "&revision=1", token: finance).body == given.body)
            let second = try server.curl(frozen + "&revision=2", token: finance)
            #expect(second.status == 200)
            #expect(second.body != given.body)
            #expect(try server.curl(frozen, token: finance).body == second.body)
        }
    }

    @Test func whoeverMayNotSeeItLearnsNothing() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try #require(try city.run().status == 0)
            try Self.deliver(city)
            let tokens = folder.appendingPathComponent("tokens.json").path
            let finance = try Self.token("finance-bureau", "finance", tokens)
            let everyone = try Self.token("newspaper", "public", tokens)
            let server = try ServerProcess(
                ["--store", city.output.path + "-store/figures.sqlite", "--tokens", tokens],
                in: folder)
            // A year that was delivered, one that was not, and one that never is.
            let paths = ["2020", "2019", "1900"].map { "/figures/transfer.csv?delivered=\($0)" }
            try Self.expectOneAnswer(401, paths.map { try server.curl($0) })
            try Self.expectOneAnswer(403, paths.map { try server.curl($0, token: everyone) })
            try Self.expectOneAnswer(
                401, paths.map { try server.curl($0, token: finance + "0") })
            let revoked = try BuiltProgram.run([
                "token", "revoke", "finance-bureau", "--file", tokens,
            ])
            #expect(revoked.status == 0)
            try Self.expectOneAnswer(401, paths.map { try server.curl($0, token: finance) })
        }
    }

    private static func expectOneAnswer(_ status: Int, _ answers: [ServerProcess.Answer]) throws {
        #expect(answers.allSatisfy { $0.status == status })
        #expect(Set(answers.map(\.text)).count == 1)
    }
}
