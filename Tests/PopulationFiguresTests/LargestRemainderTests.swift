import PopulationFigures
import PopulationTestSupport
import Testing

struct LargestRemainderTests {
    private static func parts(_ pool: Int, _ scores: [Int]) -> [Int]? {
        LargestRemainder.parts(of: pool, scores: scores.map(NaturalNumber.init))
    }

    /// `domain.md` 6.2: 太原 长治 晋中 运城 临汾 晋城 大同 吕梁 忻州 阳泉 朔州, 10,000 yuan.
    private static let shanxi = [
        36_470, 13_994, 11_124, 8_125, 5_789, 4_726, 5_021, 3_891, 3_752, 3_108, 1_800,
    ]

    @Test func sharesThePoolOfShanxi2024OutAsPublished() {
        #expect(Self.shanxi.reduce(0, +) == 97_800)
        #expect(Self.parts(97_800, Self.shanxi) == Self.shanxi)
        // Scores in any proportion to the amounts give them back.
        #expect(Self.parts(97_800, Self.shanxi.map { $0 * 7_919 }) == Self.shanxi)
        // A tenth of the pool does not divide, and still sums to the unit.
        #expect(
            Self.parts(9_780, Self.shanxi) == [
                3_647, 1_399, 1_112, 813, 579, 473, 502, 389, 375, 311, 180,
            ])
        // In yuan rather than 10,000 yuan nothing is left to round.
        #expect(Self.parts(978_000_000, Self.shanxi) == Self.shanxi.map { $0 * 10_000 })
    }

    @Test func equalRemaindersGoToTheEarlierCode() {
        #expect(Self.parts(10, [1, 1, 1]) == [4, 3, 3])
        #expect(Self.parts(2, [1, 1, 1]) == [1, 1, 0])
        #expect(Self.parts(1, [0, 5, 5]) == [0, 1, 0])
    }

    @Test func aScoreOfZeroGetsNothing() {
        #expect(Self.parts(7, [0, 3, 0, 2]) == [0, 4, 0, 3])
    }

    @Test func nothingCanBeSharedOutByZeros() {
        #expect(Self.parts(7, [0, 0]) == nil)
        #expect(Self.parts(7, []) == nil)
    }

    @Test func percentsAreRoundedHalfAwayFromZeroFromTheExactShare() {
        func text(_ score: Int, _ total: Int) -> String {
            LargestRemainder.percentText(
                of: NaturalNumber(score), total: NaturalNumber(total))
        }
        #expect(text(1, 3) == "33.33")
        #expect(text(2, 3) == "66.67")
        // 0.125 % and 99.995 % lie half way.
        #expect(text(1, 800) == "0.13")
        #expect(text(19_999, 20_000) == "100.00")
        #expect(text(0, 5) == "0.00")
        #expect(text(5, 5) == "100.00")
    }

    /// Sum, quota rule, order of the scores and the naive form in 128 bits.
    @Test(arguments: Seeds.list(upTo: 40))
    func equalsTheNaiveForm(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let count = 1 + random.below(30)
        let scores = (0..<count).map { _ in
            random.chance(20) ? 0 : random.below(random.pick([10, 1_000, 1_000_000_000]))
        }
        let pool = random.below(random.pick([5, 1_000, 1_000_000_000_000]))
        let total = scores.reduce(0, +)
        guard total > 0 else {
            #expect(Self.parts(pool, scores) == nil, "seed \(seed)")
            return
        }
        var naive = scores.map { Int(Int128($0) * Int128(pool) / Int128(total)) }
        let rests = scores.map { Int128($0) * Int128(pool) % Int128(total) }
        var left = pool - naive.reduce(0, +)
        var taken: Set<Int> = []
        while left > 0 {
            let next = rests.indices.filter { !taken.contains($0) }.reduce(nil as Int?) {
                best, index in best.map { rests[index] > rests[$0] ? index : $0 } ?? index
            }
            naive[try #require(next)] += 1
            taken.insert(try #require(next))
            left -= 1
        }
        let parts = try #require(Self.parts(pool, scores))
        #expect(parts == naive, "seed \(seed)")
        #expect(parts.reduce(0, +) == pool, "seed \(seed)")
        for (score, part) in zip(scores, parts) where score == 0 {
            #expect(part == 0, "seed \(seed)")
        }
    }
}
