import Foundation
import PopulationTestSupport
import Testing

@testable import PopulationPipeline

/// `popstat report` on a published folder, by the built command.
@Suite struct ReportCommandTests {
    private static let sample = BuiltProgram.repository.appendingPathComponent("Reports/sample")

    private static func copy(in folder: URL) throws -> URL {
        let copy = folder.appendingPathComponent("sample")
        try FileManager.default.copyItem(at: sample, to: copy)
        return copy
    }

    @Test func writesTheSameBytesFromTheFolderAlone() throws {
        try TemporaryFolder.with { folder in
            let copy = try Self.copy(in: folder)
            let page = copy.appendingPathComponent("report.html")
            let before = try Data(contentsOf: page)
            try FileManager.default.removeItem(at: page)
            let outcome = try BuiltProgram.run(["report", copy.path])
            try #require(outcome.status == 0, "\(outcome.errors)")
            #expect(try Data(contentsOf: page) == before)
        }
    }

    @Test(arguments: ["zh", "en"])
    func writesOneLanguage(language: String) throws {
        try TemporaryFolder.with { folder in
            let page = folder.appendingPathComponent("page.html")
            let outcome = try BuiltProgram.run([
                "report", Self.sample.path, "--language", language, "--output", page.path,
            ])
            try #require(outcome.status == 0, "\(outcome.errors)")
            let text = try String(contentsOf: page, encoding: .utf8)
            #expect(text.contains("<html lang=\"\(language == "en" ? "en" : "zh-Hans")\""))
            #expect(text.contains("lang=\"en\"") == (language == "en"))
            // Nothing that a section is made of is absent from the sample.
            #expect(!text.contains("<p class=\"none\">"))
        }
    }

    @Test func theManifestTellsTheDigestOfANewReport() throws {
        try TemporaryFolder.with { folder in
            let copy = try Self.copy(in: folder)
            let outcome = try BuiltProgram.run(["report", copy.path, "--language", "en"])
            try #require(outcome.status == 0, "\(outcome.errors)")
            let manifest = copy.appendingPathComponent("manifest.json")
            let page = try Data(contentsOf: copy.appendingPathComponent("report.html"))
            let text = try String(contentsOf: manifest, encoding: .utf8)
            #expect(text.contains(InputDigest.of(Array(page))))
            #expect(try FolderContents.modes(of: copy)["manifest.json"] == 0o640)
        }
    }

    @Test func refusesATableThatWasChanged() throws {
        try TemporaryFolder.with { folder in
            let copy = try Self.copy(in: folder)
            let file = copy.appendingPathComponent("internal/urbanization.csv")
            let text = try String(contentsOf: file, encoding: .utf8)
            try text.replacingOccurrences(of: "2015", with: "2014")
                .write(to: file, atomically: true, encoding: .utf8)
            let outcome = try BuiltProgram.run(["report", copy.path])
            #expect(outcome.status == 74)
            #expect(outcome.errors.contains("PUBLISH-082"))
        }
    }

    @Test func refusesAFolderThatIsNoPublication() throws {
        try TemporaryFolder.with { folder in
            let outcome = try BuiltProgram.run(["report", folder.path])
            #expect(outcome.status == 66)
            #expect(outcome.errors.contains("PUBLISH-080"))
        }
    }

    @Test func takesTheBureausTemplates() throws {
        try TemporaryFolder.with { folder in
            let own = folder.appendingPathComponent("templates")
            try FileManager.default.createDirectory(
                at: own, withIntermediateDirectories: true)
            try "<p>某市统计局</p>".write(
                to: own.appendingPathComponent("release.mustache"), atomically: true,
                encoding: .utf8)
            let page = folder.appendingPathComponent("page.html")
            let outcome = try BuiltProgram.run([
                "report", Self.sample.path, "--templates", own.path, "--output", page.path,
            ])
            try #require(outcome.status == 0, "\(outcome.errors)")
            #expect(try String(contentsOf: page, encoding: .utf8).contains("<p>某市统计局</p>"))
        }
    }

    /// Before hours of work, not after them.
    @Test func saysBeforeTheRunThatThereIsNoPrinter() throws {
        try TemporaryFolder.with { folder in
            let output = folder.appendingPathComponent("out").path
            let plan = BuiltProgram.repository.appendingPathComponent("Pipelines/sample.yaml")
            let outcome = try BuiltProgram.run(
                [
                    "run", plan.path, "--pdf", "--output", output, "--work",
                    folder.appendingPathComponent("work").path,
                ], environment: ["PATH": folder.path])
            #expect(outcome.status == 66)
            #expect(outcome.errors.contains("apt-get install weasyprint"))
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    /// A plan without protection gives an internal page, and only the owner's group reads it.
    @Test func anInternalPageIsNotOpenToAll() throws {
        try TemporaryFolder.with { folder in
            let plan = BuiltProgram.repository.appendingPathComponent("Pipelines/sample.yaml")
            let text = try String(contentsOf: plan, encoding: .utf8)
            let data = BuiltProgram.repository.appendingPathComponent("SampleData").path
            let own = folder.appendingPathComponent("plan.yaml")
            try text.replacingOccurrences(of: "../SampleData", with: data)
                .split(separator: "\n").filter { !$0.contains("protection:") }
                .joined(separator: "\n").write(to: own, atomically: true, encoding: .utf8)
            let output = folder.appendingPathComponent("out")
            let outcome = try BuiltProgram.run([
                "run", own.path, "--output", output.path, "--work",
                folder.appendingPathComponent("work").path,
            ])
            try #require(outcome.status == 0, "\(outcome.errors)")
            let page = output.appendingPathComponent("report.html").path
            let mode = try FileManager.default.attributesOfItem(atPath: page)[.posixPermissions]
            #expect((mode as? Int).map { $0 & 0o777 & ~0o640 } == 0)
            #expect(try String(contentsOfFile: page, encoding: .utf8).contains("内部资料，不得公开"))
        }
    }
}
