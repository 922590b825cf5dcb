import PopulationModel
import Testing

@Suite struct AreaTests {
    @Test(arguments: ["", "4", "449", "44990", "4499011", "44x9", "４４", "449901001001", " 44"])
    func refusesOtherLengthsAndLetters(code: String) {
        #expect(Area(code: code) == nil)
    }

    @Test(
        arguments: [
            ("44", 440_000_000_000, 449_999_999_999), ("4499", 449_900_000_000, 449_999_999_999),
            ("449901", 449_901_000_000, 449_901_999_999),
        ] as [(String, UInt64, UInt64)])
    func containsTheCodesThatBeginWithIt(code: String, first: UInt64, last: UInt64) throws {
        let area = try #require(Area(code: code))
        #expect(area.contains(DivisionCode(digits: first)))
        #expect(area.contains(DivisionCode(digits: last)))
        #expect(!area.contains(DivisionCode(digits: first - 1)))
        #expect(!area.contains(DivisionCode(digits: last + 1)))
    }

    @Test func publishesTheLevelsOfItsSize() {
        #expect(Area(code: "44")?.levels == [.province, .prefecture, .county, .township])
        #expect(Area(code: "4499")?.levels == [.prefecture, .county, .township])
        #expect(Area(code: "449901")?.levels == [.county, .township])
        #expect(AreaLevel.allCases.map(\.digitCount) == [2, 4, 6, 9])
    }
}

@Suite struct DivisionCodeTests {
    @Test func namesTownshipAndCountyByItsFirstDigits() {
        let code = DivisionCode(digits: 449_901_002_003)
        #expect(code.township == 449_901_002)
        #expect(code.county == 449_901)
        #expect(code.text == "449901002003")
        #expect(code.prefix(9) == "449901002")
    }

    @Test func keepsLeadingZeros() {
        #expect(DivisionCode(digits: 1).text == "000000000001")
        #expect(DivisionCode.padded(0, to: 3) == "000")
        #expect(DivisionCode.padded(1_234, to: 3) == "1234")
    }

    @Test(
        arguments: [
            (710_000_000_000, true), (810_000_000_000, true), (820_000_000_000, true),
            (900_000_000_000, true), (999_999_999_999, true), (0, true), (999_999, true),
            (830_000_000_000, false), (449_901_001_001, false), (709_999_999_999, false),
            (720_000_000_000, false), (899_999_999_999, false),
        ] as [(UInt64, Bool)])
    func tellsWhatLiesAbroad(digits: UInt64, isAbroad: Bool) {
        #expect(DivisionCode(digits: digits).isAbroad == isAbroad)
    }
}
