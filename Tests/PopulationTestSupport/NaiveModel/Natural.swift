/// A natural number of any length, calculated as on paper: weights to the power of many years do
/// not fit into a machine word (SPEC 6.3).
package struct Natural: Equatable, Comparable, Sendable {
    /// Four decimal digits each, the lowest first, no zeros at the top; empty is 0.
    private var parts: [Int] = []

    private static let base = 10_000

    package init(_ number: UInt64) {
        var rest = number
        while rest > 0 {
            parts.append(Int(rest % UInt64(Natural.base)))
            rest /= UInt64(Natural.base)
        }
    }

    /// Plain decimal digits.
    package init(digits: String) {
        var rest = Array(digits.utf8)
        while !rest.isEmpty {
            let part = rest.suffix(4)
            parts.append(part.reduce(0) { $0 * 10 + Int($1 - 0x30) })
            rest.removeLast(part.count)
        }
        trim()
    }

    private init(parts: [Int]) {
        self.parts = parts
        trim()
    }

    private mutating func trim() {
        while parts.last == 0 { parts.removeLast() }
    }

    package var isZero: Bool { parts.isEmpty }

    /// All digits, without leading zeros.
    package var digits: String {
        guard let top = parts.last else { return "0" }
        return String(top) + parts.dropLast().reversed().map { Dates.pad($0, 4) }.joined()
    }

    package var double: Double {
        parts.reversed().reduce(0) { $0 * Double(Natural.base) + Double($1) }
    }

    package static func < (a: Natural, b: Natural) -> Bool {
        if a.parts.count != b.parts.count { return a.parts.count < b.parts.count }
        return a.parts.reversed().lexicographicallyPrecedes(b.parts.reversed())
    }

    package static func + (a: Natural, b: Natural) -> Natural {
        var sum: [Int] = []
        var carry = 0
        for index in 0..<max(a.parts.count, b.parts.count) {
            carry += index < a.parts.count ? a.parts[index] : 0
            carry += index < b.parts.count ? b.parts[index] : 0
            sum.append(carry % base)
            carry /= base
        }
        return Natural(parts: sum + [carry])
    }

    /// The larger less the smaller; `b` is at most `a`.
    package static func - (a: Natural, b: Natural) -> Natural {
        precondition(b <= a, "a natural number is not negative")
        var difference: [Int] = []
        var borrow = 0
        for index in a.parts.indices {
            var part = a.parts[index] - borrow - (index < b.parts.count ? b.parts[index] : 0)
            borrow = part < 0 ? 1 : 0
            if part < 0 { part += base }
            difference.append(part)
        }
        return Natural(parts: difference)
    }

    package static func * (a: Natural, b: Natural) -> Natural {
        var product = [Int](repeating: 0, count: a.parts.count + b.parts.count + 1)
        for (i, x) in a.parts.enumerated() {
            var carry = 0
            for (j, y) in b.parts.enumerated() {
                carry += product[i + j] + x * y
                product[i + j] = carry % base
                carry /= base
            }
            product[i + b.parts.count] += carry
        }
        return Natural(parts: product)
    }

    /// Long division; each part of the quotient is found by halving.
    package func divided(by divisor: Natural) -> (quotient: Natural, rest: Natural) {
        precondition(!divisor.isZero, "division by zero")
        var quotient: [Int] = []
        var rest = Natural(0)
        for part in parts.reversed() {
            rest = Natural(parts: [part] + rest.parts)
            var low = 0
            var high = rest < divisor ? 0 : Natural.base - 1
            while low < high {
                let middle = (low + high + 1) / 2
                if Natural(UInt64(middle)) * divisor <= rest {
                    low = middle
                } else {
                    high = middle - 1
                }
            }
            rest = rest - Natural(UInt64(low)) * divisor
            quotient.append(low)
        }
        return (Natural(parts: quotient.reversed()), rest)
    }

    package static func greatestCommonDivisor(_ a: Natural, _ b: Natural) -> Natural {
        var (a, b) = (a, b)
        while !b.isZero { (a, b) = (b, a.divided(by: b).rest) }
        return a
    }
}
