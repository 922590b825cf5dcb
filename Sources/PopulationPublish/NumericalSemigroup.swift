/// The sums that whole multiples of some weights, not less than 0, can come to.
struct NumericalSemigroup {
    /// By the remainder at the least weight: the least sum that has it; `nil` when none has.
    private var least: [Int?]

    /// At least one weight; all are positive. Round by round, as in Böcker and Lipták, A fast and simple algorithm for
    /// the money changing problem, Algorithmica 48, 2007, section 3.
    init(weights: [Int]) {
        guard let modulus = weights.min() else { preconditionFailure("sums need a weight") }
        least = [Int?](repeating: nil, count: modulus)
        least[0] = 0
        for weight in weights {
            let rounds = Self.commonDivisor(modulus, weight)
            for start in 0..<rounds {
                let known = stride(from: start, to: modulus, by: rounds).compactMap { least[$0] }
                guard var sum = known.min() else { continue }
                for _ in 1..<max(modulus / rounds, 1) {
                    sum += weight
                    sum = min(sum, least[sum % modulus] ?? sum)
                    least[sum % modulus] = sum
                }
            }
        }
    }

    func contains(_ sum: Int) -> Bool {
        guard sum >= 0, let first = least[sum % least.count] else { return false }
        return first <= sum
    }

    private static func commonDivisor(_ left: Int, _ right: Int) -> Int {
        right == 0 ? left : commonDivisor(right, left % right)
    }
}
