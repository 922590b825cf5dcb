import PopulationFigures
import Testing

struct TableReadingTests {
    private static let table = Table(
        name: "official", columns: ["area_code", "total", "source"], keyCount: 1,
        rows: [["4499", "12", "bulletin, 2020"], ["449901", "[c]", "a \"note\"\nof two lines"]])

    @Test func readsWhatWasWritten() throws {
        let read = try #require(Table(name: "official", csv: Self.table.csv))
        #expect(read.columns == Self.table.columns)
        #expect(read.rows == Self.table.rows)
        #expect(read.rowCount == 2)
        #expect(read.csv == Self.table.csv)
    }

    @Test func aTableWithoutRowsIsATable() throws {
        let read = try #require(Table(name: "x", csv: Array("a,b\n".utf8)))
        #expect(read.rows == [])
        #expect(read.rowCount == 0)
    }

    @Test(arguments: ["", "a,b", "a,b\n1,2", "a,b\n1\n", "a,a\n1,2\n", "a,\n1,2\n", "a,b\n1,\"2\n"])
    func refusesWhatIsNoTable(text: String) {
        #expect(Table(name: "x", csv: Array(text.utf8)) == nil)
    }
}
