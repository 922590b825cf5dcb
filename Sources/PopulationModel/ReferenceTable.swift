/// A small CSV file of reference data, held whole: UTF-8, commas, double quotes, one header row.
///
/// Extracts go through ingest; these files are kept by the bureau itself, so anything odd in them
/// is a fault with its line rather than a row to set aside.
public struct ReferenceTable: Sendable {
    /// What messages call the file.
    public let label: String
    /// Few and short: looking through them is faster than hashing a name for each row.
    private let columns: [(name: String, index: Int)]
    public let rows: ArraySlice<Row>
    private let text: [UInt8]
    /// Where each field stands in the text.
    private let fields: [Range<Int>]

    /// One row and the line it begins on.
    public struct Row: Sendable {
        /// 1-based, of the file.
        public let line: Int
        /// Of all fields of the file.
        let fields: Range<Int>
    }

    /// A column of this file: its place in a row, or that it is not there.
    public struct ColumnPlace: Sendable {
        fileprivate let index: Int?
    }

    /// `stage` gives the prefix of error codes. Faults of all rows are named at once.
    public init(
        _ bytes: [UInt8], label: String, needing expected: [String], stage: StageName
    ) throws(PopstatErrors) {
        self.label = label
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw PopstatErrors([ReferenceFault.notUTF8.error(stage, label)])
        }
        let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let splitter = FieldSplitter(bytes, from: isMarked ? 3 : 0)
        (text, fields) = (splitter.text, splitter.fields)
        let header = (splitter.rows.first?.fields ?? 0..<0).map { index in
            String(decoding: splitter.text[splitter.fields[index]], as: UTF8.self)
        }
        let names = header.map { $0.lowercased() }
        guard expected.allSatisfy(names.contains) else {
            let fault = ReferenceFault.missingColumns(expected: expected, found: header)
            throw PopstatErrors([fault.error(stage, label)])
        }
        rows = splitter.rows.dropFirst()
        let faults = rows.filter { $0.fields.count != header.count }.map { row in
            ReferenceFault.fieldCount(
                line: row.line, expected: header.count, found: row.fields.count
            ).error(stage, label)
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
        columns = names.enumerated().map { ($0.element, $0.offset) }
    }

    /// Where a column stands; the first of its name.
    public func column(_ name: String) -> ColumnPlace {
        ColumnPlace(index: columns.first { $0.name == name }?.index)
    }

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
    public func utf8(_ column: ColumnPlace, of row: Row) -> ArraySlice<UInt8> {
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
