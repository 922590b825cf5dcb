import PopulationTestSupport
import Testing

private typealias City = SmallPrefecture

/// Each column of balance58, by the history of one citizen between two yearly dates (SPEC 6.1).
@Suite struct Balance58Tests {
    static let increases: [(rows: [String], columns: String)] = [
        (["\(City.city) birth 2020-02-01"], "c2=1 c3=1"),
        (["\(City.city) discharge 2020-02-01"], "c2=1 c4=1"),
        (["\(City.city) return 2020-02-01"], "c2=1 c5=1"),
        (["\(City.city) move_in 2020-02-01 origin_code=440106 origin_class=111"], "c2=1 c6=1"),
        (["\(City.city) move_in 2020-02-01 origin_code=4499010011 origin_class=121"], "c2=1 c6=1"),
        (["\(City.city) move_in 2020-02-01 origin_code=430102 origin_class=111"], "c2=1 c7=1"),
        (["\(City.city) move_in 2020-02-01 origin_class=111"], "c2=1 c22=1"),
        (["\(City.city) move_in 2020-02-01 origin_class=220"], "c2=1 c22=1"),
        (["\(City.city) supplement 2020-02-01"], "c2=1 c22=1"),
        (
            ["\(City.village) initial 2010-01-01", "\(City.city) move_in 2020-02-01"],
            "c2=1 c8=1 c9=1 c21=1"
        ),
        (
            [
                "\(City.city) move_in 2020-02-01 origin_code=430102 origin_class=220 "
                    + "cause=reclassification"
            ], "c2=1 c8=1 c11=1 c21=1"
        ),
        (
            [
                "\(City.village) initial 2010-01-01",
                "\(City.city) move_in 2020-02-01 cause=reclassification",
            ], "c2=1 c8=1 c9=1 c20=1"
        ),
        (
            ["\(City.village) initial 2010-01-01", "\(City.city) correction 2020-02-01"],
            "c2=1 c8=1 c9=1 c20=1"
        ),
        (
            ["\(City.village) initial 2010-01-01", "\(City.city) discharge 2020-02-01"],
            "c2=1 c4=1"
        ),
    ]

    @Test(arguments: increases)
    func countsAnIncreaseUnderTheFirstThatFits(rows: [String], columns: String) throws {
        var city = City()
        for row in rows { city.register(1, row) }
        let result = try city.run()
        #expect(result.words("balance58", keyCount: 2) == ["2020 449901: c1=1 \(columns)"])
    }

    static let decreases: [(row: String, columns: String)] = [
        ("\(City.city) death 2020-02-01", "c23=1 c24=1"),
        ("\(City.city) military 2020-02-01", "c23=1 c25=1"),
        ("\(City.city) emigration 2020-02-01", "c23=1 c26=1"),
        ("\(City.city) move_out 2020-02-01", "c23=1 c27=1"),
        ("\(City.city) deletion 2020-02-01", "c23=1 c28=1"),
        ("\(City.village) correction 2020-02-01", "c23=1 c27=1"),
        ("449901009009 correction 2020-02-01", "c23=1 c27=1"),
        ("440106001001 move_in 2020-02-01", "c23=1 c27=1"),
    ]

    @Test(arguments: decreases)
    func countsADecreaseByTheRowInForce(row: String, columns: String) throws {
        var city = City()
        city.register(1, "\(City.city) initial 2010-01-01", row)
        let result = try city.run()
        #expect(
            result.words("balance58", keyCount: 2)
                == ["2019 449901: c1=1", "2020 449901: \(columns)"])
    }

    @Test(arguments: ["220", ""])
    func aUnitThatIsNoLongerUrbanIsAnotherDecrease(newClass: String) throws {
        var city = City()
        city.newClasses = [City.city: newClass]
        city.register(1, "\(City.city) initial 2010-01-01")
        // With a stay as well, so that he takes the long way.
        city.register(2, "\(City.city) initial 2010-01-01")
        city.stay(2, "\(City.village) 2020-12-01")
        let result = try city.run()
        #expect(
            result.words("balance58", keyCount: 2)
                == ["2019 449901: c1=2", "2020 449901: c23=2 c28=2"])
    }

    @Test func aMoveBetweenCountiesCountsInBoth() throws {
        var city = City()
        city.register(
            1, "\(City.city) initial 2010-01-01", "\(City.otherDistrict) move_in 2020-02-01")
        let result = try city.run()
        #expect(
            result.words("balance58", keyCount: 2) == [
                "2019 449901: c1=1", "2020 449901: c23=1 c27=1", "2020 449902: c1=1 c2=1 c6=1",
            ])
    }

    @Test func aMoveWithinTheCountyIsNoFlow() throws {
        var city = City()
        city.register(
            1, "\(City.city) initial 2010-01-01", "\(City.districtTown) move_in 2020-02-01")
        let result = try city.run()
        #expect(
            result.words("balance58", keyCount: 2)
                == ["2019 449901: c1=1", "2020 449901: c1=1"])
    }

    @Test(arguments: [
        ("student", 12), ("employment", 13), ("talent", 13), ("business", 14),
        ("investment", 15), ("housing", 16), ("kin_spouse", 17), ("kin_child", 17),
        ("kin_parent", 17), ("kin_other", 17), ("resettlement", 18), ("redevelopment", 19),
        ("other", 21),
    ])
    func putsEachCauseInItsColumn(cause: String, column: Int) throws {
        var city = City()
        city.register(
            1, "\(City.village) initial 2010-01-01",
            "\(City.city) move_in 2020-02-01 cause=\(cause)")
        let result = try city.run()
        #expect(
            result.words("balance58", keyCount: 2)
                == ["2020 449901: c1=1 c2=1 c8=1 c9=1 c\(column)=1"])
    }

    @Test func aYearWithoutTheOneBeforeHasTheStandOnly() throws {
        var city = City()
        city.register(1, "\(City.city) initial 2010-01-01")
        city.dates = ["2017-12-31", "2020-06-30", "2020-12-31"]
        let result = try city.run()
        let empty = String(repeating: ",", count: 27)
        #expect(
            result.rows("balance58") == ["2017,449901,1\(empty)", "2020,449901,1\(empty)"])
    }
}
