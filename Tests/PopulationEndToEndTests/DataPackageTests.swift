import Foundation
import PopulationTestSupport
import Testing

/// The committed sample's data package, read by Frictionless.
@Suite(.enabled(if: TestTool.frictionless.isUsed, "\(TestTool.frictionless.absence)"))
struct DataPackageTests {
    private static let sample = BuiltProgram.repository.appendingPathComponent("Reports/sample")

    /// Folders of the sample that hold tables.
    private static let scopes = ["internal", "public"].filter {
        FileManager.default.fileExists(atPath: sample.appendingPathComponent($0).path)
    }

    /// Whether the package is valid, and what is said of it.
    private static func validate(_ folder: URL) throws -> (isValid: Bool, text: String) {
        let outcome = try Client.run(
            ["-m", "frictionless", "validate", "datapackage.json", "--json"], folder: folder)
        return (outcome.status == 0, outcome.output)
    }

    @Test func everyTableOfTheSampleIsValid() throws {
        #expect(Self.scopes.contains("internal"))
        for scope in Self.scopes {
            let folder = Self.sample.appendingPathComponent(scope)
            let (isValid, text) = try Self.validate(folder)
            #expect(isValid, "\(text.prefix(600))")
            let tables = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                .filter { $0.hasSuffix(".csv") }
            for table in tables { #expect(text.contains("\"\(table)\""), "\(table) is described") }
        }
    }

    /// What is done to a table, and the error that Frictionless names.
    @Test(arguments: [
        (",resident,", ",visitor,", "constraint-error"),
        ("2015-12-31,county", "31 Dec,county", "type-error"),
        (",6058,", ",many,", "type-error"),
        (",county,449902,registered", ",county,449901,registered", "primary-key"),
        (",青岚区,", ",青风区,", "hash-count"),
    ])
    func aBrokenTableIsRefused(old: String, new: String, error: String) throws {
        try TemporaryFolder.with { parent in
            let folder = parent.appendingPathComponent("internal")
            try FileManager.default.copyItem(
                at: Self.sample.appendingPathComponent("internal"), to: folder)
            let file = folder.appendingPathComponent("urbanization.csv")
            var text = try String(contentsOf: file, encoding: .utf8)
            let place = try #require(text.range(of: old))
            text.replaceSubrange(place, with: new)
            try Data(text.utf8).write(to: file)
            let (isValid, report) = try Self.validate(folder)
            #expect(!isValid)
            #expect(report.contains("\"\(error)\""), "\(report.prefix(600))")
        }
    }
}

/// A Python client, run in the environment that `.ci/test-tools` makes.
enum Client {
    static func run(_ arguments: [String], folder: URL) throws -> (status: Int32, output: String) {
        try TemporaryFolder.with { streams in
            let output = streams.appendingPathComponent("output")
            try Data().write(to: output)
            let process = Process()
            process.executableURL = URL(filePath: TestTool.python)
            process.arguments = arguments
            process.currentDirectoryURL = folder
            process.standardInput = FileHandle.nullDevice
            let stream = try FileHandle(forWritingTo: output)
            process.standardOutput = stream
            process.standardError = stream
            try process.run()
            process.waitUntilExit()
            return (
                process.terminationStatus,
                String(decoding: try Data(contentsOf: output), as: UTF8.self)
            )
        }
    }
}
