/// An exact fraction in lowest terms; the denominator is positive.
///
/// 128 bits carry any product of two population counts, a number of days and a power of ten; an
/// overflow is a fault of the program and traps.
public struct Fraction: Hashable, Sendable {
    public let numerator: Int128
    public let denominator: Int128

    /// The denominator must not be 0.
    public init(_ numerator: Int128, _ denominator: Int128) {
        precondition(denominator != 0, "a fraction needs a denominator")
        let divisor = Self.greatestCommonDivisor(numerator, denominator)
        let sign: Int128 = denominator < 0 ? -1 : 1
        self.numerator = sign * (numerator / divisor)
        self.denominator = sign * (denominator / divisor)
    }

    public init(_ numerator: Int, _ denominator: Int = 1) {
        self.init(Int128(numerator), Int128(denominator))
    }

    public static func + (lhs: Fraction, rhs: Fraction) -> Fraction {
        Fraction(
            lhs.numerator * rhs.denominator + rhs.numerator * lhs.denominator,
            lhs.denominator * rhs.denominator)
    }

    public static func - (lhs: Fraction, rhs: Fraction) -> Fraction {
        Fraction(
            lhs.numerator * rhs.denominator - rhs.numerator * lhs.denominator,
            lhs.denominator * rhs.denominator)
    }

    /// Common factors go out before the product is made, so that it stays small.
    public static func * (lhs: Fraction, rhs: Fraction) -> Fraction {
        let a = Fraction(lhs.numerator, rhs.denominator)
        let b = Fraction(rhs.numerator, lhs.denominator)
        return Fraction(a.numerator * b.numerator, a.denominator * b.denominator)
    }

    /// The divisor must not be 0.
    public static func / (lhs: Fraction, rhs: Fraction) -> Fraction {
        lhs * Fraction(rhs.denominator, rhs.numerator)
    }

    /// The number with so many decimals, half away from zero, rounded once; never `-0`.
    public func text(decimals: Int) -> String {
        let scale = (0..<decimals).reduce(Int128(1)) { power, _ in power * 10 }
        let (whole, rest) = numerator.magnitude.quotientAndRemainder(
            dividingBy: denominator.magnitude)
        let half = denominator.magnitude
        let part = (rest * scale.magnitude * 2 + half) / (2 * half)
        let all = whole * scale.magnitude + part
        let sign = numerator < 0 && all != 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(all)" }
        let digits = String(all % scale.magnitude)
        let zeros = String(repeating: "0", count: decimals - digits.utf8.count)
        return "\(sign)\(all / scale.magnitude).\(zeros)\(digits)"
    }

    private static func greatestCommonDivisor(_ a: Int128, _ b: Int128) -> Int128 {
        var (a, b) = (a.magnitude, b.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        return Int128(a)
    }
}

extension Fraction: Comparable {
    public static func < (lhs: Fraction, rhs: Fraction) -> Bool {
        (lhs - rhs).numerator < 0
    }
}
