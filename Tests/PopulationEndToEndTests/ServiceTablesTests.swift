import PopulationTestSupport
import Testing

private typealias City = SmallPrefecture

/// Permits, points, ways to settle and services, through the whole pipeline (SPEC 6.2).
@Suite struct ServiceTablesTests {
    /// The stay of one guest, and what it comes to at the end of 2020.
    @Test(
        arguments: [
            ("permit_issued=2016-01-10 permit_valid_to=2020-12-31", "5+ 0 valid=1"),
            ("permit_issued=2016-01-10 permit_valid_to=2020-12-30", "5+ 0 suspended=1"),
            ("permit_issued=2016-01-10", "5+ 0 suspended=1"),
            ("permit_issued=2021-01-01 permit_valid_to=2022-01-01", ""), ("", ""),
            (
                "permit_issued=2016-01-10 permit_valid_to=2021-01-09 count_from=2016-01-01 "
                    + "insured_since=2018-12-31", "4 2 valid=1"
            ),
            (
                "permit_issued=2016-01-10 permit_valid_to=2021-01-09 count_from=2020-01-01 "
                    + "insured_since=2017-12-31", "0 3+ valid=1"
            ),
            // No longer there.
            ("departure_date=2020-12-31 permit_issued=2016-01-10", ""),
        ])
    func tellsValidPermitsFromSuspended(stay: String, expected: String) throws {
        var city = City()
        city.dates = ["2020-12-31"]
        city.register(9, "\(City.city) initial 2010-01-01")
        city.stay(1, "\(City.city) 2015-03-01 \(stay)")
        let rows = try city.run().words("permits", keyCount: 4)
        let prefix = "2020-12-31 449901 "
        #expect(
            rows
                == (expected.isEmpty
                    ? []
                    : [
                        prefix
                            + expected.replacing(" v", with: ": v").replacing(" su", with: ": su")
                    ]))
    }

    @Test func nobodyRegisteredInTheAreaHoldsAPermit() throws {
        var city = City()
        city.register(1, "\(City.village) initial 2010-01-01")
        city.stay(1, "\(City.city) 2015-03-01 permit_issued=2016-01-10 permit_valid_to=2022-01-01")
        let result = try city.run()
        #expect(result.rows("permits") == [])
        #expect(result.rows("ladder") == [])
    }

    @Test func addsUpPointsExactlyAndFindsTheTier() throws {
        var city = City()
        city.dates = ["2020-12-31"]
        city.register(9, "\(City.city) initial 2010-01-01")
        // 5 years: 15; 2 years insured: 5. Then with a degree: the larger of stay and register.
        city.stay(1, "\(City.city) 2015-03-01 insured_since=2018-06-01")
        city.register(2, "440106001001 initial 2010-01-01 education=30")
        city.stay(
            2,
            "\(City.city) 2015-03-01 insured_since=2018-06-01 education=20 title=senior "
                + "dwelling=own")
        // The caps.
        city.stay(3, "\(City.city) 2000-03-01 insured_since=2000-03-01")
        let result = try city.run()
        #expect(
            result.rows("ladder") == [
                "2020-12-31,449901,basic,1,20", "2020-12-31,449901,full,2,100.25",
            ])
    }

    static let ways: [(registered: String, stay: String, channels: String)] = [
        (City.countyVillage, "\(City.countyCityTown) dwelling=rent", "449981 any town"),
        (City.countyVillage, "\(City.countyCityTown) dwelling=dormitory", ""),
        (City.countyVillage, "\(City.countyCityTown)", ""),
        // Another town is no obstacle, nor is one outside the area; the same township is.
        (City.city, "\(City.countyCityTown) dwelling=own", "449981 any town"),
        ("440106001001", "\(City.countyCityTown) dwelling=own", "449981 any town"),
        ("", "\(City.countyCityTown) dwelling=own", "449981 any town"),
        // Rule 1: from the village of the same township.
        (City.village, "\(City.countyCityTown) dwelling=own", "449981 any town"),
        // The central city is one place.
        (City.otherDistrict, "\(City.city) dwelling=own", ""),
        (City.districtTown, "\(City.city) dwelling=own", "449901 any central_city_property"),
        (
            City.village,
            "\(City.city) dwelling=rent employed_since=2017-12-31 insured_since=2017-12-31",
            "449901 any central_city_work"
        ),
        (
            City.village,
            "\(City.city) dwelling=rent employed_since=2017-12-31 insured_since=2018-01-01", ""
        ),
        (
            City.village,
            "\(City.city) dwelling=own employed_since=2010-12-31 insured_since=2010-01-01",
            "449901 any central_city_property central_city_work"
        ),
        (City.village, "\(City.city) education=30", "449901 any talent"),
        (City.village, "\(City.city) education=40", ""),
        (City.village, "\(City.city) title=intermediate", "449901 any talent"),
        // Rural to rural, and away: a talent needs no place.
        (City.village, "\(City.countyVillage) education=10", "449921 any talent"),
        (City.village, "440106001001 education=10", ""),
    ]

    @Test(arguments: ways)
    func findsWhoMaySettle(registered: String, stay: String, channels: String) throws {
        var city = City()
        city.dates = ["2020-12-31"]
        city.register(9, "\(City.city) initial 2010-01-01 education=20")
        if !registered.isEmpty { city.register(1, "\(registered) initial 2010-01-01") }
        let words = stay.split(separator: " ", maxSplits: 1).map(String.init)
        city.stay(1, "\(words[0]) 2019-03-01 \(words.count > 1 ? words[1] : "")")
        let rows = try city.run().rows("eligibility")
        let parts = channels.split(separator: " ")
        #expect(rows == parts.dropFirst().map { "2020-12-31,\(parts[0]),\($0),1" })
    }

    /// A village graduate at home, with one row and with a stay of a month elsewhere.
    @Test func talentsAtHomeInAVillageMaySettle() throws {
        var city = City()
        city.register(1, "\(City.village) initial 2010-01-01 education=20")
        city.register(2, "\(City.village) initial 2010-01-01")
        city.stay(2, "\(City.city) 2020-12-01 title=senior")
        city.register(3, "\(City.city) initial 2010-01-01 education=20")
        city.register(4, "\(City.village) initial 2010-01-01 education=60")
        let result = try city.run()
        #expect(
            result.rows("eligibility") == [
                "2019-12-31,449981,any,1", "2019-12-31,449981,talent,1",
                "2020-12-31,449981,any,2", "2020-12-31,449981,talent,2",
            ])
    }

    /// One woman at each edge of a group: who is in it, and who just is not.
    @Test func countsTheGroupsOfServicesByCompletedYears() throws {
        var city = City()
        city.dates = ["2020-12-31"]
        let ages = [0, 5, 6, 7, 11, 12, 14, 15, 16, 49, 50, 59, 60, 64, 65, 101]
        for (number, age) in ages.enumerated() {
            // On the day of the birthday.
            city.register(
                number, born: "\(2020 - age)-12-31", isMale: false,
                "\(City.city) initial 2020-12-31")
        }
        // A day too young for school, and a boy among the floating with a permit.
        city.register(20, born: "2015-01-01", isMale: false, "\(City.city) initial 2018-01-01")
        city.register(30, born: "2010-01-01", "440106001001 initial 2011-01-01")
        city.stay(
            30, born: "2010-01-01",
            "\(City.city) 2019-03-01 permit_issued=2019-10-01 permit_valid_to=2021-10-01")
        #expect(
            try city.run().rows("services") == [
                "2020-12-31,449901,aged_60_plus,4,0,0,",
                "2020-12-31,449901,aged_65_plus,2,0,0,",
                "2020-12-31,449901,children_0_6,4,0,0,",
                "2020-12-31,449901,children_12_14,2,0,0,",
                "2020-12-31,449901,children_6_11,4,1,1,",
                "2020-12-31,449901,women_15_49,3,0,0,",
                "2020-12-31,449901,working_16_59,4,0,0,",
            ])
    }

    @Test func theSettledOfTheYearAreInTheirGroup() throws {
        var city = City()
        city.register(
            1, born: "2012-01-01", "\(City.village) initial 2013-01-01",
            "\(City.city) move_in 2020-02-01 cause=kin_parent")
        let result = try city.run()
        #expect(
            result.rows("services") == [
                "2019-12-31,449981,children_6_11,1,0,0,", "2020-12-31,449901,children_6_11,1,0,0,1",
            ])
    }
}
