import PopulationFigures
import Testing

struct FractionTests {
    @Test(arguments: [
        (1, 3, "0.33"), (2, 3, "0.67"), (-2, 3, "-0.67"), (1, 200, "0.01"), (-1, 200, "-0.01"),
        (-1, 201, "0.00"), (0, 7, "0.00"), (5, -2, "-2.50"), (99_999, 1_000, "100.00"),
    ])
    func roundsOnceHalfAwayFromZero(numerator: Int, denominator: Int, text: String) {
        #expect(Fraction(numerator, denominator).text(decimals: 2) == text)
    }

    @Test func printsAsManyDecimalsAsAsked() {
        #expect(Fraction(2, 3).text(decimals: 0) == "1")
        #expect(Fraction(1, 8).text(decimals: 6) == "0.125000")
        #expect(Fraction(-1, 3_000_000).text(decimals: 6) == "0.000000")
    }

    @Test func calculatesExactly() {
        let third = Fraction(1, 3)
        #expect(third + third + third == Fraction(1))
        #expect(third - third == Fraction(0))
        #expect(Fraction(6, -4) == Fraction(-3, 2))
        #expect(third / Fraction(2, 3) == Fraction(1, 2))
        #expect(Fraction(1, 3) < Fraction(334, 1_000))
        #expect(!(Fraction(1, 3) < Fraction(333, 1_000)))
    }

    /// Two rates of the nation, their pace and its ratio: no product may overflow.
    @Test func carriesTheWholeNation() {
        let before = Fraction(665_575_306 * 100, 1_339_724_852)
        let after = Fraction(901_991_162 * 100, 1_411_778_724)
        let years = Fraction(3_653 * 4, 1_461)
        let observed = (after - before) / years
        let required = (Fraction(6_000, 100) - before) / years
        #expect(observed.text(decimals: 2) == "1.42")
        #expect((observed / required * Fraction(100)).text(decimals: 2) == "137.70")
    }
}
