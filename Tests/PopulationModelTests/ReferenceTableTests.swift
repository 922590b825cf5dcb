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

    /// Odd text against a plain reading of it, character by character.
    @Test(arguments: Seeds.list(upTo: 300))
    func splitsOddTextAsAPlainReadingDoes(seed: UInt64) throws {
        var chance = SeededRandom(seed: seed)
        let alphabet: [Character] = [
            "a", "b", ",", ",", "\"", "\n", "\r", " ", "\t", "\u{3000}", "€",
        ]
        let text = String((0..<chance.below(60)).map { _ in chance.pick(alphabet) })
        let expected = Self.plainRows("code,name\n" + text)
        let isEven = expected.allSatisfy { $0.fields.count == 2 }
        do throws(PopstatErrors) {
            let table = try Self.table("code,name\n" + text)
            #expect(isEven, "POPSTAT_SEED=\(seed)")
            let rows = table.rows.map { row in
                PlainRow(
                    line: row.line, fields: ["code", "name"].map { table.field($0, of: row) })
            }
            #expect(rows == Array(expected.dropFirst()), "POPSTAT_SEED=\(seed)")
        } catch {
            #expect(
                error.errors.map { $0.place?.line ?? 0 }
                    == expected.filter { $0.fields.count != 2 }.map(\.line), "POPSTAT_SEED=\(seed)")
        }
    }

    private struct PlainRow: Equatable {
        var line: Int
        var fields: [String]
    }

    private static func plainRows(_ text: String) -> [PlainRow] {
        var rows: [PlainRow] = []
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var (line, firstLine) = (1, 1)
        let characters = Array(text.unicodeScalars)
        var index = 0
        func isBlank(_ scalar: Unicode.Scalar) -> Bool { [" ", "\t", "\u{3000}"].contains(scalar) }
        func endRow() {
            endField()
            if fields != [""] { rows.append(PlainRow(line: firstLine, fields: fields)) }
            fields = []
        }
        func endField() {
            var scalars = Array(field.unicodeScalars.drop(while: isBlank))
            while let last = scalars.last, isBlank(last) { scalars.removeLast() }
            fields.append(String(String.UnicodeScalarView(scalars)))
            field = ""
        }
        while index < characters.count {
            let character = characters[index]
            index += 1
            let next = index < characters.count ? characters[index] : nil
            switch (character, isQuoted) {
            case ("\"", true) where next == "\"":
                field.unicodeScalars.append("\"")
                index += 1
            case ("\"", true): isQuoted = false
            case (_, true):
                if character == "\n" { line += 1 }
                field.unicodeScalars.append(character)
            case ("\"", false) where field.unicodeScalars.allSatisfy({ $0 == " " }):
                field = ""
                isQuoted = true
            case (",", false): endField()
            case ("\n", false), ("\r", false):
                endRow()
                if character == "\r", next == "\n" { index += 1 }
                line += 1
                firstLine = line
            default: field.unicodeScalars.append(character)
            }
        }
        if !field.isEmpty || !fields.isEmpty { endRow() }
        return rows
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
