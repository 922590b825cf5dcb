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
    var hasHighByte: Bool {
        var offset = 0
        while offset &+ 8 <= count {
            if word(offset) & 0x8080_8080_8080_8080 != 0 { return true }
            offset &+= 8
        }
        while offset < count {
            if start[offset] >= 0x80 { return true }
            offset &+= 1
        }
        return false
    }
}

/// Eight ASCII digits at a time, in one register.
enum Digits {
    @inline(__always)
    static func areEight(_ x: UInt64) -> Bool {
        ((x & 0xF0F0_F0F0_F0F0_F0F0)
            | (((x &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0) >> 4))
            == 0x3333_3333_3333_3333
    }

    /// The value of eight digits, the first byte in memory most significant.
    @inline(__always)
    static func valueOfEight(_ x: UInt64) -> UInt64 {
        let digits = x & 0x0F0F_0F0F_0F0F_0F0F
        let pairs = (digits &* 10) &+ (digits >> 8)
        let high = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
        let low = ((pairs >> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
        return (high &+ low) >> 32
    }

    /// Twelve digits; `nil` when some byte is none.
    @inline(__always)
    static func valueOfTwelve(_ field: FieldBytes) -> UInt64? {
        let first = field.word(0)
        // The last four digits as the upper half of a word that is filled up with zeros.
        let last = (field.word(4) & 0xFFFF_FFFF_0000_0000) | 0x3030_3030
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
