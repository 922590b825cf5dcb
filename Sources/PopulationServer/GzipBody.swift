internal import CZlib

/// The body of an answer as gzip. The same bytes give the same bytes: no name and no time in it.
enum GzipBody {
    /// Half the time of the usual 6 for a few per cent more bytes; tables shrink to a fifth anyway.
    private static let level: Int32 = 4

    static func pack(_ bytes: [UInt8]) throws(Refusal) -> [UInt8] {
        var stream = z_stream()
        // 15 bits of window, and 16 more for the frame of gzip instead of zlib's own.
        guard
            deflateInit2_(
                &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw .internalFault }
        defer { deflateEnd(&stream) }
        var source = bytes
        let capacity = Int(deflateBound(&stream, UInt(bytes.count)))
        guard bytes.count <= Int(UInt32.max), capacity <= Int(UInt32.max) else {
            throw .internalFault
        }
        var status: Int32 = Z_OK
        let packed = [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
            source.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(capacity)
                // All at once: the target holds what deflateBound promised.
                status = deflate(&stream, Z_FINISH)
            }
            count = capacity - Int(stream.avail_out)
        }
        guard status == Z_STREAM_END else { throw .internalFault }
        return packed
    }
}
