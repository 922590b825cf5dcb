/// Names of a few Chinese characters, straight into a record as UTF-8: most of what `name` holds.
///
/// Takes names of 2 to 4 of the characters that three bytes E4…E9 begin in UTF-8 (U+4000 to
/// U+9FFF), and leaves all others, blanks among them, to care.
package struct HanNames {
    /// For GB 18030; `nil` for UTF-8.
    private let table: UnsafePointer<UInt32>?

    package init(encoding: TextEncoding) {
        switch encoding {
        case .utf8: table = nil
        case .gb18030(let gb18030): table = gb18030.hanAsUTF8
        }
    }

    /// Writes 16 bytes, of which those of the name count; `nil` when it is another kind of name.
    @inline(__always)
    package func write(_ field: FieldBytes, to out: UnsafeMutablePointer<UInt8>) -> Int? {
        if let table { return writeGB18030(field, table, to: out) }
        guard isHan(field) else { return nil }
        let target = UnsafeMutableRawPointer(out)
        target.storeBytes(of: field.word(0), as: UInt64.self)
        target.storeBytes(of: field.word(8), toByteOffset: 8, as: UInt64.self)
        return field.count
    }

    /// Six bytes are tested at once; the third and fourth character may be absent.
    @inline(__always)
    private func isHan(_ field: FieldBytes) -> Bool {
        let count = UInt64(truncatingIfNeeded: field.count)
        // 6, 9 or 12.
        guard count <= 12, (0x1240 &>> count) & 1 == 1 else { return false }
        let absent = ~UInt64(0) &<< ((count &- 6) &* 8)
        return oddBits(field.word(0)) | (oddBits(field.word(6)) & ~absent) == 0
    }

    /// What in the first six bytes differs from two characters E4…E9, 80…BF, 80…BF.
    @inline(__always)
    private func oddBits(_ word: UInt64) -> UInt64 {
        let shape = (word & 0xC0C0_F0C0_C0F0) ^ 0x8080_E080_80E0
        // 4 to 9 and nothing else carries into bit 4 with 12 added and not with 6.
        let lead = word & 0x0F_0000_0F
        let isInRange = (lead &+ 0x0C_0000_0C) & ~(lead &+ 0x06_0000_06) & 0x10_0000_10
        return shape | (isInRange ^ 0x10_0000_10)
    }

    private func writeGB18030(
        _ field: FieldBytes, _ table: UnsafePointer<UInt32>, to out: UnsafeMutablePointer<UInt8>
    ) -> Int? {
        guard field.count <= 8, field.count & 1 == 0 else { return nil }
        var written = 0
        for offset in stride(from: 0, to: field.count, by: 2) {
            let place = GB18030.twoBytePlace(field.start[offset], field.start[offset &+ 1])
            guard let place, table[place] != 0 else { return nil }
            // Four bytes are written, three count.
            UnsafeMutableRawPointer(out + written).storeBytes(of: table[place], as: UInt32.self)
            written &+= 3
        }
        return written
    }
}
