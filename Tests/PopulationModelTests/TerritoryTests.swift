import PopulationModel
import PopulationTestSupport
import Testing

@Suite struct TerritoryTests {
    /// Units are written as small numbers here; 1 stands for 449901001001.
    private static let base: UInt64 = 449_901_001_000

    private struct Change {
        var old: UInt64
        var new: UInt64
        var effective: String
    }

    private static func date(_ text: String) throws -> CalendarDate {
        try #require(CalendarDate(iso: text))
    }

    private static func territory(
        editions: [(date: String, units: [UInt64])], changes: [Change] = [],
        dates: [String] = ["2020-12-31"]
    ) throws -> Territory {
        Territory(
            area: try #require(Area(code: "4499")), dates: try dates.map(date),
            editions: try editions.map { edition in
                DivisionEdition(
                    date: try date(edition.date),
                    units: DivisionUnits(
                        classes: Dictionary(
                            uniqueKeysWithValues: edition.units.map { ($0 + base, UInt16(111)) })))
            },
            changes: try changes.map {
                DivisionChange(
                    old: $0.old + base, new: $0.new + base, effective: try date($0.effective))
            }, counties: [])
    }

    /// What stands for unit 1 in an edition of 2020-06-30.
    private static func standing(units: [UInt64], changes: [Change]) throws -> UInt64 {
        try territory(editions: [("2020-06-30", units)], changes: changes)
            .standing(for: 1 + base, inEdition: 0) - base
    }

    @Test func aUnitOfTheEditionStandsForItself() throws {
        let changes = [Change(old: 1, new: 2, effective: "2019-01-01")]
        #expect(try Self.standing(units: [1, 2], changes: changes) == 1)
    }

    @Test func followsChangesForwardAsFarAsNeeded() throws {
        let changes = [
            Change(old: 1, new: 2, effective: "2018-01-01"),
            Change(old: 2, new: 3, effective: "2019-01-01"),
        ]
        #expect(try Self.standing(units: [3], changes: changes) == 3)
        #expect(try Self.standing(units: [2, 3], changes: changes) == 2)
    }

    @Test func aChangeCountsFromTheEditionsDayOn() throws {
        let onTheDay = [Change(old: 1, new: 2, effective: "2020-06-30")]
        #expect(try Self.standing(units: [2], changes: onTheDay) == 2)
        let dayAfter = [Change(old: 1, new: 2, effective: "2020-07-01")]
        #expect(try Self.standing(units: [2], changes: dayAfter) == 1)
    }

    @Test func goesBackwardOverAnyChangeWhenForwardFindsNothing() throws {
        let future = [Change(old: 4, new: 1, effective: "2025-01-01")]
        #expect(try Self.standing(units: [4], changes: future) == 4)
        let past = [Change(old: 4, new: 1, effective: "2010-01-01")]
        #expect(try Self.standing(units: [4], changes: past) == 4)
    }

    @Test func forwardWinsEvenWhenBackwardIsNearer() throws {
        let changes = [
            Change(old: 1, new: 2, effective: "2018-01-01"),
            Change(old: 2, new: 9, effective: "2019-01-01"),
            Change(old: 4, new: 1, effective: "2010-01-01"),
        ]
        #expect(try Self.standing(units: [4, 9], changes: changes) == 9)
    }

    @Test func forwardAndBackwardAreNotMixed() throws {
        let changes = [
            Change(old: 1, new: 2, effective: "2018-01-01"),
            Change(old: 5, new: 2, effective: "2018-01-01"),
        ]
        #expect(try Self.standing(units: [5], changes: changes) == 1)
    }

    @Test func nearestWinsThenTheSmallestCode() throws {
        let changes = [
            Change(old: 1, new: 8, effective: "2018-01-01"),
            Change(old: 1, new: 7, effective: "2018-01-01"),
            Change(old: 1, new: 2, effective: "2018-01-01"),
            Change(old: 2, new: 3, effective: "2018-01-01"),
        ]
        #expect(try Self.standing(units: [8, 7, 3], changes: changes) == 7)
    }

    @Test func circlesEnd() throws {
        let changes = [
            Change(old: 1, new: 2, effective: "2018-01-01"),
            Change(old: 2, new: 3, effective: "2018-01-01"),
            Change(old: 3, new: 1, effective: "2018-01-01"),
            Change(old: 1, new: 1, effective: "2018-01-01"),
        ]
        #expect(try Self.standing(units: [9], changes: changes) == 1)
        #expect(try Self.standing(units: [3], changes: changes) == 3)
    }

    @Test func theLatestEditionNotAfterADateHolds() throws {
        let territory = try Self.territory(
            editions: [("2015-06-30", [1]), ("2020-06-30", [2])],
            dates: ["2014-12-31", "2015-06-30", "2020-06-29", "2020-06-30", "2021-12-31"])
        #expect(territory.editionOfDate == [0, 0, 0, 1, 1])
    }

    @Test func aCodeOutsideTheEditionIsUnclassified() throws {
        let territory = try Self.territory(editions: [("2020-06-30", [1])])
        #expect(territory.unitClass(of: 1 + Self.base, inEdition: 0) == 111)
        #expect(territory.unitClass(of: 2 + Self.base, inEdition: 0) == 0)
        #expect(territory.standing(for: 2 + Self.base, inEdition: 0) == 2 + Self.base)
    }

    @Test func placesAreNumberedOnceAndKeepTheirStandings() throws {
        let territory = try Self.territory(
            editions: [("2015-06-30", [1]), ("2020-06-30", [2])],
            changes: [Change(old: 1, new: 2, effective: "2018-01-01")])
        let places = PlaceTable(territory: territory)
        let first = places.place(of: 1 + Self.base)
        #expect(places.standing(for: first, inEdition: 0) == first)
        #expect(places[places.standing(for: first, inEdition: 1)].code == 2 + Self.base)
        #expect(places.standing(for: first, inEdition: 1) == places.place(of: 2 + Self.base))
        // Growing the table moves nothing.
        for code in 10..<9_000 { _ = places.place(of: UInt64(code) + Self.base) }
        #expect(places.count == 8_992)
        #expect(places.place(of: 1 + Self.base) == first)
        #expect(
            (10..<9_000).allSatisfy {
                places[places.place(of: $0 + Self.base)].code == $0 + Self.base
            })
        #expect(places[places.standing(for: first, inEdition: 1)].code == 2 + Self.base)
        #expect(places[first].isInArea && !places[first].isAbroad)
    }

    /// The units of the area, which a table knows from the start, and codes that it meets, against the
    /// territory itself.
    @Test(arguments: Seeds.list(upTo: 30))
    func placesTellWhatTheTerritoryDoes(seed: UInt64) throws {
        var chance = SeededRandom(seed: seed)
        let editions = (0..<(1 + chance.below(3))).map { index in
            let units = Set((0..<chance.below(80)).map { _ in 1 + chance.below(90) })
            return ("\(2015 + index)-06-30", units.sorted().map { UInt64($0) } + [95])
        }
        let changes = (0..<chance.below(30)).map { _ in
            Change(
                old: UInt64(chance.below(110)), new: UInt64(chance.below(110)),
                effective: "2016-01-01")
        }
        let territory = try Self.territory(editions: editions, changes: changes)
        let places = PlaceTable(territory: territory)
        #expect(places.count == Set(editions.flatMap(\.1)).count)
        for _ in 0..<200 {
            let code = Self.base + UInt64(chance.below(110))
            let place = places.place(of: code)
            #expect(places[place].code == code, "POPSTAT_SEED=\(seed)")
            for edition in editions.indices {
                let standing = places.standing(for: place, inEdition: edition)
                #expect(
                    places[standing].code == territory.standing(for: code, inEdition: edition)
                        && places.unitClass(of: place, inEdition: edition)
                            == territory.unitClass(of: code, inEdition: edition),
                    "POPSTAT_SEED=\(seed)")
            }
        }
        #expect(
            places.placesByCode.map { places[$0].code }
                == places.placesByCode.map { places[$0].code }.sorted())
    }

    @Test func aFullTableOfPlacesSaysSo() throws {
        let places = PlaceTable(
            territory: try Self.territory(editions: [("2015-06-30", [1])]), countMax: 3)
        for code in [1, 2, 3, 1, 2] as [UInt64] { _ = places.place(of: code + Self.base) }
        #expect(places.count == 3 && !places.isOverfull)
        _ = places.place(of: 4 + Self.base)
        #expect(places.count == 3 && places.isOverfull)
        #expect(places[places.place(of: 3 + Self.base)].code == 3 + Self.base)
    }
}
