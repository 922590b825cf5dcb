import PopulationModel

/// Reads the fields of one row of a reference file and gathers what is wrong with them.
///
/// Codes are `PUBLISH-` and three digits: the hundred and ten are the file's, the last is the
/// field's.
struct ReferenceRow {
    let table: ReferenceTable
    let row: ReferenceTable.Row
    /// Such as `PUBLISH-12`.
    let codeStart: String
    /// Such as factors, for the sentence that names the file.
    let fileName: Bilingual
    private(set) var faults: [PopstatError] = []

    init(
        _ row: ReferenceTable.Row, of table: ReferenceTable, codeStart: String, fileName: Bilingual
    ) {
        self.table = table
        self.row = row
        self.codeStart = codeStart
        self.fileName = fileName
    }

    func text(_ column: String) -> String { table.field(column, of: row) }

    mutating func add(_ number: Int, _ column: String, isNot expected: Bilingual) {
        faults.append(
            PopstatError(
                code: "\(codeStart)\(number)", kind: .usage,
                message: table.shown(column, of: row) + Bilingual("不是", " is not ") + expected,
                remedy: Bilingual(
                    "请改正\(fileName.zh)文件中的该行。", "Mend the row of the \(fileName.en) file."),
                place: Place(file: table.label, line: row.line, column: column)))
    }

    /// The value of a column; a fault when there is none.
    mutating func read<Value>(
        _ number: Int, _ column: String, as expected: Bilingual, _ value: (String) -> Value?
    ) -> Value? {
        let found = value(text(column))
        if found == nil { add(number, column, isNot: expected) }
        return found
    }

    /// An area code with one of these numbers of digits.
    static func code(_ text: String, digits: Set<Int>) -> String? {
        digits.contains(text.utf8.count) && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            ? text : nil
    }

    /// A whole number from 0 on, of up to 15 digits: more people or years than there are.
    static func count(_ text: String) -> Int? {
        (1...15).contains(text.utf8.count) && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            ? Int(text) : nil
    }
}
