internal import CZlib
internal import PopulationModel

/// Unpacks a gzip file of one member or several, piece by piece.
///
/// Takes the pieces of the file in their order; gives what they unpack to; the memory of one piece
/// of it. Zeros after a member are padding. A file that does not begin as gzip is passed on as it
/// is: some suppliers name a plain extract `.gz`.
struct GzipUnpacker: ~Copyable {
    enum Fault: Error {
        /// Not what gzip writes, or a checksum that does not hold.
        case damaged
        case output(SystemFailure)
    }

    private enum State { case start, plain, member, between }

    private let stream: UnsafeMutablePointer<z_stream>
    private let unpacked = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 1 << 18, alignment: 16)
    private var state = State.start
    /// The first byte, until the second is there to tell the kind by.
    private var first: UInt8?

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 16 asks for gzip's frame, with its checksum.
        let status = inflateInit2_(
            stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory, or is of another version")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        unpacked.deallocate()
    }

    /// Whether the file may end here.
    var isAtEnd: Bool { state != .member && first == nil }

    /// Unpacks one more piece of the file.
    mutating func add(
        _ piece: UnsafeRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) throws(SystemFailure) -> Void
    ) throws(Fault) {
        guard state == .start else { return try unpack(piece, body) }
        guard let next = piece.first else { return }
        guard let start = first else {
            guard piece.count > 1 else { return first = next }
            state = next == 0x1F && piece[1] == 0x8B ? .member : .plain
            return try unpack(piece, body)
        }
        first = nil
        state = start == 0x1F && next == 0x8B ? .member : .plain
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
        defer { copy.deallocate() }
        copy[0] = start
        try unpack(UnsafeRawBufferPointer(copy), body)
        try unpack(piece, body)
    }

    private mutating func unpack(
        _ piece: UnsafeRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) throws(SystemFailure) -> Void
    ) throws(Fault) {
        if state == .plain { return try Self.give(piece, body) }
        var rest = piece
        while true {
            if state == .between {
                rest = UnsafeRawBufferPointer(rebasing: rest.drop { $0 == 0 })
                guard !rest.isEmpty else { return }
                inflateReset(stream)
                state = .member
            }
            stream.pointee.next_in = UnsafeMutablePointer(
                mutating: rest.baseAddress?.assumingMemoryBound(to: UInt8.self))
            stream.pointee.avail_in = UInt32(rest.count)
            stream.pointee.next_out = unpacked.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(unpacked.count)
            let status = inflate(stream, Z_NO_FLUSH)
            let count = unpacked.count - Int(stream.pointee.avail_out)
            try Self.give(UnsafeRawBufferPointer(rebasing: unpacked[..<count]), body)
            rest = UnsafeRawBufferPointer(
                rebasing: rest.suffix(Int(stream.pointee.avail_in)))
            switch status {
            case Z_STREAM_END: state = .between
            // Nothing left to take, nothing left to give.
            case Z_BUF_ERROR: return
            case Z_OK: if rest.isEmpty, count < unpacked.count { return }
            default: throw .damaged
            }
        }
    }

    private static func give(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) throws(SystemFailure) -> Void
    ) throws(Fault) {
        do throws(SystemFailure) { try body(bytes) } catch { throw .output(error) }
    }
}
