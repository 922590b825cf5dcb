import Foundation
import PopulationPipeline
import PopulationTestSupport
import Testing

/// The public tables against somebody who wants to know: `Tests/Attack/small_cells.py` is given the
/// public files and the published list of divisions, nothing else, and a linear solver.
@Suite(.enabled(if: TestTool.solver.isUsed, "\(TestTool.solver.absence)"))
struct SmallCellAttackTests {
    /// What the attacker says.
    private struct Answer: Decodable {
        var asked: Int
        var found: [Cell]
        var infeasible: Int
        var contradictions: Int

        struct Cell: Decodable {
            var table: String
            var cell: String
        }

        var words: [String] { found.prefix(5).map { "\($0.table): \($0.cell)" } }
    }

    private func attack(_ folders: [URL], divisions: [String]) throws -> Answer {
        try TemporaryFolder.with { folder in
            let output = folder.appendingPathComponent("answer.json")
            _ = FileManager.default.createFile(atPath: output.path, contents: nil)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: TestTool.python)
            process.arguments =
                [PackageFolder.root + "/Tests/Attack/small_cells.py"]
                + divisions.flatMap { ["--divisions", $0] } + folders.map(\.path)
            process.standardOutput = try FileHandle(forWritingTo: output)
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            let lines = try Data(contentsOf: output).split(separator: UInt8(ascii: "\n"))
            return try JSONDecoder().decode(Answer.self, from: try #require(lines.last))
        }
    }

    /// Runs a generated prefecture, released at the dates up to the last but `less`.
    private func release(
        _ input: NaiveInput, in folder: URL, name: String, less: Int = 0,
        hidesSmallOnly: Bool = false
    ) throws -> URL {
        let dates = input.referenceDates.filter { $0.hasSuffix("-12-31") }.dropLast(less)
        let ugly = try UglyCase(input, in: folder.appendingPathComponent(name))
        let plan = try String(contentsOf: ugly.plan, encoding: .utf8)
        let key =
            "  protection: { threshold: 5, release-dates: [\(dates.joined(separator: ", "))] }\n"
        try Data((plan + key).utf8).write(to: ugly.plan)
        var options = RunOptions(threads: 2)
        options.output = ugly.output.path
        options.work = ugly.work.path
        options.hidesSmallOnly = hidesSmallOnly
        _ = try Pipeline(
            plan: PlanReader.read(file: ugly.plan.path), options: options,
            observer: SilentObserver()
        ).run()
        return ugly.output.appendingPathComponent("public")
    }

    private func divisions(of input: NaiveInput, in folder: URL, name: String) -> [String] {
        input.divisions.map {
            "\($0.edition)=\(folder.path)/\(name)/divisions-\($0.edition).csv"
        }
    }

    /// Small ugly prefectures with yearly dates, money left out: their scores may be all zero.
    private static func input(_ seed: UInt64) -> NaiveInput {
        var input = uglyInput(seed: seed, citizens: 200 + Int(seed % 5) * 60, sixYears: true)
        input.transfer = nil
        input.land = nil
        input.targets = nil
        return input
    }

    @Test(arguments: Seeds.list(upTo: 20))
    func noSmallCellOfASmallPrefectureIsFoundOut(seed: UInt64) throws {
        let input = Self.input(seed)
        try TemporaryFolder.with { folder in
            let release = try release(input, in: folder, name: "all")
            let answer = try attack(
                [release], divisions: divisions(of: input, in: folder, name: "all"))
            #expect(answer.asked > 0)
            #expect(answer.found.isEmpty, "seed \(seed): \(answer.words)")
            #expect(answer.infeasible == 0)
            #expect(answer.contradictions == 0)
        }
    }

    /// The same attack, when small numbers are hidden and nothing else.
    @Test func hidingSmallNumbersAloneProtectsNobody() throws {
        let input = Self.input(3)
        try TemporaryFolder.with { folder in
            let release = try release(input, in: folder, name: "all", hidesSmallOnly: true)
            let answer = try attack(
                [release], divisions: divisions(of: input, in: folder, name: "all"))
            #expect(answer.found.count > 20)
        }
    }
}
