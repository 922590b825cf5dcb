import Foundation
import PopulationTestSupport
import Testing

/// `SampleData` cannot drift: from the command that its README names, and from what a run counts.
@Suite struct SampleDataTests {
    private static let committed = BuiltProgram.repository.appendingPathComponent("SampleData")

    @Test func equalsWhatTheCommandWrites() throws {
        try TemporaryFolder.with { folder in
            let outcome = try BuiltProgram.run(
                ["sample", "--citizens", "30000", "--seed", "4499", "--output", "SampleData"],
                folder: folder)
            try #require(outcome.status == 0, "\(outcome.errors)")
            let fresh = try FolderContents(of: folder.appendingPathComponent("SampleData"))
            // .gitattributes is for git alone.
            let kept = try FolderContents(of: Self.committed) { $0 != ".gitattributes" }
            #expect(fresh.differences(from: kept) == [])
            let command = "popstat sample --citizens 30000 --seed 4499 --output SampleData"
            let readMe = try Self.readMe()
            #expect(readMe.contains(command))
        }
    }

    /// Of whom nobody may be settled in a year.
    @Test(arguments: [1, 50, 999, 1_000])
    func aPlanOfFewCitizensRuns(citizens: Int) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: citizens)
            let outcome = try city.run()
            #expect(outcome.status == 0, "\(outcome.errors)")
            let tables = try FolderContents.tables(of: city.output).files.keys
            #expect(tables.contains("transfer.csv") == (citizens >= 1_000))
        }
    }

    @Test func saysTheCountsThatARunFinds() throws {
        let kinds = try Self.kinds()
        try TemporaryFolder.with { folder in
            let plan = BuiltProgram.repository.appendingPathComponent("Pipelines/sample.yaml")
            let outcome = try BuiltProgram.run(
                ["run", plan.path, "--output", "out", "--work", "work"], folder: folder)
            try #require(outcome.status == 0, "\(outcome.errors)")
            let quality = try QualityTable(of: folder.appendingPathComponent("out"))
            for (word, counts) in kinds {
                let found = Self.found(word, in: quality)
                let expected =
                    Self.wholeMeasures.contains(word)
                    ? [counts.reduce(0, +)] : counts
                #expect(found == expected, "counted as \(word)")
            }
            for (index, source) in Self.sources.enumerated() {
                for measure in ["rejected", "warning"] {
                    let listed = kinds.filter {
                        $0.key.hasPrefix(measure) && $0.value[index] > 0
                    }
                    #expect(
                        quality.reasonCount(source, measure) == listed.count,
                        "\(source): a reason of \(measure) that the README does not list")
                }
            }
        }
    }

    private static let sources = ["registration", "residency"]
    /// Counted over both sources at once.
    private static let wholeMeasures = ["name_conflict", "closed_but_present", "unknown_division"]

    private static func found(_ word: String, in quality: QualityTable) -> [Int] {
        if wholeMeasures.contains(word) { return [quality.total("all", word)] }
        let parts = word.split(separator: " ", maxSplits: 1).map(String.init)
        return sources.enumerated().map { index, source in
            if word == "future" { return quality.count(source, "superseded", "future") }
            guard parts.count == 2 else { return quality.count(source, word) }
            let reasons = parts[1].components(separatedBy: " / ")
            return quality.count(source, parts[0], reasons[min(index, reasons.count - 1)])
        }
    }

    private static func readMe() throws -> String {
        try String(
            contentsOf: committed.appendingPathComponent("README.md"), encoding: .utf8)
    }

    /// Counts of registration and residency by the word under which a run counts a kind.
    private static func kinds() throws -> [String: [Int]] {
        var kinds: [String: [Int]] = [:]
        let table = try readMe().components(separatedBy: "| kind | counted as |")[1]
        for line in table.split(separator: "\n").dropFirst(2) {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 6, !["rule", "spelling"].contains(cells[2]) else { continue }
            let counts = [Int(cells[3]) ?? 0, Int(cells[4]) ?? 0]
            kinds[cells[2], default: [0, 0]] =
                zip(kinds[cells[2]] ?? [0, 0], counts).map { $0 + $1 }
        }
        return kinds
    }
}
