import PopulationTestSupport
import Testing

/// The naive model's own figures: small populations with answers reckoned by hand.
@Suite struct NaiveFiguresTests {
    @Test func settlesWhoMovesToTownAndNobodyInARecodedVillage() throws {
        let tables = try naiveRun(.movers(dates: ["2018-12-31", "2019-12-31"])).tables
        #expect(
            tables["settlement"] == """
                year,county_code,place,cause,origin_tier,persons,with_family,with_college_or_title
                2019,449901,central_city,housing,own_prefecture,1,1,1
                2019,449901,central_city,kin_parent,other_province,1,1,0

                """)
        let empty = String(repeating: ",", count: 27)
        #expect(
            tables["balance58"]?.split(separator: "\n").dropFirst() == [
                "2018,449901,1\(empty)", "2018,449902,1\(empty)",
                "2019,449901,3,3,0,0,0,0,0,3,2,0,1,0,0,0,0,1,1,0,0,1,0,0,1,1,0,0,0,0",
                "2019,449902,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0",
            ])
    }

    @Test func explainsTheChangeOfTheRate() throws {
        let tables = try naiveRun(.movers(dates: ["2018-12-31", "2019-12-31"])).tables
        #expect(
            tables["decomposition"]?.split(separator: "\n").dropFirst() == [
                "2019,4499,50.000000,100.000000,50.000000,25.000000,-12.500000,37.500000",
                "2019,449901,50.000000,100.000000,50.000000,33.333333,-16.666667,33.333333",
                "2019,449902,50.000000,100.000000,50.000000,0.000000,0.000000,50.000000",
            ])
    }

    @Test func weighsEarlierYearsAndGivesNothingWithoutFactors() throws {
        var input = NaiveInput.movers(dates: ["2018-12-31", "2019-12-31", "2020-12-31"])
        input.transfer = .small
        input.land = NaiveLand(
            bands: [.init(upTo: "100", standard: "100"), .init(standard: "80")], adjustment: "0.1")
        let tables = try naiveRun(input).tables
        #expect(
            tables["transfer"]?.split(separator: "\n").dropFirst() == [
                "2019,449901,1,3,3,3,3,0,0,1,0,1,0,0,0,0,0,9.6,100.00,1000",
                "2019,449902,1,1,1,1,1,0,0,0,0,0,0,0,0,1,0,0,0.00,0",
                "2020,449901,1,3,3,3,3,0,0,0,0,0,0,1.6,0,0,1,4.8,100.00,1000",
                "2020,449902,1,1,1,1,1,0,0,0,0,0,0,0,0,1,0,0,0.00,0",
            ])
        // 0.03 ha for 3 people are 100 square metres each, which belongs to the lower band.
        #expect(
            tables["land"]?.split(separator: "\n").dropFirst() == [
                "2019,449901,2,100.00,100,0.0220", "2020,449901,0,100.33,80,0.0000",
            ])
    }

    @Test func refusesToShareAPoolByScoresOfZero() throws {
        var input = NaiveInput.movers(dates: ["2018-12-31", "2019-12-31"])
        input.transfer = .small
        input.transfer?.weights = ["own_prefecture": "0", "other_province": "0"]
        #expect(throws: NaiveFault.self) { try naiveRun(input) }
    }

    @Test func keepsPermitsPointsAndChannelsAtTheirBounds() throws {
        let tables = try naiveRun(.guests).tables
        func rows(_ name: String) -> [Substring]? {
            tables[name]?.split(separator: "\n").dropFirst().map { $0 }
        }
        #expect(
            rows("permits") == [
                "2018-12-31,449901,0,0,1,0", "2018-12-31,449901,2,1,1,0",
                "2019-12-31,449901,1,0,0,1", "2019-12-31,449901,3,2,1,0",
            ])
        #expect(
            rows("ladder") == [
                "2018-12-31,449901,basic,1,0", "2018-12-31,449901,extended,1,48",
                "2019-12-31,449901,basic,1,3", "2019-12-31,449901,full,1,53",
            ])
        #expect(
            rows("eligibility") == [
                "2018-12-31,449901,any,1", "2018-12-31,449901,central_city_property,1",
                "2018-12-31,449901,talent,1",
                "2019-12-31,449901,any,1", "2019-12-31,449901,central_city_property,1",
                "2019-12-31,449901,talent,1",
            ])
        // One is 49 and 30, later 49 and 31: both men of working age; a pair of years ends in 2019.
        #expect(
            rows("services") == [
                "2018-12-31,449901,working_16_59,1,1,2,", "2019-12-31,449901,working_16_59,2,2,1,0",
            ])
        #expect(
            rows("official")
                == [
                    "4499,2018-12-31,resident,1,1,4,2,-3,50.00,yearbook",
                    "4499,2010-11-01,resident,,,9,3,,,census",
                ].sorted())
    }

    // MARK: Published vectors

    /// domain.md 6.2: Shanxi 2024, 97,800 of 10,000 yuan.
    @Test(arguments: [1, 7, 1_000_003]) func sharesAsPublished(scale: Int) throws {
        let published = [
            "a": 36_470, "b": 13_994, "c": 11_124, "d": 8_125, "e": 5_789, "f": 4_726, "g": 5_021,
            "h": 3_891, "i": 3_752, "j": 3_108, "k": 1_800,
        ]
        let scores = published.mapValues { Fraction($0, scale) }
        #expect(largestRemainder(pool: 97_800, scores: scores) == published)
    }

    @Test func sharesTheRestByRemainderThenByCode() {
        func share(_ pool: Int, _ scores: [String: Int]) -> [String: Int]? {
            largestRemainder(pool: pool, scores: scores.mapValues { Fraction($0) })
        }
        #expect(share(2, ["b": 1, "a": 1, "c": 1]) == ["a": 1, "b": 1, "c": 0])
        #expect(share(10, ["a": 1, "b": 5]) == ["a": 2, "b": 8])
        #expect(share(7, ["a": 0, "b": 3]) == ["a": 0, "b": 7])
        #expect(share(7, ["a": 0]) == nil)
    }

    /// domain.md 8.5 on the margins of Meizhou 2010 and 2020 (8.4), split at will.
    @Test(arguments: [(0, 0, 0), (100_000, 30_000, 90_000), (-5_000, -70_000, -200_000)])
    func partsAddUpExactly(reclassified: Int, naturalUrban: Int, natural: Int) throws {
        let parts = try #require(
            DecompositionParts(
                urban: 1_823_150, persons: 4_238_461, reclassified: reclassified,
                naturalUrban: naturalUrban, natural: natural,
                migrationUrban: 1_997_795 - 1_823_150 - reclassified - naturalUrban,
                migration: 3_873_239 - 4_238_461 - natural))
        #expect(parts.reclassification + parts.natural + parts.migration == parts.change)
        #expect(parts.rateStart.text(decimals: 2) == "43.01")
        #expect(parts.rateEnd.text(decimals: 2) == "51.58")
    }

    // MARK: Arithmetic

    @Test func reckonsBeyondMachineWords() throws {
        let decay = try #require(Fraction(decimal: "0.999999"))
        var power = Fraction(1)
        for _ in 0..<10 { power = power * decay }
        #expect(
            power.exactDecimal == "0.999990000044999880000209999748000209999880000044999990000001")
        #expect((power / power).exactDecimal == "1")
        #expect((power - power).isZero)
        #expect((Fraction(-1) * power).text(decimals: 6) == "-0.999990")
        #expect(Natural(digits: "00123456789012345678901").digits == "123456789012345678901")
    }

    @Test func roundsHalfAwayFromZeroOnce() {
        #expect(Fraction(1, 8).text(decimals: 2) == "0.13")
        #expect(Fraction(-1, 8).text(decimals: 2) == "-0.13")
        #expect(Fraction(-1, 250).text(decimals: 2) == "0.00")
        #expect(Fraction(5, 2).text(decimals: 0) == "3")
        #expect(Fraction(decimal: "1e3") == nil)
    }
}
