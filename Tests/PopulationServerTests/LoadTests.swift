import Foundation
import HummingbirdTesting
import PopulationTestSupport
import Testing

/// Two hundred clients at once, for 30 s in the long form and 3 s in the short one.
@Suite(.serialized) struct LoadTests {
    private static let clientCount = 200
    /// Of each client, however slow the machine is: every address is asked for.
    private static let requestsMin = 7

    /// What one client saw.
    private struct Seen: Sendable {
        var seconds: [Double] = []
        var failureCount = 0
    }

    @Test func bearsTwoHundredClients() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("popstat-load-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            // What is left of a temporary folder harms nobody.
            try? FileManager.default.removeItem(at: folder)
        }
        let tokens = folder.appendingPathComponent("tokens.json").path
        let made = try BuiltProgram.run([
            "token", "add", "load", "--scope", "statistics", "--file", tokens,
        ])
        let token = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
        let server = try ServerProcess(
            [
                "--store", PackageFolder.root + "/Reports/sample", "--tokens", tokens,
                // All clients of the test share one address.
                "--requests-per-second", "1000000", "--request-burst", "1000000",
            ], in: folder)
        let port = try #require(URL(string: server.base)?.port)
        let seconds = TestLength.isLong ? 30.0 : 3.0
        let early = try await Self.load(port: port, token: token, seconds: seconds / 6)
        let memoryEarly = try server.residentBytes
        let all = early + (try await Self.load(port: port, token: token, seconds: seconds * 5 / 6))
        let memoryLate = try server.residentBytes
        let times = all.flatMap(\.seconds).sorted()
        #expect(all.allSatisfy { $0.failureCount == 0 })
        #expect(times.count >= 2 * Self.clientCount * Self.requestsMin)
        let p99 = times.isEmpty ? 0 : times[times.count * 99 / 100]
        let median = times.isEmpty ? 0 : times[times.count / 2]
        print(
            "load: \(Self.clientCount) clients, \(seconds) s, \(times.count) answers, "
                + "median \(Int(median * 1000)) ms, p99 \(Int(p99 * 1000)) ms, memory "
                + "\(memoryEarly >> 20) MiB after \(seconds / 6) s, "
                + "\(memoryLate >> 20) MiB at the end")
        #expect(Double(memoryLate) <= Double(memoryEarly) * 1.2)
        #expect(server.end() == 0)
    }

    /// All clients at once, each on a connection of its own.
    private static func load(port: Int, token: String, seconds: Double) async throws -> [Seen] {
        let end = ContinuousClock.now + .seconds(seconds)
        return try await withThrowingTaskGroup(of: Seen.self) { group in
            for index in 0..<clientCount {
                group.addTask { try await client(index, port: port, token: token, until: end) }
            }
            return try await group.reduce(into: [Seen]()) { $0.append($1) }
        }
    }

    private static func client(
        _ index: Int, port: Int, token: String, until end: ContinuousClock.Instant
    ) async throws -> Seen {
        let paths = [
            "/figures/urbanization.csv", "/figures/transfer.csv?year=2020", "/", "/figures",
            "/figures/population.csv?county_code=449901&reference_date=2020-12-31",
            "/figures/migration.json?from=2019", "/health",
        ]
        return try await TestClient.withClient(
            host: "127.0.0.1", port: port, configuration: .init(timeout: .seconds(60))
        ) { client in
            var seen = Seen()
            var turn = index
            while ContinuousClock.now < end || seen.seconds.count < requestsMin {
                let start = ContinuousClock.now
                let answer = try await client.get(
                    paths[turn % paths.count], headers: [.authorization: "Bearer \(token)"])
                seen.seconds.append((ContinuousClock.now - start) / .seconds(1))
                if answer.status != .ok { seen.failureCount += 1 }
                turn += 1
            }
            return seen
        }
    }
}
