import PopulationIngest
import PopulationModel
import PopulationTestSupport
import Testing

/// The answer depends neither on blocks, nor on threads, nor on the parser (HOUSE 9).
@Suite struct BlockSeamTests {
    private static func same(_ a: [IngestOutcome], _ b: [IngestOutcome]) -> [Int] {
        zip(a, b).enumerated().filter { _, pair in
            var (first, second) = pair
            // Which parser read a record is no part of the answer.
            first.extract.counts.readByLibCSV = 0
            second.extract.counts.readByLibCSV = 0
            return first != second
        }.map(\.offset)
    }

    private static func files(_ seed: UInt64, count: Int, rows: Int) -> [IngestFile] {
        (0..<count).map { index in
            var bytes = HostileBytes(
                seed: seed &* 1_000 &+ UInt64(index / 2), isGB18030: index % 2 == 1)
            return bytes.file(rows: rows)
        }
    }

    @Test(arguments: Seeds.list(upTo: 3))
    func blocksOfAnySizeGiveTheSame(seed: UInt64) throws {
        var files = Self.files(seed, count: 4, rows: 12)
        // A quoted field that is longer than what is read ahead of a block.
        let long = "\"" + String(repeating: "x\n", count: 60) + String(repeating: "y", count: 9_000)
        files[0].bytes += Array(
            "449901198002290016,449901001001,birth,2001-01-01,2020-01-01,\(long)\",,,\n".utf8)
        let whole = try IngestFixture.run(files, IngestFixture.Settings(makesDigests: true))
        #expect(whole.allSatisfy { $0.extract.sha256?.utf8.count == 64 })
        for blockBytes in [1, 2, 7, 8, 63, 64, 65, 4_096] {
            for threads in [1, 3] {
                let settings = IngestFixture.Settings(
                    threads: threads, blockBytes: blockBytes, makesDigests: true)
                let differing = Self.same(whole, try IngestFixture.run(files, settings))
                #expect(
                    differing == [],
                    "blocks of \(blockBytes), \(threads) threads, POPSTAT_SEED=\(seed)")
            }
        }
    }

    @Test(arguments: Seeds.list(upTo: 12))
    func theScannerReadsWhatLibcsvReads(seed: UInt64) throws {
        let files = Self.files(seed, count: 100, rows: 25)
        let scanned = try IngestFixture.run(files)
        let parsed = try IngestFixture.run(
            files, IngestFixture.Settings(blockBytes: 1 << 18, alwaysLibCSV: true))
        #expect(Self.same(scanned, parsed) == [], "POPSTAT_SEED=\(seed)")
        #expect(scanned.contains { $0.counts.accepted > 0 })
        #expect(scanned.contains { $0.counts.readByLibCSV < $0.counts.read })
    }

    @Test func theParserTakenForEveryRecordIsSeamlessToo() throws {
        let files = Self.files(77, count: 4, rows: 12)
        let whole = try IngestFixture.run(files)
        for blockBytes in [1, 64, 65] {
            let settings = IngestFixture.Settings(
                threads: 3, blockBytes: blockBytes, alwaysLibCSV: true)
            #expect(Self.same(whole, try IngestFixture.run(files, settings)) == [])
        }
    }

    /// Fields at the limits of SPEC 2.4 go to libcsv; rows behind them are found again.
    @Test(arguments: [(65_536, 2), (65_537, 1)])
    func theLimitOfAQuotedFieldHoldsInTheScannerAsWell(length: Int, accepted: Int) throws {
        let start = "449901198002290016,449901001001,birth,2001-01-01,2020-01-01,"
        let text =
            "citizen_id,division_code,event,event_date,updated_at,name\n"
            + "\(start)\"\(String(repeating: "x", count: length))\"\n\(start)a\n"
        for alwaysLibCSV in [false, true] {
            for blockBytes in [1_000, 1 << 18] {
                let outcome = try IngestFixture.run(
                    IngestFile(text),
                    IngestFixture.Settings(blockBytes: blockBytes, alwaysLibCSV: alwaysLibCSV))
                #expect(outcome.counts.accepted == accepted)
                #expect(outcome.rejects == (accepted == 2 ? [] : ["1 row-shape "]))
            }
        }
    }
}
