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
    @inline(__always)
    static func areEight(_ x: UInt64) -> Bool {
        ((x & 0xF0F0_F0F0_F0F0_F0F0)
            | (((x &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0) >> 4))
            == 0x3333_3333_3333_3333
    }

    /// Byte i: the number that digits i and i + 1 form.
    @inline(__always)
    static func pairs(_ x: UInt64) -> UInt64 {
        let digits = x & 0x0F0F_0F0F_0F0F_0F0F
        return (digits &* 10) &+ (digits >> 8)
    }

    /// The value of eight digits, the first byte in memory most significant.
    @inline(__always)
    static func valueOfEight(_ x: UInt64) -> UInt64 {
        let pairs = pairs(x)
        let high = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
        let low = ((pairs >> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
        return (high &+ low) >> 32
    }

    /// Six to twelve digits, padded with zeros to twelve; `nil` for anything else.
    @inline(__always)
    package static func paddedToTwelve(_ field: FieldBytes) -> UInt64? {
        guard field.count >= 6, field.count <= 12 else { return nil }
        let zeros: UInt64 = 0x3030_3030_3030_3030
        let bits = UInt64(truncatingIfNeeded: field.count &* 8)
        // What lies behind the field; a shift by 64 or more leaves nothing.
        let behind = ~UInt64(0) << bits
        let first = (field.word(0) & ~behind) | (zeros & behind)
        // The last four digits as the upper half of a word that is filled up with zeros.
        let filled = (~UInt64(0) << (bits &- 32)) | 0xFFFF_FFFF
        let last = (field.word(4) & ~filled) | (zeros & filled)
        guard areEight(first), areEight(last) else { return nil }
        return (valueOfEight(first) &* 10_000) &+ valueOfEight(last)
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
