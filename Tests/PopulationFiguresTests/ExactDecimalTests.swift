import PopulationFigures
import PopulationTestSupport
import Testing

struct ExactDecimalTests {
    @Test(arguments: [
        ("0", "0"), ("0.000000", "0"), ("1.50", "1.5"), ("007", "7"), ("0.000001", "0.000001"),
        ("999999999999.999999", "999999999999.999999"), ("100", "100"), ("10.10", "10.1"),
        ("3.1234560000", "3.123456"),
    ])
    func printsAllPlacesAndNoZeroAtTheEnd(text: String, printed: String) throws {
        let number = try #require(ExactDecimal(text))
        #expect("\(number)" == printed)
        #expect(ExactDecimal(printed: printed) == number)
    }

    @Test(arguments: [
        "", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", "1.2.3", "1.1234567", "1234567890123", "１",
    ])
    func refusesWhatIsNoDecimal(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test func addsAndMultipliesWithoutRounding() throws {
        let third = try #require(ExactDecimal("0.333333"))
        #expect("\(third + third)" == "0.666666")
        #expect("\(third * third)" == "0.111110888889")
        #expect("\(third.power(0))" == "1")
        #expect("\(try #require(ExactDecimal("0.5")).power(10))" == "0.0009765625")
        #expect("\(ExactDecimal(3) + ExactDecimal(millionths: 1_500_000))" == "4.5")
        // 0.5 + 0.5 leaves no place behind, so equal numbers are equal.
        #expect(
            try #require(ExactDecimal("0.5")) + (try #require(ExactDecimal("0.50"))) == .one)
    }

    @Test func keepsFiftyYearsOfSixPlaces() throws {
        let text = "\(try #require(ExactDecimal("0.999999")).power(50))"
        #expect(text.utf8.count == 2 + 300)
        #expect(text.hasPrefix("0.99995000122498"))
        #expect(text.hasSuffix("000001"))
    }

    /// Against 128-bit integers, which hold these.
    @Test(arguments: Seeds.list(upTo: 20))
    func equalsIntegersOfAScale(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<50 {
            let (a, b) = (random.below(1_000_000_000_000_000), random.below(1_000_000_000_000))
            let product = ExactDecimal(millionths: a) * ExactDecimal(millionths: b)
            let expected = Fraction(Int128(a) * Int128(b), 1_000_000_000_000)
            #expect(Self.fraction("\(product)") == expected, "seed \(seed)")
            let sum = ExactDecimal(millionths: a) + ExactDecimal(millionths: b)
            #expect(
                Self.fraction("\(sum)") == Fraction(Int128(a + b), 1_000_000), "seed \(seed)")
            let scales = ExactDecimal.proportions([
                ExactDecimal(millionths: a), ExactDecimal(millionths: b),
            ])
            let quotient = try #require(
                (scales[0] * NaturalNumber(b)).divided(
                    by: NaturalNumber(a + 1), quotientMax: b))
            #expect(quotient.quotient <= b, "seed \(seed)")
            #expect(
                NaturalNumber(a + 1) * NaturalNumber(quotient.quotient) + quotient.remainder
                    == scales[0] * NaturalNumber(b), "seed \(seed)")
        }
    }

    private static func fraction(_ text: String) -> PopulationFigures.Fraction {
        let parts = text.split(separator: ".")
        let places = parts.count == 2 ? parts[1].utf8.count : 0
        let digits = Int128(parts.joined()) ?? 0
        return Fraction(digits, (0..<places).reduce(Int128(1)) { scale, _ in scale * 10 })
    }
}
