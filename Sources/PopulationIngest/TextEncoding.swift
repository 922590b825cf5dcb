/// The encoding of an extract's bytes: what is valid, where a character ends, and the same text in
/// UTF-8. Commas, quotes and line ends are single bytes in both, never part of a character.
package enum TextEncoding: Sendable {
    case utf8
    case gb18030(GB18030)

    /// First byte of a full-width space.
    package var fullWidthSpaceLead: UInt8 {
        switch self {
        case .utf8: 0xE3
        case .gb18030: 0xA1
        }
    }

    /// Length of the full-width space at the start of the bytes; 0 where none stands.
    @inline(__always)
    func startsWithFullWidthSpace(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int {
        switch self {
        case .utf8:
            count >= 3 && p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80 ? 3 : 0
        case .gb18030:
            count >= 2 && p[0] == 0xA1 && p[1] == 0xA1 ? 2 : 0
        }
    }

    /// The field without blanks (space, tab, full-width space) at both ends.
    package func stripped(_ field: FieldBytes) -> FieldBytes {
        var field = field
        while field.count > 0 {
            let byte = field.start[0]
            let width =
                byte == 0x20 || byte == 0x09
                ? 1 : startsWithFullWidthSpace(field.start, field.count)
            if width == 0 { break }
            field.start += width
            field.count -= width
        }
        while field.count > 0 {
            let byte = field.start[field.count - 1]
            if byte == 0x20 || byte == 0x09 {
                field.count -= 1
            } else if let width = fullWidthSpaceAtEnd(field) {
                field.count -= width
            } else {
                break
            }
        }
        return field
    }

    private func fullWidthSpaceAtEnd(_ field: FieldBytes) -> Int? {
        let n = field.count
        switch self {
        case .utf8:
            return n >= 3 && field.start[n - 3] == 0xE3 && field.start[n - 2] == 0x80
                && field.start[n - 1] == 0x80 ? 3 : nil
        case .gb18030:
            guard n >= 2, field.start[n - 1] == 0xA1, field.start[n - 2] == 0xA1 else { return nil }
            // Two bytes A1 may be the halves of two characters: walk from the field's start.
            var offset = 0
            while offset < n - 2 {
                offset += GB18030.characterLength(field.start + offset, n - offset) ?? 1
            }
            return offset == n - 2 ? 2 : nil
        }
    }

    /// Whether the bytes are valid text of this encoding.
    package func isValid(_ field: FieldBytes) -> Bool {
        guard field.hasHighByte else { return true }
        switch self {
        case .utf8: return UTF8Check.validCount(field.buffer) == field.count
        case .gb18030:
            var offset = 0
            while offset < field.count {
                guard
                    let n = GB18030.characterLength(field.start + offset, field.count - offset),
                    GB18030.isAssigned(field.start + offset, n)
                else { return false }
                offset += n
            }
            return true
        }
    }

    /// The text as UTF-8, each byte that is part of no character replaced by U+FFFD.
    package func utf8Text(_ field: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        switch self {
        case .utf8: return Array(String(decoding: field, as: UTF8.self).utf8)
        case .gb18030(let table): return table.utf8(field)
        }
    }
}

/// Validity of UTF-8 (RFC 3629).
package enum UTF8Check {
    /// How many bytes from the start form whole valid characters.
    package static func validCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let p = bytes.baseAddress else { return 0 }
        let count = bytes.count
        var offset = 0
        while offset < count {
            while offset &+ 8 <= count {
                let word = UnsafeRawPointer(p).loadUnaligned(
                    fromByteOffset: offset, as: UInt64.self)
                let high = word & 0x8080_8080_8080_8080
                if high == 0 {
                    offset &+= 8
                } else if high & 0x80 == 0 {
                    offset &+= high.trailingZeroBitCount >> 3
                } else if isCommonThree(word) {
                    offset &+= 3
                } else {
                    break
                }
            }
            if offset == count { break }
            let n = characterLength(p + offset, count &- offset)
            if n == 0 { return offset }
            offset &+= n
        }
        return offset
    }

    /// The first three bytes are a character, as those of Chinese text are; `false` for some others.
    @inline(__always)
    private static func isCommonThree(_ word: UInt64) -> Bool {
        let lead = word & 0xFF
        return word & 0xC0_C0F0 == 0x80_80E0 && lead != 0xE0 && lead != 0xED
    }

    /// 1 to 4, or 0 when no whole valid character stands here.
    @inline(__always)
    static func characterLength(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int {
        let a = p[0]
        if a < 0x80 { return 1 }
        func continues(_ i: Int) -> Bool { p[i] & 0xC0 == 0x80 }
        switch a {
        case 0xC2...0xDF:
            return count >= 2 && continues(1) ? 2 : 0
        case 0xE0...0xEF:
            return count >= 3 && continues(1) && continues(2) && mayFollow(a, p[1]) ? 3 : 0
        case 0xF0...0xF4:
            return count >= 4 && continues(1) && continues(2) && continues(3)
                && mayFollow(a, p[1]) ? 4 : 0
        default: return 0
        }
    }

    /// Behind four of the leads fewer second bytes may stand than elsewhere in a character.
    @inline(__always)
    private static func mayFollow(_ lead: UInt8, _ second: UInt8) -> Bool {
        switch lead {
        case 0xE0: second >= 0xA0
        case 0xED: second <= 0x9F
        case 0xF0: second >= 0x90
        case 0xF4: second <= 0x8F
        default: true
        }
    }

    /// A character at the very end may be cut: the bytes are a valid beginning.
    package static func isValidBeginning(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let valid = validCount(bytes)
        let rest = bytes.count - valid
        guard rest > 0 else { return true }
        guard rest < 4 else { return false }
        let lead = bytes[valid]
        let wanted =
            lead >= 0xF0 && lead <= 0xF4
            ? 4
            : lead >= 0xE0 && lead < 0xF0
                ? 3
                : lead >= 0xC2 && lead < 0xE0 ? 2 : 0
        guard rest < wanted else { return false }
        if rest > 1, !mayFollow(lead, bytes[valid + 1]) { return false }
        return (valid + 1..<bytes.count).allSatisfy { bytes[$0] & 0xC0 == 0x80 }
    }
}
