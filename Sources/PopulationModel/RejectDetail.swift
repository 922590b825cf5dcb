/// How much of a rejected row is kept for whoever mends the extract.
public enum RejectDetail: String, CaseIterable, Sendable {
    /// Its place and the reason.
    case none
    /// Also its form: every digit is a 9, every letter an a, every other character a *.
    case masked
    /// The row as it was, in the work folder only.
    case full

    /// What is kept of a row of UTF-8.
    package func kept(of row: [UInt8]) -> [UInt8] {
        switch self {
        case .none: []
        case .full: row
        case .masked:
            row.compactMap { byte in
                switch byte {
                case 0x30...0x39: 0x39
                case 0x41...0x5A, 0x61...0x7A: 0x61
                case 0xC0...0xFF: 0x2A
                // The rest of a character of several bytes.
                case 0x80...0xBF: nil
                default: byte
                }
            }
        }
    }
}
