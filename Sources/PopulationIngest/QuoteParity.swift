/// What is inside quotes, from one step of 64 bytes to the next.
struct QuoteParity {
    private var insideCarry: UInt64 = 0
    /// Bit 0 of what stands before the step: a separator, line end or quote.
    private var boundaryCarry: UInt64 = 1
    /// A closing quote stood at the very end of the step before.
    private var closingCarry: UInt64 = 0

    /// A step without quotes matters all the same.
    var mustLook: Bool {
        @inline(__always) get { insideCarry | closingCarry != 0 }
    }

    @inline(__always)
    mutating func skip(boundary: UInt64) { boundaryCarry = boundary >> 63 }

    /// The step begins behind this byte of a stretch without quotes.
    @inline(__always)
    mutating func follow(_ byte: UInt8) { boundaryCarry = byte == 0x2C || byte == 0x0A ? 1 : 0 }

    /// Which bytes are inside quotes, and which are quotes or line ends where none should be.
    @inline(__always)
    mutating func step(_ quote: UInt64, boundary separators: UInt64, _ lineEnds: UInt64)
        -> (inside: UInt64, irregular: UInt64)
    {
        let inside = prefixXor(quote) ^ insideCarry
        let boundary = separators | quote
        let opening = quote & inside
        let closing = quote & ~inside
        let before = (boundary << 1) | boundaryCarry
        let after = (closing << 1) | closingCarry
        insideCarry = UInt64(bitPattern: Int64(bitPattern: inside) >> 63)
        closingCarry = closing >> 63
        boundaryCarry = boundary >> 63
        return (inside, (opening & ~before) | (after & ~boundary) | (lineEnds & inside))
    }
}
