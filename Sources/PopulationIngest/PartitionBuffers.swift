internal import CPrefetch
import Glibc
internal import PopulationModel

/// One worker's buffers, one per partition; a full one becomes a chunk of the partition file.
///
/// Full chunks are gathered and written many at a time, in the order of their partitions: the page
/// cache takes much at once for a fraction of what it costs in pieces, and chunks of one partition
/// that lie side by side are read back at once as well. A partition goes on in a chunk that was
/// written before.
final class PartitionBuffers {
    private let countLog2: Int
    private let payloadBytes: Int
    private let storage: UnsafeMutablePointer<UInt8>
    private let buffers: UnsafeMutablePointer<Buffer>
    /// Full chunks; the entries behind them hold chunks that are free.
    private var full: [FullChunk]
    private var fullCount = 0
    /// The file that the records at hand go to.
    private var file: PartitionFileWriter?
    private let makesChecksums: Bool

    private struct Buffer {
        /// Of the chunk, header and all.
        var start: UnsafeMutablePointer<UInt8>
        var payloadCount = 0
        var recordCount = 0
    }

    /// Where a record is to be written.
    struct Room {
        let start: UnsafeMutablePointer<UInt8>
        fileprivate let partition: Int
    }

    /// Room behind the payload, so that texts may be stored as whole words.
    private static let slack = 64
    /// As many as one call writes.
    private static let gatheredMax = 1_024

    /// `gatheredCount` full chunks, at most 1,024, are kept before they are written.
    init(countLog2: Int, payloadBytes: Int, gatheredCount: Int, makesChecksums: Bool) {
        self.makesChecksums = makesChecksums
        self.countLog2 = countLog2
        self.payloadBytes = max(payloadBytes, PackedRecord.bytesMax)
        let stride = PartitionFormat.chunkHeaderBytes + self.payloadBytes + Self.slack
        let count = 1 << countLog2
        let gathered = max(1, min(Self.gatheredMax, gatheredCount))
        storage = .allocate(capacity: stride * (count + gathered))
        buffers = .allocate(capacity: count)
        for i in 0..<count {
            (buffers + i).initialize(to: Buffer(start: storage + i * stride))
        }
        full = (count..<(count + gathered)).map { [storage] i in
            FullChunk(start: storage + i * stride, byteCount: 0, partition: 0)
        }
    }

    deinit {
        storage.deallocate()
        buffers.deallocate()
    }

    /// Asks for the memory of the citizen's next record, which seldom lies in the cache; called as
    /// soon as the number is known, long before the record is made.
    @inline(__always)
    func prepare(citizen first17: UInt64) {
        let buffer = buffers[PackedRecord.partition(of: first17, countLog2: countLog2)]
        let room = buffer.start + PartitionFormat.chunkHeaderBytes + buffer.payloadCount
        prefetch_for_writing(room)
        prefetch_for_writing(room + 64)
    }

    /// Room for one record of the citizen; valid until the next call.
    @inline(__always)
    func reserve(citizen first17: UInt64) -> Room {
        let partition = PackedRecord.partition(of: first17, countLog2: countLog2)
        if buffers[partition].payloadCount &+ PackedRecord.bytesMax > payloadBytes {
            flush(partition)
        }
        let buffer = buffers[partition]
        return Room(
            start: buffer.start + PartitionFormat.chunkHeaderBytes + buffer.payloadCount,
            partition: partition)
    }

    /// Keeps what was written into the room up to `end`.
    @inline(__always)
    func commit(_ room: Room, end: UnsafeMutablePointer<UInt8>) {
        let count = end - room.start
        PackedRecord.storeByteCount(count, in: room.start)
        buffers[room.partition].payloadCount &+= count
        buffers[room.partition].recordCount &+= 1
    }

    /// Writes what is buffered to the file so far, and goes on with another one.
    func switchFile(to next: PartitionFileWriter?) {
        for partition in 0..<(1 << countLog2) { flush(partition) }
        writeGathered()
        file = next
    }

    private func flush(_ partition: Int) {
        let buffer = buffers[partition]
        guard buffer.recordCount > 0 else { return }
        PartitionFormat.writeChunkHeader(
            UnsafeMutableRawPointer(buffer.start), partition: UInt32(partition),
            payloadBytes: UInt32(buffer.payloadCount), recordCount: UInt32(buffer.recordCount),
            hasChecksum: makesChecksums)
        buffers[partition] = Buffer(start: full[fullCount].start)
        full[fullCount] = FullChunk(
            start: buffer.start,
            byteCount: PartitionFormat.chunkHeaderBytes + buffer.payloadCount,
            partition: UInt32(partition))
        fullCount += 1
        if fullCount == full.count { writeGathered() }
    }

    private func writeGathered() {
        if fullCount > 0 {
            full[..<fullCount].sort { $0.partition < $1.partition }
            file?.append(full[..<fullCount])
        }
        fullCount = 0
    }
}

/// A chunk that is ready to be written, in memory that somebody else owns.
struct FullChunk {
    let start: UnsafeMutablePointer<UInt8>
    /// Header and payload.
    let byteCount: Int
    let partition: UInt32
}
