/// A decimal number from 0 on with as many places as it needs: weights, scores, shares of a score.
/// Sums and products are exact.
package struct ExactDecimal: Hashable, Sendable {
    /// The number without its point. Equal numbers are equal: the last place is not 0.
    private let digits: NaturalNumber
    private let places: Int

    package static let zero = ExactDecimal(0)
    package static let one = ExactDecimal(1)

    /// A count; it must not be negative.
    package init(_ number: Int) {
        digits = NaturalNumber(number)
        places = 0
    }

    /// 1,500,000 is 1.5; it must not be negative.
    package init(millionths: Int) {
        self.init(NaturalNumber(millionths), places: 6)
    }

    private init(_ digits: NaturalNumber, places: Int) {
        let text = digits.description
        let zeros = digits.isZero ? places : text.reversed().prefix { $0 == "0" }.count
        let dropped = min(zeros, places)
        self.places = places - dropped
        // Ten to the power of what is dropped divides the digits, so the text can be cut.
        self.digits =
            dropped == 0
            ? digits : NaturalNumber(plainDigits: String(text.dropLast(dropped))) ?? .zero
    }

    /// Digits with at most one point, as plans and reference files write weights; `nil` for anything
    /// else, for more than 6 places that are not zeros and for more than 12 digits before the point.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let number = ExactDecimal(printed: text), number.places <= 6,
            parts[0].utf8.count <= 12
        else { return nil }
        self = number
    }

    /// Reads what `description` gave, of any length; `nil` for anything but digits and one point.
    package init?(printed text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }),
            let digits = NaturalNumber(plainDigits: parts.joined())
        else { return nil }
        self.init(digits, places: parts.count == 2 ? parts[1].utf8.count : 0)
    }

    package var isZero: Bool { digits.isZero }

    package static func + (lhs: ExactDecimal, rhs: ExactDecimal) -> ExactDecimal {
        let places = max(lhs.places, rhs.places)
        return ExactDecimal(
            lhs.scaled(toPlaces: places) + rhs.scaled(toPlaces: places), places: places)
    }

    package static func * (lhs: ExactDecimal, rhs: ExactDecimal) -> ExactDecimal {
        ExactDecimal(lhs.digits * rhs.digits, places: lhs.places + rhs.places)
    }

    /// The number to the power of `exponent`, which is not negative.
    package func power(_ exponent: Int) -> ExactDecimal {
        (0..<exponent).reduce(.one) { product, _ in product * self }
    }

    /// The numbers as whole ones of one common scale: what they are to each other stays the same.
    package static func proportions(_ numbers: [ExactDecimal]) -> [NaturalNumber] {
        let places = numbers.map(\.places).max() ?? 0
        return numbers.map { $0.scaled(toPlaces: places) }
    }

    private func scaled(toPlaces count: Int) -> NaturalNumber {
        digits * .powerOfTen(count - places)
    }
}

extension ExactDecimal: CustomStringConvertible {
    /// All places and no zero at the end: `1.5`, `0.000001`, `3`, `0`.
    package var description: String {
        let text = digits.description
        guard places > 0 else { return text }
        let padded = String(repeating: "0", count: max(0, places + 1 - text.utf8.count)) + text
        return "\(padded.dropLast(places)).\(padded.suffix(places))"
    }
}

extension NaturalNumber {
    /// A text of digits alone.
    package init?(plainDigits text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        var number = NaturalNumber.zero
        var start = 0
        while start < bytes.count {
            let end = min(start + 9, bytes.count)
            let piece = bytes[start..<end].reduce(0) { $0 * 10 + Int($1 - 0x30) }
            number = number * .powerOfTen(end - start) + NaturalNumber(piece)
            start = end
        }
        self = number
    }
}
