import Glibc
import PopulationModel

/// One file being written: bytes are gathered in a buffer that it owns and leave it by `write`.
///
/// A failed write is kept and thrown by `close`, so that the row writers need not be throwing.
package struct ByteSink: ~Copyable {
    private let path: String
    private let descriptor: Int32
    private var systemError: Int32 = 0
    private let base: UnsafeMutablePointer<UInt8>
    private var count = 0

    /// Large enough that a write costs nothing beside its bytes, small enough for the cache.
    private static let capacity = 512 << 10
    /// What one `reserve` may ask for: the longest row, one with a field of over 64 KiB.
    package static let reserveMax = 128 << 10

    package init(path: String) throws(PopstatError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw SampleFault.fileNotCreated(path: path, reason: SystemFailure().reason).error
        }
        self.path = path
        self.descriptor = descriptor
        base = .allocate(capacity: Self.capacity)
    }

    deinit { base.deallocate() }

    /// Makes room for so many bytes, which the next puts may fill without a test.
    @inline(__always)
    package mutating func reserve(_ byteCount: Int) {
        if count + byteCount > Self.capacity { flush() }
        precondition(byteCount <= Self.reserveMax, "a row longer than any row of a sample")
    }

    @inline(__always)
    package mutating func put(_ byte: UInt8) {
        base[count] = byte
        count += 1
    }

    /// Two decimal digits; `number` is at most 99.
    @inline(__always)
    package mutating func put(twoDigits number: UInt32) {
        let tens = (number &* 103) >> 10
        base[count] = UInt8(truncatingIfNeeded: 0x30 &+ tens)
        base[count + 1] = UInt8(truncatingIfNeeded: 0x30 &+ number &- tens &* 10)
        count += 2
    }

    /// A number with leading zeros up to `width` digits.
    @inline(__always)
    package mutating func put(_ number: UInt64, width: Int) {
        var rest = number
        var position = count + width
        count = position
        for _ in 0..<width {
            position -= 1
            let quotient = rest / 10
            base[position] = UInt8(truncatingIfNeeded: 0x30 &+ rest &- quotient &* 10)
            rest = quotient
        }
    }

    /// A number without leading zeros.
    @inline(__always)
    package mutating func put(decimal number: UInt64) {
        var width = 1
        var bound: UInt64 = 10
        while width < 20, number >= bound {
            width += 1
            bound = width == 20 ? .max : bound &* 10
        }
        put(number, width: width)
    }

    @inline(__always)
    package mutating func put(_ text: StaticString) {
        let length = text.utf8CodeUnitCount
        (base + count).update(from: text.utf8Start, count: length)
        count += length
    }

    @inline(__always)
    package mutating func put(_ word: PackedWord) {
        let start = UnsafeMutableRawPointer(base + count)
        start.storeBytes(of: word.low.littleEndian, as: UInt64.self)
        start.storeBytes(of: word.high.littleEndian, toByteOffset: 8, as: UInt64.self)
        count += word.length
    }

    /// yyyy-mm-dd.
    @inline(__always)
    package mutating func put(year: UInt32, month: UInt32, day: UInt32) {
        put(twoDigits: year / 100)
        put(twoDigits: year % 100)
        put(UInt8(ascii: "-"))
        put(twoDigits: month)
        put(UInt8(ascii: "-"))
        put(twoDigits: day)
    }

    /// Text of at most 512 bytes; makes its own room.
    package mutating func put(text: String) {
        reserve(512)
        put(Array(text.utf8))
    }

    package mutating func put(_ bytes: [UInt8]) {
        for byte in bytes { put(byte) }
    }

    /// The last 17 digits written, each times its weight of ISO 7064 MOD 11-2.
    @inline(__always)
    package var weightedSumOfLast17: UInt64 {
        var sum: UInt64 = 0
        var weight: UInt64 = 2
        for distance in 1...17 {
            sum &+= UInt64(base[count - distance] & 15) &* weight
            weight = weight * 2 % 11
        }
        return sum
    }

    private mutating func flush() {
        var start = 0
        while start < count, systemError == 0 {
            let written = write(descriptor, base + start, count - start)
            if written > 0 {
                start += written
            } else if errno != EINTR {
                systemError = errno
            }
        }
        count = 0
    }

    package consuming func close() throws(PopstatError) {
        flush()
        if Glibc.close(descriptor) != 0, systemError == 0 { systemError = errno }
        if systemError != 0 {
            throw SampleFault.fileNotWritten(
                path: path, reason: SystemFailure(number: systemError).reason
            ).error
        }
    }

    /// Writes a whole small file.
    package static func writeFile(_ text: String, to path: String) throws(PopstatError) {
        try writeFile(Array(text.utf8), to: path)
    }

    package static func writeFile(_ bytes: [UInt8], to path: String) throws(PopstatError) {
        var sink = try ByteSink(path: path)
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + reserveMax)
            sink.reserve(end - start)
            for byte in bytes[start..<end] { sink.put(byte) }
            start = end
        }
        try sink.close()
    }
}
