/// Which of 64 bytes are separators, line ends or quotes: bit i for byte i.
struct ByteMasks {
    var comma: UInt64
    var lineEnd: UInt64
    var quote: UInt64

    @inline(__always)
    init(_ p: UnsafePointer<UInt8>) {
        let raw = UnsafeRawPointer(p)
        let a = raw.loadUnaligned(as: SIMD16<UInt8>.self)
        let b = raw.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self)
        let c = raw.loadUnaligned(fromByteOffset: 32, as: SIMD16<UInt8>.self)
        let d = raw.loadUnaligned(fromByteOffset: 48, as: SIMD16<UInt8>.self)
        comma = Self.mask(a, b, c, d, 0x2C)
        quote = Self.mask(a, b, c, d, 0x22)
        lineEnd = Self.mask(a, b, c, d, 0x0A) | Self.mask(a, b, c, d, 0x0D)
    }

    @inline(__always)
    mutating func keepFirst(_ count: Int) {
        let keep = (UInt64(1) << UInt64(count)) &- 1
        comma &= keep
        lineEnd &= keep
        quote &= keep
    }

    @inline(__always)
    private static func mask(
        _ a: SIMD16<UInt8>, _ b: SIMD16<UInt8>, _ c: SIMD16<UInt8>, _ d: SIMD16<UInt8>,
        _ byte: UInt8
    ) -> UInt64 {
        let wanted = SIMD16<UInt8>(repeating: byte)
        return bits(a .== wanted) | bits(b .== wanted) << 16 | bits(c .== wanted) << 32
            | bits(d .== wanted) << 48
    }

    @inline(__always)
    private static func bits(_ mask: SIMDMask<SIMD16<Int8>>) -> UInt64 {
        let (low, high) = unsafeBitCast(mask, to: (UInt64, UInt64).self)
        return gather(low) | gather(high) << 8
    }

    /// The lowest bit of each byte, gathered into eight bits.
    @inline(__always)
    private static func gather(_ x: UInt64) -> UInt64 {
        ((x & 0x8080_8080_8080_8080) &* 0x0002_0408_1020_4081) >> 56
    }
}

/// Bit i = parity of bits 0…i.
@inline(__always)
func prefixXor(_ mask: UInt64) -> UInt64 {
    var x = mask
    x ^= x << 1
    x ^= x << 2
    x ^= x << 4
    x ^= x << 8
    x ^= x << 16
    x ^= x << 32
    return x
}
