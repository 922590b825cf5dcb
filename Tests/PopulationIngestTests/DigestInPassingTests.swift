import CLibCrypto
import PopulationIngest
import PopulationTestSupport
import Testing

/// The digest of an extract does not depend on the steps in which its bytes are fed.
@Suite struct DigestInPassingTests {
    /// What the library makes of the bytes fed at once, some times over.
    private static func expected(_ bytes: [UInt8], times: Int = 1) -> String {
        var context = SHA256_CTX()
        SHA256_Init(&context)
        for _ in 0..<times { SHA256_Update(&context, bytes, bytes.count) }
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256_Final(&digest, &context)
        return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
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

    /// The library counts bits in two words of 32: beyond 512 MiB the upper one is in use.
    @Test func longExtractsAreCountedToTheEnd() {
        let piece = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 167) }
        let digest = DigestInPassing()
        let pace = DigestPace()
        for _ in 0..<515 {
            piece.withUnsafeBufferPointer { pace.begin($0, of: digest) }
            for _ in 0..<9 { pace.step() }
            pace.finish()
        }
        #expect(digest.finish() == Self.expected(piece, times: 515))
    }

    /// A worker alone with its extract feeds it between the rows, several of one extract behind them.
    @Test(arguments: [(64, 3, 1), (4_096, 2, 1), (65, 2, 3), (1_000, 4, 3), (4_096, 1, 3)])
    func blocksAndWorkersAreOfNoAccount(blockBytes: Int, threads: Int, fileCount: Int) throws {
        var bytes = HostileBytes(seed: 11, isGB18030: false)
        let files = (0..<fileCount).map { _ in bytes.file(rows: 1_200 / fileCount) }
        let outcomes = try IngestFixture.run(
            files,
            IngestFixture.Settings(threads: threads, blockBytes: blockBytes, makesDigests: true))
        for (file, outcome) in zip(files, outcomes) {
            #expect(outcome.extract.sha256 == Self.expected(file.bytes))
        }
    }
}
