import Foundation
import PopulationModel
import PopulationPipeline
import PopulationTestSupport
import Testing

/// The pipeline against the naive model, which was written from the contract alone: every table and
/// every rejected row, on generated ugly extracts.
@Suite struct NaiveModelTests {
    /// Tables of the contract that the naive model does not know.
    private static let tablesWithoutModel: Set = ["tasks"]

    @Test(arguments: Seeds.list(upTo: 60))
    func givesTheTablesOfTheNaiveModel(seed: UInt64) throws {
        try hold(
            uglyInput(seed: seed, citizens: 40 + Int(seed % 8) * 20), seed,
            Variant.all[Int(seed) % Variant.all.count])
    }

    /// More people and six yearly dates: the tables of years and of money get large cells.
    @Test(arguments: Seeds.list(upTo: TestLength.isLong ? 100 : 5))
    func givesTheTablesOfTheNaiveModelForManyPeople(seed: UInt64) throws {
        let citizens = TestLength.isLong ? 10_000 : 2_000
        try hold(uglyInput(seed: seed, citizens: citizens, sixYears: true), seed, Variant())
    }

    private func hold(_ generated: NaiveInput, _ seed: UInt64, _ variant: Variant) throws {
        var input = generated
        input.targets = input.targets.map(Self.withoutRepeatedTargets)
        try TemporaryFolder.with { folder in
            var expected: NaiveResult
            do {
                expected = try naiveRun(input)
            } catch let fault as NaiveFault where fault.isScoreAllZero {
                let refused = try UglyCase(input, in: folder.appendingPathComponent("refused"))
                #expect(throws: (any Error).self, "seed \(seed)") { try run(refused, Variant()) }
                input.transfer = nil
                expected = try naiveRun(input)
            }
            Self.dropProgressOfAbsentAreas(&expected)
            let ugly = try UglyCase(input, in: folder.appendingPathComponent("case"))
            try run(ugly, variant)
            try compare(ugly, expected, seed: seed)
        }
    }

    private func compare(_ ugly: UglyCase, _ expected: NaiveResult, seed: UInt64) throws {
        for (name, table) in expected.tables.sorted(by: { $0.key < $1.key }) {
            let path = ugly.output.appendingPathComponent("internal/\(name).csv")
            // A table without rows may as well be absent.
            let isAbsent = !FileManager.default.fileExists(atPath: path.path)
            if isAbsent, table.split(separator: "\n").count == 1 { continue }
            let found = isAbsent ? "" : try String(contentsOf: path, encoding: .utf8)
            let difference = TableDifference(expected: table, found: found)
            #expect(difference.isEmpty, "seed \(seed), \(name): \(difference)")
        }
        // What the plan does not ask for has no rows.
        let folder = ugly.output.appendingPathComponent("internal")
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where file.hasSuffix(".csv") {
            let name = String(file.dropLast(".csv".count))
            let isKnown = expected.tables[name] != nil || Self.tablesWithoutModel.contains(name)
            if isKnown { continue }
            let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            #expect(
                text.split(separator: "\n").count == 1, "seed \(seed): \(name) is not asked for")
        }
        let rejected = try RejectedFile.read(ugly.work)
        #expect(rejected == expected.rejected.map(RejectedFile.Row.init), "seed \(seed)")
    }

    /// A second target of one concept, area and date is a fault to the pipeline; the model takes the
    /// first.
    static func withoutRepeatedTargets(_ bytes: [UInt8]) -> [UInt8] {
        var seen: Set<[Substring]> = []
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            return seen.insert([fields[0], fields[1], fields[3]]).inserted
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// SPEC does not say whether an area that does not exist at a date has progress then. The model
    /// writes an empty row, the pipeline none.
    private static func dropProgressOfAbsentAreas(_ result: inout NaiveResult) {
        func lines(_ name: String) -> [[Substring]] {
            (result.tables[name] ?? "").split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
        }
        let present = Set(lines("urbanization").map { [$0[0], $0[2], $0[3]] })
        let rows = lines("progress")
        let kept =
            rows.prefix(1) + rows.dropFirst().filter { present.contains([$0[0], $0[1], $0[2]]) }
        result.tables["progress"] = kept.map { $0.joined(separator: ",") + "\n" }.joined()
    }

    private func run(_ ugly: UglyCase, _ variant: Variant) throws {
        let plan = try PlanReader.read(file: ugly.plan.path)
        var options = RunOptions(threads: variant.threads)
        options.output = ugly.output.path
        options.work = ugly.work.path
        options.blockBytes = variant.blockBytes
        options.alwaysLibCSV = variant.alwaysLibCSV
        options.memoryLimit = variant.memoryLimit
        _ = try Pipeline(plan: plan, options: options, observer: SilentObserver()).run()
    }
}

/// A way to run that must not change a byte of a table.
struct Variant: Sendable {
    var threads = 2
    var blockBytes = 1 << 18
    var alwaysLibCSV = false
    var memoryLimit: Int?

    static let all = [
        Variant(), Variant(threads: 1), Variant(blockBytes: 7), Variant(alwaysLibCSV: true),
        Variant(blockBytes: 1), Variant(blockBytes: 64, memoryLimit: 1 << 20),
        Variant(blockBytes: 4_096, alwaysLibCSV: true),
    ]
}

struct SilentObserver: RunObserver {
    func started(_ stage: StageName, _ counter: ProgressCounter) {}
    func finished(_ stage: StageName, seconds: Double) {}
    func note(_ stage: StageName, _ text: Bilingual) {}
}
