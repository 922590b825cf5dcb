import PopulationAggregate
import PopulationFigures
import PopulationModel
import PopulationTestSupport
import Testing

/// A part of the cube that another process counted adds up as one that was counted here.
@Suite struct CubePartBytesTests {
    private static let counts: DeduplicateCounts = {
        var counts = DeduplicateCounts()
        counts.registration.inForce = 10
        counts.registration.voided = 1 << 40
        counts.residency.exactDuplicate = 3
        counts.residency.conflict = 2
        counts.nameConflict = 4
        counts.closedButPresent = 5
        return counts
    }()

    @Test func comesBackAsItWas() throws {
        try TemporaryFolder.with { folder in
            let fixture = CubeFixture()
            var persons = CubeFixture.persons
            // Only who is registered is of a household.
            for index in persons.indices where persons[index].registered != nil {
                persons[index].household = UInt64(index / 2 + 1) &* 0x9E37_79B9_7F4A_7C15
                persons[index].type = UInt8(index % 4)
            }
            let bytes = try fixture.part(persons, spillFolder: folder.path).bytes(Self.counts)
            let read = try #require(
                CubePart.reading(
                    bytes, territory: fixture.territory, tierCount: 0, spillFolder: folder.path))
            #expect(read.deduplicated == Self.counts)
            let again = try AggregateStage.merge([read.part], dateCount: 2, threads: 1)
            let here = try AggregateStage.merge(
                [fixture.part(persons, spillFolder: folder.path)], dateCount: 2, threads: 1)
            #expect(again == here)
            #expect(!here.households.isEmpty)
            #expect(try read.part.bytes(Self.counts) == bytes)
        }
    }

    /// With a right checksum: units in another order, a unit twice, another version.
    @Test func whatNoPartHoldsIsRefused() throws {
        try TemporaryFolder.with { folder in
            let fixture = CubeFixture()
            let bytes = try fixture.part(CubeFixture.persons, spillFolder: folder.path)
                .bytes(Self.counts)
            func isRead(_ change: (inout [UInt8]) -> Void) -> Bool {
                var changed = Array(bytes.dropLast(8))
                change(&changed)
                let sum = changed.withUnsafeBytes { Checksum.of($0) }
                withUnsafeBytes(of: sum.littleEndian) { changed.append(contentsOf: $0) }
                return CubePart.reading(
                    changed, territory: fixture.territory, tierCount: 0, spillFolder: folder.path)
                    != nil
            }
            /// A number as parts hold it: seven bits a byte.
            func packed(_ number: UInt64) -> [UInt8] {
                var writer = PackedWriter()
                writer.number(number)
                return writer.bytes
            }
            let (first, second) = (
                packed(CubeFixture.districtUnit), packed(CubeFixture.villageUnit)
            )
            #expect(isRead { _ in })
            #expect(!isRead { $0.replace(second, with: first) })
            #expect(
                !isRead {
                    let places = ($0.firstRange(of: first)!, $0.firstRange(of: second)!)
                    $0.replaceSubrange(places.0, with: second)
                    $0.replaceSubrange(places.1, with: first)
                })
            #expect(!isRead { $0[8] = 1 })
        }
    }

    @Test func damageIsFound() throws {
        try TemporaryFolder.with { folder in
            let fixture = CubeFixture()
            let bytes = try fixture.part(CubeFixture.persons, spillFolder: folder.path)
                .bytes(Self.counts)
            func isRead(_ bytes: [UInt8], tierCount: Int = 0) -> Bool {
                CubePart.reading(
                    bytes, territory: fixture.territory, tierCount: tierCount,
                    spillFolder: folder.path) != nil
            }
            #expect(isRead(bytes))
            for index in bytes.indices {
                var damaged = bytes
                damaged[index] ^= 0x10
                #expect(!isRead(damaged), "byte \(index)")
            }
            for count in 0..<bytes.count { #expect(!isRead(Array(bytes.prefix(count)))) }
            // Of a plan with a ladder, or with other dates.
            #expect(!isRead(bytes, tierCount: 3))
            var other = fixture
            other.dates = ["2019-12-31"]
            #expect(
                CubePart.reading(
                    bytes, territory: other.territory, tierCount: 0, spillFolder: folder.path)
                    == nil)
        }
    }
}
