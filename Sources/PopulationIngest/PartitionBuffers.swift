import Glibc
internal import PopulationModel

/// One worker's buffers, one per partition; a full one becomes a chunk of the partition file.
final class PartitionBuffers {
    private let countLog2: Int
    private let payloadBytes: Int
    private let stride: Int
    private let storage: UnsafeMutablePointer<UInt8>
    private let fills: UnsafeMutablePointer<Int>
    private let records: UnsafeMutablePointer<Int>
    private var current = 0
    /// The file that the records at hand go to.
    private var file: PartitionFileWriter?

    /// Room behind the payload, so that texts may be stored as whole words.
    private static let slack = 64

    init(countLog2: Int, payloadBytes: Int) {
        self.countLog2 = countLog2
        self.payloadBytes = max(payloadBytes, PackedRecord.bytesMax)
        stride = PartitionFormat.chunkHeaderBytes + self.payloadBytes + Self.slack
        let count = 1 << countLog2
        storage = .allocate(capacity: stride * count)
        fills = .allocate(capacity: count)
        fills.initialize(repeating: 0, count: count)
        records = .allocate(capacity: count)
        records.initialize(repeating: 0, count: count)
    }

    deinit {
        storage.deallocate()
        fills.deallocate()
        records.deallocate()
    }

    /// Room for one record of the citizen; valid until the next call.
    @inline(__always)
    func reserve(citizen first17: UInt64) -> UnsafeMutablePointer<UInt8> {
        let partition = PackedRecord.partition(of: first17, countLog2: countLog2)
        if fills[partition] &+ PackedRecord.bytesMax > payloadBytes { flush(partition) }
        current = partition
        return storage + (partition &* stride) + PartitionFormat.chunkHeaderBytes
            + fills[partition]
    }

    /// Keeps what was written into the room reserved last.
    @inline(__always)
    func commit(byteCount: Int) {
        fills[current] &+= byteCount
        records[current] &+= 1
    }

    /// Writes what is buffered to the file so far, and goes on with another one.
    func switchFile(to next: PartitionFileWriter?) {
        for partition in 0..<(1 << countLog2) where records[partition] > 0 { flush(partition) }
        file = next
    }

    private func flush(_ partition: Int) {
        guard records[partition] > 0 else { return }
        let chunk = storage + partition * stride
        let payload = UnsafeRawBufferPointer(
            start: chunk + PartitionFormat.chunkHeaderBytes, count: fills[partition])
        let header = UnsafeMutableRawPointer(chunk)
        header.storeBytes(of: PartitionFormat.chunkMagic, as: UInt32.self)
        header.storeBytes(of: UInt32(partition), toByteOffset: 4, as: UInt32.self)
        header.storeBytes(of: UInt32(fills[partition]), toByteOffset: 8, as: UInt32.self)
        header.storeBytes(of: UInt32(records[partition]), toByteOffset: 12, as: UInt32.self)
        header.storeBytes(
            of: PartitionFormat.chunkChecksum(
                payload, partition: UInt32(partition), recordCount: UInt32(records[partition])),
            toByteOffset: 16, as: UInt64.self)
        file?.append(
            UnsafeRawBufferPointer(
                start: chunk, count: PartitionFormat.chunkHeaderBytes + fills[partition]),
            partition: partition)
        fills[partition] = 0
        records[partition] = 0
    }
}

/// The partition file of one extract while it is written; several workers append to it.
final class PartitionFileWriter: Sendable {
    let path: String
    private let descriptor: Int32
    private let state = Monitor(State())

    private struct State {
        var end: UInt64 = 0
        var extents: [PartitionFormat.Extent] = []
        var failure: Int32 = 0
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
    func append(_ bytes: UnsafeRawBufferPointer, partition: Int) {
        let offset = state.update { state in
            defer { state.end += UInt64(bytes.count) }
            state.extents.append(
                PartitionFormat.Extent(
                    offset: state.end, byteCount: UInt32(bytes.count),
                    partition: UInt32(partition)))
            return state.end
        }
        let status = Self.writeAll(descriptor, bytes, at: Int(offset))
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
    }

    /// 0, or the error number of the write that failed.
    static func writeAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int)
        -> Int32
    {
        var done = 0
        while done < bytes.count {
            let n = pwrite(
                descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
            if n < 0 {
                if errno == EINTR { continue }
                return errno
            }
            done += n
        }
        return 0
    }
}
