/// A small CSV file of reference data, held whole: UTF-8, commas, double quotes, one header row.
///
/// Extracts go through ingest; these files are kept by the bureau itself, so anything odd in them
/// is a fault with its line rather than a row to set aside.
public struct ReferenceTable: Sendable {
    /// What messages call the file.
    public let label: String
    /// Few and short: looking through them is faster than hashing a name for each row.
    private let columns: [(name: String, index: Int)]
    public let rows: [Row]
    /// All fields in UTF-8, one behind the other, without quotes.
    private let text: [UInt8]
    /// Where each field ends.
    private let ends: [Int]

    /// One row and the line it begins on.
    public struct Row: Sendable {
        /// 1-based, of the file.
        public let line: Int
        /// Of all fields of the file.
        fileprivate let fields: Range<Int>
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
        let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let content = isMarked ? Array(bytes.dropFirst(3)) : bytes
        guard String(validating: content, as: UTF8.self) != nil else {
            throw PopstatErrors([ReferenceFault.notUTF8.error(stage, label)])
        }
        var splitter = FieldSplitter()
        splitter.split(content)
        (text, ends) = (splitter.text, splitter.ends)
        let header = splitter.rows.first?.fields.map { splitter.field($0) } ?? []
        let names = header.map { $0.lowercased() }
        guard expected.allSatisfy(names.contains) else {
            let fault = ReferenceFault.missingColumns(expected: expected, found: header)
            throw PopstatErrors([fault.error(stage, label)])
        }
        rows = Array(splitter.rows.dropFirst())
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
        let field = row.fields.lowerBound + index
        return text[(field == 0 ? 0 : ends[field - 1])..<ends[field]]
    }
}

/// Splits at commas and line ends outside quotes; blanks round a field are stripped, empty lines
/// left out.
private struct FieldSplitter {
    var rows: [ReferenceTable.Row] = []
    /// The fields, one behind the other, and where each ends.
    var text: [UInt8] = []
    var ends: [Int] = []
    /// Where the field and the row that are being read begin.
    private var fieldStart = 0
    private var rowStart = 0
    private var startLine = 1

    func field(_ index: Int) -> String {
        String(decoding: text[(index == 0 ? 0 : ends[index - 1])..<ends[index]], as: UTF8.self)
    }

    mutating func split(_ bytes: [UInt8]) {
        text.reserveCapacity(bytes.count)
        var isQuoted = false
        var line = 1
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if isQuoted {
                if byte == 0x22 {
                    if position < bytes.count, bytes[position] == 0x22 {
                        text.append(0x22)
                        position += 1
                    } else {
                        isQuoted = false
                    }
                } else {
                    if byte == 0x0A { line += 1 }
                    text.append(byte)
                }
            } else if byte == 0x22, text[fieldStart...].allSatisfy({ $0 == 0x20 }) {
                text.removeLast(text.count - fieldStart)
                isQuoted = true
            } else if byte == 0x2C {
                endField()
            } else if byte == 0x0A || byte == 0x0D {
                endRow()
                if byte == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
                line += 1
                startLine = line
            } else {
                let start = position - 1
                while position < bytes.count, !Self.isMark(bytes[position]) { position += 1 }
                text += bytes[start..<position]
            }
        }
        if text.count > fieldStart || ends.count > rowStart { endRow() }
    }

    /// A byte that may be more than text outside quotes.
    private static func isMark(_ byte: UInt8) -> Bool {
        byte == 0x2C || byte == 0x0A || byte == 0x0D || byte == 0x22
    }

    private mutating func endField() {
        if mayBeginOrEndBlank {
            let trimmed = Self.trimmed(String(decoding: text[fieldStart...], as: UTF8.self))
            text.replaceSubrange(fieldStart..., with: trimmed.utf8)
        }
        ends.append(text.count)
        fieldStart = text.count
    }

    private mutating func endRow() {
        let start = ends.last ?? 0
        endField()
        if ends.count == rowStart + 1, text.count == start {
            // An empty line.
            ends.removeLast()
        } else {
            rows.append(ReferenceTable.Row(line: startLine, fields: rowStart..<ends.count))
        }
        rowStart = ends.count
    }

    /// A blank, a tab, or a byte of a full-width space stands at an end of the field.
    private var mayBeginOrEndBlank: Bool {
        guard text.count > fieldStart else { return false }
        let (first, last) = (text[fieldStart], text[text.count - 1])
        return first <= 0x20 || first == 0xE3 || last <= 0x20 || last == 0x80
    }

    private static func trimmed(_ text: String) -> String {
        let isBlank: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\u{3000}" }
        let scalars = text.unicodeScalars.drop(while: isBlank)
        var end = scalars.endIndex
        while end > scalars.startIndex, isBlank(scalars[scalars.index(before: end)]) {
            end = scalars.index(before: end)
        }
        return String(scalars[scalars.startIndex..<end])
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
