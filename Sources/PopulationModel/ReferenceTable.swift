/// A small CSV file of reference data, held whole; see `ReferenceRows`.
public struct ReferenceTable: Sendable {
    /// What messages call the file.
    public let label: String
    private let columns: ReferenceColumns
    public let rows: [Row]
    private let text: [UInt8]
    /// Where each field stands in the text.
    private let fields: [Range<Int>]

    /// One row and the line it begins on.
    public struct Row: Sendable {
        /// 1-based, of the file.
        public let line: Int
        /// Of all fields of the file.
        fileprivate let fields: Range<Int>
    }

    /// `stage` gives the prefix of error codes. Faults of all rows are named at once.
    public init(
        _ bytes: [UInt8], label: String, needing expected: [String], stage: StageName
    ) throws(PopstatErrors) {
        self.label = label
        var reading = try ReferenceRows(bytes, label: label, needing: expected, stage: stage)
        var rows: [Row] = []
        var fields: [Range<Int>] = []
        while reading.next() {
            let first = fields.count
            fields += reading.fields
            rows.append(Row(line: reading.line, fields: first..<fields.count))
        }
        try reading.checkForm()
        (self.rows, self.fields) = (rows, fields)
        (columns, text) = (reading.columns, reading.text)
    }

    /// Where a column stands; the first of its name.
    public func column(_ name: String) -> ReferenceColumns.Place { columns.place(of: name) }

    /// A field by its column; empty when the file has no such column.
    public func field(_ name: String, of row: Row) -> String {
        String(decoding: utf8(column(name), of: row), as: UTF8.self)
    }

    /// A field as messages may repeat it. Another file under the name of a reference file may have an
    /// identity number or a name in its place: what is long, or no ASCII, is not repeated.
    public func shown(_ name: String, of row: Row) -> Bilingual {
        let text = field(name, of: row)
        return text.utf8.count <= 24 && text.utf8.allSatisfy { $0 < 0x80 }
            && text.utf8.count { (0x30...0x39).contains($0) } < 12
            ? Bilingual("“\(text)”", "'\(text)'")
            : Bilingual("\(text.count) 个字符的文字", "a text of \(text.count) characters")
    }

    /// The same in UTF-8, for files of many rows.
    public func utf8(_ column: ReferenceColumns.Place, of row: Row) -> ArraySlice<UInt8> {
        guard let index = column.index else { return [] }
        return text[fields[row.fields.lowerBound + index]]
    }
}

/// What can be wrong with the form of a reference file, with its wording.
enum ReferenceFault: Equatable {
    case notUTF8
    case missingColumns(expected: [String], found: [String])
    case fieldCount(line: Int, expected: Int, found: Int)

    func error(_ stage: StageName, _ label: String) -> PopstatError {
        let prefix = stage.rawValue.uppercased()
        switch self {
        case .notUTF8:
            return PopstatError(
                code: "\(prefix)-101", kind: .usage,
                message: Bilingual("文件不是有效的 UTF-8", "the file is not valid UTF-8"),
                remedy: Bilingual("请另存为 UTF-8。", "Save it as UTF-8."), place: Place(file: label))
        case .missingColumns(let expected, let found):
            let missing = expected.filter { name in
                !found.contains { $0.lowercased() == name }
            }
            // Of a file that is another one altogether, the first line may be a row of somebody.
            let isRow = found.contains { $0.split { !$0.isNumber }.contains { $0.count >= 6 } }
            let names =
                isRow
                ? Bilingual("一行数值", "a row of values")
                : Bilingual(found.joined(separator: "、"), found.joined(separator: ", "))
            return PopstatError(
                code: "\(prefix)-102", kind: .usage,
                message: Bilingual(
                    "缺少列；应有：\(expected.joined(separator: "、"))；现有：\(names.zh)；"
                        + "缺少：\(missing.joined(separator: "、"))",
                    "columns are missing; expected: \(expected.joined(separator: ", ")); "
                        + "found: \(names.en); "
                        + "missing: \(missing.joined(separator: ", "))"),
                remedy: Bilingual("请在第一行写明列名。", "Name the columns in the first line."),
                place: Place(file: label, line: 1))
        case .fieldCount(let line, let expected, let found):
            return PopstatError(
                code: "\(prefix)-103", kind: .usage,
                message: Bilingual(
                    "该行有 \(found) 个字段，应为 \(expected) 个",
                    "the row has \(found) fields, \(expected) are expected"),
                remedy: Bilingual("请改正该行。", "Mend the row."),
                place: Place(file: label, line: line))
        }
    }
}
