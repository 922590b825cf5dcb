import Foundation
import PopulationFigures
import PopulationModel
import PopulationPublish
import Testing

struct DataDictionaryTests {
    private static let page = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Reports/dictionary.md")

    /// SPEC 6, in its order.
    @Test func holdsEveryTableOfTheContract() {
        #expect(
            DataDictionary.tables.map(\.name) == [
                "urbanization", "population", "units", "migration", "households", "settlement",
                "balance58", "permits", "ladder", "eligibility", "services", "transfer", "land",
                "decomposition", "progress", "official", "tasks", "quality",
            ])
    }

    @Test(arguments: TableName.allCases)
    func everyPublishedColumnIsExplainedInItsPlace(name: TableName) throws {
        let figures = SampleFigures(hasFinance: true).figures
        let table = TableMaker(figures: figures).table(name)
        let meaning = try #require(DataDictionary.tables.first { $0.name == name.rawValue })
        #expect(meaning.columns.map(\.name) == table.columns)
        let isKeyFirst = meaning.columns.prefix(table.keyCount).allSatisfy { $0.isKey }
        #expect(isKeyFirst)
        #expect(meaning.keyCount == table.keyCount)
    }

    @Test func everyColumnHasUnitMeaningSourceAndRule() {
        for table in DataDictionary.tables {
            #expect(Set(table.columns.map(\.name)).count == table.columns.count)
            for column in table.columns {
                let texts = [column.name, column.unit, column.meaning, column.source, column.rule]
                #expect(!texts.contains(""), "\(table.name).\(column.name)")
            }
        }
        #expect(DataDictionary.tables.first { $0.name == "balance58" }?.columns.count == 30)
    }

    /// `POPSTAT_RECORD=1` writes the page anew and fails, so that recording is no test.
    @Test func thePageSaysWhatTheCodeSays() throws {
        if ProcessInfo.processInfo.environment["POPSTAT_RECORD"] == "1" {
            try Data(DataDictionary.markdown.utf8).write(to: Self.page)
            Issue.record("Reports/dictionary.md is recorded: look at the change and commit it")
            return
        }
        #expect(try String(contentsOf: Self.page, encoding: .utf8) == DataDictionary.markdown)
    }
}
