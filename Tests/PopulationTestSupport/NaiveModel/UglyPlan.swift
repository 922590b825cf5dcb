/// The sections of `publish` of an ugly plan, with numbers at the bounds of the rules.
struct UglyPlan {
    var random: UglyRandom
    let area: String
    let dates: [String]

    /// Codes of counties that the world knows in any edition.
    static let counties = ["449901", "449902", "449903", "449923", "449981"]

    mutating func addSections(to input: inout NaiveInput) {
        if random.chance(85) { input.ladder = ladder() }
        if random.chance(90) { input.transfer = transfer() }
        if random.chance(85) { input.land = land() }
        if random.chance(80) { input.official = official() }
    }

    private mutating func ladder() -> NaiveLadder {
        var ladder = NaiveLadder(tiers: [
            .init(name: "basic", from: random.pick(["0", "0", "0", "3"])),
            .init(name: "extended", from: random.pick(["9", "20", "12.5"])),
            .init(name: "full", from: "50"),
        ])
        if random.chance(85) {
            ladder.residence = .init(
                points: random.pick(["3", "2.5", "0.000001"]), cap: random.pick(["30", "9", "8"]))
        }
        if random.chance(85) {
            ladder.insurance = .init(
                points: random.pick(["2", "1"]), cap: random.pick(["20", "3"]))
        }
        ladder.fixed = random.pick([
            ["own_dwelling": "10"], [:], ["education": "4.25", "title": "5", "own_dwelling": "1"],
            ["college": "1", "senior": "2"],
        ])
        ladder.alternatives = random.pick([
            ["education": ["college": "10", "bachelor": "20", "postgraduate": "30"]], [:],
            ["skill": ["title": "5", "intermediate": "2", "postgraduate": "7.5"], "home": [:]],
            [
                "education": ["education": "3", "bachelor": "2"],
                "title": ["senior": "12", "intermediate": "6"],
            ],
        ])
        return ladder
    }

    private mutating func transfer() -> NaiveTransfer {
        var weights = [
            "own_prefecture": random.pick(["1", "0", "0.000001"]),
            "own_province": random.pick(["1.5", "1"]),
            "other_province": random.pick(["2", "3.75"]),
        ]
        if random.chance(40) { weights["unknown"] = random.pick(["0.5", "1"]) }
        return NaiveTransfer(
            factors: factors(), pool: random.pick([97_800, 7, 1, 1_000_000_000_000_000]),
            unit: random.pick(["yuan", "wan_yuan"]), weights: weights,
            decay: random.pick(["0.5", "0.999999", "1", "0", "0.333333"]),
            yearsBack: random.pick([3, 3, 0, 1, 5, 50]),
            permitWeight: random.pick(["0.1", "0.1", "1", "0.000001"]),
            childrenWeight: random.pick(["0.2", "0", "0.125"]))
    }

    /// Every county and year but a few.
    private mutating func factors() -> [UInt8] {
        var lines = ["county_code,year,hardship,cost,urban_land_ha"]
        let missing = random.pick(["", "", "449902", "449981"])
        for year in 2013...2020 {
            for county in UglyPlan.counties where county != missing && !random.chance(4) {
                let hardship = random.pick([
                    "1", "0.9", "1.05", "1.123456", random.pick(["1", "0"]),
                ])
                let cost = random.pick(["1", "1.1", "0.95"])
                let land = random.pick(["0.3", "0.1", "0.15", "0.02", "0.2", "0.45", "0"])
                lines.append("\(county),\(year),\(hardship),\(cost),\(land)")
            }
        }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private mutating func land() -> NaiveLand {
        let bands: [NaiveLand.Band] = random.pick([
            [
                .init(upTo: "100", standard: "100"), .init(upTo: "150", standard: "80"),
                .init(standard: "50"),
            ],
            [.init(standard: "92.5")],
            [.init(upTo: "50", standard: "99.999999"), .init(standard: "33.333333")],
        ])
        return NaiveLand(bands: bands, adjustment: random.pick(["0", "0", "0.1", "-0.1", "0.05"]))
    }

    private mutating func official() -> [UInt8] {
        var lines = ["area_code,date,concept,total,urban,source"]
        let areas = [area] + UglyPlan.counties + ["449901100", "449923200", "449982"]
        for code in Set(areas).sorted() where code.hasPrefix(area) {
            for date in dates + ["2010-11-01"] where random.chance(25) {
                let total = random.pick([1, 10, 37, 100, 4_316_262])
                let urban = min(total, random.pick([0, 1, 5, 19, 2_158_124]))
                let source = random.pick(["yearbook", "", "\"census, 2020\"", "年鉴"])
                let concept = random.pick(["resident", "registered"])
                lines.append("\(code),\(date),\(concept),\(total),\(urban),\(source)")
            }
        }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }
}
