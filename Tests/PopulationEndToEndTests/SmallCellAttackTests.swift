import Foundation
import PopulationFigures
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
        /// Beliefs of the attacker that the exact tables do not bear out.
        var broken: [String]

        struct Cell: Decodable {
            var table: String
            var cell: String
            var low: Double
            var high: Double
            /// What the judge knows.
            var truth: Int

            enum CodingKeys: String, CodingKey {
                case table, cell, low, high
                case truth = "true"
            }

            var words: String { "\(table): \(cell): \(low)...\(high), is \(truth)" }
        }

        /// Cells under the threshold whose number the attacker knows.
        var pinned: [String] {
            found.filter { $0.high - $0.low < 1 && (1..<5).contains($0.truth) }.map(\.words)
        }
    }

    /// `releases` are published folders, of which the attacker sees the public tables; the judge sees
    /// the exact ones of `truth`.
    private func attack(_ releases: [URL], truth: URL, divisions: [String]) throws -> Answer {
        try TemporaryFolder.with { folder in
            let output = folder.appendingPathComponent("answer.json")
            _ = FileManager.default.createFile(atPath: output.path, contents: nil)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: TestTool.python)
            process.arguments =
                [PackageFolder.root + "/Tests/Attack/small_cells.py"]
                + divisions.flatMap { ["--divisions", $0] } + ["--truth", truth.path + "/internal"]
                + releases.map { $0.path + "/public" }
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
        return ugly.output
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
        input.divisions = input.divisions.map(withEmptyUnits)
        return input
    }

    /// In every township two units more in which nobody lives: a reader knows their counts, and that
    /// nobody is counted in their classes where they are the only ones.
    private static func withEmptyUnits(_ edition: NaiveEdition) -> NaiveEdition {
        let text = String(decoding: edition.bytes, as: UTF8.self)
        let rows = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        let townships = Set(
            rows.joined().filter { $0.utf8.count == 12 && UInt64($0) != nil }.map { $0.prefix(9) })
        var longer = text
        for township in townships.sorted() {
            for (village, unitClass) in [("881", "123"), ("882", "210")] {
                let values = ["code": township + village, "class": unitClass]
                longer += rows[0].map { values[$0] ?? "空" }.joined(separator: ",") + "\n"
            }
        }
        return NaiveEdition(edition: edition.edition, bytes: Array(longer.utf8))
    }

    /// The committed sample, whose yearly dates are released together.
    @Test func noCellOfTheSampleIsFoundOut() throws {
        let sample = BuiltProgram.repository.appendingPathComponent("Reports/sample")
        let data = BuiltProgram.repository.appendingPathComponent("SampleData").path
        let answer = try attack(
            [sample], truth: sample,
            divisions: ["2015", "2020"].map { "\($0)-06-30=\(data)/divisions-\($0).csv" })
        #expect(answer.asked > 5_000)
        #expect(answer.found.map(\.words) == [])
        Self.expectSound(answer)
    }

    /// The release of one year, and that of the next with all dates before it.
    @Test(arguments: TestLength.isLong ? Array(1...20) : [3, 8, 10] as [UInt64])
    func noSmallCellIsFoundOutFromReleasesOfTwoYears(seed: UInt64) throws {
        let input = Self.input(seed)
        try TemporaryFolder.with { folder in
            let before = try release(input, in: folder, name: "before", less: 1)
            let release = try release(input, in: folder, name: "all")
            let answer = try attack(
                [before, release], truth: release,
                divisions: divisions(of: input, in: folder, name: "all"))
            #expect(answer.asked > 0)
            #expect(answer.pinned == [], "seed \(seed)")
            Self.expectSound(answer)
            try Self.expectEveryRow(of: release)
        }
    }

    /// The same attack, when small numbers are hidden and nothing else.
    @Test func hidingSmallNumbersAloneProtectsNobody() throws {
        let input = Self.input(3)
        try TemporaryFolder.with { folder in
            let release = try release(input, in: folder, name: "all", hidesSmallOnly: true)
            let answer = try attack(
                [release], truth: release,
                divisions: divisions(of: input, in: folder, name: "all"))
            #expect(answer.pinned.count > 20)
            Self.expectSound(answer)
        }
    }

    /// What the attacker reasons from is true, else he would find less than there is to find.
    private static func expectSound(_ answer: Answer) {
        #expect(answer.broken == [])
        #expect(answer.infeasible == 0)
        #expect(answer.contradictions == 0)
    }

    /// A table that lost a row would tell less than nothing: it would tell a zero.
    private static func expectEveryRow(of output: URL) throws {
        func keys(_ meaning: DataDictionary.TableMeaning, _ scope: String) throws -> Set<[String]> {
            let file = output.appendingPathComponent("\(scope)/\(meaning.name).csv")
            guard let data = FileManager.default.contents(atPath: file.path) else { return [] }
            let table = try #require(Table(name: meaning.name, csv: Array(data)))
            return Set(table.rows.map { Array($0.prefix(meaning.keyCount)) })
        }
        let areas = try #require(DataDictionary.meaning(of: "urbanization"))
        let dates = Set(try keys(areas, "internal").map { $0[0] })
        for meaning in DataDictionary.tables where meaning.name != "units" {
            var lost = try keys(meaning, "internal").subtracting(keys(meaning, "public"))
            // Of other dates than those of the release nothing is told.
            if meaning.name == "official" { lost = lost.filter { dates.contains($0[1]) } }
            // Codes that may be of one person are told as one row.
            if try keys(meaning, "public").contains(["all", "unknown_division", ""]) {
                lost = lost.filter { $0[1] != "unknown_division" }
            }
            #expect(lost.isEmpty, "\(meaning.name)")
        }
    }
}
