import PopulationModel
import Testing

@Suite struct YearlyPairTests {
    private static func territory(_ dates: [String]) throws -> Territory {
        Territory(
            area: try #require(Area(code: "4499")),
            dates: try dates.map { try #require(CalendarDate(iso: $0)) },
            editions: [
                DivisionEdition(
                    date: try #require(CalendarDate(iso: "2015-06-30")),
                    units: DivisionUnits(classes: [1: 111]))
            ], changes: [], counties: [])
    }

    @Test func onlyDecembersEndOfConsecutiveYearsMakeAPair() throws {
        let territory = try Self.territory([
            "2015-12-31", "2016-06-30", "2016-12-31", "2017-12-30", "2018-12-31", "2019-12-31",
        ])
        #expect(territory.yearlyDates.map(\.year) == [2015, 2016, 2018, 2019])
        #expect(
            territory.yearlyPairs == [
                YearlyPair(year: 2016, start: 0, end: 2), YearlyPair(year: 2019, start: 4, end: 5),
            ])
    }

    @Test func otherDatesMakeNone() throws {
        #expect(try Self.territory(["2015-12-30", "2016-12-30"]).yearlyPairs == [])
    }
}

@Suite struct QualificationTests {
    @Test(arguments: [
        (0, 0, 0), (3, 0, 3), (0, 2, 2), (3, 1, 1), (2, 3, 2),
    ])
    func theHigherDegreeIsTheLowerDigit(first: UInt8, second: UInt8, better: UInt8) {
        let result = Qualification(degree: first).better(with: Qualification(degree: second))
        #expect(result.degree == better)
        #expect(result.isTalent == (better != 0))
    }

    @Test func aTitleAloneMakesATalent() {
        let result = Qualification(title: 1).better(with: Qualification(title: 2))
        #expect(result == Qualification(degree: 0, title: 2))
        #expect(result.isTalent)
        #expect(!Qualification().isTalent)
    }
}

@Suite struct CarriedPlaceTests {
    /// Unit 1 became 2; 3 went to another prefecture; 4 is urban in one edition only.
    private static func places() throws -> PlaceTable {
        let base: UInt64 = 449_901_001_000
        let abroad: UInt64 = 440_100_001_001
        func edition(_ date: String, _ classes: [UInt64: UInt16]) throws -> DivisionEdition {
            DivisionEdition(
                date: try #require(CalendarDate(iso: date)),
                units: DivisionUnits(classes: classes))
        }
        let day = try #require(CalendarDate(iso: "2020-03-01"))
        return PlaceTable(
            territory: Territory(
                area: try #require(Area(code: "4499")), dates: [day],
                editions: [
                    try edition("2015-06-30", [base + 1: 111, base + 3: 111, base + 4: 121]),
                    try edition("2020-06-30", [base + 2: 111, abroad: 111, base + 4: 220]),
                ],
                changes: [
                    DivisionChange(old: base + 1, new: base + 2, effective: day),
                    DivisionChange(old: base + 3, new: abroad, effective: day),
                ], counties: []))
    }

    @Test func peopleAreCarriedUnlessTheirUnitLeavesTheArea() throws {
        let places = try Self.places()
        func carried(_ code: UInt64) -> UInt64 {
            places[places.carried(places.place(of: code), toEdition: 1)].code
        }
        #expect(carried(449_901_001_001) == 449_901_001_002)
        #expect(carried(449_901_001_003) == 449_901_001_003)
        #expect(carried(449_901_001_009) == 449_901_001_009)
    }

    @Test func aClassIsThatOfTheEdition() throws {
        let places = try Self.places()
        let place = places.place(of: 449_901_001_004)
        #expect(places.isUrban(place, inEdition: 0))
        #expect(!places.isUrban(place, inEdition: 1))
        #expect(places.unitClass(of: place, inEdition: 1) == 220)
        #expect(!places.isUrban(-1, inEdition: 0))
        // Many more places move the table in memory; what it knew stays.
        for number in 0..<5_000 { _ = places.place(of: 449_902_000_000 + UInt64(number)) }
        #expect(places.unitClass(of: place, inEdition: 0) == 121)
    }
}
