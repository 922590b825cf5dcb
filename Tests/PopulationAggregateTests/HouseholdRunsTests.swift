import PopulationAggregate
import PopulationFigures
import PopulationModel
import PopulationTestSupport
import Testing

@Suite struct HouseholdRunsTests {
    /// A member of a household, registered in a unit at a date.
    private static func member(
        _ household: UInt64, date: Int = 0, type: UInt8 = 1,
        unit: UInt64 = CubeFixture.districtUnit
    ) -> CubeFixture.Person {
        // The upper bits choose the bucket, as those of a hash do.
        CubeFixture.Person(
            date: UInt16(date), registered: unit, resident: unit, status: .registeredResident,
            type: type, household: household &* 0x9E37_79B9_7F4A_7C15)
    }

    private static func count(
        _ workers: [[CubeFixture.Person]], fixture: CubeFixture = CubeFixture(), threads: Int = 1
    ) throws -> [String] {
        try fixture.cube(workers, threads: threads).households.map {
            "\($0.dateIndex) \($0.county) \($0.type) \($0.households)"
        }.sorted()
    }

    @Test func membersOfOneHouseholdCountOnceAcrossWorkers() throws {
        let workers = [
            [member(1), member(2), member(1)], [member(1), member(3)], [member(2)],
        ]
        #expect(try Self.count(workers) == ["0 449901 1 3"])
        #expect(try Self.count(workers, threads: 3) == ["0 449901 1 3"])
    }

    private func member(_ household: UInt64) -> CubeFixture.Person { Self.member(household) }

    @Test func noNumberIsNoHousehold() throws {
        let persons = [Self.member(0), Self.member(0, type: 2), Self.member(5)]
        #expect(try Self.count([persons]) == ["0 449901 1 1"])
    }

    @Test func typesAndCountiesAreCountedApart() throws {
        let persons = [
            Self.member(1, type: 0), Self.member(2, type: 1), Self.member(3, type: 2),
            Self.member(4, type: 3), Self.member(5, unit: CubeFixture.townUnit),
            Self.member(6, unit: CubeFixture.townUnit),
        ]
        #expect(
            try Self.count([persons]) == [
                "0 449901 0 1", "0 449901 1 1", "0 449901 2 1", "0 449901 3 1", "0 449981 1 2",
            ])
    }

    @Test func aHouseholdCountsAtTheDatesOfItsMembersOnly() throws {
        // Dates with a hole, in no order of households, and overlapping across workers.
        let workers = [
            [Self.member(1, date: 0), Self.member(1, date: 1), Self.member(2, date: 1)],
            [Self.member(1, date: 1)],
        ]
        #expect(try Self.count(workers) == ["0 449901 1 1", "1 449901 1 2"])
        var three = CubeFixture()
        three.dates = ["2018-12-31", "2019-12-31", "2020-12-31"]
        let hole = [Self.member(1, date: 0), Self.member(1, date: 2)]
        #expect(try Self.count([hole], fixture: three) == ["0 449901 1 1", "2 449901 1 1"])
    }

    /// 64 dates fit into a word: runs across its ends count on both sides.
    @Test func moreThanSixtyFourDatesAreCounted() throws {
        var fixture = CubeFixture()
        fixture.dates = (0..<150).map {
            CalendarDate(dayNumber: 60_000 + Int32($0)).description
        }
        let all = (0..<150).map { Self.member(1, date: $0) }
        let some = (60..<130).map { Self.member(2, date: $0) }
        let ends = [63, 64, 127, 128, 149].map { Self.member(3, date: $0) }
        let expected = (0..<150).map { date in
            let count =
                1 + ((60..<130).contains(date) ? 1 : 0)
                + ([63, 64, 127, 128, 149].contains(date) ? 1 : 0)
            return "\(date) 449901 1 \(count)"
        }.sorted()
        #expect(try Self.count([all, some, ends], fixture: fixture, threads: 2) == expected)
        #expect(try Self.count([all + some + ends], fixture: fixture) == expected)
    }

    /// Hashes with the same upper bits fall into one bucket, whose full chunks are kept in memory or
    /// go to the file.
    @Test(arguments: [0, 1, 16 << 10, 1 << 20])
    func moreHouseholdsThanAChunkHoldsAreCounted(memoryLimit: Int) throws {
        let members = (1...2_000).map { number in
            var member = Self.member(1)
            member.date = 1
            member.household = UInt64(number)
            return member
        }
        let workers = [members + members.reversed(), Array(members[..<700]), []]
        var fixture = CubeFixture()
        fixture.householdMemoryLimit = memoryLimit
        #expect(try Self.count(workers, fixture: fixture) == ["1 449901 1 2000"])
        #expect(try Self.count(workers, fixture: fixture, threads: 2) == ["1 449901 1 2000"])
        // As many households as members: more than room was made for.
        #expect(try Self.count([members], fixture: fixture) == ["1 449901 1 2000"])
    }

    @Test func aFolderThatIsGoneIsSaid() throws {
        let fixture = CubeFixture()
        let members = (1...600).map { number in
            var member = Self.member(1)
            member.household = UInt64(number)
            return member
        }
        let error = #expect(throws: PopstatErrors.self) {
            _ = try fixture.cube([members], spillFolder: "/nowhere")
        }
        #expect(error?.errors.map(\.code) == ["AGGREGATE-002"])
        for fault in error?.errors ?? [] {
            let place = fault.place?.file ?? ""
            #expect(
                ChineseWording.problems(
                    fault.line(in: .zh), beside: fault.description,
                    values: [place, "No such file or directory"]) == [])
        }
    }
}
