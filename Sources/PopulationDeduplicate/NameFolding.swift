/// When two spellings are one name (SPEC 4): full-width letters and digits, blanks and the kinds of
/// middle dot make no difference.
package enum NameFolding {
    /// The folded name; names are the same when these are equal scalar by scalar.
    package static func fold(_ bytes: UnsafeRawBufferPointer) -> [Unicode.Scalar] {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.compactMap { scalar in
            if scalar.properties.isWhitespace { return nil }
            return switch scalar.value {
            // Middle dots: the dot itself, bullet, hyphenation point, bullet operator, dot
            // operator, katakana dots.
            case 0xB7, 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF65: "\u{B7}"
            case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
            default: scalar
            }
        }
    }

    /// Whether two of the names are neither empty nor the same.
    package static func conflict(in names: [UnsafeRawBufferPointer]) -> Bool {
        var firstName: UnsafeRawBufferPointer?
        var firstFolded: [Unicode.Scalar]?
        for name in names where !name.isEmpty {
            guard let first = firstName else {
                firstName = name
                continue
            }
            if first.count == name.count, first.elementsEqual(name) { continue }
            let folded = fold(name)
            if folded.isEmpty { continue }
            let reference = firstFolded ?? fold(first)
            firstFolded = reference
            if reference.isEmpty {
                firstName = name
                firstFolded = folded
            } else if folded != reference {
                return true
            }
        }
        return false
    }
}
