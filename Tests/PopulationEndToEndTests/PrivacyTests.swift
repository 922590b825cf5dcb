import Foundation
import PopulationTestSupport
import Testing

/// No identity number and no name of the extracts leaves the private work folder, and nobody else
/// can look into that.
@Suite struct PrivacyTests {
    private static func values(_ folder: URL) throws -> PersonalValues {
        let extracts = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("registration-") || $0.hasPrefix("residency-") }
        return try PersonalValues(
            of: extracts.map { folder.appendingPathComponent($0) }, headers: ["证件号"])
    }

    @Test func publishesNobody() throws {
        let values = try Self.values(
            BuiltProgram.repository.appendingPathComponent("SampleData"))
        #expect(values.count > 60_000)
        try TemporaryFolder.with { folder in
            let plan = BuiltProgram.repository.appendingPathComponent("Pipelines/sample.yaml")
            let arguments = ["run", plan.path, "--output", "out", "--work", "work"]
            for more in [[], ["--json"]] {
                let outcome = try BuiltProgram.run(arguments + more, folder: folder)
                try #require(outcome.status == 0)
                #expect(values.occurrences(in: Data(outcome.output.utf8)) == 0)
                #expect(values.occurrences(in: Data(outcome.errors.utf8)) == 0)
            }
            let published = try FolderContents(of: folder.appendingPathComponent("out"))
            #expect(published.files.count >= 9)
            for (path, bytes) in published.files {
                #expect(values.occurrences(in: bytes) == 0, "\(path)")
            }
            try Self.expectNobody(
                values, inWorkbook: folder.appendingPathComponent("out/report.xlsx"))
            for beside in ["out-store", "out-audit"] {
                let kept = try FolderContents(of: folder.appendingPathComponent(beside))
                #expect(!kept.files.isEmpty)
                for (path, bytes) in kept.files {
                    #expect(values.occurrences(in: bytes) == 0, "\(beside)/\(path)")
                }
            }
            let whatIf = try BuiltProgram.run(
                ["what-if", "out", "--target", "55", "--output", "new"], folder: folder)
            #expect(values.occurrences(in: Data(whatIf.output.utf8)) == 0)
            let assumed = try FolderContents(of: folder.appendingPathComponent("new"))
            #expect(assumed.files.count == 7)
            for (path, bytes) in assumed.files {
                #expect(values.occurrences(in: bytes) == 0, "\(path)")
            }
            let work = folder.appendingPathComponent("work")
            let kept = try FolderContents(of: work) {
                $0.hasSuffix(".json") || ["ledger.jsonl", "run.log", "lock"].contains($0)
            }
            #expect(kept.files.count == 15)
            for (path, bytes) in kept.files {
                #expect(values.occurrences(in: bytes) == 0, "\(path)")
            }
            // What is looked for would be found.
            let rejected = try FolderContents(of: work) { $0.hasPrefix("rejected-") }
            for bytes in rejected.files.values { #expect(values.occurrences(in: bytes) > 10) }
        }
    }

    /// A workbook is packed: its parts are looked at one by one.
    private static func expectNobody(_ values: PersonalValues, inWorkbook file: URL) throws {
        let folder = file.deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("parts")
        let unpack = try ChildProgram(["python3", "-m", "zipfile", "-e", file.path, folder.path])
        #expect(unpack.wait() == 0)
        let parts = try FolderContents(of: folder)
        #expect(parts.files.count > 20)
        for (path, bytes) in parts.files {
            #expect(values.occurrences(in: bytes) == 0, "\(path)")
        }
    }

    /// What is looked for everywhere would be found where it is.
    @Test func findsANumberAndANameThatAreThere() throws {
        let values = try Self.values(
            BuiltProgram.repository.appendingPathComponent("SampleData"))
        #expect(values.occurrences(in: Data("<t>".utf8) + values.someName) > 0)
        #expect(values.occurrences(in: Data("<v>".utf8) + values.someNumber) > 0)
    }

    /// No memory of a run that crashes is written to disk, wherever the system keeps cores.
    @Test func leavesNoCore() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 20_000)
            let limit = "ulimit -c unlimited 2>/dev/null; exec \"$0\" \"$@\""
            let run = try ChildProgram(
                [
                    "/bin/sh", "-c", limit, BuiltProgram.file.path, "run", city.plan.path,
                    "--output", city.output.path, "--work", city.work.path,
                ])
            let limits = "/proc/\(run.processIdentifier)/limits"
            var core: Substring?
            for _ in 0..<2_000 where core?.split(separator: " ").dropFirst(4).first != "0" {
                // Gone when the run has ended.
                let text = (try? String(contentsOfFile: limits, encoding: .utf8)) ?? ""
                core = text.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
                if core == nil { break }
                usleep(500)
            }
            #expect(core?.split(separator: " ").dropFirst(4).first == "0", "\(core ?? "")")
            #expect(run.wait() == 0)
        }
    }

    /// Messages of runs that stop are looked at as well.
    @Test func namesNobodyWhenARunStops() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 10_000, isClean: false)
            let values = try Self.values(city.extracts)
            try city.changePlan("rejected-share-max: 0.01", to: "rejected-share-max: 0")
            let stopped = try city.run()
            #expect(stopped.status == 65)
            #expect(values.occurrences(in: Data(stopped.errors.utf8)) == 0)
            for name in try city.names(of: "residency") {
                let extract = try ExtractRecords(of: city.extracts.appendingPathComponent(name))
                try extract.records.reduce(into: Data()) { $0 += $1 }
                    .write(to: city.extracts.appendingPathComponent(name))
            }
            for command in ["run", "check"] {
                let outcome = try BuiltProgram.run([command, city.plan.path])
                #expect(outcome.status == 64)
                #expect(outcome.errorLines.count == 4)
                #expect(values.occurrences(in: Data(outcome.errors.utf8)) == 0)
            }
        }
    }

    @Test(arguments: ["000", "022", "077"])
    func keepsFoldersToTheirReaders(umask: String) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            for _ in 1...2 { #expect(try city.run(umask: umask).status == 0) }
            var isFolder: ObjCBool = false
            for (path, mode) in try FolderContents.modes(of: city.work) {
                let file = city.work.appendingPathComponent(path).path
                _ = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
                #expect(mode == (isFolder.boolValue ? 0o700 : 0o600), "work/\(path)")
            }
            let modes = try FolderContents.modes(of: city.output)
            #expect(modes["internal"] == 0o750)
            for (path, mode) in modes where path.hasPrefix("internal/") {
                #expect(mode & 0o137 == 0, "\(path)")
            }
        }
    }

    @Test func writesNoEscapeCodesIntoAPipe() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            let outcome = try city.run(environment: [
                "TERM": "xterm-256color", "CLICOLOR_FORCE": "1",
            ])
            #expect(outcome.status == 0)
            #expect(outcome.errors == "")
            #expect(!outcome.output.contains("\u{1B}") && !outcome.output.contains("\r"))
        }
    }
}
