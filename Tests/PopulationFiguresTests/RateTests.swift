import PopulationFigures
import Testing

struct RateTests {
    /// `domain.md` 8.3: the census of 2020 around 50 %.
    @Test(arguments: [
        (4_316_262, 2_158_124, "50.00", false), (923_301, 461_597, "49.99", false),
        (224_809, 112_379, "49.99", false), (3_772_088, 1_884_758, "49.97", false),
        (2_872_857, 1_435_268, "49.96", false), (747_972, 374_123, "50.02", true),
        (190_482, 95_296, "50.03", true), (2_873_168, 1_437_489, "50.03", true),
        (47_209_277, 23_628_564, "50.05", true),
    ])
    func testsTheExactFraction(total: Int, urban: Int, text: String, isReached: Bool) {
        let rate = Rate(urban: urban, total: total)
        #expect(rate.percentText == text)
        #expect(rate.percent?.text(decimals: 2) == text)
        #expect(rate.reaches(percentHundredths: 5_000) == isReached)
        #expect((rate.urbanShort(percentHundredths: 5_000) == 0) == isReached)
    }

    @Test func tellsNothingOfNobody() {
        let rate = Rate(urban: 0, total: 0)
        #expect(rate.percentText == "")
        #expect(rate.percent == nil)
        #expect(rate.reaches(percentHundredths: 5_000) == nil)
        #expect(rate.urbanShort(percentHundredths: 5_000) == 0)
    }

    @Test func needsSevenMoreUrbanPersonsInGuigang() {
        let rate = Rate(urban: 2_158_124, total: 4_316_262)
        #expect(rate.urbanShort(percentHundredths: 5_000) == 7)
    }
}
