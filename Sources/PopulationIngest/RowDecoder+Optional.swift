internal import PopulationModel

/// The columns that may be absent or unreadable: a row is never rejected for them.
extension RowDecoder {
    /// Day number of an optional date; 0 when it is empty or unreadable.
    @inline(__always)
    func optionalDate(_ column: Int) -> UInt64 {
        let field = field(column)
        if field.isEmpty { return 0 }
        if let date = FieldDates.date(field) { return UInt64(date.dayNumber) }
        return optionalDateWithCare(column)
    }

    private func optionalDateWithCare(_ column: Int) -> UInt64 {
        guard isValidOptional(column) else { return 0 }
        let field = normalised(column)
        if field.isEmpty { return 0 }
        guard let date = FieldDates.date(field) else {
            warn(.optionalDate)
            return 0
        }
        return UInt64(date.dayNumber)
    }

    /// The code of an optional column; `CodeTable.none` when it is empty or unknown.
    @inline(__always)
    func optionalCode(_ column: Int, _ table: borrowing CodeTable) -> UInt8 {
        let field = field(column)
        if field.isEmpty { return CodeTable.none }
        let code = table.code(field)
        return code != CodeTable.none ? code : optionalCodeWithCare(column, table)
    }

    private func optionalCodeWithCare(_ column: Int, _ table: borrowing CodeTable) -> UInt8 {
        guard isValidOptional(column) else { return CodeTable.none }
        let field = normalised(column)
        return field.isEmpty ? CodeTable.none : table.code(field)
    }

    /// Whether the column holds something that is neither empty nor of a wrong encoding.
    func holdsText(_ column: Int) -> Bool {
        encoding.isValid(field(column)) && !normalised(column).isEmpty
    }

    /// A code of 6 to 12 digits, padded with zeros to 12, and its length in bits 40 to 42; 0 when
    /// it is empty or of another form.
    @inline(__always)
    func optionalDivision(_ column: Int) -> UInt64 {
        let field = field(column)
        if field.isEmpty { return 0 }
        if field.count == 12, let digits = Digits.valueOfTwelve(field) {
            return digits | PackedRecord.lengthCode(digitCount: 12) << 40
        }
        return optionalDivisionWithCare(column)
    }

    private func optionalDivisionWithCare(_ column: Int) -> UInt64 {
        guard isValidOptional(column) else { return 0 }
        let field = normalised(column)
        if field.isEmpty { return 0 }
        guard (6...12).contains(field.count), let digits = Digits.value(field) else {
            warn(.originFormat)
            return 0
        }
        return Self.padded(digits, digitCount: field.count)
            | PackedRecord.lengthCode(digitCount: field.count) << 40
    }

    static func padded(_ digits: UInt64, digitCount: Int) -> UInt64 {
        (digitCount..<12).reduce(digits) { value, _ in value * 10 }
    }

    /// Three digits as value + 1; 0 when empty or of another form.
    func optionalClass(_ column: Int) -> UInt64 {
        if field(column).isEmpty { return 0 }
        guard isValidOptional(column) else { return 0 }
        let field = normalised(column)
        if field.isEmpty { return 0 }
        guard field.count == 3, let digits = Digits.value(field) else {
            warn(.originFormat)
            return 0
        }
        return digits + 1
    }

    private func isValidOptional(_ column: Int) -> Bool {
        if encoding.isValid(field(column)) { return true }
        warn(.optionalEncoding)
        return false
    }

    /// Writes a text column as normalised UTF-8 and its length; returns the bytes written. Blanks
    /// round it are off already; `isNumber` takes the marks of SPEC 2.4 off as well.
    @inline(__always)
    func writeText(
        _ column: Int, isNumber: Bool, length: UnsafeMutablePointer<UInt8>,
        to out: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let field = field(column)
        let count = field.count
        if count == 0 {
            length.pointee = 0
            return 0
        }
        let first = field.start[0]
        if count <= 32, first != 0x27, first != 0x3D {
            // Four words cover it; a high byte in one of them means care.
            let keep = Self.firstBytes(count)
            let raw = UnsafeRawPointer(field.start)
            let low = raw.loadUnaligned(as: SIMD2<UInt64>.self)
            let high = raw.loadUnaligned(fromByteOffset: 16, as: SIMD2<UInt64>.self)
            let bits = (low & keep.0) | (high & keep.1)
            if (bits.x | bits.y) & 0x8080_8080_8080_8080 == 0 || isPlainName(field, isNumber) {
                let target = UnsafeMutableRawPointer(out)
                target.storeBytes(of: low, as: SIMD2<UInt64>.self)
                target.storeBytes(of: high, toByteOffset: 16, as: SIMD2<UInt64>.self)
                length.pointee = UInt8(truncatingIfNeeded: count)
                return count
            }
        }
        return writeTextWithCare(column, isNumber: isNumber, length: length, to: out)
    }

    /// Masks for the first `count` of 32 bytes.
    @inline(__always)
    private static func firstBytes(_ count: Int) -> (SIMD2<UInt64>, SIMD2<UInt64>) {
        func word(_ start: Int) -> UInt64 {
            let n = count &- start
            return n >= 8 ? ~0 : n <= 0 ? 0 : (1 << UInt64(n &* 8)) &- 1
        }
        return (SIMD2(word(0), word(8)), SIMD2(word(16), word(24)))
    }

    /// Valid UTF-8 that is kept as it stands.
    @inline(__always)
    private func isPlainName(_ field: FieldBytes, _ isNumber: Bool) -> Bool {
        guard !isNumber, case .utf8 = encoding else { return false }
        return UTF8Check.validCount(field.buffer) == field.count
    }

    private func writeTextWithCare(
        _ column: Int, isNumber: Bool, length: UnsafeMutablePointer<UInt8>,
        to out: UnsafeMutablePointer<UInt8>
    ) -> Int {
        guard isValidOptional(column) else {
            length.pointee = 0
            return 0
        }
        let raw = field(column)
        let field = isNumber && raw.count <= Self.codeBytesMax ? normalised(column) : raw
        var text = encoding.utf8Text(field.buffer)
        if text.count > PackedRecord.textBytesMax {
            let hash = text.withUnsafeBytes { PartitionFormat.checksum($0) }
            let digits = String(hash, radix: 16)
            let zeros = String(repeating: "0", count: 16 - digits.utf8.count)
            text = Array(text.prefix(PackedRecord.textBytesKept)) + Array((zeros + digits).utf8)
        }
        for i in 0..<text.count { out[i] = text[i] }
        length.pointee = UInt8(text.count)
        return text.count
    }
}
