import PopulationAggregate
import PopulationFigures
import PopulationModel
import PopulationTestSupport
import Testing

/// Settled citizens of several workers, joined by household at the end.
@Suite struct SettledPersonsTests {
    private static let fixture = CubeFixture()

    /// Who moved from the village to the town within the pair, with a household's hash.
    private struct Settler {
        var household: UInt64
        var origin: UInt64 = CubeFixture.villageUnit
        var isTalent = false
    }

    private static func cube(_ workers: [[Settler]]) throws -> Cube {
        try TemporaryFolder.with { folder in
            let territory = fixture.territory
            let parts = workers.map { settlers in
                let places = PlaceTable(territory: territory)
                var counter = CubeCounter(places: places, spillFolder: folder.path)
                let transitions = settlers.map { settler in
                    var transition = PersonTransition(birth: 19_900_101, sex: 2, pair: 0)
                    transition.event = RegistrationEvent.move_in.rawValue
                    transition.isEventInside = true
                    transition.registeredBefore = places.place(of: settler.origin)
                    transition.registered = places.place(of: CubeFixture.townUnit)
                    transition.household = settler.household
                    transition.isTalent = settler.isTalent
                    return transition
                }
                transitions.withUnsafeBufferPointer { counter.take($0) }
                return counter.finish()
            }
            return try AggregateStage.merge(parts, dateCount: 2, threads: 2)
        }
    }

    @Test func membersMeetAcrossWorkers() throws {
        let cube = try Self.cube([
            [Settler(household: 7), Settler(household: 8, isTalent: true), Settler(household: 0)],
            [Settler(household: 9), Settler(household: 7), Settler(household: 0)],
        ])
        let settled = try #require(cube.settled.first)
        #expect(cube.settled.count == 1)
        #expect(settled.persons == 6)
        // Only household 7; those without a number are nobody's family.
        #expect(settled.withFamily == 2)
        #expect(settled.withCollegeOrTitle == 1)
        #expect(settled.kind.place == .town)
        #expect(settled.kind.tier == .own_prefecture)
    }

    /// More than memory keeps for a bucket: they go to a file and come back.
    @Test func manyGoThroughTheFile() throws {
        let settlers = (0..<20_000).map { Settler(household: UInt64($0 / 2 % 4) + 1) }
        let cube = try Self.cube([settlers, settlers])
        #expect(cube.settled.map(\.persons) == [40_000])
        #expect(cube.settled.map(\.withFamily) == [40_000])
    }

    @Test func whoComesFromTownDidNotSettle() throws {
        let cube = try Self.cube([[Settler(household: 7, origin: CubeFixture.districtUnit)]])
        #expect(cube.settled == [])
        let layout = cube.counties.layout
        #expect(cube.counties.count(449_901, layout.balance(0, column: 27)) == 1)
        #expect(cube.counties.count(449_981, layout.balance(0, column: 6)) == 1)
    }
}

@Suite struct PointLadderTests {
    @Test func asksForEveryQualificationOnce() {
        var asked: [String] = []
        _ = PointLadder(residence: .none, insurance: .none, tiers: []) { qualification, owns in
            asked.append("\(qualification.degree) \(qualification.title) \(owns)")
            return 0
        }
        #expect(asked.count == 24)
        #expect(Set(asked).count == 24)
    }
}
