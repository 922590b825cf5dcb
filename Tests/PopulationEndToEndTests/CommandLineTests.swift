import Foundation
import PopulationTestSupport
import Testing

/// The usual mistakes at the keyboard: one line that says what and where to look, exit status 64.
@Suite struct CommandLineTests {
    static let mistakes: [(arguments: [String], words: String)] = [
        (["run"], "Missing expected argument '<plan>'. See `popstat run --help`."),
        (
            ["run", "a.yaml", "--bogus"],
            "Unknown option '--bogus'. See `popstat run --help`."
        ),
        (
            ["run", "a.yaml", "--memory-limit", "5QB"],
            "The value '5QB' is invalid for '--memory-limit <memory-limit>': write it as 512MiB or "
                + "2GiB. See `popstat run --help`."
        ),
        (
            ["run", "a.yaml", "--memory-limit", "64"],
            "--memory-limit must be 1MiB or more; units are KiB, MiB and GiB. "
                + "See `popstat run --help`."
        ),
        (
            ["run", "a.yaml", "--output", ""],
            "--output and --work must not be empty. See `popstat run --help`."
        ),
        (
            ["run", "a.yaml", "--through", "load"],
            "The value 'load' is invalid for '--through <through>'. Please provide one of "
                + "'ingest', 'deduplicate', 'classify', 'aggregate' or 'publish'. "
                + "See `popstat run --help`."
        ),
        (
            ["run", "a.yaml", "--threads", "0"],
            "--threads must be 1 to 1024. See `popstat run --help`."
        ),
        (
            ["run", "a.yaml", "--threads", "two"],
            "The value 'two' is invalid for '--threads <threads>'. See `popstat run --help`."
        ),
        (
            ["run", "a.yaml", "--parser", "fast"],
            "The value 'fast' is invalid for '--parser <parser>'. Please provide one of 'auto' "
                + "and 'libcsv'. See `popstat run --help`."
        ),
        (
            ["run", "a.yaml", "--output"],
            "Missing value for '--output <output>'. See `popstat run --help`."
        ),
        (["run", "a", "b"], "Unexpected argument 'b'. See `popstat run --help`."),
        (["check"], "Missing expected argument '<plan>'. See `popstat check --help`."),
        (
            ["sample"],
            "Missing expected argument '--output <output>'. See `popstat sample --help`."
        ),
        (["what-if"], "Missing expected argument '<run>'. See `popstat what-if --help`."),
        (["load"], "Unexpected argument 'load'. See `popstat --help`."),
        (
            ["run", "."],
            ".: this is a folder, a plan is expected (PLAN-038). Name the plan, a YAML file."
        ),
        (
            ["sample", "--citizens", "5", "--output", "out"],
            "5 citizens are asked for, 10000 to 100000000 are possible (SAMPLE-001). Ask for more "
                + "citizens, so that every planted defect stays a small share, or for a clean "
                + "sample."
        ),
    ]

    @Test(arguments: mistakes.indices)
    func answersInOneLine(index: Int) throws {
        let (arguments, words) = Self.mistakes[index]
        let outcome = try BuiltProgram.run(arguments)
        #expect(outcome.status == 64)
        #expect(outcome.errors == "popstat: \(words)\n")
        #expect(outcome.output == "")
    }

    @Test func saysThatThereIsNoSuchPlan() throws {
        for command in ["run", "check"] {
            let outcome = try BuiltProgram.run([command, "nightly.yaml"])
            #expect(outcome.status == 66)
            #expect(
                outcome.errors == "popstat: nightly.yaml: there is no such plan (PLAN-001). Check "
                    + "the path of the plan.\n")
        }
    }

    @Test(arguments: [
        ["--help"], ["run", "--help"], ["check", "--help"], ["what-if", "--help"],
        ["sample", "--help"], ["explain", "transfer", "--help"], ["export", "--help"],
    ])
    func helpsWithExamplesAndExitStatuses(arguments: [String]) throws {
        let outcome = try BuiltProgram.run(arguments)
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        let help = outcome.output
        #expect(help.contains("EXAMPLE"))
        #expect(help.contains("  popstat \(arguments.count > 1 ? arguments[0] : "run") "))
        let statuses = help.components(separatedBy: "EXIT STATUS\n").last ?? ""
        let listed = statuses.split(separator: "\n").prefix { $0.hasPrefix("  ") }
            .compactMap { Int($0.split(separator: " ")[0]) }
        let expected = [
            "sample": [0, 64, 70, 73, 74], "check": [0, 64, 65, 66, 70, 74],
            "what-if": [0, 64, 66, 70, 73, 74],
            "explain": [0, 64, 66, 70, 74],
            "export": [0, 64, 66, 70, 73, 74],
        ]
        #expect(listed == expected[arguments[0], default: [0, 64, 65, 66, 69, 70, 73, 74, 75]])
        // Nothing is broken over two lines by the help's own line breaks.
        #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.hasPrefix("USAGE") })
    }

    @Test func printsOneLineOfJSON() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            let outcome = try city.run(["--json"])
            #expect(outcome.status == 0)
            #expect(outcome.errors == "")
            #expect(outcome.output.filter { $0 == "\n" }.count == 1)
            let json = try outcome.json()
            #expect(json["published"] as? Bool == true)
            #expect(json["output"] as? String == city.output.path)
            #expect((json["rates"] as? [Any])?.count == 12)
            let stages = json["stage_seconds"] as? [String: Double] ?? [:]
            #expect(
                stages.keys.sorted()
                    == ["aggregate", "classify", "deduplicate", "ingest", "publish"])
        }
    }

    @Test(arguments: ["ingest", "deduplicate", "classify", "aggregate"])
    func publishesNothingBeforeTheLastStage(stage: String) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            let outcome = try city.run(["--through", stage, "--json"])
            #expect(outcome.status == 0)
            #expect(try outcome.json()["published"] as? Bool == false)
            #expect(!FileManager.default.fileExists(atPath: city.output.path))
        }
    }
}
