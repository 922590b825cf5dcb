/// A published table: a key, then values; rows stand in the order of the key.
///
/// The rows are kept as the bytes of the CSV file, once: four million rows of `units` cost their
/// file size in memory, not an array and strings for each row.
public struct Table: Sendable, Equatable {
    public let name: String
    public let columns: [String]
    /// The first so many columns are the key.
    public let keyCount: Int
    public private(set) var rowCount = 0
    /// The file as SPEC 6 asks: UTF-8, LF, one header row, quotes only where needed.
    public private(set) var csv: [UInt8] = []
    private let headerCount: Int

    /// `rowCapacity` is how many rows are expected; a wrong guess costs time only.
    public init(name: String, columns: [String], keyCount: Int, rowCapacity: Int = 0) {
        self.name = name
        self.columns = columns
        self.keyCount = keyCount
        csv.reserveCapacity((rowCapacity + 1) * 48)
        Self.append(columns, to: &csv)
        headerCount = csv.count
    }

    public init(name: String, columns: [String], keyCount: Int, rows: [[String]]) {
        self.init(name: name, columns: columns, keyCount: keyCount, rowCapacity: rows.count)
        for row in rows { append(row) }
    }

    /// A file that was written before, header and rows.
    init(name: String, columns: [String], keyCount: Int, csvRows: [UInt8], headerCount: Int) {
        self.name = name
        self.columns = columns
        self.keyCount = keyCount
        self.headerCount = headerCount
        csv = csvRows
        rowCount = rows.count
    }

    /// Adds a row; it has one field per column.
    public mutating func append(_ row: [String]) {
        precondition(row.count == columns.count, "table \(name): one field per column")
        Self.append(row, to: &csv)
        rowCount += 1
    }

    /// The rows, read back from the bytes: for small tables and for tests.
    public var rows: [[String]] {
        var rows: [[String]] = []
        rows.reserveCapacity(rowCount)
        var row: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        for byte in csv[headerCount...] {
            switch byte {
            // A doubled quote closes and opens again: the second one stands for itself.
            case 0x22:
                isQuoted.toggle()
                field.append(byte)
            case 0x2C where !isQuoted:
                row.append(Self.unquoted(field))
                field.removeAll(keepingCapacity: true)
            case 0x0A where !isQuoted:
                row.append(Self.unquoted(field))
                field.removeAll(keepingCapacity: true)
                rows.append(row)
                row.removeAll(keepingCapacity: true)
            default: field.append(byte)
            }
        }
        return rows
    }

    private static func append(_ fields: [String], to bytes: inout [UInt8]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            var field = field
            field.withUTF8 { append($0, to: &bytes) }
        }
        bytes.append(0x0A)
    }

    /// A field, in quotes where it needs them.
    private static func append(_ field: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        guard field.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D })
        else { return bytes.append(contentsOf: field) }
        bytes.append(0x22)
        for byte in field {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    /// A field as it was before `append` quoted it.
    private static func unquoted(_ field: [UInt8]) -> String {
        guard field.first == 0x22 else { return String(decoding: field, as: UTF8.self) }
        var text: [UInt8] = []
        var index = 1
        while index < field.count - 1 {
            text.append(field[index])
            index += field[index] == 0x22 ? 2 : 1
        }
        return String(decoding: text, as: UTF8.self)
    }
}
