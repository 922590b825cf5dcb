import Foundation

/// An exact fraction of any length, printed once, half away from zero (SPEC 6).
package struct Fraction: Equatable, Sendable {
    /// Never with a value of 0.
    private var isNegative: Bool
    private var top: Natural
    /// Never 0; without a common divisor with `top`.
    private var bottom: Natural

    private init(_ isNegative: Bool, _ top: Natural, _ bottom: Natural) {
        // Most fractions are whole numbers, with nothing to be divided out.
        let divisor =
            bottom == Natural(1) ? bottom : Natural.greatestCommonDivisor(top, bottom)
        self.top = top.divided(by: divisor).quotient
        self.bottom = bottom.divided(by: divisor).quotient
        self.isNegative = isNegative && !top.isZero
    }

    package init(_ top: Int, _ bottom: Int = 1) {
        self.init(
            (top < 0) != (bottom < 0), Natural(UInt64(top.magnitude)),
            Natural(UInt64(bottom.magnitude)))
    }

    /// A plain decimal such as `12`, `0.5` or `-0.1`; nil for anything else.
    package init?(decimal text: String) {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0)
            .split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
        guard (1...2).contains(parts.count), parts.allSatisfy(Texts.isDigits) else { return nil }
        let places = parts.count == 2 ? parts[1] : ""
        let bottom = "1" + String(repeating: "0", count: places.utf8.count)
        self.init(isNegative, Natural(digits: parts[0] + places), Natural(digits: bottom))
    }

    package static func + (a: Fraction, b: Fraction) -> Fraction {
        let (x, y) = (a.top * b.bottom, b.top * a.bottom)
        let bottom = a.bottom * b.bottom
        if a.isNegative == b.isNegative { return Fraction(a.isNegative, x + y, bottom) }
        return x < y ? Fraction(b.isNegative, y - x, bottom) : Fraction(a.isNegative, x - y, bottom)
    }

    package static func - (a: Fraction, b: Fraction) -> Fraction {
        a + Fraction(!b.isNegative, b.top, b.bottom)
    }

    package static func * (a: Fraction, b: Fraction) -> Fraction {
        Fraction(a.isNegative != b.isNegative, a.top * b.top, a.bottom * b.bottom)
    }

    package static func / (a: Fraction, b: Fraction) -> Fraction {
        Fraction(a.isNegative != b.isNegative, a.top * b.bottom, a.bottom * b.top)
    }

    package static func < (a: Fraction, b: Fraction) -> Bool {
        (a - b).isNegative
    }

    package static func >= (a: Fraction, b: Fraction) -> Bool {
        !(a < b)
    }

    package var isZero: Bool { top.isZero }

    var double: Double {
        (isNegative ? -1 : 1) * top.double / bottom.double
    }

    /// The whole number below or at a fraction that is not negative, and what is left.
    package var wholeAndRest: (whole: Natural, rest: Fraction) {
        let (whole, rest) = top.divided(by: bottom)
        return (whole, Fraction(false, rest, bottom))
    }

    /// With 2 decimals.
    var text: String { text(decimals: 2) }

    /// Rounded once, half away from zero; what rounds to zero has no sign.
    package func text(decimals: Int) -> String {
        var scale = Natural(1)
        for _ in 0..<decimals { scale = scale * Natural(10) }
        let two = Natural(2)
        let scaled = (two * scale * top + bottom).divided(by: two * bottom).quotient
        let digits = scaled.digits
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = isNegative && !scaled.isZero ? "-" : ""
        if decimals == 0 { return sign + padded }
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// The shortest exact decimal; only for fractions that have one (SPEC 6.3 "exact decimals").
    package var exactDecimal: String {
        var decimals = 0
        var scaled = self
        while scaled.bottom != Natural(1) {
            scaled = scaled * Fraction(10)
            decimals += 1
            precondition(decimals < 10_000, "a fraction without an exact decimal")
        }
        return text(decimals: decimals)
    }
}

/// A floating-point value with some decimals, half away from zero.
func rounded(_ value: Double, decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (value * scale).rounded(.toNearestOrAwayFromZero)
    return String(format: "%.\(decimals)f", scaled == 0 ? 0 : scaled / scale)
}
