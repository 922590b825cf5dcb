/// A published table: a key, then values; rows stand in the order of the key.
public struct Table: Sendable, Equatable {
    public let name: String
    public let columns: [String]
    /// The first so many columns are the key.
    public let keyCount: Int
    public var rows: [[String]] = []

    public init(name: String, columns: [String], keyCount: Int, rows: [[String]] = []) {
        self.name = name
        self.columns = columns
        self.keyCount = keyCount
        self.rows = rows
    }

    /// CSV as SPEC 6 asks: UTF-8, LF, one header row, quotes only where needed.
    public var csv: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity((rows.count + 1) * 48)
        Self.append(columns, to: &bytes)
        for row in rows { Self.append(row, to: &bytes) }
        return bytes
    }

    private static func append(_ fields: [String], to bytes: inout [UInt8]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if field.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D })
            {
                bytes.append(0x22)
                for byte in field.utf8 {
                    if byte == 0x22 { bytes.append(0x22) }
                    bytes.append(byte)
                }
                bytes.append(0x22)
            } else {
                bytes.append(contentsOf: field.utf8)
            }
        }
        bytes.append(0x0A)
    }
}
