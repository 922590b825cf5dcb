import PopulationModel
import PopulationTestSupport
import Testing

@Suite struct ReferenceTableTests {
    private static func table(_ text: String, needing: [String] = ["code", "name"])
        throws(PopstatErrors) -> ReferenceTable
    {
        try ReferenceTable(Array(text.utf8), label: "a.csv", needing: needing, stage: .classify)
    }

    private static func faults(_ bytes: [UInt8]) -> [String] {
        do throws(PopstatErrors) {
            _ = try ReferenceTable(
                bytes, label: "a.csv", needing: ["code", "name"], stage: .classify)
            return []
        } catch {
            for fault in error.errors {
                #expect(
                    ChineseWording.problems(
                        fault.line(in: .zh), beside: fault.description,
                        values: ["a.csv", "code", "name"], columns: ["title"]) == [])
            }
            return error.errors.map(\.description)
        }
    }

    @Test func readsQuotesBlanksAndAllLineEnds() throws {
        let table = try Self.table(
            "\u{FEFF}Code , name,more\r\n1, \"a, \"\"b\"\"\" ,x\r2,\"c\nd\",\n\n3,\u{3000}e\t,y")
        let names = table.rows.map { table.field("name", of: $0) }
        #expect(names == ["a, \"b\"", "c\nd", "e"])
        #expect(table.rows.map { table.field("code", of: $0) } == ["1", "2", "3"])
        #expect(table.rows.map(\.line) == [2, 3, 6])
        #expect(table.rows.map { table.field("absent", of: $0) } == ["", "", ""])
    }

    @Test func aHeaderAloneHasNoRows() throws {
        #expect(try Self.table("code,name\n").rows.isEmpty)
    }

    @Test func namesEveryRowWithAnotherNumberOfFields() {
        #expect(
            Self.faults(Array("code,name\n1\n2,b\n3,c,d\n".utf8)) == [
                "a.csv, line 2: the row has 1 fields, 2 are expected (CLASSIFY-103). "
                    + "Mend the row.",
                "a.csv, line 4: the row has 3 fields, 2 are expected (CLASSIFY-103). "
                    + "Mend the row.",
            ])
    }

    @Test func namesExpectedFoundAndMissingColumns() {
        #expect(
            Self.faults(Array("CODE,title\n".utf8)) == [
                "a.csv, line 1: columns are missing; expected: code, name; found: CODE, title; "
                    + "missing: name (CLASSIFY-102). Name the columns in the first line."
            ])
        #expect(Self.faults([]).count == 1)
    }

    /// An extract without a header, given in place of a reference file.
    @Test func printsNothingOfAFirstLineThatIsARow() {
        #expect(
            Self.faults(Array("449901198002290016,甲乙,1\n".utf8)) == [
                "a.csv, line 1: columns are missing; expected: code, name; found: a row of values; "
                    + "missing: code, name (CLASSIFY-102). Name the columns in the first line."
            ])
    }

    @Test func refusesWhatIsNotUTF8() {
        #expect(
            Self.faults(Array("code,name\n1,".utf8) + [0xB0, 0xA1]) == [
                "a.csv: the file is not valid UTF-8 (CLASSIFY-101). Save it as UTF-8."
            ])
    }
}
