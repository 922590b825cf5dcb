import Glibc
internal import PopulationModel

/// A small CSV file of reference data, read whole: UTF-8, commas, double quotes, one header row.
///
/// Extracts go through ingest; these files are kept by the bureau itself, so anything odd in them
/// is a fault with its line rather than a row to set aside.
struct ReferenceFile {
    let label: String
    private let columns: [String: Int]
    let rows: [Row]

    struct Row {
        let line: Int
        let fields: [String]
    }

    init(path: String, label: String, needing expected: [String]) throws(PopstatErrors) {
        self.label = label
        let bytes = try Self.read(path, label)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PopstatErrors([ClassifyFault.notUTF8(label: label).error])
        }
        var records = Self.records(Array(text.utf8))
        let header = records.isEmpty ? [] : records.removeFirst().fields
        let names = header.map { $0.lowercased() }
        let indexes = Dictionary(zip(names, names.indices)) { first, _ in first }
        guard expected.allSatisfy({ indexes[$0] != nil }) else {
            throw PopstatErrors([
                ClassifyFault.missingColumns(label: label, expected: expected, found: header).error
            ])
        }
        let faults = records.filter { $0.fields.count != header.count }.map {
            ClassifyFault.fieldCount(
                label: label, line: $0.line, expected: header.count, found: $0.fields.count
            ).error
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
        columns = indexes
        rows = records
    }

    /// A field by its column; empty when the file has no such column.
    func field(_ name: String, of row: Row) -> String {
        columns[name].map { row.fields[$0] } ?? ""
    }

    private static func read(_ path: String, _ label: String) throws(PopstatErrors) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw PopstatErrors([ClassifyFault.cannotRead(label: label, errno: errno).error])
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let n = Glibc.read(descriptor, &buffer, buffer.count)
            if n == 0 { break }
            if n < 0 {
                if errno == EINTR { continue }
                throw PopstatErrors([ClassifyFault.cannotRead(label: label, errno: errno).error])
            }
            bytes += buffer[..<n]
        }
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
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
            fields.append(trimmed(String(decoding: field, as: UTF8.self)))
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
