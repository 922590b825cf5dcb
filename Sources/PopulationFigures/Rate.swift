/// An urbanization rate as the exact fraction urban/total; it is never stored as a decimal.
///
/// Both are persons; the unclassified are in the total and not urban. 2,158,124 of 4,316,262 prints 50.00 and is still below 50 % (SPEC 6, domain 0).
public struct Rate: Sendable, Equatable {
    public let urban: Int
    public let total: Int

    public init(urban: Int, total: Int) {
        self.urban = urban
        self.total = total
    }

    /// Percent with two decimals, half away from zero, rounded once from the fraction; empty when
    /// the total is 0.
    public var percentText: String {
        total == 0 ? "" : Decimal2.text(numerator: urban * 100, denominator: total)
    }

    /// Percent as an exact fraction; `nil` when the total is 0.
    public var percent: Fraction? { total == 0 ? nil : Fraction(urban * 100, total) }

    /// The exact test against a target in hundredths of a percent; `nil` when the total is 0.
    public func reaches(percentHundredths: Int) -> Bool? {
        total == 0 ? nil : urban * 10_000 >= percentHundredths * total
    }

    /// Urban persons missing for the target: max(0, ceil(percent * total / 100) - urban).
    public func urbanShort(percentHundredths: Int) -> Int {
        let product = percentHundredths * total
        return max(0, (product + 9_999) / 10_000 - urban)
    }
}

/// Numbers with two decimals, made from exact fractions.
public enum Decimal2 {
    /// numerator/denominator with two decimals, half away from zero; the denominator is not 0.
    public static func text(numerator: Int, denominator: Int) -> String {
        precondition(denominator != 0, "a fraction needs a denominator")
        let isNegative = (numerator < 0) != (denominator < 0) && numerator != 0
        let n = numerator.magnitude
        let d = denominator.magnitude
        let (whole, rest) = n.quotientAndRemainder(dividingBy: d)
        // rest < d, so rest * 200 stays far below 2^64 for any population.
        let hundredths = (rest * 200 + d) / (2 * d)
        let all = whole * 100 + hundredths
        return (isNegative && all != 0 ? "-" : "") + hundredthsText(all)
    }

    /// A count of hundredths as a decimal number: 5005 is 50.05.
    public static func text(hundredths: Int) -> String {
        (hundredths < 0 ? "-" : "") + hundredthsText(hundredths.magnitude)
    }

    private static func hundredthsText(_ value: UInt) -> String {
        let rest = value % 100
        return "\(value / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}

/// Numbers of millionths, written exactly.
public enum Decimal6 {
    /// The shortest decimal: `1.5`, `0.000001`, `3`.
    public static func text(millionths: Int) -> String {
        let (whole, rest) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
        let sign = millionths < 0 ? "-" : ""
        guard rest > 0 else { return "\(sign)\(whole)" }
        var places = String(String(1_000_000 + rest).dropFirst())
        while places.hasSuffix("0") { places.removeLast() }
        return "\(sign)\(whole).\(places)"
    }
}
