import Foundation
import Testing

@testable import PopulationServer

struct RequestGuardTests {
    @Test func slowsAClientThatIsTooFast() {
        var limits = ServerLimits()
        limits.requestBurst = 3
        limits.requestsPerSecond = 2
        let rates = RequestRates(limits: limits)
        let start = ContinuousClock.now
        for _ in 0..<3 { #expect(rates.secondsToWait(of: "10.0.0.1", at: start) == nil) }
        #expect(rates.secondsToWait(of: "10.0.0.1", at: start) == 1)
        #expect(rates.secondsToWait(of: "10.0.0.2", at: start) == nil)
        let later = start + .milliseconds(600)
        #expect(rates.secondsToWait(of: "10.0.0.1", at: later) == nil)
        #expect(rates.secondsToWait(of: "10.0.0.1", at: later) == 1)
        #expect(rates.secondsToWait(of: "10.0.0.1", at: start + .seconds(60)) == nil)
    }

    @Test func remembersABoundedNumberOfClients() {
        var limits = ServerLimits()
        limits.clientsMax = 10
        limits.requestBurst = 1
        let rates = RequestRates(limits: limits)
        let now = ContinuousClock.now
        for index in 0..<1_000 {
            #expect(rates.secondsToWait(of: "10.0.\(index / 256).\(index % 256)", at: now) == nil)
        }
    }

    @Test func countsANetworkOfIPv6AsOneClient() {
        #expect(
            RequestRates.network(of: "2001:db8:1:2:3:4:5:6")
                == RequestRates.network(of: "2001:db8:1:2:ffff::1"))
        #expect(
            RequestRates.network(of: "2001:db8:1:2::1")
                != RequestRates.network(of: "2001:db8:1:3::1"))
        #expect(RequestRates.network(of: "10.0.0.1") == "10.0.0.1")
    }

    @Test func answers429WithTheTimeToWait() async throws {
        try await ServerFixture.withServer(change: {
            $0.limits.requestBurst = 2
            // So slow that no machine is slow enough to see the bucket filled again.
            $0.limits.requestsPerSecond = 0.001
        }) { client, _, _ in
            _ = try await client.get("/health")
            _ = try await client.get("/health")
            let answer = try await client.get("/health")
            #expect(answer.status.code == 429)
            // A thousand seconds a request, less what the test itself took.
            let seconds = answer.field("retry-after").flatMap { Int($0) }
            #expect(seconds.map { (500...1_000).contains($0) } == true)
        }
    }

    @Test func refusesOtherMethodsAndBodies() async throws {
        try await ServerFixture.withServer { client, _, _ in
            for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
                let answer = try await client.send(
                    "/figures/urbanization.csv", method: .init(rawValue: method)!)
                #expect(answer.status.code == 405)
                #expect(answer.field("allow") == "GET, HEAD")
            }
            let body = try await client.get("/health", token: nil, ["Content-Length": "5"])
            #expect(body.status.code == 413)
            let long = String(repeating: "x", count: 9_000)
            #expect(try await client.get("/figures?plan=\(long)").status.code == 414)
            let many = String(repeating: "year=1&", count: 100)
            #expect(
                try await client.get("/figures/urbanization.csv?\(many)").status.code == 400)
        }
    }

    @Test func putsSecurityHeadersOnEveryAnswer() async throws {
        try await ServerFixture.withServer { client, _, _ in
            for path in ["/", "/figures", "/figures/urbanization.csv", "/nothing", "/health"] {
                let answer = try await client.get(path)
                #expect(answer.field("x-content-type-options") == "nosniff")
                #expect(answer.field("content-security-policy")?.contains("'none'") == true)
                #expect(answer.field("referrer-policy") == "no-referrer")
                #expect(answer.field("cache-control") != nil)
            }
        }
    }
}
