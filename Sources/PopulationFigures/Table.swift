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

    /// The table that wrote a file; `nil` when a row has not one field per column.
    public init?(name: String, keyCount: Int, csv: [UInt8]) {
        guard let end = csv.firstIndex(of: 0x0A), csv.last == 0x0A else { return nil }
        self.name = name
        self.keyCount = keyCount
        columns = String(decoding: csv[..<end], as: UTF8.self).split(
            separator: ",", omittingEmptySubsequences: false
        ).map(String.init)
        headerCount = end + 1
        self.csv = csv
        var isWhole = true
        var count = 0
        let width = columns.count
        forEachRow { row in
            count += 1
            if row.count != width { isWhole = false }
        }
        guard isWhole else { return nil }
        rowCount = count
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
        forEachRow { rows.append($0) }
        return rows
    }

    /// The rows one by one, read back from the bytes, so that a large table needs no second form in
    /// memory.
    package func forEachRow<Failure: Error>(_ body: ([String]) throws(Failure) -> Void)
        throws(Failure)
    {
        try TableText.forEachRow(of: csv[headerCount...], body)
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
}
