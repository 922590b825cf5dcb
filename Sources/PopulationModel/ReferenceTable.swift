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

    /// One row and the line it begins on.
    public struct Row: Sendable {
        /// 1-based, of the file.
        public let line: Int
        fileprivate let fields: [String]
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
        var records = Self.records(content)
        let header = records.isEmpty ? [] : records.removeFirst().fields
        let names = header.map { $0.lowercased() }
        guard expected.allSatisfy(names.contains) else {
            let fault = ReferenceFault.missingColumns(expected: expected, found: header)
            throw PopstatErrors([fault.error(stage, label)])
        }
        let faults = records.filter { $0.fields.count != header.count }.map { row in
            ReferenceFault.fieldCount(
                line: row.line, expected: header.count, found: row.fields.count
            ).error(stage, label)
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
        columns = names.enumerated().map { ($0.element, $0.offset) }
        rows = records
    }

    /// A field by its column; empty when the file has no such column.
    public func field(_ name: String, of row: Row) -> String {
        for column in columns where column.name == name { return row.fields[column.index] }
        return ""
    }

    /// Splits at commas and line ends outside quotes; blanks round a field are stripped, empty
    /// lines left out.
    private static func records(_ bytes: [UInt8]) -> [Row] {
        var rows: [Row] = []
        var fields: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var line = 1
        var startLine = 1
        var position = 0
        func endField() {
            let text = String(decoding: field, as: UTF8.self)
            fields.append(mayBeginOrEndBlank(field) ? trimmed(text) : text)
            field.removeAll(keepingCapacity: true)
        }
        func endRow() {
            endField()
            if fields != [""] { rows.append(Row(line: startLine, fields: fields)) }
            fields.removeAll(keepingCapacity: true)
        }
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if isQuoted {
                if byte == 0x22 {
                    if position < bytes.count, bytes[position] == 0x22 {
                        field.append(0x22)
                        position += 1
                    } else {
                        isQuoted = false
                    }
                } else {
                    if byte == 0x0A { line += 1 }
                    field.append(byte)
                }
            } else if byte == 0x22, field.allSatisfy({ $0 == 0x20 }) {
                field.removeAll()
                isQuoted = true
            } else if byte == 0x2C {
                endField()
            } else if byte == 0x0A || byte == 0x0D {
                endRow()
                if byte == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
                line += 1
                startLine = line
            } else {
                field.append(byte)
            }
        }
        if !field.isEmpty || !fields.isEmpty { endRow() }
        return rows
    }

    /// A blank, a tab, or a byte of a full-width space stands at an end.
    private static func mayBeginOrEndBlank(_ field: [UInt8]) -> Bool {
        guard let first = field.first, let last = field.last else { return false }
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
