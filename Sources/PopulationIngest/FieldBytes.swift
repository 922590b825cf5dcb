/// A field's bytes inside a buffer that somebody else owns. At least 64 readable bytes follow the
/// last one, so that words may be loaded without a check.
package struct FieldBytes {
    package var start: UnsafePointer<UInt8>
    package var count: Int

    @inline(__always)
    package init(_ start: UnsafePointer<UInt8>, _ count: Int) {
        self.start = start
        self.count = count
    }

    var isEmpty: Bool {
        @inline(__always) get { count == 0 }
    }

    @inline(__always)
    func word(_ offset: Int) -> UInt64 {
        UnsafeRawPointer(start).loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    package var buffer: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: start, count: count)
    }

    /// Some byte is outside ASCII.
    package var hasHighByte: Bool { anyByte { $0 & Self.highBits } }

    /// Some byte is this one.
    package func contains(_ byte: UInt8) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let wanted = ones &* UInt64(byte)
        return anyByte { word in
            // A zero byte in the difference borrows (Mycroft); bytes above it may seem zero as
            // well, but never without it.
            let difference = word ^ wanted
            return (difference &- ones) & ~difference & Self.highBits
        }
    }

    static var highBits: UInt64 {
        @inline(__always) get { 0x8080_8080_8080_8080 }
    }

    /// Whether a test sets the high bit of some byte; words are tested from the field's start on.
    @inline(__always)
    private func anyByte(_ test: (UInt64) -> UInt64) -> Bool {
        var offset = 0
        while offset &+ 8 <= count {
            if test(word(offset)) != 0 { return true }
            offset &+= 8
        }
        let rest = count &- offset
        return rest > 0 && test(word(offset)) & Self.highBits >> UInt64(64 &- rest &* 8) != 0
    }
}

/// Eight ASCII digits at a time, in one register.
package enum Digits {
    /// Eight characters as the digits that they are, one a byte.
    @inline(__always)
    static func values(_ characters: UInt64) -> UInt64 { characters ^ 0x3030_3030_3030_3030 }

    /// Sets the high bit of each byte that is no digit, and maybe of bytes above such a one.
    @inline(__always)
    static func oddBits(_ values: UInt64) -> UInt64 {
        (values &+ 0x7676_7676_7676_7676) | values
    }

    @inline(__always)
    static func areDigits(_ values: UInt64) -> Bool {
        oddBits(values) & FieldBytes.highBits == 0
    }

    /// Byte i: the number that digits i and i + 1 form.
    @inline(__always)
    static func pairs(_ values: UInt64) -> UInt64 { (values &* 10) &+ (values >> 8) }

    /// The number of eight digits, the first byte in memory most significant.
    @inline(__always)
    static func number(_ values: UInt64) -> UInt64 {
        let pairs = pairs(values)
        let high = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
        let low = ((pairs >> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
        return (high &+ low) >> 32
    }

    /// Twelve digits; `nil` for anything else.
    @inline(__always)
    static func twelve(_ field: FieldBytes) -> UInt64? {
        guard field.count == 12 else { return nil }
        let first = values(field.word(0))
        // The last four in the upper half of a word of zeros.
        let last = values(field.word(4)) & ~0xFFFF_FFFF
        guard (oddBits(first) | oddBits(last)) & FieldBytes.highBits == 0 else { return nil }
        return (number(first) &* 10_000) &+ number(last)
    }

    /// Six to twelve digits, padded with zeros to twelve; `nil` for anything else.
    @inline(__always)
    package static func paddedToTwelve(_ field: FieldBytes) -> UInt64? {
        guard field.count >= 6, field.count <= 12 else { return nil }
        let bits = UInt64(truncatingIfNeeded: field.count &* 8)
        // A shift by 64 or more leaves nothing.
        let first = values(field.word(0)) & ~(~0 << bits)
        // The last four digits as the upper half of a word that is filled up with zeros.
        let last = values(field.word(4)) & ~((~0 << (bits &- 32)) | 0xFFFF_FFFF)
        guard (oddBits(first) | oddBits(last)) & FieldBytes.highBits == 0 else { return nil }
        return (number(first) &* 10_000) &+ number(last)
    }

    /// Any number of digits up to 18; `nil` when some byte is none or there is no byte.
    static func value(_ field: FieldBytes) -> UInt64? {
        guard field.count > 0, field.count <= 18 else { return nil }
        var sum: UInt64 = 0
        for i in 0..<field.count {
            let digit = field.start[i] &- 0x30
            guard digit <= 9 else { return nil }
            sum = (sum &* 10) &+ UInt64(digit)
        }
        return sum
    }
}
