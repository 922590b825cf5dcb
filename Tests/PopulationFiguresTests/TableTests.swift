import PopulationFigures
import Testing

struct TableTests {
    @Test func writesCSVWithQuotesOnlyWhereNeeded() {
        let table = Table(
            name: "t", columns: ["key", "name"], keyCount: 1,
            rows: [["1", "a,b"], ["2", "say \"x\""], ["3", "二\n行"], ["4", ""]])
        #expect(
            String(decoding: table.csv, as: UTF8.self)
                == "key,name\n1,\"a,b\"\n2,\"say \"\"x\"\"\"\n3,\"二\n行\"\n4,\n")
    }

    @Test func givesBackTheRowsThatWereAppended() {
        let rows = [
            ["1", "a,b", ""], ["2", "\"", "\"\""], ["3", "\"x\",\"y\"", "\n"], ["", "", ""],
        ]
        var table = Table(name: "t", columns: ["a", "b", "c"], keyCount: 1)
        for row in rows { table.append(row) }
        #expect(table.rows == rows)
        #expect(table.rowCount == 4)
    }

    @Test func hasAHeaderWithoutRows() {
        let table = Table(name: "t", columns: ["a", "b"], keyCount: 1)
        #expect(String(decoding: table.csv, as: UTF8.self) == "a,b\n")
        #expect(table.rows.isEmpty)
    }
}
