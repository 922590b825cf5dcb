import PopulationModel
import Testing

@Suite struct PartitionFormatTests {
    private static let extents = (0..<5).map {
        PartitionFormat.Extent(
            offset: UInt64($0) * 1_000 + 7, byteCount: UInt32($0) + 24, partition: UInt32($0 % 4))
    }
    private static let tail = PartitionFormat.tail(
        extents: extents, indexOffset: 5_000, partitionCount: 4)

    /// Extents of the last bytes of a file; `nil` when they are found to be damaged.
    private static func read(_ tail: [UInt8]) -> [PartitionFormat.Extent]? {
        let indexBytes = tail.count - PartitionFormat.trailerBytes
        guard
            let trailer = PartitionFormat.readTrailer(
                Array(tail[indexBytes...])), trailer.indexOffset == 5_000
        else { return nil }
        return PartitionFormat.readIndex(Array(tail[..<indexBytes]), trailer: trailer)
    }

    @Test func theIndexComesBack() {
        #expect(Self.read(Self.tail) == Self.extents)
        #expect(PartitionFormat.readTrailer(Self.tail.suffix(48))?.partitionCount == 4)
    }

    @Test func aFlipOfAnyBitIsFound() {
        for place in Self.tail.indices {
            for bit in 0..<8 {
                var bytes = Self.tail
                bytes[place] ^= 1 << UInt8(bit)
                #expect(Self.read(bytes) == nil, "byte \(place), bit \(bit)")
            }
        }
    }

    @Test func aTrailerOfAnotherLengthIsNone() {
        #expect(PartitionFormat.readTrailer([]) == nil)
        #expect(PartitionFormat.readTrailer(Array(Self.tail.suffix(47))) == nil)
    }

    @Test func aChunksChecksumCoversItsHeader() {
        let payload: [UInt8] = [1, 2, 3]
        payload.withUnsafeBytes { bytes in
            let sum = PartitionFormat.chunkChecksum(bytes, partition: 3, recordCount: 5)
            for bit in 0..<32 {
                let flip = UInt32(1) << UInt32(bit)
                #expect(
                    PartitionFormat.chunkChecksum(bytes, partition: 3 ^ flip, recordCount: 5)
                        != sum)
                #expect(
                    PartitionFormat.chunkChecksum(bytes, partition: 3, recordCount: 5 ^ flip)
                        != sum)
            }
        }
    }
}
