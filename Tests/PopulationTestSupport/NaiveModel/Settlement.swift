/// One settled citizen of a year (SPEC 6.1).
struct Settler {
    let unit: String
    let county: String
    let place: String
    let cause: String
    let tier: String
    let household: String
    let age: Int
    let isFemale: Bool
    let hasCollegeOrTitle: Bool
}

extension Settler {
    init(_ transition: Transition) {
        let (end, standing) = (transition.end, transition.after)
        unit = standing.registered ?? ""
        county = end.county(unit)
        place = end.settlementPlace(unit)
        cause = transition.cause
        tier = transition.tier
        household = standing.household
        age = end.age(standing)
        isFemale = Identity.sex(standing.citizen) == "female"
        hasCollegeOrTitle =
            Degrees.isCollege(standing.row?["education"] ?? "")
            || !(standing.row?["title"] ?? "").isEmpty
    }
}

/// Degrees of education, GB/T 4658 (SPEC 2.1: "first digit 1,2,3 = college and above").
enum Degrees {
    static func isCollege(_ education: String) -> Bool {
        ["1", "2", "3"].contains { education.hasPrefix($0) }
    }
}

extension Snapshot {
    func isCountyCity(_ code: String) -> Bool {
        counties[county(code)]?.kind == "county_city"
    }

    /// `central_city` (111, 112 in a district), `county_city` (111, 112 in a county_city), `town`
    /// (12x), `other` (SPEC 6, Literals).
    func settlementPlace(_ unit: String) -> String {
        let unitClass = territory.unitClass(unit)
        if ["111", "112"].contains(unitClass) {
            return isDistrict(unit) ? "central_city" : isCountyCity(unit) ? "county_city" : "other"
        }
        return unitClass.hasPrefix("12") ? "town" : "other"
    }
}

/// The table `settlement` (SPEC 6.1).
struct SettlementMaker {
    var table = Table(
        "year,county_code,place,cause,origin_tier,persons,with_family,with_college_or_title",
        keys: 5)

    mutating func add(_ pair: YearPair) {
        let settlers = pair.settlers
        var sharing: [[String]: Int] = [:]
        for settler in settlers { sharing[[settler.unit, settler.household], default: 0] += 1 }
        var cells: [[String]: [Int]] = [:]
        for settler in settlers {
            let key = [pair.year, settler.county, settler.place, settler.cause, settler.tier]
            var cell = cells[key] ?? [0, 0, 0]
            cell[0] += 1
            // "share household_no with another settled citizen of the same year and unit"
            if !settler.household.isEmpty, sharing[[settler.unit, settler.household]]! > 1 {
                cell[1] += 1
            }
            if settler.hasCollegeOrTitle { cell[2] += 1 }
            cells[key] = cell
        }
        for (key, cell) in cells { table.rows.append(key + cell.map { String($0) }) }
    }
}
