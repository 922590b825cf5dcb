import Foundation
import PopulationTestSupport
import Testing

/// Cases whose answers were calculated by others, from the contract alone. They lie beside the
/// checkout and not in it; without them there is nothing to compare with.
@Suite struct KnownAnswersTests {
    private static let cases = BuiltProgram.repository.deletingLastPathComponent()
        .appendingPathComponent("shared/cases")

    private static var isThere: Bool { FileManager.default.fileExists(atPath: cases.path) }

    @Test(.enabled(if: isThere, "the folder shared/cases is not beside the repository"))
    func agreesWithTheCaseOfMeizhou() throws {
        let city = Self.cases.appendingPathComponent("meizhou")
        try TemporaryFolder.with { folder in
            for more in [[], ["--parser", "libcsv", "--threads", "1", "--block-size", "4096"]] {
                let outcome = try BuiltProgram.run(
                    [
                        "run", city.appendingPathComponent("plan.yaml").path, "--output", "out",
                        "--work", "work-\(more.count)",
                    ] + more, folder: folder)
                try #require(outcome.status == 0, "\(outcome.errors)")
                let expected = try FolderContents(of: city.appendingPathComponent("expected"))
                #expect(expected.files.count == 6)
                for (name, bytes) in expected.files {
                    let path = folder.appendingPathComponent("out/internal/\(name)")
                    let difference = TableDifference(
                        expected: String(decoding: bytes, as: UTF8.self),
                        found: try String(contentsOf: path, encoding: .utf8))
                    #expect(difference.isEmpty, "\(name): \(difference)")
                }
            }
        }
    }
}
