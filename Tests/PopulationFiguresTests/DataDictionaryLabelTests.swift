import PopulationFigures
import Testing

struct DataDictionaryLabelTests {
    @Test func everyColumnIsCalledSomethingInBothLanguages() {
        for table in DataDictionary.tables {
            for column in table.columns {
                let label = table.label(of: column)
                #expect(label.zh != column.name, "\(table.name).\(column.name)")
                #expect(!label.en.isEmpty, "\(table.name).\(column.name)")
            }
        }
    }

    /// Each number of a table is told as a number, and nothing else is.
    @Test func keysAreNoNumbersButYearRevisionAndTask() {
        for table in DataDictionary.tables {
            for column in table.columns where column.isKey && column.kind.isNumber {
                #expect(["year", "revision", "number"].contains(column.name), "\(table.name)")
            }
        }
    }

    @Test func aStatusIsFoundInTheListOfProgress() {
        #expect(
            FigureWords.label(of: "on_track", column: "status", table: "progress").zh == "进度正常")
        #expect(FigureWords.label(of: "basic", column: "tier", table: "ladder").en == "basic")
    }
}
