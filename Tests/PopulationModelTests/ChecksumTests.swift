import PopulationModel
import Testing

@Suite struct ChecksumTests {
    /// Lengths that the library takes on ways of their own, and some between.
    @Test(arguments: Array(0...100) + [128, 129, 240, 241, 1_024, 1_025, 4_096])
    func findsEveryFlippedByteOfAnyLength(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        let sum = bytes.withUnsafeBytes { Checksum.of($0) }
        for place in bytes.indices {
            var other = bytes
            other[place] ^= 0x10
            #expect(other.withUnsafeBytes { Checksum.of($0) } != sum)
        }
        let longer = bytes + [0]
        #expect(longer.withUnsafeBytes { Checksum.of($0) } != sum)
    }

    /// XXH3 as its makers publish it, so that a file made on one machine is read on another.
    @Test func isXXH3() {
        #expect([UInt8]().withUnsafeBytes { Checksum.of($0) } == 0x2D06_8005_38D3_94C2)
        #expect([UInt8]("a".utf8).withUnsafeBytes { Checksum.of($0) } == 0xE6C6_32B6_1E96_4E1F)
        #expect([UInt8]("abc".utf8).withUnsafeBytes { Checksum.of($0) } == 0x78AF_5F94_892F_3950)
    }

    @Test func hangsOnItsSeed() {
        let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0) }
        let sums = bytes.withUnsafeBytes { bytes in
            (0..<64).map { Checksum.of(bytes, seed: 1 << UInt64($0)) }
        }
        #expect(Set(sums + [bytes.withUnsafeBytes { Checksum.of($0) }]).count == 65)
    }
}
