/// Which of 64 bytes are separators, line ends or quotes: bit i for byte i.
///
/// Before you change this: only what compiles to single vector instructions is used here. Compares
/// of a vector with a *scalar*, generic sums, shifts and multiplies run element by element.
package struct ByteMasks {
    /// Sixteen bytes, the widest that every x86-64 compares at once.
    package typealias Vector = SIMD16<UInt8>
    private let bytes: (Vector, Vector, Vector, Vector)

    @inline(__always)
    package init(_ p: UnsafePointer<UInt8>) {
        let raw = UnsafeRawPointer(p)
        bytes = (
            raw.loadUnaligned(as: Vector.self),
            raw.loadUnaligned(fromByteOffset: 16, as: Vector.self),
            raw.loadUnaligned(fromByteOffset: 32, as: Vector.self),
            raw.loadUnaligned(fromByteOffset: 48, as: Vector.self)
        )
    }

    /// One bit per byte that is the wanted one.
    @inline(__always)
    package func mask(_ wanted: UInt8) -> UInt64 {
        Self.bits(
            Self.equal(bytes.0, wanted), Self.equal(bytes.1, wanted),
            Self.equal(bytes.2, wanted), Self.equal(bytes.3, wanted))
    }

    /// Most steps hold neither a quote nor a CR: a quick look tells, and saves their masks.
    @inline(__always)
    package func holds(_ one: UInt8, or other: UInt8) -> Bool {
        Self.isAnySet(
            (Self.either(bytes.0, one, other) | Self.either(bytes.1, one, other))
                | (Self.either(bytes.2, one, other) | Self.either(bytes.3, one, other)))
    }

    // Not a function inside the other: that one was called, not inlined.
    @inline(__always)
    private static func either(_ part: Vector, _ one: UInt8, _ other: UInt8) -> Vector {
        equal(part, one) | equal(part, other)
    }

    /// All ones where the byte is the wanted one.
    @inline(__always)
    static func equal(_ bytes: Vector, _ wanted: UInt8) -> Vector {
        unsafeBitCast(bytes .== Vector(repeating: wanted), to: Vector.self)
    }

    @inline(__always)
    static func isAnySet(_ vector: Vector) -> Bool {
        let (low, high) = unsafeBitCast(vector, to: (UInt64, UInt64).self)
        return low | high != 0
    }

    /// One bit per byte of four masks. The eight words of eight bytes are laid over each other,
    /// one bit of each byte a word; exchanging rows and columns brings the bits into order.
    @inline(__always)
    private static func bits(_ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector) -> UInt64 {
        let laid =
            ((a & rows(0x01, 0x02)) | (b & rows(0x04, 0x08)))
            | ((c & rows(0x10, 0x20)) | (d & rows(0x40, 0x80)))
        let (low, high) = unsafeBitCast(laid, to: (UInt64, UInt64).self)
        return transposed(low | high)
    }

    @inline(__always)
    private static func rows(_ low: UInt64, _ high: UInt64) -> Vector {
        let each: UInt64 = 0x0101_0101_0101_0101
        return unsafeBitCast((low &* each, high &* each), to: Vector.self)
    }

    /// A matrix of 8 × 8 bits with rows and columns exchanged (Warren, Hacker's Delight, 7-3).
    @inline(__always)
    private static func transposed(_ matrix: UInt64) -> UInt64 {
        var x = matrix
        var swapped = (x ^ (x >> 7)) & 0x00AA_00AA_00AA_00AA
        x ^= swapped ^ (swapped << 7)
        swapped = (x ^ (x >> 14)) & 0x0000_CCCC_0000_CCCC
        x ^= swapped ^ (swapped << 14)
        swapped = (x ^ (x >> 28)) & 0x0000_0000_F0F0_F0F0
        return x ^ swapped ^ (swapped << 28)
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
