import PopulationServer
import PopulationTestSupport
import Testing

/// Clients and schemas of others, as they are published, against the service on loopback.
@Suite(.serialized, .enabled(if: TestTool.sdmx.isUsed, Comment(rawValue: TestTool.sdmx.absence)))
struct SDMXClientTests {
    @Test(arguments: ["sdmx1_client", "pysdmx_client", "messages"])
    func clientsPullStructureAndFigures(script: String) async throws {
        let service = SDMXService(reader: try TableFolderReader.sample())
        let output = try await SDMXServer.run(script, service)
        #expect(output.status == 0, "\(output.text.suffix(1_500))")
    }
}
