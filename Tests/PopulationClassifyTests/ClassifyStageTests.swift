import PopulationClassify
import PopulationModel
import PopulationTestSupport
import Testing

@Suite struct ClassifyStageTests {
    private static func file(_ text: String, _ label: String) -> ClassifyStage.File {
        ClassifyStage.File(bytes: Array(text.utf8), label: label)
    }

    private static func run(
        divisions: [(date: String, text: String)], changes: String? = nil, counties: String? = nil,
        dates: [String] = ["2020-12-31"], unitCountMax: Int = DivisionUnits.countMax
    ) throws -> Territory {
        try ClassifyStage.run(
            area: try #require(Area(code: "4499")),
            dates: try dates.map { try #require(CalendarDate(iso: $0)) },
            divisions: try divisions.map {
                (try #require(CalendarDate(iso: $0.date)), file($0.text, "d-\($0.date).csv"))
            },
            changes: changes.map { file($0, "c.csv") },
            counties: counties.map { file($0, "k.csv") }, threads: 3,
            unitCountMax: unitCountMax)
    }

    /// `place code` of each fault.
    private static func faults(
        divisions: [(date: String, text: String)], changes: String? = nil, counties: String? = nil
    ) throws -> [String] {
        do {
            _ = try run(divisions: divisions, changes: changes, counties: counties)
            return []
        } catch let errors as PopstatErrors {
            return errors.errors.map { "\($0.place.map(\.description) ?? ""): \($0.code)" }
        }
    }

    private static let one = [("2015-06-30", "code,class,name\n449901001001,111,a\n")]

    @Test func readsUnitsAreasChangesAndCounties() throws {
        let territory = try Self.run(
            divisions: [
                (
                    "2015-06-30",
                    "name,more,class,code\n甲村,x,220,449901001001\n\"乙,镇\",,999,449901001\n"
                        + "丙区,,,449901\n"
                )
            ], changes: "old_code,new_code,effective\n449901001002,449901001001,2015-01-01\n",
            counties: "code,name_zh,name_en,kind\n449901,丙区,Bing,district\n"
                + "449981,丁市,Ding,county_city\n449921,戊县,Wu,county\n")
        #expect(territory.editions.count == 1)
        #expect(
            territory.editions[0].units
                == DivisionUnits(classes: [449_901_001_001: 220], names: [449_901_001_001: "甲村"]))
        #expect(territory.editions[0].areaNames == ["449901001": "乙,镇", "449901": "丙区"])
        #expect(territory.standing(for: 449_901_001_002, inEdition: 0) == 449_901_001_001)
        #expect(territory.counties.map(\.kind) == [.district, .countyCity, .county])
        #expect(territory.isDistrict(county: 449_901) && !territory.isDistrict(county: 449_981))
    }

    @Test func takesUnitsInAnyOrder() throws {
        let text = "code,class,name\n449902001001,121,b\n449901001001,111,a\n449901001009,220,c\n"
        let units = try Self.run(divisions: [("2015-06-30", text)]).editions[0].units
        #expect(units.codes == [449_901_001_001, 449_901_001_009, 449_902_001_001])
        #expect(units.classes == [111, 220, 121])
        #expect(units.indices.map(units.name) == ["a", "c", "b"])
    }

    /// Rows in any order, some codes twice, against a dictionary.
    @Test(arguments: Seeds.list(upTo: 30))
    func takesTheFirstRowOfEachCode(seed: UInt64) throws {
        var chance = SeededRandom(seed: seed)
        var names: [UInt64: String] = [:]
        var twice: [Int] = []
        var text = "code,class,name\n"
        for line in 2..<(2 + chance.below(40)) {
            let code = 449_901_001_000 + UInt64(chance.below(seed % 2 == 0 ? 1_000 : 60))
            text += "\(code),111,n\(line)\n"
            if names[code] == nil { names[code] = "n\(line)" } else { twice.append(line) }
        }
        names[449_999_999_999] = "z"
        text += "449999999999,111,z\n"
        if twice.isEmpty {
            let units = try Self.run(divisions: [("2015-06-30", text)]).editions[0].units
            #expect(units.codes == names.keys.sorted(), "POPSTAT_SEED=\(seed)")
            #expect(units.codes.allSatisfy { units.name(of: $0) == names[$0] })
        } else {
            #expect(
                try Self.faults(divisions: [("2015-06-30", text)])
                    == twice.map { "d-2015-06-30.csv, line \($0), column code: CLASSIFY-004" },
                "POPSTAT_SEED=\(seed)")
        }
    }

    /// Of the rest of the country only the codes and classes are kept, and its rows are checked.
    @Test func keepsNamesOfTheAreaOnly() throws {
        let text =
            "code,class,name\n4498,,e\n449801,,f\n449801001001,111,g\n4499,,a\n449901,,b\n"
            + "449901001001,220,c\n"
        let edition = try Self.run(divisions: [("2015-06-30", text)]).editions[0]
        #expect(edition.areaNames == ["4499": "a", "449901": "b"])
        #expect(edition.units.codes == [449_801_001_001, 449_901_001_001])
        #expect(edition.units.classes == [111, 220])
        #expect(edition.units.indices.map(edition.units.name) == ["", "c"])
        #expect(
            try Self.faults(
                divisions: [("2015-06-30", text + "449801,,f\n449801001001,111,g\n")])
                == [8, 9].map { "d-2015-06-30.csv, line \($0), column code: CLASSIFY-004" })
    }

    /// Whether a code stands twice is seen after all rows, what else is wrong row by row.
    @Test func namesFaultsInTheOrderOfLines() throws {
        let text =
            "code,class\n449902001001,111\n449901001001,111\n449902001001,121\n4499,\n"
            + "1,111\n449901001001,220\n449902001001,220\n4499,\n449903001001,300\n"
        #expect(
            try Self.faults(divisions: [("2015-06-30", text)]) == [
                "d-2015-06-30.csv, line 4, column code: CLASSIFY-004",
                "d-2015-06-30.csv, line 6, column code: CLASSIFY-002",
                "d-2015-06-30.csv, line 7, column code: CLASSIFY-004",
                "d-2015-06-30.csv, line 8, column code: CLASSIFY-004",
                "d-2015-06-30.csv, line 9, column code: CLASSIFY-004",
                "d-2015-06-30.csv, line 10, column class: CLASSIFY-001",
            ])
    }

    /// One edition may know nothing of an area that was made later; all of them may not.
    @Test func refusesEditionsWithoutAnyUnitOfTheArea() throws {
        let elsewhere = "code,class\n449801001001,111\n450001001001,220\n4499,\n"
        #expect(
            try Self.faults(divisions: [("2015-06-30", elsewhere), ("2020-06-30", elsewhere)])
                == ["d-2020-06-30.csv: CLASSIFY-008"])
        #expect(try Self.faults(divisions: [("2010-06-30", elsewhere), Self.one[0]]) == [])
    }

    @Test func refusesAnEditionWithMoreUnitsThanThereIsRoomFor() throws {
        let two = [("2015-06-30", "code,class\n449901001001,111\n449901001002,220\n")]
        #expect(try Self.run(divisions: two, unitCountMax: 2).editions[0].units.count == 2)
        #expect {
            _ = try Self.run(divisions: two, unitCountMax: 1)
        } throws: { error in
            (error as? PopstatErrors)?.errors.map(\.code) == ["CLASSIFY-009"]
        }
    }

    @Test func takesTheSevenClassesOnly() throws {
        for unitClass in 0..<1_000 {
            let text = "code,class\n449901001001,\(unitClass)\n"
            let isKnown = [111, 112, 121, 122, 123, 210, 220].contains(unitClass)
            let faults = try Self.faults(divisions: [("2015-06-30", text)])
            #expect(
                faults == (isKnown ? [] : ["d-2015-06-30.csv, line 2, column class: CLASSIFY-001"]))
        }
    }

    @Test func editionsAreTakenByDateWhateverTheirOrder() throws {
        let late = ("2020-06-30", "code,class\n449901001001,111\n")
        let early = ("2015-06-30", "code,class\n449901001001,220\n")
        for divisions in [[late, early], [early, late]] {
            let territory = try Self.run(
                divisions: divisions,
                dates: ["2010-12-31", "2015-06-30", "2020-06-29", "2020-06-30", "2021-01-01"])
            #expect(
                territory.editionOfDate.map {
                    territory.unitClass(of: 449_901_001_001, inEdition: $0)
                } == [220, 220, 220, 111, 111])
        }
    }

    @Test func allFaultsOfAllFilesAreNamedAtOnceWithTheirLines() throws {
        let faults = try Self.faults(
            divisions: [
                (
                    "2015-06-30",
                    "code,class\n449901001001,111\n44990100100,111\n44990100100x,111\n\n"
                        + "449901001001,111\n449901001,\n449901001,\n449901001003,\n"
                        + "449901001004,1l1\n"
                ), ("2020-06-30", "code,class\n449901001,111\n"),
                ("2021-06-30", "code,name\n449901001,a\n"),
            ],
            changes: "old_code,new_code,effective\n449901001001,449901001002,2015-02-29\n"
                + "1,449901001002,2015-02-28\n449901001001,2,20150228\n",
            counties: "code,name_zh,name_en,kind\n449901,a,a,town\n44990,a,a,county\n"
                + "449902,a,a,county\n449902,a,a,county\n")
        #expect(
            faults == [
                "d-2015-06-30.csv, line 3, column code: CLASSIFY-002",
                "d-2015-06-30.csv, line 4, column code: CLASSIFY-002",
                "d-2015-06-30.csv, line 6, column code: CLASSIFY-004",
                "d-2015-06-30.csv, line 8, column code: CLASSIFY-004",
                "d-2015-06-30.csv, line 9, column class: CLASSIFY-001",
                "d-2015-06-30.csv, line 10, column class: CLASSIFY-001",
                "d-2020-06-30.csv: CLASSIFY-006", "d-2021-06-30.csv, line 1: CLASSIFY-102",
                "c.csv, line 2, column effective: CLASSIFY-003",
                "c.csv, line 3, column old_code: CLASSIFY-002",
                "c.csv, line 4, column new_code: CLASSIFY-002",
                "c.csv, line 4, column effective: CLASSIFY-003",
                "k.csv, line 2, column kind: CLASSIFY-005",
                "k.csv, line 3, column code: CLASSIFY-002",
                "k.csv, line 5, column code: CLASSIFY-004",
            ])
    }

    @Test func changesAndCountiesMayBeAbsent() throws {
        let territory = try Self.run(divisions: Self.one)
        #expect(territory.counties.isEmpty)
        #expect(territory.standing(for: 1, inEdition: 0) == 1)
    }
}
