import PopulationTestSupport

/// Small invented populations for the naive model; the identity numbers are the fictitious vectors
/// of the domain's facts.
extension NaiveInput {
    private static func bytes(_ lines: [String]) -> [UInt8] {
        Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    /// Two districts; a village of the first becomes a community of another code in 2019.
    private static func district(dates: [String], moves: [String], stays: [String]) -> NaiveInput {
        let early = [
            "code,class,name", "449901001001,111,a", "449901100201,220,b", "449902102001,121,c",
            "449902102201,220,d",
        ]
        let late = [
            "code,class,name", "449901001001,111,a", "449901100002,121,b", "449902102001,121,c",
            "449902102201,220,d",
        ]
        return NaiveInput(
            area: "4499", referenceDates: dates,
            registration: [
                NaiveFile(
                    name: "registration.csv",
                    bytes: bytes(
                        [
                            "citizen_id,household_no,division_code,event,event_date,cause,"
                                + "origin_code,origin_class,education,updated_at"
                        ] + moves))
            ],
            residency: [
                NaiveFile(
                    name: "residency.csv",
                    bytes: bytes(
                        [
                            "citizen_id,residence_code,arrival_date,count_from,permit_issued,"
                                + "permit_valid_to,employed_since,insured_since,dwelling,"
                                + "education,updated_at"
                        ] + stays))
            ],
            divisions: [
                NaiveEdition(edition: "2015-06-30", bytes: bytes(early)),
                NaiveEdition(edition: "2019-06-30", bytes: bytes(late)),
            ],
            changes: bytes([
                "old_code,new_code,effective", "449901100201,449901100002,2019-02-01",
            ]),
            counties: bytes([
                "code,name_zh,name_en,kind", "449901,甲,,district", "449902,乙,,district",
            ]))
    }

    /// Stays in the recoded village; two move to the central city in 2019 and share a household;
    /// one dies; a child stays in its town.
    static func movers(dates: [String]) -> NaiveInput {
        district(
            dates: dates,
            moves: [
                "449901198002290016,1,449901100201,initial,2010-01-01,,,,,2010-01-02",
                "449901198002290024,2,449902102201,initial,2010-01-01,,,,20,2010-01-02",
                "449901198002290024,7,449901001001,move_in,2019-05-01,housing,,,20,2019-05-02",
                "449981195505051218,7,449901001001,move_in,2019-05-01,kin_parent,350203,220,,"
                    + "2019-05-02",
                "449901199912310156,3,449901001001,initial,2010-01-01,,,,,2010-01-02",
                "449901199912310156,3,449901001001,death,2019-03-01,,,,,2019-03-02",
                "449903201606300083,4,449902102001,birth,2016-06-30,,,,,2016-07-01",
            ], stays: [])
    }

    /// Two people from elsewhere with permits: one since 2016, whose permit ends on the last
    /// reference date, one since July 2018, whose endorsement is missing in 2019.
    static var guests: NaiveInput {
        var input = district(
            dates: ["2018-12-31", "2019-12-31"], moves: [],
            stays: [
                "44992319700101999X,449901001001,2016-12-31,,2017-01-15,2019-12-31,2016-12-31,"
                    + "2017-01-01,own,10,2017-01-15",
                "44990119880808019X,449901001001,2018-07-31,,2018-12-31,2019-06-30,,,dormitory,,"
                    + "2018-12-31",
            ])
        input.ladder = NaiveLadder(
            residence: .init(points: "3", cap: "30"), insurance: .init(points: "2", cap: "20"),
            fixed: ["own_dwelling": "10"],
            alternatives: [
                "education": ["college": "10", "bachelor": "20", "postgraduate": "30"]
            ],
            tiers: [
                .init(name: "basic", from: "0"), .init(name: "extended", from: "20"),
                .init(name: "full", from: "50"),
            ])
        input.official = bytes([
            "area_code,date,concept,total,urban,source", "4499,2018-12-31,resident,4,2,yearbook",
            "4499,2010-11-01,resident,9,3,census",
        ])
        return input
    }
}

extension NaiveTransfer {
    /// Factors of one of two districts.
    static var small: NaiveTransfer {
        let factors = [
            "county_code,year,hardship,cost,urban_land_ha", "449901,2019,2,1.5,0.03",
            "449901,2020,2,1.5,0.0301",
        ]
        return NaiveTransfer(
            factors: Array(factors.map { $0 + "\n" }.joined().utf8), pool: 1_000,
            weights: ["own_prefecture": "1", "own_province": "1.5", "other_province": "2.2"],
            decay: "0.5", yearsBack: 3, permitWeight: "0.1", childrenWeight: "0.2")
    }
}
