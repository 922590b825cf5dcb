internal import PopulationModel

/// The columns that may be absent or unreadable: a row is never rejected for them.
extension RowDecoder {
    /// Day number of an optional date; 0 when it is empty or unreadable.
    @inline(__always)
    func optionalDate(_ row: some FieldAccess, _ column: Int) -> UInt64 {
        let field = row[column]
        if field.isEmpty { return 0 }
        if let date = FieldDates.date(field) { return Self.bits(date) }
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
        return Self.bits(date)
    }

    /// A date as it is packed.
    @inline(__always)
    static func bits(_ date: CalendarDate) -> UInt64 {
        UInt64(UInt32(truncatingIfNeeded: date.dayNumber))
    }

    /// The code of an optional column; `CodeTable.none` when it is empty or unknown.
    @inline(__always)
    func optionalCode(_ row: some FieldAccess, _ column: Int, _ table: CodeTable) -> UInt8 {
        let field = row[column]
        if field.isEmpty { return CodeTable.none }
        let code = table.code(field)
        return code != CodeTable.none ? code : optionalCodeWithCare(column, table)
    }

    private func optionalCodeWithCare(_ column: Int, _ table: CodeTable) -> UInt8 {
        let code = table.codeWithCare(field(column))
        if code != CodeTable.none { return code }
        guard isValidOptional(column) else { return CodeTable.none }
        let field = normalised(column)
        return table.codeWithCare(field)
    }

    /// Whether the column holds something that is neither empty nor of a wrong encoding.
    func holdsText(_ column: Int) -> Bool {
        encoding.isValid(field(column)) && !normalised(column).isEmpty
    }

    /// A code of 6 to 12 digits, padded with zeros to 12, and its length in bits 40 to 42; 0 when
    /// it is empty or of another form.
    @inline(__always)
    func optionalDivision(_ row: some FieldAccess, _ column: Int) -> UInt64 {
        let field = row[column]
        if field.isEmpty { return 0 }
        if let digits = Digits.paddedToTwelve(field) {
            return digits | PackedRecord.lengthCode(digitCount: field.count) << 40
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
    @inline(__always)
    func optionalClass(_ row: some FieldAccess, _ column: Int) -> UInt64 {
        row[column].isEmpty ? 0 : optionalClassWithCare(column)
    }

    private func optionalClassWithCare(_ column: Int) -> UInt64 {
        guard isValidOptional(column) else { return 0 }
        let field = normalised(column)
        if field.isEmpty { return 0 }
        guard field.count == 3, let digits = Digits.value(field) else {
            warn(.originFormat)
            return 0
        }
        return digits + 1
    }

    func isValidOptional(_ column: Int) -> Bool {
        if encoding.isValid(field(column)) { return true }
        warn(.optionalEncoding)
        return false
    }
}
