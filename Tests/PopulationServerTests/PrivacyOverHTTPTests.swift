import Foundation
import PopulationTestSupport
import Testing

/// No identity number and no name leaves the server, whatever is asked, by whom, and however: not in
/// an answer, not in its log, not in its metrics.
@Suite(.enabled(if: TestTool.program("curl") != nil, "curl is not there"))
struct PrivacyOverHTTPTests {
    private static func city(in folder: URL) throws -> (SampleCity, PersonalValues) {
        let city = try SampleCity(in: folder, citizens: 10_000, isClean: false)
        try #require(try city.run().status == 0)
        let extracts = try city.names(of: "registration") + city.names(of: "residency")
        let values = try PersonalValues(
            of: extracts.map { city.extracts.appendingPathComponent($0) }, headers: ["证件号"])
        return (city, values)
    }

    private static func server(_ city: SampleCity, in folder: URL) throws -> (
        ServerProcess, String
    ) {
        let tokens = folder.appendingPathComponent("tokens.json").path
        let made = try BuiltProgram.run([
            "token", "add", "bureau", "--scope", "statistics", "--file", tokens,
        ])
        try #require(made.status == 0)
        let server = try ServerProcess(
            [
                "--store", city.output.path + "-store/figures.sqlite", "--tokens", tokens,
                "--report", city.output.path,
            ], in: folder)
        return (server, made.output.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    @Test func answersWithNobody() throws {
        try TemporaryFolder.with { folder in
            let (city, values) = try Self.city(in: folder)
            #expect(values.count > 10_000)
            let (server, token) = try Self.server(city, in: folder)
            let tables = try FileManager.default.contentsOfDirectory(
                atPath: city.output.appendingPathComponent("internal").path
            ).filter { $0.hasSuffix(".csv") }.map { String($0.dropLast(4)) }
            #expect(tables.count > 15)
            var paths = ["/", "/figures", "/report", "/health", "/metrics", "/rest/dataflow"]
            paths += ["/rest/codelist", "/rest/datastructure?references=all", "/nothing"]
            for table in tables {
                paths += ["/figures/\(table).csv", "/figures/\(table).json"]
                paths += ["/rest/data/\(table.uppercased())", "/figures/\(table).csv?a=b"]
            }
            var answered = 0
            for path in paths {
                for given in [token, nil] {
                    let answer = try server.curl(path, token: given)
                    if answer.status == 200 { answered += 1 }
                    #expect(values.occurrences(in: answer.body) == 0, "\(path)")
                    #expect(values.occurrences(in: Data(answer.head.utf8)) == 0, "\(path)")
                }
            }
            #expect(answered > tables.count * 3)
            #expect(values.occurrences(in: Data(try server.logText.utf8)) == 0)
        }
    }

    /// Who asks for a person is not told the number back, and the log does not keep it.
    @Test func repeatsNoNumberThatIsAsked() throws {
        try TemporaryFolder.with { folder in
            let (city, values) = try Self.city(in: folder)
            let (server, token) = try Self.server(city, in: folder)
            let number = String(decoding: values.someNumber, as: UTF8.self)
            let paths = [
                "/\(number)", "/figures/\(number).csv", "/figures/\(number)?x=1",
                "/figures/urbanization.csv?area_code=\(number)",
                "/figures/urbanization.csv?\(number)=1",
                "/figures/urbanization.csv?edition=\(number)",
                "/figures/urbanization.csv?from=\(number)",
                "/figures/transfer.csv?delivered=\(number)",
                "/figures/urbanization.csv?asOf=\(number)",
                "/rest/data/\(number)", "/rest/data/URBANIZATION/\(number)",
                "/rest/data/URBANIZATION?startPeriod=\(number)",
                "/rest/data/URBANIZATION?\(number)=1", "/rest/codelist/POPSTAT/\(number)",
                "/rest/\(number)", "/v2/data/dataflow/POPSTAT/\(number)",
                "/v2/structure/dataflow/\(number)",
            ]
            for path in paths {
                for given in [token, nil, number] {
                    let answer = try server.curl(path, token: given)
                    #expect(values.occurrences(in: answer.body) == 0, "body of \(path.prefix(20))")
                    #expect(
                        values.occurrences(in: Data(answer.head.utf8)) == 0,
                        "head of \(path.prefix(20))")
                }
            }
            _ = try server.curl("/figures", token: nil, ["-H", "Accept: \(number)", "-A", number])
            let metrics = try server.curl("/metrics", token: token)
            #expect(values.occurrences(in: metrics.body) == 0)
            #expect(values.occurrences(in: Data(try server.logText.utf8)) == 0)
        }
    }
}
