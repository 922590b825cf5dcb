/// The table `eligibility` (SPEC 6.2).
struct EligibilityMaker {
    var table = Table("reference_date,county_code,channel,eligible_not_settled", keys: 3)

    mutating func add(_ snapshot: Snapshot) {
        var cells: [[String]: Int] = [:]
        for standing in snapshot.standings {
            guard let unit = standing.resident, !isSettled(standing, at: unit, snapshot) else {
                continue
            }
            let open = channels(standing, unit, snapshot)
            // "`any` counts a citizen once"
            for channel in open + (open.isEmpty ? [] : ["any"]) {
                cells[[snapshot.date, snapshot.county(unit), channel], default: 0] += 1
            }
        }
        for (key, persons) in cells { table.rows.append(key + [String(persons)]) }
    }

    /// Whether the "registered unit is an urban unit of the same place (central city; else the same
    /// township)"; a registered place outside or unknown is no obstacle.
    private func isSettled(_ standing: Standing, at unit: String, _ snapshot: Snapshot) -> Bool {
        // p: a stay may name a registered unit inside the area of which the register knows nothing.
        guard let registered = standing.place, registered.hasPrefix(snapshot.area),
            snapshot.isUrban(registered)
        else { return false }
        if isCentral(unit, snapshot) { return isCentral(registered, snapshot) }
        return registered.prefix(9) == unit.prefix(9)
    }

    private func isCentral(_ unit: String, _ snapshot: Snapshot) -> Bool {
        snapshot.settlementPlace(unit) == "central_city"
    }

    private func channels(_ standing: Standing, _ unit: String, _ snapshot: Snapshot) -> [String] {
        let dwelling = standing.stay?["dwelling"] ?? ""
        let hasDwelling = ["own", "rent"].contains(dwelling)
        /// "at least 3 years before t"
        func isThreeYears(_ column: String) -> Bool {
            snapshot.fullYears(since: standing.stay?[column] ?? "") >= 3
        }
        let facts = snapshot.facts(standing)
        let isCentral = isCentral(unit, snapshot)
        var channels: [String] = []
        if snapshot.isUrban(unit), !isCentral, hasDwelling { channels.append("town") }
        if isCentral, hasDwelling, isThreeYears("employed_since"), isThreeYears("insured_since") {
            channels.append("central_city_work")
        }
        if isCentral, dwelling == "own" { channels.append("central_city_property") }
        if facts.contains("education") || facts.contains("title") { channels.append("talent") }
        return channels
    }
}
