/// Reads what `PackedWriter` wrote. Whatever the bytes are, it stays within them: `nil` is given for
/// what does not fit.
package struct PackedReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    package var remaining: Int { bytes.endIndex - position }

    package mutating func fixed32() -> UInt32? {
        slice(4).map { $0.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
    }

    package mutating func fixed64() -> UInt64? {
        slice(8).map { $0.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    }

    package mutating func slice(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= remaining else { return nil }
        defer { position += count }
        return bytes[position..<(position + count)]
    }

    package mutating func number() -> UInt64? {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.endIndex {
            let byte = bytes[position]
            position += 1
            let part = UInt64(byte & 0x7F)
            // The tenth byte holds the last bit of 64; a zero at the end is one byte too many.
            guard shift < 63 || part <= 1, shift == 0 || byte != 0 else { return nil }
            number |= part << shift
            if byte & 0x80 == 0 { return number }
            shift += 7
            guard shift < 64 else { return nil }
        }
        return nil
    }

    /// A number of at most `max`.
    package mutating func number(upTo max: Int) -> Int? {
        guard let number = number(), number <= UInt64(max) else { return nil }
        return Int(number)
    }

    /// How many parts follow; each takes a byte at least, so that a damaged count asks for no memory.
    package mutating func count() -> Int? { number(upTo: remaining) }

    package mutating func text() -> String? {
        guard let count = count(), let slice = slice(count) else { return nil }
        return String(validating: slice, as: UTF8.self)
    }
}
