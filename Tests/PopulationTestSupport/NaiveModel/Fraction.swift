import Foundation

/// An exact fraction, printed once, half away from zero (SPEC 6).
struct Fraction: Equatable {
    var top: Int128
    /// Always positive.
    var bottom: Int128

    init(_ top: Int128, _ bottom: Int128 = 1) {
        var a = top.magnitude
        var b = bottom.magnitude
        while b != 0 { (a, b) = (b, a % b) }
        let sign: Int128 = bottom < 0 ? -1 : 1
        let divisor = a == 0 ? 1 : Int128(a)
        self.top = sign * top / divisor
        self.bottom = sign * bottom / divisor
    }

    static func + (a: Fraction, b: Fraction) -> Fraction {
        Fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
    }

    static func - (a: Fraction, b: Fraction) -> Fraction {
        Fraction(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom)
    }

    static func * (a: Fraction, b: Fraction) -> Fraction {
        Fraction(a.top * b.top, a.bottom * b.bottom)
    }

    static func / (a: Fraction, b: Fraction) -> Fraction {
        Fraction(a.top * b.bottom, a.bottom * b.top)
    }

    static func < (a: Fraction, b: Fraction) -> Bool {
        a.top * b.bottom < b.top * a.bottom
    }

    static func >= (a: Fraction, b: Fraction) -> Bool {
        !(a < b)
    }

    var double: Double { Double(top) / Double(bottom) }

    /// With 2 decimals.
    var text: String {
        let hundredths = (200 * top.magnitude + bottom.magnitude) / (2 * bottom.magnitude)
        let sign = top < 0 && hundredths > 0 ? "-" : ""
        return sign + String(hundredths / 100) + "." + Dates.pad(Int(hundredths % 100), 2)
    }
}

/// A floating-point value with some decimals, half away from zero.
func rounded(_ value: Double, decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (value * scale).rounded(.toNearestOrAwayFromZero)
    return String(format: "%.\(decimals)f", scaled == 0 ? 0 : scaled / scale)
}
