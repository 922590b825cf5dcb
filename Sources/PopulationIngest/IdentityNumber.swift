package import PopulationModel

/// Reading identity numbers: at full speed when all is well, else with the reason why not.
package enum IdentityNumber {
    /// The first 17 digits of 18 plain characters with a right check; `nil` otherwise.
    ///
    /// The weighted sum of GB 11643 is taken four digits a multiplication: bytes spread over
    /// 16-bit lanes, whose products add up in the top lane (at most 4 × 9 × 10, so no carry).
    @inline(__always)
    package static func checkedFirst17(_ field: FieldBytes) -> UInt64? {
        guard field.count == 18 else { return nil }
        let first = Digits.values(field.word(0))
        let second = Digits.values(field.word(8))
        let last = UInt64(field.start[16] &- 0x30)
        // The check character counts as a digit of weight 1, X as ten; small letters as capitals.
        let character = field.start[17]
        let isX = character | 0x20 == 0x78
        let check = isX ? 10 : UInt64(character &- 0x30)
        let odd = (Digits.oddBits(first) | Digits.oddBits(second)) & FieldBytes.highBits
        guard odd == 0, last <= 9, check <= 9 || isX else { return nil }
        // Weights 7 9 10 5 8 4 2 1 | 6 3 7 9 10 5 8 4 | 2 | 1.
        let sum =
            lanes(first, even: 0x0007_000A_0008_0002, odd: 0x0009_0005_0004_0001)
            &+ lanes(second, even: 0x0006_0007_000A_0008, odd: 0x0003_0009_0005_0004)
            &+ (last &* 2) &+ check
        guard UInt32(truncatingIfNeeded: sum) % 11 == 1 else { return nil }
        return (Digits.number(first) &* 1_000_000_000)
            &+ (Digits.number(second) &* 10) &+ last
    }

    /// The birth date of a number that was checked; `nil` when it is no day.
    @inline(__always)
    static func birthDate(_ field: FieldBytes) -> CalendarDate? {
        FieldDates.compactDate(Digits.values(field.word(6)))
    }

    @inline(__always)
    private static func lanes(_ digits: UInt64, even: UInt64, odd: UInt64) -> UInt64 {
        let sumEven = ((digits & 0x00FF_00FF_00FF_00FF) &* even) >> 48
        let sumOdd = (((digits >> 8) & 0x00FF_00FF_00FF_00FF) &* odd) >> 48
        return sumEven &+ sumOdd
    }

    /// What a column for identity numbers holds.
    package enum Reading: Equatable {
        case citizen(CitizenID)
        /// A residence permit of Hong Kong, Macau, Taiwan residents, or a foreigner's card.
        case outOfScope
        case rejected(RejectReason)
    }

    /// Reads a normalised field (SPEC 2.4) by the rules of SPEC 3, in their order, up to and
    /// including the scope test behind `id-check`.
    package static func read(_ field: FieldBytes) -> Reading {
        let bytes = field.buffer
        if bytes.isEmpty { return .rejected(.idMissing) }
        if isForeignersOldCard(bytes) { return .outOfScope }
        if isScientific(bytes) { return .rejected(.idDamaged) }
        if bytes.count == 15, let digits = Digits.value(field) {
            return scoped(CitizenID(first17: upgraded(digits)))
        }
        guard bytes.count == 18, let first17 = Digits.value(FieldBytes(field.start, 17)),
            bytes[17] == 0x58 || bytes[17] &- 0x30 <= 9
        else { return .rejected(.idFormat) }
        let id = CitizenID(first17: first17)
        guard id.checkCharacter == bytes[17] else {
            let endsWithZeros = bytes[15] == 0x30 && bytes[16] == 0x30 && bytes[17] == 0x30
            return .rejected(endsWithZeros ? .idDamaged : .idCheck)
        }
        return scoped(id)
    }

    /// 15 digits become 17: century 19, or 18 for the sequence 996 to 999 (GB 11643-1989).
    private static func upgraded(_ digits: UInt64) -> UInt64 {
        let county = digits / 1_000_000_000
        let rest = digits % 1_000_000_000
        let century: UInt64 = rest % 1_000 >= 996 ? 18 : 19
        return county * 100_000_000_000 + century * 1_000_000_000 + rest
    }

    /// Numbers from 81, 82, 83 and 9 belong to people outside the register.
    @inline(__always)
    package static func isOutOfScope(first17: UInt64) -> Bool {
        first17 >= 81_000_000_000_000_000
            && (first17 < 84_000_000_000_000_000 || first17 >= 90_000_000_000_000_000)
    }

    private static func scoped(_ id: CitizenID) -> Reading {
        isOutOfScope(first17: id.first17) ? .outOfScope : .citizen(id)
    }

    /// `^\d(\.\d+)?[Ee]\+?\d\d$`: what a spreadsheet makes of a long number.
    private static func isScientific(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        func isDigit(_ i: Int) -> Bool { i < bytes.count && bytes[i] &- 0x30 <= 9 }
        guard isDigit(0) else { return false }
        var i = 1
        if i < bytes.count, bytes[i] == 0x2E {
            i += 1
            guard isDigit(i) else { return false }
            while isDigit(i) { i += 1 }
        }
        guard i < bytes.count, bytes[i] == 0x45 || bytes[i] == 0x65 else { return false }
        i += 1
        if i < bytes.count, bytes[i] == 0x2B { i += 1 }
        return isDigit(i) && isDigit(i + 1) && i + 2 == bytes.count
    }

    /// Three letters and twelve digits: permanent residents' card of 2017 and before.
    private static func isForeignersOldCard(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.count == 15
            && (0..<3).allSatisfy { (bytes[$0] | 0x20) &- 0x61 <= 25 }
            && (3..<15).allSatisfy { bytes[$0] &- 0x30 <= 9 }
    }
}
