/// Shares a whole number out in proportion to scores so that the parts sum to it exactly (the
/// method of the largest remainder, Hamilton).
package enum LargestRemainder {
    /// One part per score: its share rounded down, and one more for the largest remainders until
    /// nothing is left; of equal remainders the earlier score has it. `nil` when every score is 0.
    ///
    /// `pool` is not negative. A score of 0 never gets anything: fewer units are left over than
    /// there are remainders above 0.
    package static func parts(of pool: Int, scores: [NaturalNumber]) -> [Int]? {
        let total = scores.reduce(.zero, +)
        guard !total.isZero else { return nil }
        let whole = NaturalNumber(pool)
        let shares = scores.map { score in
            // No score is above the total, so no share is above the pool.
            (score * whole).divided(by: total, quotientMax: pool)!
        }
        var parts = shares.map(\.quotient)
        let byRemainder = shares.indices.sorted { a, b in
            shares[a].remainder == shares[b].remainder
                ? a < b : shares[a].remainder > shares[b].remainder
        }
        for index in byRemainder.prefix(pool - parts.reduce(0, +)) { parts[index] += 1 }
        return parts
    }

    /// A score's share in percent with two decimals, half away from zero; the total is not 0.
    package static func percentText(of score: NaturalNumber, total: NaturalNumber) -> String {
        // (2 · 10,000 · score + total) / (2 · total) rounded down is half away from zero.
        let doubled = total + total
        let numerator = score * NaturalNumber(20_000) + total
        return Decimal2.text(
            hundredths: numerator.divided(by: doubled, quotientMax: 10_000)!.quotient)
    }
}
