import PopulationTestSupport
import Testing

private typealias City = SmallPrefecture

/// Settlement by transition, through the whole pipeline (SPEC 6.1).
@Suite struct SettlementTests {
    /// Task 1 asks for people who settle: a village that becomes a town by decree has none.
    @Test func aVillageRecodedAndReclassifiedMovesTheRateAndNobodySettles() throws {
        var city = City()
        let newCode = "449981101301"
        city.newClasses = [City.village: "", newCode: "122"]
        city.changes = ["\(City.village),\(newCode),2020-03-01"]
        city.register(1, "\(City.village) initial 2010-01-01 household_no=7")
        city.register(2, "\(City.village) initial 2010-01-01 household_no=7")
        // Written anew under the new code, with and without the event that says so.
        city.register(
            3, "\(City.village) initial 2010-01-01", "\(newCode) rezoning 2020-03-01")
        city.register(
            4, "\(City.village) initial 2010-01-01", "\(newCode) move_in 2020-03-01")
        city.register(5, "\(City.countyCityTown) initial 2010-01-01")
        let result = try city.run()

        #expect(result.rows("settlement") == [])
        #expect(
            result.words("balance58", keyCount: 2) == [
                "2019 449981: c1=1", "2020 449981: c1=5 c2=4 c8=4 c9=4 c20=4",
            ])
        let parts = "20.000000,100.000000,80.000000,80.000000,0.000000,0.000000"
        #expect(
            result.rows("decomposition") == ["2020,4499,\(parts)", "2020,449981,\(parts)"])
        #expect(
            result.rows("services").allSatisfy { $0.hasSuffix(",") || $0.hasSuffix(",0") })
    }

    @Test func aCountyThatOnlyChangesItsCodeHasNoFlows() throws {
        var city = City()
        let newCode = "449982101001"
        city.newClasses = [City.countyCityTown: "", newCode: "122"]
        city.changes = ["\(City.countyCityTown),\(newCode),2020-03-01"]
        city.register(1, "\(City.countyCityTown) initial 2010-01-01")
        city.register(
            2, "\(City.countyCityTown) initial 2010-01-01", "\(newCode) rezoning 2020-03-01")
        city.register(3, "\(City.countyCityTown) initial 2010-01-01", "\(newCode) death 2020-05-01")
        let result = try city.run()
        #expect(
            result.words("balance58", keyCount: 2) == [
                "2019 449981: c1=3", "2020 449982: c1=2 c23=1 c24=1",
            ])
    }

    @Test func tellsSettlersApartByPlaceCauseAndTier() throws {
        var city = City()
        // A couple of one household, and a graduate of another.
        for number in 1...2 {
            city.register(
                number, "\(City.countyVillage) initial 2010-01-01 household_no=1",
                "\(City.city) move_in 2020-05-01 household_no=9 cause=kin_spouse")
        }
        city.register(
            3, "\(City.countyVillage) initial 2010-01-01",
            "\(City.city) move_in 2020-05-01 household_no=10 cause=talent education=20")
        // The same household number in another unit, and in another year, is no family.
        city.register(
            4,
            "\(City.districtTown) move_in 2020-05-01 household_no=10 cause=housing "
                + "origin_code=440106001001 origin_class=220 title=senior")
        city.register(
            5,
            "\(City.city) move_in 2019-05-01 household_no=10 cause=housing "
                + "origin_code=440106 origin_class=220")
        city.register(
            6,
            "\(City.countyCity) move_in 2020-05-01 cause=business "
                + "origin_code=430102001001 origin_class=210")
        city.register(7, "\(City.countySeat) move_in 2020-05-01 origin_class=220")
        // Not settled: from a town, from nobody knows where, into a village.
        city.register(8, "\(City.city) move_in 2020-05-01 origin_code=430102 origin_class=121")
        city.register(9, "\(City.city) move_in 2020-05-01 origin_code=430102")
        city.register(
            10, "\(City.village) move_in 2020-05-01 origin_code=430102 origin_class=220")
        city.dates = ["2018-12-31", "2019-12-31", "2020-12-31"]
        let result = try city.run(threads: 2)
        #expect(
            result.rows("settlement") == [
                "2019,449901,central_city,housing,own_province,1,0,0",
                "2020,449901,central_city,kin_spouse,own_prefecture,2,2,0",
                "2020,449901,central_city,talent,own_prefecture,1,0,1",
                "2020,449901,town,housing,own_province,1,0,1",
                "2020,449921,other,other,unknown,1,0,0",
                "2020,449981,county_city,business,other_province,1,0,0",
            ])
        #expect(
            result.words("balance58", keyCount: 2) == [
                "2019 449901: c1=1 c2=1 c8=1 c10=1 c16=1",
                "2020 449901: c1=7 c2=6 c7=1 c8=4 c9=3 c10=1 c13=1 c16=1 c17=2 c22=1",
                "2020 449921: c1=1 c2=1 c22=1",
                "2020 449981: c1=1 c2=1 c8=1 c11=1 c14=1",
            ])
    }

    @Test func aCitizenWhoChangedRoomsLastMonthStaysResident() throws {
        var city = City()
        city.register(1, "\(City.countyVillage) initial 2010-01-01")
        city.stay(
            1, "\(City.city) 2015-01-01 departure_date=2020-12-05",
            "\(City.districtTown) 2020-12-10")
        let result = try city.run()
        #expect(result.rows("units").contains("2020-12-31,\(City.districtTown),121,,0,1"))
        #expect(result.rows("units").contains("2020-12-31,\(City.countyVillage),210,,1,0"))
    }

    @Test func aDeadCitizenWithAnOpenStayIsNotResident() throws {
        var city = City()
        city.register(
            1, "\(City.countyVillage) initial 2010-01-01", "\(City.countyVillage) death 2020-05-01")
        city.register(2, "\(City.countyVillage) initial 2010-01-01")
        city.stay(1, "\(City.city) 2015-01-01 permit_issued=2016-01-01")
        city.stay(2, "\(City.city) 2015-01-01")
        let result = try city.run()
        #expect(result.rows("units").contains("2019-12-31,\(City.city),111,,0,2"))
        #expect(result.rows("units").contains("2020-12-31,\(City.city),111,,0,1"))
        #expect(result.rows("quality").contains("all,closed_but_present,,1"))
        #expect(result.rows("permits") == [])
        // Both lived in town: nobody's share changes, and the death is natural.
        #expect(
            result.rows("decomposition").first
                == "2020,4499,100.000000,100.000000,0.000000,0.000000,0.000000,0.000000")
    }

    /// One of two rural residents dies, and a child is born in town.
    @Test func birthsAndDeathsAreTheNaturalPart() throws {
        var city = City()
        city.register(1, "\(City.city) initial 2010-01-01")
        city.register(2, "\(City.village) initial 2010-01-01")
        city.register(
            3, "\(City.village) initial 2010-01-01", "\(City.village) death 2020-05-01")
        city.register(4, born: "2020-06-01", "\(City.city) birth 2020-06-01")
        let result = try city.run()
        #expect(
            result.rows("decomposition").first
                == "2020,4499,33.333333,66.666667,33.333333,0.000000,33.333333,0.000000")
    }

    @Test func datesBetweenYearlyOnesChangeNothing() throws {
        var city = City()
        city.register(
            1, "\(City.countyVillage) initial 2010-01-01",
            "\(City.village) move_in 2020-03-01", "\(City.city) move_in 2020-09-01 cause=housing")
        let yearly = try city.run()
        city.dates = ["2019-12-31", "2020-06-30", "2020-08-31", "2020-12-31"]
        let more = try city.run()
        for name in ["settlement", "balance58", "decomposition"] {
            #expect(more.tables[name] == yearly.tables[name])
        }
        #expect(
            yearly.rows("settlement")
                == ["2020,449901,central_city,housing,own_prefecture,1,0,0"])
    }
}
