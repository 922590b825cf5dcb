import Foundation
import PopulationDeduplicate
import PopulationModel
import PopulationTestSupport
import Testing

@Suite struct DeduplicateStageTests {
    private static let id = "449901198002290016"
    private static let home = "449901001001"

    /// One citizen with these stays (residence, arrival, departure, registered_code, count_from).
    private static func persons(
        at date: String = "2020-12-31", registration: [String], stays: [String]
    ) throws -> [String] {
        var fixture = DeduplicateFixture()
        fixture.dates = [date]
        fixture.registration = registration.map { "\(id),\($0),2020-01-02,,," }
        fixture.residency = stays.map { stay in
            let parts = stay.split(separator: " ", omittingEmptySubsequences: false)
            func part(_ index: Int) -> String {
                index < parts.count && parts[index] != "-" ? String(parts[index]) : ""
            }
            return "\(id),\(part(0)),\(part(1)),\(part(2)),2020-01-02,\(part(3)),\(part(4))"
        }
        return try fixture.run().persons
    }

    private static let there = "449902001001"

    @Test(
        arguments: [
            // No stay, or one that is over at the end of the day.
            ([], "home"), (["\(there) 2020-01-01 2020-12-31"], "home"),
            (["\(there) 2020-01-01 2021-01-01"], "away"),
            // Six calendar months to the day.
            (["\(there) 2020-06-30"], "away"), (["\(there) 2020-07-01"], "home"),
            // Earlier stays elsewhere: 31 days between are no break, 32 are.
            (["\(there) 2020-01-01 2020-07-15", "\(there) 2020-08-15"], "away"),
            (["\(there) 2020-01-01 2020-07-15", "\(there) 2020-08-16"], "home"),
            (["440300 2020-01-01 2020-07-15", "\(there) 2020-08-15"], "away"),
            (["810000 2020-01-01 2020-07-15", "\(there) 2020-08-15"], "away"),
            (["\(there) 2020-01-01", "449902001001 2020-11-01"], "away"),
            // A gap further back breaks as well, and a stay in the home township does.
            (
                [
                    "440300 2020-01-01 2020-08-01", "440300 2020-09-02 2020-10-01",
                    "\(there) 2020-10-02",
                ],
                "home"
            ),
            (
                [
                    "440300 2020-01-01 2020-08-01", "440300 2020-09-01 2020-10-01",
                    "\(there) 2020-10-02",
                ],
                "away"
            ),
            (
                ["440300 2020-01-01", "449901001002 2020-09-01 2020-09-02", "\(there) 2020-09-03"],
                "home"
            ),
            // Residence years that began earlier.
            (["\(there) 2020-11-01 - - 2020-06-30"], "away"),
            (["\(there) 2020-11-01 - - 2020-07-01"], "home"),
            // The count_from of an earlier stay is of no account.
            (["440300 2020-09-01 2020-10-01 - 2019-01-01", "\(there) 2020-10-02"], "home"),
            // A stay that begins after the date does not exist yet.
            (["\(there) 2020-06-30", "449901001001 2021-01-01"], "away"),
        ] as [([String], String)])
    func stayingAwayCountsFromTheFirstArrival(stays: [String], outcome: String) throws {
        let persons = try Self.persons(
            registration: ["\(Self.home),initial,2001-01-01"], stays: stays)
        let expected =
            outcome == "home"
            ? "0 \(Self.home) \(Self.home) home"
            : "0 \(Self.home) \(Self.there) elsewhere+separated+intraDistrict"
        #expect(persons == [expected])
    }

    @Test(arguments: [
        ("2020-02-29", "2019-08-31", true), ("2020-02-29", "2019-08-29", true),
        ("2020-02-29", "2019-09-01", false), ("2020-02-28", "2019-08-29", false),
        ("2020-02-28", "2019-08-28", true), ("2019-02-28", "2018-08-31", true),
        ("2020-08-31", "2020-02-29", true), ("2020-08-28", "2020-02-29", false),
        ("2020-08-29", "2020-02-29", true), ("2020-09-30", "2020-03-31", true),
    ])
    func monthsAreClampedToTheMonthsEnd(date: String, arrival: String, isAway: Bool) throws {
        let persons = try Self.persons(
            at: date, registration: ["\(Self.home),initial,2001-01-01"],
            stays: ["\(Self.there) \(arrival)"])
        #expect(persons.count == 1)
        #expect(persons.first?.hasSuffix("home") == !isAway)
    }

    @Test(arguments: [
        // Registered, stay, expected.
        ("", "449901001002 2020-12-30", "home \(home) 449901001002"),
        ("", "440300 2010-01-01", "away \(home) -"),
        ("", "440300 2020-12-01", "home \(home) \(home)"),
        ("", "900000 2010-01-01", "home \(home) \(home)"),
        ("", "449901002001 2010-01-01", "elsewhere+separated+intraDistrict \(home) 449901002001"),
        ("", "449981001001 2010-01-01", "elsewhere+separated+ownPrefecture \(home) 449981001001"),
    ])
    func theRegisteredAreResidentByTheFirstRuleThatFits(
        _: String, stay: String, expected: String
    ) throws {
        let parts = expected.split(separator: " ")
        #expect(
            try Self.persons(registration: ["\(Self.home),initial,2001-01-01"], stays: [stay])
                == ["0 \(parts[1]) \(parts[2]) \(parts[0])"])
    }

    @Test(arguments: [
        ("449901001001 2020-12-01 - 449901001002", "0 - 449901001001 local"),
        ("449901001001 2010-01-01 - 449901002001", "0 - 449901001001 separated+intraDistrict"),
        ("449901001001 2010-01-01 - 440300", "0 - 449901001001 separated+ownProvince"),
        ("449901001001 2010-01-01 - 310000", "0 - 449901001001 separated+otherProvince"),
        ("449901001001 2010-01-01", "0 - 449901001001 separated+unknown"),
        ("449981001001 2010-01-01 - 449981", "0 - 449981001001 separated+ownCounty"),
        ("449901001001 2020-12-01 - 440300", "0 - - shortStay"),
    ])
    func theUnregisteredAreResidentAfterSixMonths(stay: String, expected: String) throws {
        #expect(try Self.persons(registration: [], stays: [stay]) == [expected])
    }

    @Test func theDeadAreNowhere() throws {
        var fixture = DeduplicateFixture()
        fixture.dates = ["2019-12-31", "2020-12-31"]
        fixture.registration = [
            "\(Self.id),\(Self.home),initial,2001-01-01,2020-01-02,,,",
            "\(Self.id),\(Self.home),death,2020-05-01,2020-05-02,,,",
        ]
        fixture.residency = ["\(Self.id),\(Self.home),2010-01-01,,2020-01-02,,"]
        let (persons, counts) = try fixture.run()
        #expect(persons == ["0 \(Self.home) \(Self.home) home"])
        #expect(counts.closedButPresent == 1)
    }

    @Test func keepsNewestRowOfACitizen() throws {
        var fixture = DeduplicateFixture()
        fixture.registration = [
            "\(Self.id),449901001002,move_in,2020-05-01,2020-05-03,,,",
            "\(Self.id),449901001001,move_in,2020-05-01,2020-05-02,,,",
            "\(Self.id),449901002001,move_in,2020-04-30,2020-12-01,,,",
            "\(Self.id),449981001001,move_in,2021-01-01,2020-12-01,,,",
        ]
        let (persons, counts) = try fixture.run()
        #expect(persons == ["0 449901001002 449901001002 home"])
        #expect(counts.registration.inForce == 1 && counts.registration.superseded == 2)
        #expect(counts.registration.future == 1 && counts.registration.conflict == 0)
        #expect(counts.registration.rows == 4)
    }

    @Test func aTieInDayAndTimeIsAConflict() throws {
        var fixture = DeduplicateFixture()
        fixture.registration = ["449901001001,move_in", "449901001002,move_in"].map {
            "\(Self.id),\($0),2020-05-01,2020-05-03,,,"
        }
        fixture.residency = ["449901001001", "449901001002"].map {
            "\(Self.id),\($0),2020-05-01,,2020-05-03,,"
        }
        let (persons, counts) = try fixture.run()
        #expect(persons == ["0 449901001002 449901001002 home"])
        #expect(counts.registration.conflict == 1 && counts.residency.conflict == 1)
    }

    @Test func threadsMakeNoDifference() throws {
        var fixture = DeduplicateFixture()
        fixture.registration = (0..<500).map { number in
            let id = CitizenID(first17: 44_990_119_800_229_000 + UInt64(number))
            return "\(id.unmaskedText),\(Self.home),initial,2001-01-01,2020-01-02,,,"
        }
        let one = try fixture.run()
        fixture.threads = 3
        let three = try fixture.run()
        #expect(one.persons.count == 500 && one.persons == three.persons)
        #expect(one.counts == three.counts)
    }
}
