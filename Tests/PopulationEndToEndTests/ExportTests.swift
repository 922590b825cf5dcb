import Foundation
import PopulationFigures
import PopulationTestSupport
import Testing

/// `popstat export` of the committed sample.
@Suite struct ExportTests {
    private static let sample = BuiltProgram.repository.appendingPathComponent("Reports/sample")

    private static func export(_ arguments: [String], from run: URL = sample, to folder: URL)
        throws -> BuiltProgram.Outcome
    {
        let output = folder.appendingPathComponent("sdmx").path
        return try BuiltProgram.run(["export", run.path, "--output", output] + arguments)
    }

    /// Every number of a table, told apart by what its row's key is: read by our own code.
    private static func numbers(of table: String) throws -> Set<String> {
        let meaning = try #require(DataDictionary.meaning(of: table))
        let file = sample.appendingPathComponent("internal/\(table).csv")
        var numbers: Set<String> = []
        var names: [String] = []
        TableText.forEachRow(of: Array(try Data(contentsOf: file))[...]) { row in
            if names.isEmpty {
                names = row
                return
            }
            let cells = Dictionary(uniqueKeysWithValues: zip(names, row))
            for column in meaning.columns where !column.isKey && column.kind.isNumber {
                guard let value = cells[column.name], !value.isEmpty else { continue }
                let area = cells["area_code"] ?? cells["county_code"] ?? ""
                let time = cells["reference_date"] ?? cells["year"] ?? ""
                let concept = cells["concept"] ?? ""
                let number = Double(value) ?? .nan
                numbers.insert("\(area)|\(concept)|\(column.name.uppercased())|\(time)|\(number)")
            }
        }
        return numbers
    }

    private static let script = """
        import sys
        from pysdmx.io import read_sdmx
        message = read_sdmx(sys.argv[1])
        (dataset,) = message.data
        print(dataset.short_urn)
        for row in dataset.data.to_dict("records"):
            names = ("REF_AREA", "CONCEPT", "INDICATOR", "TIME_PERIOD")
            key = "|".join(str(row.get(name, "")) for name in names)
            print(key + "|" + str(float(row["OBS_VALUE"])))
        """

    @Test(
        .enabled(if: TestTool.sdmx.isUsed, "\(TestTool.sdmx.absence)"),
        arguments: ["urbanization", "migration", "decomposition", "balance58"])
    func pysdmxReadsTheNumbersOfTheTable(table: String) throws {
        try TemporaryFolder.with { folder in
            let outcome = try Self.export(["--scope", "internal"], to: folder)
            try #require(outcome.status == 0, "\(outcome.errors)")
            let file = folder.appendingPathComponent("sdmx/\(table.uppercased()).csv")
            let read = try Client.run(["-c", Self.script, file.path], folder: folder)
            try #require(read.status == 0, "\(read.output.suffix(600))")
            let lines = read.output.split(separator: "\n").map(String.init)
            #expect(lines.first == "Dataflow=POPSTAT:\(table.uppercased())(1.0.0)")
            let numbers = try Self.numbers(of: table)
            #expect(!numbers.isEmpty)
            #expect(Set(lines.dropFirst()) == numbers)
        }
    }

    @Test func givesTheSameBytesTwiceAndReplacesOnlyItself() throws {
        try TemporaryFolder.with { folder in
            let outcome = try Self.export(["--scope", "internal"], to: folder)
            try #require(outcome.status == 0, "\(outcome.errors)")
            let exported = folder.appendingPathComponent("sdmx")
            let first = try FolderContents(of: exported)
            #expect(first.files.count == DataDictionary.tables.count + 1)
            #expect(outcome.output.hasPrefix("18 internal tables, "))
            #expect(try Self.export(["--scope", "internal"], to: folder).status == 0)
            #expect(try FolderContents(of: exported).differences(from: first) == [])
            try Data().write(to: exported.appendingPathComponent("mine.txt"))
            let refused = try Self.export(["--scope", "internal"], to: folder)
            #expect(refused.status == 73)
            #expect(refused.errors.contains("(PUBLISH-021)"))
        }
    }

    @Test func aTableThatWasChangedIsNotExported() throws {
        try TemporaryFolder.with { folder in
            let run = folder.appendingPathComponent("run")
            try FileManager.default.copyItem(at: Self.sample, to: run)
            let file = run.appendingPathComponent("internal/official.csv")
            let text = try String(contentsOf: file, encoding: .utf8)
            try Data(text.replacing("25911", with: "25912").utf8).write(to: file)
            let refused = try Self.export(["--scope", "internal"], from: run, to: folder)
            #expect(refused.status == 74)
            #expect(refused.errors.contains("internal/official.csv: the table is not the one"))
            #expect(refused.errors.contains("(PUBLISH-072)"))
            let isThere = FileManager.default.fileExists(
                atPath: folder.appendingPathComponent("sdmx").path)
            #expect(!isThere)
        }
    }

    @Test func mistakesAreSaid() throws {
        try TemporaryFolder.with { folder in
            let nowhere = folder.appendingPathComponent("nowhere")
            let missing = try Self.export([], from: nowhere, to: folder)
            #expect(missing.status == 66)
            #expect(missing.errors.contains("(PUBLISH-040)"))
            let within = try BuiltProgram.run(
                ["export", Self.sample.path, "--output", Self.sample.path + "/sdmx"])
            #expect(within.status == 64)
            #expect(within.errors.contains("(PUBLISH-048)"))
            #expect(try Self.export(["--format", "excel"], to: folder).status == 64)
        }
    }
}
