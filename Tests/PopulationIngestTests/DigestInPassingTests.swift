import Crypto
import PopulationIngest
import PopulationTestSupport
import Testing

/// The digest of an extract does not depend on the steps in which its bytes are fed.
@Suite struct DigestInPassingTests {
    private static func expected(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Pieces of any length, fed at once or with some steps before the rest.
    @Test(arguments: Seeds.list(upTo: 4))
    func stepsAreOfNoAccount(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<300 {
            var all: [UInt8] = []
            let digest = DigestInPassing()
            let pace = DigestPace()
            for _ in 0..<Int.random(in: 0..<6, using: &random) {
                let count = Int.random(in: 0..<400, using: &random)
                let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
                all += bytes
                bytes.withUnsafeBufferPointer { piece in
                    if Bool.random(using: &random) {
                        return digest.update(UnsafeRawBufferPointer(piece))
                    }
                    pace.begin(piece, of: digest)
                    for _ in 0..<Int.random(in: 0..<9, using: &random) { pace.step() }
                    pace.finish()
                    // Between two blocks a step feeds nothing.
                    pace.step()
                }
            }
            #expect(digest.finish() == Self.expected(all), "POPSTAT_SEED=\(seed)")
        }
    }

    /// Several workers feed blocks of one extract, with a step or two a row.
    @Test(arguments: [(64, 3), (65, 2), (1_000, 4), (4_096, 1)])
    func blocksAndWorkersAreOfNoAccount(blockBytes: Int, threads: Int) throws {
        var bytes = HostileBytes(seed: 11, isGB18030: false)
        let files = (0..<3).map { _ in bytes.file(rows: 400) }
        let outcomes = try IngestFixture.run(
            files,
            IngestFixture.Settings(threads: threads, blockBytes: blockBytes, makesDigests: true))
        for (file, outcome) in zip(files, outcomes) {
            #expect(outcome.extract.sha256 == Self.expected(file.bytes))
        }
    }
}
