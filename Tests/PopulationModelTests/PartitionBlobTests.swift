import PopulationModel
import Testing

/// What is cut out of a partition file for another machine is a partition file there again.
@Suite struct PartitionBlobTests {
    /// A file of three chunks, two of partition 5 and one of partition 2.
    private static func file() -> (bytes: [UInt8], chunks: [[UInt8]]) {
        var bytes: [UInt8] = []
        var extents: [PartitionFormat.Extent] = []
        var chunks: [[UInt8]] = []
        for (partition, payload) in [(5, 16), (2, 48), (5, 32)] as [(UInt32, Int)] {
            var chunk = [UInt8](
                repeating: UInt8(payload), count: PartitionFormat.chunkHeaderBytes + payload)
            chunk.withUnsafeMutableBytes {
                PartitionFormat.writeChunkHeader(
                    $0.baseAddress!, partition: partition, payloadBytes: UInt32(payload),
                    recordCount: 1, hasChecksum: true)
            }
            extents.append(
                .init(
                    offset: UInt64(bytes.count), byteCount: UInt32(chunk.count),
                    partition: partition))
            bytes += chunk
            chunks.append(chunk)
        }
        bytes += PartitionFormat.tail(
            extents: extents, indexOffset: UInt64(bytes.count), partitionCount: 16)
        return (bytes, chunks)
    }

    private static func chunks(ofFile bytes: [UInt8]) -> [UInt32: [Range<Int>]]? {
        bytes.withUnsafeBytes { PartitionBlob.chunks(ofFile: $0) }
    }

    private static func extents(of blob: [UInt8], partition: UInt32, offset: UInt64)
        -> [PartitionFormat.Extent]?
    {
        blob.withUnsafeBytes {
            PartitionBlob.extents(of: $0, partition: partition, offset: offset)
        }
    }

    @Test func cutsAFileByPartition() throws {
        let (bytes, chunks) = Self.file()
        let found = try #require(Self.chunks(ofFile: bytes))
        #expect(found.keys.sorted() == [2, 5])
        #expect(found[5]?.map { Array(bytes[$0]) } == [chunks[0], chunks[2]])
        #expect(found[2]?.map { Array(bytes[$0]) } == [chunks[1]])
    }

    @Test func findsTheChunksOfABlobAgain() throws {
        let (_, chunks) = Self.file()
        let extents = try #require(
            Self.extents(of: chunks[0] + chunks[2], partition: 5, offset: 100))
        #expect(extents.map(\.offset) == [100, 100 + UInt64(chunks[0].count)])
        #expect(extents.map { Int($0.byteCount) } == [chunks[0].count, chunks[2].count])
        #expect(Self.extents(of: [], partition: 5, offset: 0) == [])
    }

    @Test func refusesWhatIsNoBlobOfThatPartition() {
        let (_, chunks) = Self.file()
        #expect(Self.extents(of: chunks[1], partition: 5, offset: 0) == nil)
        for count in 1..<chunks[0].count {
            let cut = Array(chunks[0].prefix(count))
            #expect(Self.extents(of: cut, partition: 5, offset: 0) == nil)
        }
        var long = chunks[0]
        long[8] = 0xFF
        #expect(Self.extents(of: long, partition: 5, offset: 0) == nil)
    }

    @Test func refusesADamagedFile() {
        let (bytes, _) = Self.file()
        for index in (bytes.count - PartitionFormat.trailerBytes - 48)..<bytes.count {
            var damaged = bytes
            damaged[index] ^= 0x40
            // Padding of the version's word holds nothing.
            if Self.chunks(ofFile: damaged) != nil {
                #expect(
                    Self.chunks(ofFile: damaged) == Self.chunks(ofFile: bytes))
            }
        }
        #expect(Self.chunks(ofFile: []) == nil)
    }

    @Test func framesSayWhatFollows() {
        let header = PartitionBlob.frameHeader(partition: 7, byteCount: 1 << 33)
        #expect(header.count == PartitionBlob.frameHeaderBytes)
        let frame = PartitionBlob.readFrameHeader(header)
        #expect(frame?.partition == 7)
        #expect(frame?.byteCount == 1 << 33)
        var other = header
        other[4] &+= 1
        #expect(PartitionBlob.readFrameHeader(other) == nil)
        #expect(PartitionBlob.readFrameHeader(Array(header.dropLast())) == nil)
    }
}
