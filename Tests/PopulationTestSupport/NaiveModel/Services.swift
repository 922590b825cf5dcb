/// The table `services` (SPEC 6, 6.2).
struct ServicesMaker {
    var table = Table(
        "reference_date,county_code,group,resident,floating,permit_holders,settled", keys: 3)

    /// The groups that a citizen of this age and sex belongs to.
    static func groups(age: Int, isFemale: Bool) -> [String] {
        var groups: [String] = []
        if (0...6).contains(age) { groups.append("children_0_6") }
        if (6...11).contains(age) { groups.append("children_6_11") }
        if (12...14).contains(age) { groups.append("children_12_14") }
        if isFemale, (15...49).contains(age) { groups.append("women_15_49") }
        if (16...59).contains(age) { groups.append("working_16_59") }
        if age >= 60 { groups.append("aged_60_plus") }
        if age >= 65 { groups.append("aged_65_plus") }
        return groups
    }

    /// `pair` is the yearly pair that ends here; without one `settled` is empty.
    mutating func add(_ snapshot: Snapshot, endOf pair: YearPair?) {
        var cells: [[String]: [String: Int]] = [:]
        func count(_ county: String, _ age: Int, _ isFemale: Bool, _ column: String) {
            for group in ServicesMaker.groups(age: age, isFemale: isFemale) {
                cells[[snapshot.date, county, group], default: [:]][column, default: 0] += 1
            }
        }
        func count(_ standing: Standing, _ unit: String, _ column: String) {
            let isFemale = Identity.sex(standing.citizen) == "female"
            count(snapshot.county(unit), snapshot.age(standing), isFemale, column)
        }
        for standing in snapshot.standings {
            guard let unit = standing.resident else { continue }
            count(standing, unit, "resident")
            if snapshot.isFloating(standing) { count(standing, unit, "floating") }
        }
        for (standing, unit) in snapshot.guests where snapshot.permit(standing) == "valid" {
            count(standing, unit, "permit_holders")
        }
        for settler in pair?.settlers ?? [] {
            count(settler.county, settler.age, settler.isFemale, "settled")
        }
        for (key, cell) in cells {
            let settled = pair == nil ? "" : String(cell["settled"] ?? 0)
            table.rows.append(
                key + ["resident", "floating", "permit_holders"].map { String(cell[$0] ?? 0) }
                    + [settled])
        }
    }
}
