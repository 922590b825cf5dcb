import PopulationModel
import PopulationTestSupport
import Testing

@Suite struct DivisionUnitsTests {
    private static let units = DivisionUnits(
        classes: [
            449_901_001_001: 111, 440_101_001_001: 121, 449_901_001_003: 220, 450_000_000_000: 210,
            449_900_000_000: 112, 449_999_999_999: 122,
        ], names: [449_901_001_003: "乙村", 440_101_001_001: "甲"])

    @Test func standAscendingWithClassAndName() {
        #expect(
            Self.units.codes == [
                440_101_001_001, 449_900_000_000, 449_901_001_001, 449_901_001_003,
                449_999_999_999, 450_000_000_000,
            ])
        #expect(Self.units.classes == [121, 112, 111, 220, 122, 210])
        #expect(Self.units.indices.map(Self.units.name) == ["甲", "", "", "乙村", "", ""])
    }

    @Test func areFoundByTheirCodes() {
        for (index, code) in Self.units.codes.enumerated() {
            #expect(Self.units.index(of: code) == index)
            #expect(Self.units.unitClass(of: code) == Self.units.classes[index])
        }
        for code in [0, 440_101_001_000, 449_901_001_002, 449_901_001_004, 999_999_999_999]
            as [UInt64]
        {
            #expect(Self.units.index(of: code) == nil && Self.units.unitClass(of: code) == nil)
        }
        #expect(Self.units.name(of: 449_901_001_003) == "乙村")
        #expect(Self.units.name(of: 449_901_001_002) == "")
        #expect(DivisionUnits().index(of: 449_901_001_001) == nil)
    }

    @Test(arguments: [
        ("4499", 1..<5), ("44", 0..<5), ("449901", 2..<4), ("45", 5..<6), ("43", 0..<0),
    ])
    func ofAnAreaStandTogether(code: String, range: Range<Int>) throws {
        let area = try #require(Area(code: code))
        #expect(Self.units.range(inside: area) == range)
        let inside = Self.units.inside(area)
        #expect(inside.codes == Array(Self.units.codes[range]))
        #expect(inside.classes == Array(Self.units.classes[range]))
        #expect(inside.indices.map(inside.name) == range.map(Self.units.name))
    }

    @Test func takeAnotherClass() {
        var other = Self.units
        other.setClass(220, of: 449_901_001_001)
        other.setClass(220, of: 449_901_001_002)
        #expect(other.classes == [121, 112, 220, 220, 122, 210])
        #expect(other.codes == Self.units.codes)
    }

    /// Against plain dictionaries.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func answerLikeDictionaries(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var classes: [UInt64: UInt16] = [:]
        var names: [UInt64: String] = [:]
        for _ in 0..<Int.random(in: 0...300, using: &random) {
            let code = UInt64.random(in: 449_901_001_000...449_901_001_400, using: &random)
            classes[code] = UInt16.random(in: 111...220, using: &random)
            names[code] = Bool.random(using: &random) ? "村\(code % 7)" : nil
        }
        let units = DivisionUnits(classes: classes, names: names)
        for code in 449_901_000_990...449_901_001_410 as ClosedRange<UInt64> {
            #expect(units.unitClass(of: code) == classes[code])
            #expect(units.name(of: code) == (classes[code] == nil ? "" : names[code] ?? ""))
        }
    }
}
