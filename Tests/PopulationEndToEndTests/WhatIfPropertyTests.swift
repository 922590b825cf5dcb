import Foundation
import PopulationPipeline
import PopulationTestSupport
import Testing

/// What-ifs on generated ugly populations: nothing assumed gives the published tables, and other
/// classes give those of a full run with other division files.
@Suite struct WhatIfPropertyTests {
    static let tables = ["urbanization", "population", "units", "migration", "progress"]

    @Test(arguments: Seeds.list(upTo: 20))
    func givesTheTablesOfAFullRun(seed: UInt64) throws {
        var input = uglyInput(seed: seed, citizens: 60 + Int(seed % 5) * 30)
        input.targets = input.targets.map(NaiveModelTests.withoutRepeatedTargets)
        // Money hangs on no what-if, and a year in which nobody scores would stop the run.
        input.transfer = nil
        var random = SeededRandom(seed: seed)
        let classes = Self.classes(of: input, &random)
        try TemporaryFolder.with { folder in
            let before = try UglyCase(input, in: folder.appendingPathComponent("before"))
            try Self.run(before)
            var changed = input
            for index in changed.divisions.indices {
                changed.divisions[index].bytes = Self.reclassified(
                    input.divisions[index].bytes, classes)
            }
            let after = try UglyCase(changed, in: folder.appendingPathComponent("after"))
            try Self.run(after)
            let same = folder.appendingPathComponent("same")
            try Self.compare(before, [:], output: same)
            try Self.expectTables(in: same, of: before, "seed \(seed), nothing assumed")
            let other = folder.appendingPathComponent("other")
            try Self.compare(before, classes, output: other)
            try Self.expectTables(in: other, of: after, "seed \(seed), other classes")
        }
    }

    private static func compare(
        _ ugly: UglyCase, _ classes: [String: String], output: URL
    ) throws {
        var assumptions = WhatIf.Assumptions()
        assumptions.classes = classes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        _ = try WhatIf(run: ugly.output.path, assumptions: assumptions, threads: 2)
            .compare(output: output.path)
    }

    private static func expectTables(in folder: URL, of ugly: UglyCase, _ words: String) throws {
        for name in tables {
            let expected = try String(
                contentsOf: ugly.output.appendingPathComponent("internal/\(name).csv"),
                encoding: .utf8)
            let found = try String(
                contentsOf: folder.appendingPathComponent("\(name).csv"), encoding: .utf8)
            let difference = TableDifference(expected: expected, found: found)
            #expect(difference.isEmpty, "\(words), \(name): \(difference)")
        }
    }

    private static func run(_ ugly: UglyCase) throws {
        var options = RunOptions(threads: 2)
        options.output = ugly.output.path
        options.work = ugly.work.path
        let plan = try PlanReader.read(file: ugly.plan.path)
        _ = try Pipeline(plan: plan, options: options, observer: SilentObserver()).run()
    }

    private static let words = ["111", "112", "121", "122", "123", "210", "220"]

    /// Another class, or the same by chance, for a third of the units of both editions in the area.
    private static func classes(of input: NaiveInput, _ random: inout SeededRandom)
        -> [String: String]
    {
        var codes: Set<String> = []
        for edition in input.divisions {
            for line in String(decoding: edition.bytes, as: UTF8.self).split(separator: "\n") {
                let fields = line.split(separator: ",")
                for field in [fields.first, fields.last].compactMap({ $0 })
                where field.count == 12 && field.hasPrefix(input.area) && Int(field) != nil {
                    codes.insert(String(field))
                }
            }
        }
        return codes.sorted().reduce(into: [:]) { classes, code in
            if random.chance(33) { classes[code] = random.pick(words) }
        }
    }

    /// A division file, of either order of columns, with other classes.
    private static func reclassified(_ bytes: [UInt8], _ classes: [String: String]) -> [UInt8] {
        var text = String(decoding: bytes, as: UTF8.self)
        for (code, new) in classes {
            let found = words.first {
                text.contains("\n\(code),\($0),") || text.contains(",\($0),\(code)\n")
            }
            guard let old = found else { continue }
            text = text.replacingOccurrences(of: "\n\(code),\(old),", with: "\n\(code),\(new),")
                .replacingOccurrences(of: ",\(old),\(code)\n", with: ",\(new),\(code)\n")
        }
        return Array(text.utf8)
    }
}
