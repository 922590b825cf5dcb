/// A citizen identity number (公民身份号码): 17 digits and a check character.
///
/// Source: GB 11643-1999; the check is ISO 7064 MOD 11-2. Stored as the number that the first
/// 17 digits form, which fits into 57 bits; the check character follows from them.
///
/// The value is personal. `description` and the mirror mask it; `unmaskedText` is the one way out.
@frozen
public struct CitizenID: Hashable, Sendable {
    public let first17: UInt64

    /// Not checked; `IdentityNumber` of ingest reads the 18 characters.
    @inlinable public init(first17: UInt64) { self.first17 = first17 }

    /// The birth date in digits 7 to 14, as yyyymmdd; not checked against the calendar.
    @inlinable public var birthYYYYMMDD: Int64 { Int64((first17 / 1_000) % 100_000_000) }

    /// The birth date in digits 7 to 14; `nil` when they name no day of 1850 to 2099.
    @inlinable public var birthDate: CalendarDate? {
        let n = Int32(truncatingIfNeeded: birthYYYYMMDD)
        return CalendarDate(year: n / 10_000, month: n / 100 % 100, day: n % 100)
    }

    /// The 17th digit is odd for a man.
    @inlinable public var sex: Sex { first17 & 1 == 1 ? .male : .female }

    /// Digits 1 to 2.
    @inlinable public var firstTwoDigits: UInt64 { first17 / 1_000_000_000_000_000 }

    /// The check character, `0` to `9` or `X`, for the 17 digits.
    public var checkCharacter: UInt8 {
        var rest = first17
        var sum: UInt64 = 0
        var weight: UInt64 = 2
        for _ in 0..<17 {
            sum += (rest % 10) * weight
            rest /= 10
            weight = weight * 2 % 11
        }
        return Self.checkCharacter(remainder: sum % 11)
    }

    /// The check character for the weighted digit sum modulo 11.
    @inlinable public static func checkCharacter(remainder: UInt64) -> UInt8 {
        let value = (12 &- remainder) % 11
        return value == 10 ? UInt8(ascii: "X") : UInt8(ascii: "0") &+ UInt8(value)
    }

    /// The 18 characters. Personal: for the private work folder and for tests only.
    public var unmaskedText: String {
        let digits = String(first17)
        let zeros = String(repeating: "0", count: max(0, 17 - digits.count))
        return zeros + digits + String(UnicodeScalar(checkCharacter))
    }
}

extension CitizenID: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "CitizenID(masked)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
