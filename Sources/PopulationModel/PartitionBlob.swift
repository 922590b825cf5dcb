/// The records of one partition on their way to another process or machine: the chunks of a partition
/// file (`PartitionFormat`) that belong to it, one behind the other, as they stand in the file.
///
/// So a blob has the version and the checksums of the file it came from, and blobs of many files laid
/// one behind the other, with index and trailer, are a partition file again. Blobs travel in frames:
/// partition (4 bytes), version (4), payload bytes (8), little-endian, then the payload.
public enum PartitionBlob {
    public static let frameHeaderBytes = 16
    /// In place of a partition: the payload is what the sender says of its work.
    public static let account = UInt32.max

    public static func frameHeader(partition: UInt32, byteCount: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        withUnsafeBytes(of: partition.littleEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: PartitionFormat.version.littleEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: UInt64(byteCount).littleEndian) { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// Partition and payload bytes of a frame of this version; `nil` when it is none.
    public static func readFrameHeader(_ bytes: [UInt8]) -> (partition: UInt32, byteCount: Int)? {
        guard bytes.count == frameHeaderBytes else { return nil }
        return bytes.withUnsafeBytes { raw in
            guard raw.loadUnaligned(fromByteOffset: 4, as: UInt32.self) == PartitionFormat.version,
                let count = Int(
                    exactly: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            else { return nil }
            return (raw.loadUnaligned(as: UInt32.self), count)
        }
    }

    /// The chunks of a partition file by partition, in the order in which they stand; `nil` when the
    /// file is damaged. Checksums of chunks are looked at by who reads the records.
    public static func chunks(ofFile bytes: UnsafeRawBufferPointer) -> [UInt32: [Range<Int>]]? {
        let trailerStart = bytes.count - PartitionFormat.trailerBytes
        guard trailerStart >= 0,
            let trailer = PartitionFormat.readTrailer(Array(bytes[trailerStart...])),
            trailer.indexOffset <= UInt64(trailerStart),
            let extents = PartitionFormat.readIndex(
                Array(bytes[Int(trailer.indexOffset)..<trailerStart]), trailer: trailer)
        else { return nil }
        var chunks: [UInt32: [Range<Int>]] = [:]
        for extent in extents {
            let end = extent.offset.addingReportingOverflow(UInt64(extent.byteCount))
            guard !end.overflow, end.partialValue <= trailer.indexOffset else { return nil }
            chunks[extent.partition, default: []].append(
                Int(extent.offset)..<Int(end.partialValue))
        }
        return chunks
    }

    /// Where the chunks of a blob stand that begins at `offset` of a file; `nil` when they are not
    /// chunks of that partition from its first byte to its last.
    public static func extents(
        of blob: UnsafeRawBufferPointer, partition: UInt32, offset: UInt64
    ) -> [PartitionFormat.Extent]? {
        var extents: [PartitionFormat.Extent] = []
        var position = 0
        while position < blob.count {
            guard blob.count - position >= PartitionFormat.chunkHeaderBytes else { return nil }
            let magic = blob.loadUnaligned(fromByteOffset: position, as: UInt32.self)
            let owner = blob.loadUnaligned(fromByteOffset: position + 4, as: UInt32.self)
            let payload = blob.loadUnaligned(fromByteOffset: position + 8, as: UInt32.self)
            let byteCount = PartitionFormat.chunkHeaderBytes + Int(payload)
            guard magic == PartitionFormat.chunkMagic, owner == partition,
                byteCount <= blob.count - position, let count = UInt32(exactly: byteCount)
            else { return nil }
            extents.append(
                PartitionFormat.Extent(
                    offset: offset + UInt64(position), byteCount: count, partition: partition))
            position += byteCount
        }
        return extents
    }
}
