/// Writes numbers and texts as bytes, the same on every machine: fixed numbers little-endian, others
/// seven bits a byte, lowest first, the highest bit set on all bytes but the last.
package struct PackedWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func reserve(_ byteCount: Int) { bytes.reserveCapacity(byteCount) }

    package mutating func fixed(_ number: UInt32) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    package mutating func fixed(_ number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    package mutating func number(_ number: UInt64) {
        var rest = number
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// `number` must not be negative.
    package mutating func number(_ number: Int) { self.number(UInt64(number)) }

    package mutating func text(_ text: String) {
        self.text(ArraySlice(text.utf8))
    }

    /// A text in UTF-8.
    package mutating func text(_ utf8: ArraySlice<UInt8>) {
        number(utf8.count)
        bytes += utf8
    }

    package mutating func append(_ more: [UInt8]) { bytes += more }

    package mutating func append(_ more: UnsafeRawBufferPointer) { bytes += more }
}
