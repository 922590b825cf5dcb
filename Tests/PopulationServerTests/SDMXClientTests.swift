import PopulationServer
import PopulationTestSupport
import Testing

/// Clients of others, as they are published, against the service on loopback.
@Suite(.enabled(if: TestTool.sdmx.isUsed, Comment(rawValue: TestTool.sdmx.absence)))
struct SDMXClientTests {
    @Test func sdmx1PullsStructureAndFigures() async throws {
        let service = SDMXService(reader: try TableFolderReader.sample())
        let output = try await SDMXServer.run("sdmx1_client", service, isPublic: false)
        #expect(output.status == 0, "\(output.text.suffix(1_500))")
    }
}
