/// How the text of a file becomes bytes.
package enum FileEncoding: Sendable {
    case utf8, gb18030

    /// Appends one character.
    package func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        if scalar.value < 0x80 {
            bytes.append(UInt8(scalar.value))
            return
        }
        switch self {
        case .utf8:
            bytes.append(contentsOf: UTF8.encode(scalar)!)
        case .gb18030:
            let code = GB18030Table.code(of: scalar)
            if code > 0xFFFF {
                bytes.append(UInt8(code >> 24))
                bytes.append(UInt8(code >> 16 & 0xFF))
            }
            bytes.append(UInt8(code >> 8 & 0xFF))
            bytes.append(UInt8(code & 0xFF))
        }
    }

    package func append(_ text: String, to bytes: inout [UInt8]) {
        for scalar in text.unicodeScalars { append(scalar, to: &bytes) }
    }

    package func bytes(of text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return bytes
    }
}
