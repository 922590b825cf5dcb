internal import PopulationModel

/// The text columns, which are kept as normalised UTF-8.
extension RowDecoder {
    /// Writes a text column and its length; returns the bytes written. Up to 16 bytes are written
    /// behind them: the next text overwrites those.
    ///
    /// The marks of SPEC 2.4 are taken off as well.
    @inline(__always)
    func writeNumber(
        _ row: some FieldAccess, _ column: Int, length: UnsafeMutablePointer<UInt8>,
        to out: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let field = row[column]
        let count = field.count
        length.pointee = UInt8(truncatingIfNeeded: count)
        if count == 0 { return 0 }
        let head = field.word(0)
        // The last byte on top, and below it others of the field or nothing.
        let tail: UInt64
        let high: UInt64
        if count <= 8 {
            tail = head &<< UInt64(64 &- count &* 8)
            high = tail
        } else {
            guard count <= 16 else { return writeOtherText(column, isNumber: true, length, out) }
            tail = field.word(count &- 8)
            high = head | tail
            UnsafeMutableRawPointer(out).storeBytes(
                of: field.word(8), toByteOffset: 8, as: UInt64.self)
        }
        let first = head & 0xFF
        guard high & FieldBytes.highBits == 0, first > 0x27, first != 0x3D, tail >> 56 > 0x22 else {
            return writeOtherText(column, isNumber: true, length, out)
        }
        UnsafeMutableRawPointer(out).storeBytes(of: head, as: UInt64.self)
        return count
    }

    /// The same for a column whose codes have two digits, with half the instructions for such a one.
    @inline(__always)
    func writeCode(
        _ row: some FieldAccess, _ column: Int, length: UnsafeMutablePointer<UInt8>,
        to out: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let field = row[column]
        let characters = field.word(0)
        guard field.count == 2, Digits.areDigits(Digits.values(characters) & 0xFFFF) else {
            return writeNumber(row, column, length: length, to: out)
        }
        length.pointee = 2
        UnsafeMutableRawPointer(out).storeBytes(
            of: UInt16(truncatingIfNeeded: characters), as: UInt16.self)
        return 2
    }

    /// The same for a name, which keeps its marks.
    @inline(__always)
    func writeName(
        _ row: some FieldAccess, _ column: Int, length: UnsafeMutablePointer<UInt8>,
        to out: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let field = row[column]
        guard let count = names.write(field, to: out) else {
            return writeOtherText(column, isNumber: false, length, out)
        }
        length.pointee = UInt8(truncatingIfNeeded: count)
        return count
    }

    private func writeOtherText(
        _ column: Int, isNumber: Bool, _ length: UnsafeMutablePointer<UInt8>,
        _ out: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let raw = field(column)
        guard isValidOptional(column) else {
            length.pointee = 0
            return 0
        }
        let field = isNumber && raw.count <= Self.codeBytesMax ? normalised(column) : raw
        let isUTF8 = if case .utf8 = encoding { true } else { !field.hasHighByte }
        if isUTF8, field.count <= PackedRecord.textBytesMax {
            out.update(from: field.start, count: field.count)
            length.pointee = UInt8(field.count)
            return field.count
        }
        var text = encoding.utf8Text(field.buffer)
        if text.count > PackedRecord.textBytesMax {
            let hash = text.withUnsafeBytes { Checksum.of($0) }
            let digits = String(hash, radix: 16)
            let zeros = String(repeating: "0", count: 16 - digits.utf8.count)
            text = Array(text.prefix(PackedRecord.textBytesKept)) + Array((zeros + digits).utf8)
        }
        for i in 0..<text.count { out[i] = text[i] }
        length.pointee = UInt8(text.count)
        return text.count
    }
}
