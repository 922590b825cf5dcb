import PopulationFigures
import PopulationModel
import PopulationPublish
import Testing

struct TableMakerTests {
    private func lines(_ name: TableName, of figures: Figures) -> [String] {
        String(decoding: TableMaker(figures: figures).table(name).csv, as: UTF8.self)
            .split(separator: "\n").map(String.init)
    }

    private var empty: Figures {
        Figures(area: Area(code: "4499")!, areaName: "", referenceDates: [day(2020)])
    }

    @Test(arguments: [
        (
            TableName.urbanization,
            "reference_date,area_level,area_code,concept,area_name,total,urban,rural,unclassified,"
                + "rate_percent,target_percent,reached,urban_short", 4
        ),
        (.population, "reference_date,county_code,class,concept,sex,age_group,persons", 6),
        (.units, "reference_date,unit_code,class,name,registered,resident", 2),
        (
            .migration,
            "reference_date,county_code,registered,registered_resident,registered_elsewhere,away,"
                + "resident,resident_unregistered_local,separated,intra_district,floating,"
                + "floating_own_county,floating_own_prefecture,floating_own_province,"
                + "floating_other_province,floating_unknown,short_stay", 2
        ),
        (.households, "reference_date,county_code,household_type,households,persons", 3),
        (
            .settlement,
            "year,county_code,place,cause,origin_tier,persons,with_family,with_college_or_title", 5
        ),
        (
            .balance58,
            "year,county_code,c1,c2,c3,c4,c5,c6,c7,c8,c9,c10,c11,c12,c13,c14,c15,c16,c17,c18,c19,"
                + "c20,c21,c22,c23,c24,c25,c26,c27,c28", 2
        ),
        (
            .permits, "reference_date,county_code,residence_years,insured_years,valid,suspended", 4
        ),
        (.ladder, "reference_date,county_code,tier,persons,points_sum", 3),
        (.eligibility, "reference_date,county_code,channel,eligible_not_settled", 3),
        (
            .services,
            "reference_date,county_code,group,resident,floating,permit_holders,settled", 3
        ),
        (
            .decomposition,
            "year,area_code,rate_start,rate_end,change,reclassification,natural,migration", 2
        ),
        (
            .progress,
            "reference_date,area_code,concept,base_date,base_percent,latest_percent,"
                + "target_percent,target_date,pace_required,pace_observed,ratio_percent,status,"
                + "needed_per_year,projected_linear,projected_urgd,crossing_year", 3
        ),
        (
            .transfer,
            "year,county_code,revision,resident,resident_urban,registered,registered_urban,"
                + "floating,permit_holders,settled_own_prefecture,settled_own_province,"
                + "settled_other_province,settled_unknown,settled_prior,children_6_14,"
                + "residents_0_14,residents_65_plus,score,share_percent,amount", 3
        ),
        (.land, "year,county_code,settled,land_per_head_m2,standard_m2,quota_ha", 2),
        (
            .official,
            "area_code,date,concept,total,urban,official_total,official_urban,difference_total,"
                + "difference_points,source", 3
        ),
        (.tasks, "number,reference_date,indicator,value,unit,status", 2),
        (.quality, "source,measure,reason,rows", 3),
    ])
    func hasTheColumnsOfTheContract(name: TableName, header: String, keyCount: Int) {
        let table = TableMaker(figures: empty).table(name)
        #expect(table.name == name.rawValue)
        #expect(String(decoding: table.csv, as: UTF8.self) == header + "\n")
        #expect(table.keyCount == keyCount)
    }

    @Test func leavesOutTablesWithoutInputs() {
        let names = TableMaker.names(of: empty)
        #expect(names == TableName.allCases.filter { ![.transfer, .land, .official].contains($0) })
        var figures = SampleFigures(hasFinance: true).figures
        figures.absences = []
        #expect(TableMaker.names(of: figures) == TableName.allCases)
    }

    @Test func moneyAndLandPrintTheirOwnDecimals() {
        let figures = SampleFigures(hasFinance: true).figures
        #expect(
            lines(.transfer, of: figures).dropFirst() == [
                "2020,449902,1,100,50,0,0,0,1200,12,3,1,0,0,4,0,0,139.3,100.00,97800",
                "2020,449902,2,100,50,0,0,0,1200,12,3,1,0,0,4,0,0,139.3,100.00,97800",
                "2020,449921,1,100,50,0,0,0,1200,12,3,1,0,0,4,0,0,0,0.00,0",
                "2020,449921,2,100,50,0,0,0,1200,12,3,1,0,0,4,0,0,0,0.00,0",
            ])
        #expect(
            lines(.land, of: figures).dropFirst() == [
                "2020,449902,16,200.00,80,0.1280", "2020,449921,16,,,",
            ])
    }

    @Test func tasksAreOrderedByNumberAsText() {
        let rows = TableMaker(figures: SampleFigures().figures).table(.tasks).rows
        #expect(rows.count == 24 * 6)
        let numbers = rows.map { $0[0] }
        #expect(Array(numbers.prefix(7)) == ["1", "1", "1", "1", "1", "1", "10"])
        #expect(
            rows[0] == [
                "1", "2015-12-31", "resident_urbanization_rate", "47.67", "percent",
                "not_assessable",
            ])
        #expect(rows[6] == ["10", "2015-12-31", "text only", "", "", ""])
    }

    @Test func urbanizationPrintsReachedByTheExactTest() {
        var figures = empty
        let target = Target(
            concept: .resident, areaCode: "4508", percentHundredths: 5_000, date: day(2020),
            source: "")
        func add(_ code: String, _ concept: Concept, _ urban: Int, _ total: Int, _ has: Bool) {
            figures.urbanization.append(
                UrbanizationFigure(
                    date: day(2020), level: .county, areaCode: code, concept: concept,
                    areaName: "甲,乙", total: total, urban: urban, rural: total - urban,
                    unclassified: 0, target: has ? target : nil))
        }
        add("450802", .resident, 0, 0, true)
        add("450800", .resident, 2_158_124, 4_316_262, true)
        add("450801", .resident, 1, 2, true)
        add("450800", .registered, 1, 3, false)
        #expect(
            lines(.urbanization, of: figures).dropFirst() == [
                "2020-12-31,county,450800,registered,\"甲,乙\",3,1,2,0,33.33,,,",
                "2020-12-31,county,450800,resident,\"甲,乙\",4316262,2158124,2158138,0,50.00,50.00,no,7",
                "2020-12-31,county,450801,resident,\"甲,乙\",2,1,1,0,50.00,50.00,yes,0",
                "2020-12-31,county,450802,resident,\"甲,乙\",0,0,0,0,,50.00,,0",
            ])
    }

    @Test func populationIsSortedByLowerBoundAndLeavesZerosOut() {
        var figures = empty
        for (index, persons) in [(20, 1), (1, 2), (0, 0), (2, 3), (19, 4)] {
            for sex in Sex.allCases {
                figures.population.append(
                    PopulationFigure(
                        date: day(2020), countyCode: "449902", unitClass: "111",
                        concept: .resident, sex: sex, ageGroup: AgeGroup(index: index),
                        persons: sex == .male ? persons : 0))
            }
        }
        figures.population.append(
            PopulationFigure(
                date: day(2020), countyCode: "449902", unitClass: "000", concept: .resident,
                sex: .female, ageGroup: AgeGroup(index: 3), persons: 9))
        #expect(
            lines(.population, of: figures).dropFirst() == [
                "2020-12-31,449902,000,resident,female,15-19,9",
                "2020-12-31,449902,111,resident,male,5-9,2",
                "2020-12-31,449902,111,resident,male,10-14,3",
                "2020-12-31,449902,111,resident,male,95-99,4",
                "2020-12-31,449902,111,resident,male,100+,1",
            ])
    }

    @Test func unitsKeepRowsOfZeros() {
        var figures = empty
        for code in ["449902001002", "449902001001"] {
            figures.units.append(
                UnitFigure(
                    date: day(2020), unitCode: code, unitClass: "121", name: "村", registered: 0,
                    resident: 0))
        }
        #expect(
            lines(.units, of: figures).dropFirst() == [
                "2020-12-31,449902001001,121,村,0,0", "2020-12-31,449902001002,121,村,0,0",
            ])
    }

    @Test func householdsAndQualityLeaveZerosOut() {
        var figures = empty
        for (type, count) in [("unknown", 0), ("family", 2)] {
            figures.households.append(
                HouseholdFigure(
                    date: day(2020), countyCode: "449902", householdType: type, households: count,
                    persons: count * 3))
        }
        figures.quality = [
            QualityFigure(source: "residency", measure: "read", reason: "", rows: 0),
            QualityFigure(source: "registration", measure: "rejected", reason: "id-check", rows: 2),
            QualityFigure(source: "registration", measure: "read", reason: "", rows: 7),
        ]
        #expect(
            lines(.households, of: figures).dropFirst() == ["2020-12-31,449902,family,2,6"])
        #expect(
            lines(.quality, of: figures).dropFirst() == [
                "registration,read,,7", "registration,rejected,id-check,2",
            ])
    }

    @Test func progressRowsFollowTheContract() {
        let figures = SampleFigures(dates: [day(2015), day(2020)]).figures
        #expect(
            lines(.progress, of: figures).dropFirst() == [
                "2015-12-31,4499,resident,2015-12-31,47.67,47.67,50.00,2020-12-31,0.47,,,"
                    + "not_assessable,0.47,,,",
                "2020-12-31,4499,resident,2015-12-31,47.67,49.67,50.00,2020-12-31,0.47,0.40,85.71,"
                    + "faster_pace_needed,,49.67,49.67,2021.8",
            ])
    }

    @Test func migrationHasOneColumnPerMeasure() {
        let figures = SampleFigures(dates: [day(2020)]).figures
        #expect(
            lines(.migration, of: figures).dropFirst()
                == ["2020-12-31,449902,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"])
    }

    @Test func leavesOutTheAbsent() {
        var figures = empty
        figures.absences = [TableAbsence(table: "ladder", reason: .noKey("publish.ladder"))]
        let names = TableMaker.names(of: figures)
        #expect(names == TableMaker.names(of: empty).filter { $0 != .ladder })
    }

    @Test func settlementIsSortedByWords() {
        var figures = empty
        for (place, tier) in [
            (SettlementPlace.town, SettlementTier.own_prefecture), (.central_city, .unknown),
            (.central_city, .other_province), (.other, .unknown),
        ] {
            figures.settlement.append(
                SettlementFigure(
                    year: 2020, countyCode: "449902", place: place, cause: .kin_child,
                    originTier: tier, persons: 5, withFamily: 2, withCollegeOrTitle: 1))
        }
        #expect(
            lines(.settlement, of: figures).dropFirst() == [
                "2020,449902,central_city,kin_child,other_province,5,2,1",
                "2020,449902,central_city,kin_child,unknown,5,2,1",
                "2020,449902,other,kin_child,unknown,5,2,1",
                "2020,449902,town,kin_child,own_prefecture,5,2,1",
            ])
    }

    @Test func balance58LeavesEmptyWhatIsNotKnown() {
        var figures = empty
        let columns = [3] + [Int?](repeating: nil, count: 27)
        figures.balance58 = [
            Balance58Figure(year: 2020, countyCode: "449902", columns: Array(0..<28)),
            Balance58Figure(year: 2015, countyCode: "449902", columns: columns),
        ]
        #expect(
            lines(.balance58, of: figures).dropFirst() == [
                "2015,449902,3" + String(repeating: ",", count: 27),
                "2020,449902," + (0..<28).map(String.init).joined(separator: ","),
            ])
    }

    @Test func decompositionIsRoundedOnceFromShares() {
        var figures = empty
        figures.decomposition = [
            DecompositionFigure(
                year: 2020, areaCode: "4499", start: Rate(urban: 1, total: 3),
                rateEnd: Fraction(2, 3),
                reclassification: Fraction(1, 6), natural: Fraction(-1, 7),
                migration: Fraction(13, 42))
        ]
        #expect(
            lines(.decomposition, of: figures).dropFirst() == [
                "2020,4499,33.333333,66.666667,33.333333,16.666667,-14.285714,30.952381"
            ])
    }

    @Test func permitsLaddersAndServicesAreSortedByWords() {
        var figures = empty
        for (residence, insured) in [(5, 3), (0, 3), (5, 0)] {
            figures.permits.append(
                PermitFigure(
                    date: day(2020), countyCode: "449902", residenceYears: residence,
                    insuredYears: insured, valid: 2, suspended: 1))
        }
        for tier in ["甲", "b", "B"] {
            figures.ladder.append(
                LadderFigure(
                    date: day(2020), countyCode: "449902", tier: tier, persons: 2,
                    pointsSumMillionths: 2_500_000))
        }
        for channel in EligibilityChannel.allCases.reversed() {
            figures.eligibility.append(
                EligibilityFigure(
                    date: day(2020), countyCode: "449902", channel: channel,
                    eligibleNotSettled: channel == .town ? 0 : 4))
        }
        for (group, settled) in [(ServiceGroup.children_6_11, 1), (.children_12_14, nil)] {
            figures.services.append(
                ServiceFigure(
                    date: day(2020), countyCode: "449902", group: group, resident: 9, floating: 8,
                    permitHolders: 7, settled: settled))
        }
        let key = "2020-12-31,449902"
        #expect(
            lines(.permits, of: figures).dropFirst()
                == ["\(key),0,3+,2,1", "\(key),5+,0,2,1", "\(key),5+,3+,2,1"])
        #expect(
            lines(.ladder, of: figures).dropFirst()
                == ["\(key),B,2,2.5", "\(key),b,2,2.5", "\(key),甲,2,2.5"])
        #expect(
            lines(.eligibility, of: figures).dropFirst() == [
                "\(key),any,4", "\(key),central_city_property,4", "\(key),central_city_work,4",
                "\(key),talent,4",
            ])
        #expect(
            lines(.services, of: figures).dropFirst()
                == ["\(key),children_12_14,9,8,7,", "\(key),children_6_11,9,8,7,1"])
    }

    @Test func theOrderOfFiguresDoesNotMatter() {
        var shuffled = SampleFigures().figures
        let ordered = TableMaker(figures: shuffled).tables
        shuffled.urbanization.reverse()
        shuffled.migration.reverse()
        shuffled.progress.reverse()
        shuffled.quality.reverse()
        #expect(TableMaker(figures: shuffled).tables == ordered)
    }
}
