/// A whole number from 0 on, of any size: the numerators of exact scores.
///
/// A weight of six places to the power of fifty years back has three hundred decimals; no fixed
/// number of bits holds it. Cost of a product is the product of the lengths; a county's score has
/// a few limbs.
package struct NaturalNumber: Hashable, Sendable {
    /// Base 1,000,000,000, lowest first, without leading zeros: 0 has none. A decimal base makes
    /// printing exact and simple.
    private var limbs: [UInt32]

    private static let base: UInt64 = 1_000_000_000

    package static let zero = NaturalNumber(0)

    /// The number must not be negative.
    package init(_ number: Int) {
        precondition(number >= 0, "a natural number is not negative")
        limbs = []
        var rest = UInt64(number)
        while rest > 0 {
            limbs.append(UInt32(rest % Self.base))
            rest /= Self.base
        }
    }

    private init(limbs: [UInt32]) {
        self.limbs = limbs
        while self.limbs.last == 0 { self.limbs.removeLast() }
    }

    package var isZero: Bool { limbs.isEmpty }

    package static func + (lhs: NaturalNumber, rhs: NaturalNumber) -> NaturalNumber {
        var sum: [UInt32] = []
        var carry: UInt64 = 0
        for index in 0..<max(lhs.limbs.count, rhs.limbs.count) {
            carry += index < lhs.limbs.count ? UInt64(lhs.limbs[index]) : 0
            carry += index < rhs.limbs.count ? UInt64(rhs.limbs[index]) : 0
            sum.append(UInt32(carry % base))
            carry /= base
        }
        if carry > 0 { sum.append(UInt32(carry)) }
        return NaturalNumber(limbs: sum)
    }

    /// The right side must not be the larger.
    package static func - (lhs: NaturalNumber, rhs: NaturalNumber) -> NaturalNumber {
        precondition(lhs >= rhs, "a natural number is not negative")
        var difference = lhs.limbs
        var borrow: UInt64 = 0
        for index in difference.indices {
            let taken = borrow + (index < rhs.limbs.count ? UInt64(rhs.limbs[index]) : 0)
            let own = UInt64(difference[index])
            borrow = own < taken ? 1 : 0
            difference[index] = UInt32(own + borrow * base - taken)
        }
        return NaturalNumber(limbs: difference)
    }

    package static func * (lhs: NaturalNumber, rhs: NaturalNumber) -> NaturalNumber {
        var product = [UInt32](repeating: 0, count: lhs.limbs.count + rhs.limbs.count)
        for (i, a) in lhs.limbs.enumerated() {
            var carry: UInt64 = 0
            for (j, b) in rhs.limbs.enumerated() {
                // At most (10^9 - 1)^2 + 2 · 10^9, below 2^60.
                carry += UInt64(a) * UInt64(b) + UInt64(product[i + j])
                product[i + j] = UInt32(carry % base)
                carry /= base
            }
            product[i + rhs.limbs.count] = UInt32(carry)
        }
        return NaturalNumber(limbs: product)
    }

    /// 10 to the power of `exponent`, which is not negative.
    package static func powerOfTen(_ exponent: Int) -> NaturalNumber {
        var limbs = [UInt32](repeating: 0, count: exponent / 9)
        limbs.append((0..<(exponent % 9)).reduce(1) { power, _ in power * 10 })
        return NaturalNumber(limbs: limbs)
    }

    /// The largest whole number whose product with `divisor` is not above this one, and what is
    /// left over; `nil` when it lies above `quotientMax`. The divisor is not 0.
    package func divided(by divisor: NaturalNumber, quotientMax: Int)
        -> (quotient: Int, remainder: NaturalNumber)?
    {
        precondition(!divisor.isZero, "nothing is divided by 0")
        guard self < divisor * (NaturalNumber(quotientMax) + NaturalNumber(1)) else { return nil }
        var (low, high) = (0, quotientMax)
        while low < high {
            let middle = high - (high - low) / 2
            if divisor * NaturalNumber(middle) <= self { low = middle } else { high = middle - 1 }
        }
        return (low, self - divisor * NaturalNumber(low))
    }
}

extension NaturalNumber: Comparable {
    package static func < (lhs: NaturalNumber, rhs: NaturalNumber) -> Bool {
        if lhs.limbs.count != rhs.limbs.count { return lhs.limbs.count < rhs.limbs.count }
        return lhs.limbs.reversed().lexicographicallyPrecedes(rhs.limbs.reversed())
    }
}

extension NaturalNumber: CustomStringConvertible {
    /// The digits, without separators.
    package var description: String {
        guard let first = limbs.last else { return "0" }
        return limbs.dropLast().reversed().reduce("\(first)") { text, limb in
            let digits = String(limb)
            return text + String(repeating: "0", count: 9 - digits.utf8.count) + digits
        }
    }
}
