import PopulationTestSupport
import Testing

@testable import PopulationPublish

@Suite struct NumericalSemigroupTests {
    /// By trying every count.
    private static func naive(_ weights: [Int], upTo end: Int) -> Set<Int> {
        var sums: Set<Int> = [0]
        for weight in weights {
            for sum in sums.sorted() {
                sums.formUnion(stride(from: sum, through: end, by: weight))
            }
        }
        return sums
    }

    @Test(arguments: Seeds.list(upTo: 6))
    func holdsWhatWeightsCanComeTo(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<100 {
            let weights = (0...random.below(4)).map { _ in 1 + random.below(60) }
            let sums = Self.naive(weights, upTo: 400)
            let group = NumericalSemigroup(weights: weights)
            #expect((0...400).filter(group.contains) == sums.sorted(), "\(weights)")
            #expect(!group.contains(-weights[0]))
        }
    }

    /// Weights of six places.
    @Test func largeWeightsTakeNoTime() {
        let group = NumericalSemigroup(weights: [999_999, 1_000_003, 1_250_000])
        #expect(group.contains(999_999 * 7 + 1_250_000 * 3))
        #expect(!group.contains(999_998))
    }
}
