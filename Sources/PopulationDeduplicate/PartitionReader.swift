import Glibc
internal import PopulationModel

/// The partition files of a run, open together; gives the records of one partition from all.
final class PartitionReader: Sendable {
    /// Files may differ in their number of partitions; the smallest holds for the run.
    let countLog2: Int
    /// Off only to measure what checksums cost.
    private let checks: Bool
    private let files: [File]
    /// Chunks of each partition of the run.
    private let chunks: [[Chunk]]

    private struct File: Sendable {
        var path: String
        var descriptor: Int32
    }

    private struct Chunk: Sendable {
        var file: Int32
        var byteCount: UInt32
        var offset: UInt64
    }

    init(_ extracts: [IngestedExtract], checks: Bool) throws(PopstatErrors) {
        self.checks = checks
        let countLog2 = extracts.map(\.partitionCountLog2).min() ?? 0
        var files: [File] = []
        var chunks = [[Chunk]](repeating: [], count: 1 << countLog2)
        do throws(PopstatErrors) {
            for extract in extracts {
                let path = extract.partitionPath
                let descriptor = open(path, O_RDONLY | O_CLOEXEC)
                guard descriptor >= 0 else {
                    throw PopstatErrors(.cannotRead(path: path, errno: errno))
                }
                files.append(File(path: path, descriptor: descriptor))
                let shift = extract.partitionCountLog2 - countLog2
                for extent in try Self.readIndex(path, descriptor) {
                    let partition = Int(extent.partition) >> shift
                    guard partition < chunks.count else {
                        throw PopstatErrors(.damaged(path: path))
                    }
                    chunks[partition].append(
                        Chunk(
                            file: Int32(files.count - 1), byteCount: extent.byteCount,
                            offset: extent.offset))
                }
            }
        } catch {
            for file in files { close(file.descriptor) }
            throw error
        }
        self.countLog2 = countLog2
        self.files = files
        self.chunks = chunks
    }

    deinit { for file in files { close(file.descriptor) } }

    private static func readIndex(_ path: String, _ descriptor: Int32) throws(PopstatErrors)
        -> [PartitionFormat.Extent]
    {
        let size = Int(lseek(descriptor, 0, SEEK_END))
        let trailerStart = size - PartitionFormat.trailerBytes
        guard trailerStart >= 0 else { throw PopstatErrors(.damaged(path: path)) }
        let bytes = try read(
            path, descriptor, at: trailerStart, count: PartitionFormat.trailerBytes)
        guard let trailer = PartitionFormat.readTrailer(bytes),
            trailer.indexOffset <= UInt64(trailerStart)
        else { throw PopstatErrors(.damaged(path: path)) }
        let start = Int(trailer.indexOffset)
        let index = try read(path, descriptor, at: start, count: trailerStart - start)
        guard let extents = PartitionFormat.readIndex(index, trailer: trailer) else {
            throw PopstatErrors(.damaged(path: path))
        }
        return extents
    }

    private static func read(_ path: String, _ descriptor: Int32, at offset: Int, count: Int)
        throws(PopstatErrors) -> [UInt8]
    {
        var bytes = [UInt8](repeating: 0, count: count)
        let status = bytes.withUnsafeMutableBytes { readAll(descriptor, $0, at: offset) }
        if status > 0 { throw PopstatErrors(.cannotRead(path: path, errno: status)) }
        if status < 0 { throw PopstatErrors(.damaged(path: path)) }
        return bytes
    }

    /// 0, the error number, or -1 when the file ends too early.
    private static func readAll(
        _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) -> Int32 {
        var done = 0
        while done < buffer.count {
            let n = pread(
                descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
            if n == 0 { return -1 }
            if n < 0 {
                if errno == EINTR { continue }
                return errno
            }
            done += n
        }
        return 0
    }

    var partitionCount: Int { chunks.count }

    /// Reads the chunks of a partition one behind the other into `buffer`, those that lie side by
    /// side in a file at once; checks them, and calls `body` with each chunk's records.
    func load(
        _ partition: Int, into buffer: PartitionBuffer,
        _ body: (_ payload: UnsafeRawBufferPointer, _ recordCount: Int) -> Void
    ) throws(PopstatErrors) {
        let all = chunks[partition]
        buffer.reserve(all.reduce(0) { $0 + Int($1.byteCount) })
        var start = buffer.start
        var next = 0
        while next < all.count {
            let first = next
            var end = all[first].offset
            while next < all.count, all[next].file == all[first].file, all[next].offset == end {
                end += UInt64(all[next].byteCount)
                next += 1
            }
            let file = files[Int(all[first].file)]
            let stretch = UnsafeMutableRawBufferPointer(
                start: start, count: Int(end - all[first].offset))
            let status = Self.readAll(file.descriptor, stretch, at: Int(all[first].offset))
            if status > 0 { throw PopstatErrors(.cannotRead(path: file.path, errno: status)) }
            guard status == 0 else { throw PopstatErrors(.damaged(path: file.path)) }
            for chunk in all[first..<next] {
                let bytes = UnsafeRawBufferPointer(start: start, count: Int(chunk.byteCount))
                guard let payload = payload(bytes) else {
                    throw PopstatErrors(.damaged(path: file.path))
                }
                body(payload.bytes, payload.records)
                start += bytes.count
            }
        }
    }

    /// The records of a chunk, once its header and checksum are right.
    private func payload(_ chunk: UnsafeRawBufferPointer)
        -> (bytes: UnsafeRawBufferPointer, records: Int)?
    {
        let headerBytes = PartitionFormat.chunkHeaderBytes
        guard chunk.count >= headerBytes,
            chunk.loadUnaligned(as: UInt32.self) == PartitionFormat.chunkMagic,
            Int(chunk.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
                == chunk.count - headerBytes
        else { return nil }
        let bytes = UnsafeRawBufferPointer(rebasing: chunk[headerBytes...])
        let recordCount = chunk.loadUnaligned(fromByteOffset: 12, as: UInt32.self)
        guard checks else { return (bytes, Int(recordCount)) }
        let sum = PartitionFormat.chunkChecksum(
            bytes, partition: chunk.loadUnaligned(fromByteOffset: 4, as: UInt32.self),
            recordCount: recordCount)
        guard sum == chunk.loadUnaligned(fromByteOffset: 16, as: UInt64.self) else { return nil }
        return (bytes, Int(recordCount))
    }
}

/// Memory for the records of one partition, used again for the next.
final class PartitionBuffer {
    private(set) var start: UnsafeMutableRawPointer
    private var capacity: Int

    init() {
        capacity = 1 << 20
        start = .allocate(byteCount: capacity + 64, alignment: 16)
    }

    deinit { start.deallocate() }

    func reserve(_ byteCount: Int) {
        guard byteCount > capacity else { return }
        start.deallocate()
        capacity = byteCount + byteCount / 4
        start = .allocate(byteCount: capacity + 64, alignment: 16)
    }
}
