import Foundation
import PopulationTestSupport
import Testing

/// What `popstat what-if` refuses: one line each, its exit status, and nothing written.
@Suite struct WhatIfRefusalTests {
    private static let report = BuiltProgram.repository.appendingPathComponent("Reports/sample")

    static let mistakes: [(arguments: [String], words: String)] = [
        (
            ["--class", "449901009999=121"],
            "--class 449901009999, column code: no edition of the run has the unit 449901009999 "
                + "in its area (CLASSIFY-007)."
        ),
        (
            ["--class", "449901001201=131"],
            "--class 449901001201, column class: '131' is no urban-rural class, expected 111, "
                + "112, 121, 122, 123, 210 or 220 (CLASSIFY-001)."
        ),
        (
            ["--class", "449901001201=121", "--class", "449901001201=122"],
            "--class 449901001201, column code: the code 449901001201 stands twice (CLASSIFY-004)."
        ),
        (
            ["--class", "449901001201"],
            "The value '449901001201' is invalid for '--class <unit=class>'. "
                + "See `popstat what-if --help`."
        ),
        (
            ["--target", "55.555"],
            "The value '55.555' is invalid for '--target <target>': a number from 0 to 100 with at most "
                + "2 decimals. See `popstat what-if --help`."
        ),
        (
            ["--threads", "0"],
            "--threads must be 1 to 1024. See `popstat what-if --help`."
        ),
    ]

    @Test(arguments: mistakes.indices)
    func answersAMistakeInOneLine(index: Int) throws {
        let (arguments, words) = Self.mistakes[index]
        let outcome = try BuiltProgram.run(["what-if", Self.report.path] + arguments)
        #expect(outcome.status == 64)
        #expect(outcome.errors.hasPrefix("popstat: \(words)"), "\(outcome.errors)")
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.output == "")
    }

    @Test func namesEveryFaultOfAFileOfClasses() throws {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("new.csv")
            try Data("code,class\n449901001201,999\n449901009999,121\n".utf8).write(to: file)
            let outcome = try BuiltProgram.run(
                ["what-if", Self.report.path, "--classes", "new.csv"], folder: folder)
            #expect(outcome.status == 64)
            #expect(
                outcome.errorLines.map { String($0.prefix(40)) } == [
                    "popstat: new.csv, line 2, column class: ",
                    "popstat: new.csv, line 3, column code: n",
                ])
            let missing = try BuiltProgram.run(
                ["what-if", Self.report.path, "--classes", "old.csv"], folder: folder)
            #expect(missing.status == 66)
            #expect(missing.errors.contains("old.csv: the file cannot be read"))
        }
    }

    /// The folder of a run, spoiled in one way each.
    private func refusal(
        of change: (URL) throws -> Void, _ arguments: [String] = []
    ) throws -> BuiltProgram.Outcome {
        try TemporaryFolder.with { folder in
            let run = folder.appendingPathComponent("run")
            try FileManager.default.copyItem(at: Self.report, to: run)
            try change(run)
            let outcome = try BuiltProgram.run(["what-if", "run"] + arguments, folder: folder)
            #expect(outcome.errorLines.count == 1)
            #expect(outcome.output == "")
            let beside = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(beside.count <= 1)
            return outcome
        }
    }

    private func change(_ name: String, of run: URL, _ body: (inout Data) -> Void) throws {
        let file = run.appendingPathComponent(name)
        var bytes = try Data(contentsOf: file)
        body(&bytes)
        try bytes.write(to: file)
    }

    private static let cube = "internal/cube.popcube"

    @Test func saysThatThereIsNoRun() throws {
        let gone = try refusal { try FileManager.default.removeItem(at: $0) }
        #expect(gone.status == 66)
        #expect(gone.errors.contains("run: there is no such folder (PUBLISH-040)"))
        let other = try refusal {
            try FileManager.default.removeItem(at: $0.appendingPathComponent(Self.cube))
        }
        #expect(other.status == 66)
        #expect(other.errors.contains("the folder holds no cube of a run (PUBLISH-041)"))
    }

    @Test func findsADamagedCube() throws {
        let damaged = try refusal { run in
            try change(Self.cube, of: run) { $0[$0.count / 2] ^= 1 }
        }
        #expect(damaged.status == 74)
        #expect(damaged.errors.contains("the cube is damaged: units (PUBLISH-045)"))
        let cut = try refusal { run in
            try change(Self.cube, of: run) { $0.removeLast(1_000) }
        }
        #expect(cut.status == 74)
        let other = try refusal { run in
            try change(Self.cube, of: run) { $0 = Data("a,b\n1,2\n".utf8) }
        }
        #expect(other.status == 64)
        #expect(other.errors.contains("the file is no cube of popstat (PUBLISH-043)"))
    }

    /// Tables of another run beside the cube: nothing would be compared with what was published.
    @Test func findsACubeThatDoesNotBelongToTheTables() throws {
        let outcome = try refusal { run in
            try TemporaryFolder.with { folder in
                let city = try SampleCity(in: folder, citizens: 1_000)
                try #require(try city.run().status == 0)
                let cube = run.appendingPathComponent(Self.cube)
                try FileManager.default.removeItem(at: cube)
                try FileManager.default.copyItem(
                    at: city.output.appendingPathComponent(Self.cube), to: cube)
            }
        }
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("does not give the table urbanization"))
        #expect(outcome.errors.contains("(PUBLISH-047)"))
    }

    @Test func findsAManifestOfAnotherVersion() throws {
        let outcome = try refusal { run in
            try change("manifest.json", of: run) { $0 = Data("{\"plan\": 1}".utf8) }
        }
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("(PUBLISH-046)"))
    }

    @Test(arguments: ["run", "run/new", "."])
    func refusesFoldersInOneAnother(output: String) throws {
        let outcome = try refusal(of: { _ in }, ["--output", output])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("(PUBLISH-048)"))
    }
}
