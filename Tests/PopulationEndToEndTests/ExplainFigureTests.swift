import Foundation
import PopulationFigures
import PopulationPipeline
import PopulationTestSupport
import Testing

/// `popstat explain` of a number, on the published sample and nothing else.
@Suite struct ExplainFigureTests {
    private static let report = BuiltProgram.repository
        .appendingPathComponent("Reports/sample").path

    /// Tables whose numbers are counted per unit: every 40th row, every number in it.
    @Test(arguments: ["urbanization", "population", "units", "migration", "households", "services"])
    func theUnitsComeToThePublishedNumber(table: String) throws {
        let meaning = try #require(DataDictionary.meaning(of: table))
        let lines = try String(
            contentsOfFile: "\(Self.report)/internal/\(table).csv", encoding: .utf8
        ).split(separator: "\n").dropFirst()
        var counted = 0
        for line in stride(from: 0, to: lines.count, by: max(1, lines.count / 12)) {
            let row = lines[lines.startIndex + line]
                .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let key = Array(row.prefix(meaning.keyCount))
            for (column, value) in zip(meaning.columns, row) where column.unit == "persons" {
                guard !column.isKey, let number = Int(value) else { continue }
                let found = try Explain.figure(
                    run: Self.report, table: table, words: key, column: column.name)
                #expect(found.value == value)
                guard let counts = found.counts else { continue }
                counted += 1
                // A shortfall stands for the urban persons that it is reckoned from.
                let expected = column.name == "urban_short" ? Int(row[6]) : number
                #expect(counts.persons == expected, "\(table) \(column.name)")
                #expect(counts.units.reduce(0) { $0 + $1.persons } == counts.persons)
                #expect(counts.classes.reduce(0) { $0 + $1.persons } == counts.persons)
                #expect(counts.classes.reduce(0) { $0 + $1.unitCount } == counts.units.count)
            }
        }
        #expect(counted > 0)
    }

    @Test func saysWhichUnitsClassesEditionSourcesAndRows() throws {
        let outcome = try BuiltProgram.run([
            "explain", Self.report, "urbanization", "2020-12-31", "449901", "resident", "urban",
        ])
        try #require(outcome.status == 0, "\(outcome.errors)")
        #expect(
            outcome.output.hasPrefix(
                "urbanization, 2020-12-31, county, 449901, resident: urban = "))
        for text in [
            "urban or rural by the division table of 2020-06-30", "main urban district",
            "registration      8", "residency         4", "the counties sum to the area",
        ] {
            #expect(outcome.output.contains(text), "\(text)")
        }
    }

    @Test func aNumberThatIsNotCountedPerUnitSaysSo() throws {
        let outcome = try BuiltProgram.run([
            "explain", Self.report, "progress", "2020-12-31", "4499", "resident", "status",
            "--json",
        ])
        try #require(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("\"column\":\"status\""))
        #expect(!outcome.output.contains("\"units\":["))
    }

    @Test func aKeyOfSeveralRowsIsAskedForMore() throws {
        let outcome = try BuiltProgram.run([
            "explain", Self.report, "urbanization", "2020-12-31", "449901", "urban",
        ])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("(PUBLISH-062). Name also: concept."))
    }

    @Test func aTableThatSomebodyChangedIsRefused() throws {
        try TemporaryFolder.with { folder in
            let copy = folder.appendingPathComponent("run")
            try FileManager.default.copyItem(
                at: URL(fileURLWithPath: Self.report), to: copy)
            let path = copy.appendingPathComponent("internal/units.csv")
            var bytes = try Data(contentsOf: path)
            bytes[bytes.count - 2] = bytes[bytes.count - 2] == 0x31 ? 0x32 : 0x31
            try bytes.write(to: path)
            let outcome = try BuiltProgram.run([
                "explain", copy.path, "units", "2020-12-31", "449901001001", "resident",
            ])
            #expect(outcome.status == 74)
            #expect(outcome.errors.contains("PUBLISH-072"))
        }
    }
}
