/// A slot of an open hash table of division codes: the code in the upper 40 bits, the place where it
/// stands in the lower 24.
@usableFromInline enum CodeSlot {
    /// All bits set: no code of 12 digits.
    @inlinable static var free: UInt64 { .max }
    @inlinable static var placeBits: UInt64 { 24 }
    /// So many places at most; a country has 700,000 units.
    @inlinable static var placeCountMax: Int { 1 << 24 }

    @inlinable static func packed(_ code: UInt64, at place: Int) -> UInt64 {
        code << placeBits | UInt64(truncatingIfNeeded: place)
    }

    @inlinable static func code(of slot: UInt64) -> UInt64 { slot >> placeBits }

    @inlinable static func place(of slot: UInt64) -> Int {
        Int(truncatingIfNeeded: slot & ((1 << placeBits) &- 1))
    }

    /// Where the look-up of a code begins in a table whose size is a power of two.
    @inlinable static func first(for code: UInt64, mask: Int) -> Int {
        Int(truncatingIfNeeded: (code &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    }
}
