import Foundation
import PopulationDeduplicate
import PopulationModel
import PopulationTestSupport
import Testing

@Suite struct DeduplicateFaultTests {
    @Test func everyFaultHasItsWords() {
        let table: [(DeduplicateFault, String)] = [
            (
                .cannotRead(path: "1-ingest/a", errno: EIO),
                "1-ingest/a: reading a partition file failed: Input/output error "
                    + "(DEDUPLICATE-001). "
                    + "Check the disk of the folder given by --work, then run again."
            ),
            (
                .damaged(path: "1-ingest/a"),
                "1-ingest/a: a partition file is damaged (DEDUPLICATE-002). "
                    + "Run again: it is made anew from its extract."
            ),
            (
                .tooManyCodes(countMax: 16_777_216),
                "the rows hold more than 16777216 different division codes (DEDUPLICATE-003). "
                    + "See whether the plan takes another column for division_code, "
                    + "residence_code or registered_code."
            ),
        ]
        for (fault, text) in table {
            #expect(fault.error.description == text)
            #expect(
                ChineseWording.problems(
                    fault.error.line(in: .zh), beside: text,
                    values: ChineseWording.values(of: fault) + ["Input/output error"])
                    == [])
        }
        #expect(table.map(\.0.error.exitStatus) == [74, 74, 65])
        #expect(DeduplicateFault.damaged(path: "").error.code == DeduplicateStage.damagedCode)
    }

    private static func fixture() -> DeduplicateFixture {
        var fixture = DeduplicateFixture()
        fixture.registration = [
            "449901198002290016,449901001001,initial,2001-01-01,2020-01-02,甲,1,family",
            "449901198002290024,449901001001,initial,2001-01-01,2020-01-02,乙,1,family",
            "449901199912310156,449901001002,birth,2000-01-01,2020-01-02,,,",
        ]
        return fixture
    }

    /// Codes of the errors that a partition file of these bytes gives.
    private static func codes(
        _ bytes: [UInt8], _ extracts: [IngestedExtract], _ fixture: DeduplicateFixture
    ) throws -> [String] {
        try Data(bytes).write(to: URL(fileURLWithPath: extracts[0].partitionPath))
        do {
            _ = try fixture.deduplicate(extracts)
            return []
        } catch let errors as PopstatErrors {
            return Set(errors.errors.map(\.code)).sorted()
        }
    }

    /// Codes of the errors of a run, each as often as it is told.
    private static func codesOfRun(_ fixture: DeduplicateFixture, in folder: URL) throws
        -> [String]
    {
        do {
            _ = try fixture.deduplicate(try fixture.ingest(in: folder))
            return []
        } catch let errors as PopstatErrors {
            return errors.errors.map(\.code)
        }
    }

    @Test func aFlippedBitAnywhereIsFound() throws {
        let fixture = Self.fixture()
        try TemporaryFolder.with { folder in
            let extracts = try fixture.ingest(in: folder)
            let whole = [UInt8](
                try Data(contentsOf: URL(fileURLWithPath: extracts[0].partitionPath)))
            #expect(try Self.codes(whole, extracts, fixture) == [])
            for place in whole.indices {
                for bit in [0, 7] {
                    var bytes = whole
                    bytes[place] ^= 1 << UInt8(bit)
                    #expect(
                        try Self.codes(bytes, extracts, fixture) == ["DEDUPLICATE-002"],
                        "byte \(place) of \(whole.count), bit \(bit)")
                }
            }
        }
    }

    @Test func aFileCutShortOrOverfullIsFound() throws {
        let fixture = Self.fixture()
        try TemporaryFolder.with { folder in
            let extracts = try fixture.ingest(in: folder)
            let whole = [UInt8](
                try Data(contentsOf: URL(fileURLWithPath: extracts[0].partitionPath)))
            for count in whole.indices {
                #expect(
                    try Self.codes(Array(whole[..<count]), extracts, fixture)
                        == ["DEDUPLICATE-002"])
            }
            #expect(try Self.codes(whole + [0], extracts, fixture) == ["DEDUPLICATE-002"])
        }
    }

    /// A column of numbers taken for division codes gives every row one of its own.
    @Test func moreCodesThanThereIsRoomForAreRefused() throws {
        var fixture = Self.fixture()
        fixture.placeCountMax = 2
        #expect(try fixture.run().persons.count == 3)
        fixture.placeCountMax = 1
        for threads in [1, 4] {
            fixture.threads = threads
            // With a thread for each of the four partitions none meets two codes.
            let spread = try TemporaryFolder.with { folder in
                try Self.codesOfRun(fixture, in: folder)
            }
            #expect(threads > 1 && spread == [] || spread == ["DEDUPLICATE-003"])
        }
    }

    @Test func aFileThatIsGoneIsNamed() throws {
        let fixture = Self.fixture()
        try TemporaryFolder.with { folder in
            var extracts = try fixture.ingest(in: folder)
            extracts[1].partitionPath = folder.appendingPathComponent("absent").path
            let error = #expect(throws: PopstatErrors.self) {
                _ = try fixture.deduplicate(extracts)
            }
            #expect(error?.errors.map(\.code) == ["DEDUPLICATE-001"])
        }
    }
}
