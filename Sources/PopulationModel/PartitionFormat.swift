/// The partition file: what one extract becomes, and the only path between ingest and deduplicate.
///
/// A sequence of chunks in any order, each holding records of one partition; then an index of the
/// chunks; then a trailer. All numbers are little-endian. Chunk and index carry checksums: a
/// damaged file is found when it is read and is made again from its extract.
public enum PartitionFormat {
    /// Raised with every change of the packed record, the rules of ingest or this layout.
    public static let version: UInt32 = 5
    @inlinable public static var chunkMagic: UInt32 { 0x3148_4350 }
    public static let trailerMagic: UInt64 = 0x3130_5452_4150_5350

    /// magic, partition, payload bytes, records: 4 bytes each; checksum of the chunk: 8 bytes.
    @inlinable public static var chunkHeaderBytes: Int { 24 }
    /// index offset, chunks, partitions, version (4), padding (4), checksum of all before, magic.
    public static let trailerBytes = 48

    /// The checksum of a chunk: its payload, and what its header says of it.
    public static func chunkChecksum(
        _ payload: UnsafeRawBufferPointer, partition: UInt32, recordCount: UInt32
    ) -> UInt64 {
        Checksum.of(payload, seed: UInt64(partition) << 32 | UInt64(recordCount))
    }

    /// Writes the header of a chunk before its payload, which must stand behind it. Without a
    /// checksum only to measure what it costs: a reader has to be told.
    public static func writeChunkHeader(
        _ chunk: UnsafeMutableRawPointer, partition: UInt32, payloadBytes: UInt32,
        recordCount: UInt32, hasChecksum: Bool
    ) {
        let payload = UnsafeRawBufferPointer(
            start: chunk + chunkHeaderBytes, count: Int(payloadBytes))
        chunk.storeBytes(of: chunkMagic, as: UInt32.self)
        chunk.storeBytes(of: partition, toByteOffset: 4, as: UInt32.self)
        chunk.storeBytes(of: payloadBytes, toByteOffset: 8, as: UInt32.self)
        chunk.storeBytes(of: recordCount, toByteOffset: 12, as: UInt32.self)
        chunk.storeBytes(
            of: hasChecksum
                ? chunkChecksum(payload, partition: partition, recordCount: recordCount) : 0,
            toByteOffset: 16, as: UInt64.self)
    }

    /// The checksum of an index and of where its trailer says that it stands.
    private static func indexChecksum(
        _ index: UnsafeRawBufferPointer, offset: UInt64, chunkCount: UInt64, partitionCount: UInt64
    ) -> UInt64 {
        let place = [offset, chunkCount, partitionCount].map(\.littleEndian)
        return Checksum.of(index, seed: place.withUnsafeBytes { Checksum.of($0) })
    }

    /// Where a chunk stands in its file.
    public struct Extent: Sendable, Equatable {
        public var offset: UInt64
        /// Header and payload.
        public var byteCount: UInt32
        public var partition: UInt32

        public static let byteCount = 16

        public init(offset: UInt64, byteCount: UInt32, partition: UInt32) {
            self.offset = offset
            self.byteCount = byteCount
            self.partition = partition
        }
    }

    /// Index and trailer for a finished file whose index starts at `indexOffset`.
    public static func tail(extents: [Extent], indexOffset: UInt64, partitionCount: Int) -> [UInt8]
    {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(extents.count * Extent.byteCount + trailerBytes)
        for extent in extents {
            append(extent.offset, to: &bytes)
            append(UInt64(extent.byteCount) | UInt64(extent.partition) << 32, to: &bytes)
        }
        let sum = bytes.withUnsafeBytes {
            indexChecksum(
                $0, offset: indexOffset, chunkCount: UInt64(extents.count),
                partitionCount: UInt64(partitionCount))
        }
        append(indexOffset, to: &bytes)
        append(UInt64(extents.count), to: &bytes)
        append(UInt64(partitionCount), to: &bytes)
        append(UInt64(version), to: &bytes)
        append(sum, to: &bytes)
        append(trailerMagic, to: &bytes)
        return bytes
    }

    /// Index offset, chunk count and partition count of a trailer; `nil` when it is not one of this
    /// version.
    public static func readTrailer(_ bytes: [UInt8]) -> Trailer? {
        guard bytes.count == trailerBytes else { return nil }
        let words = bytes.withUnsafeBytes { raw in
            (0..<6).map { raw.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) }
        }
        guard words[5] == trailerMagic, words[3] == UInt64(version),
            let chunkCount = Int(exactly: words[1]), let partitionCount = Int(exactly: words[2])
        else { return nil }
        return Trailer(
            indexOffset: words[0], chunkCount: chunkCount, partitionCount: partitionCount,
            indexChecksum: words[4])
    }

    /// What the last bytes of a partition file say.
    public struct Trailer: Sendable {
        public var indexOffset: UInt64
        public var chunkCount: Int
        public var partitionCount: Int
        public var indexChecksum: UInt64
    }

    /// The extents of an index; `nil` when it or its trailer is damaged.
    public static func readIndex(_ bytes: [UInt8], trailer: Trailer) -> [Extent]? {
        // Not by multiplying: a damaged count may be any number.
        let (chunkCount, rest) = bytes.count.quotientAndRemainder(dividingBy: Extent.byteCount)
        guard rest == 0, chunkCount == trailer.chunkCount else { return nil }
        return bytes.withUnsafeBytes { raw in
            let sum = indexChecksum(
                raw, offset: trailer.indexOffset, chunkCount: UInt64(chunkCount),
                partitionCount: UInt64(trailer.partitionCount))
            guard sum == trailer.indexChecksum else { return nil }
            return (0..<trailer.chunkCount).map { i in
                let second = raw.loadUnaligned(fromByteOffset: i * 16 + 8, as: UInt64.self)
                return Extent(
                    offset: raw.loadUnaligned(fromByteOffset: i * 16, as: UInt64.self),
                    byteCount: UInt32(truncatingIfNeeded: second),
                    partition: UInt32(truncatingIfNeeded: second >> 32))
            }
        }
    }

    private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    }
}
