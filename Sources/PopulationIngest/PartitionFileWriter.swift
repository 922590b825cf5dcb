internal import CDiskSpace
import Glibc
internal import PopulationModel

/// The partition file of one extract while it is written; several workers append to it.
final class PartitionFileWriter: Sendable {
    let path: String
    private let descriptor: Int32
    private let state = Monitor(State())
    /// Disk space is asked for before it is written to: blocks that are there already cost a write less.
    /// No more ahead than this and an eighth of what is written, which is kept until the file is whole: a
    /// nearly full disk, or many small extracts, shall not end a run.
    private static let reservedAheadMax: UInt64 = 8 << 20

    private struct State {
        var end: UInt64 = 0
        /// Up to where disk space has been asked for.
        var reservedEnd: UInt64 = 0
        var extents: [PartitionFormat.Extent] = []
        var failure: Int32 = 0

        /// What is to be asked for so that the end of the file lies in reserved space.
        mutating func reserve() -> Range<UInt64> {
            let first = reservedEnd
            if end > first {
                reservedEnd = end + min(PartitionFileWriter.reservedAheadMax, end / 8)
            }
            return first..<reservedEnd
        }
    }

    init(path: String) throws(PopstatErrors) {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw PopstatErrors(.cannotWrite(path: path, errno: errno))
        }
    }

    deinit { close(descriptor) }

    /// A failure is kept and thrown by `finish`.
    func append(_ chunks: ArraySlice<FullChunk>) {
        let (offset, wanted) = state.update { state -> (UInt64, Range<UInt64>) in
            let offset = state.end
            for chunk in chunks {
                state.extents.append(
                    PartitionFormat.Extent(
                        offset: state.end, byteCount: UInt32(chunk.byteCount),
                        partition: chunk.partition))
                state.end += UInt64(chunk.byteCount)
            }
            return (offset, state.reserve())
        }
        // Where it fails the write tells, or goes through without.
        if !wanted.isEmpty {
            _ = disk_space_reserve(
                descriptor, off_t(wanted.lowerBound), off_t(wanted.count))
        }
        let status = Self.writeAll(
            descriptor, chunks.map { iovec(iov_base: $0.start, iov_len: $0.byteCount) },
            at: Int(offset))
        if status != 0 { state.update { $0.failure = status } }
    }

    /// Writes index and trailer; the file is whole after that.
    func finish(partitionCount: Int) throws(PopstatErrors) {
        let (failure, tail, end) = state.update { state in
            (
                state.failure,
                PartitionFormat.tail(
                    extents: state.extents, indexOffset: state.end, partitionCount: partitionCount),
                state.end
            )
        }
        guard failure == 0 else { throw PopstatErrors(.cannotWrite(path: path, errno: failure)) }
        let status = tail.withUnsafeBytes { Self.writeAll(descriptor, $0, at: Int(end)) }
        guard status == 0 else { throw PopstatErrors(.cannotWrite(path: path, errno: status)) }
        // What was reserved in vain goes back; where it stays, the file is whole all the same.
        _ = ftruncate(descriptor, off_t(end) + off_t(tail.count))
    }

    /// 0, or the error number of the write that failed.
    static func writeAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int)
        -> Int32
    {
        writeAll(
            descriptor,
            [
                iovec(
                    iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress),
                    iov_len: bytes.count)
            ],
            at: offset)
    }

    /// The same for pieces one behind the other; a short write may end within any of them.
    static func writeAll(_ descriptor: Int32, _ pieces: [iovec], at offset: Int) -> Int32 {
        var rest = pieces[...]
        var offset = offset
        while true {
            while let first = rest.first, first.iov_len == 0 { rest.removeFirst() }
            if rest.isEmpty { return 0 }
            var written = rest.withUnsafeBufferPointer {
                pwritev(descriptor, $0.baseAddress!, Int32($0.count), off_t(offset))
            }
            if written < 0 {
                if errno == EINTR { continue }
                return errno
            }
            offset += written
            for i in rest.indices {
                let taken = min(written, rest[i].iov_len)
                rest[i].iov_base = rest[i].iov_base.map { $0 + taken }
                rest[i].iov_len -= taken
                written -= taken
            }
        }
    }
}
