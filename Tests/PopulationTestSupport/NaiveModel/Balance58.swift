/// The table `balance58`, the police annual form 公业58表 (SPEC 6.1, domain.md 4.4).
struct Balance58Maker {
    static let columns = (1...28).map { "c\($0)" }
    var table = Table("year,county_code," + columns.joined(separator: ","), keys: 2)

    /// A yearly date: with t0 the whole form, without it c1 only.
    mutating func add(_ end: Snapshot, after pair: YearPair?) throws {
        var persons: [String: Int] = [:]
        for standing in end.standings {
            if let unit = standing.registered, end.isUrban(unit) {
                persons[end.county(unit), default: 0] += 1
            }
        }
        guard let pair else {
            for (county, number) in persons {
                table.rows.append(
                    [String(end.year), county, String(number)]
                        + [String](repeating: "", count: 27))
            }
            return
        }
        let form = Balance58(pair)
        try form.assertIdentities(pair, persons)
        for county in Set(persons.keys).union(form.flows.keys) {
            var flows = form.flows[county] ?? [:]
            flows["c1"] = persons[county]
            if flows.values.allSatisfy({ $0 == 0 }) { continue }
            table.rows.append(
                [pair.year, county] + Balance58Maker.columns.map { String(flows[$0] ?? 0) })
        }
    }
}

/// The flows of one yearly pair by county and column.
struct Balance58 {
    var flows: [String: [String: Int]] = [:]
    /// c1(t0): urban-registered at t0 by the county of t's edition.
    var before: [String: Int] = [:]
    private var reclassified = 0

    init(_ pair: YearPair) {
        for transition in pair.transitions {
            let old = transition.wasUrban ? transition.before.registered : nil
            let new = transition.isUrban ? transition.after.registered : nil
            let oldCounty = old.map(transition.countyCarried)
            let newCounty = new.map(pair.end.county)
            if let oldCounty { before[oldCounty, default: 0] += 1 }
            if oldCounty == newCounty { continue }
            if let newCounty {
                for column in ["c2"] + increase(transition) {
                    flows[newCounty, default: [:]][column, default: 0] += 1
                }
            }
            if let oldCounty {
                for column in ["c23", decrease(transition)] {
                    flows[oldCounty, default: [:]][column, default: 0] += 1
                }
            }
        }
    }

    /// "Increase …, first that fits".
    private mutating func increase(_ transition: Transition) -> [String] {
        if transition.isBorn || transition.happened("birth") { return ["c3"] }
        if transition.happened("discharge") { return ["c4"] }
        if transition.happened("return") { return ["c5"] }
        if transition.isReclassified {
            reclassified += 1
            return ["c8", "c9", "c20"]
        }
        if transition.isSettled {
            switch transition.tier {
            case "own_prefecture": return ["c8", "c9", causeColumn(transition.cause)]
            case "own_province": return ["c8", "c10", causeColumn(transition.cause)]
            case "other_province": return ["c8", "c11", causeColumn(transition.cause)]
            default: return ["c22"]
            }
        }
        return [transition.urbanOrigin ?? "c22"]
    }

    private func causeColumn(_ cause: String) -> String {
        switch cause {
        case "student": return "c12"
        case "employment", "talent": return "c13"
        case "business": return "c14"
        case "investment": return "c15"
        case "housing": return "c16"
        case "kin_spouse", "kin_child", "kin_parent", "kin_other": return "c17"
        case "resettlement": return "c18"
        case "redevelopment": return "c19"
        default: return "c21"
        }
    }

    /// "Decrease …": why a citizen is no longer urban-registered in the county.
    private func decrease(_ transition: Transition) -> String {
        guard let row = transition.after.row else { return "c28" }
        switch row["event"] {
        case "death": return "c24"
        case "military": return "c25"
        case "emigration": return "c26"
        case "move_out": return "c27"
        case "deletion": return "c28"
        default:
            // Registered. "Another row is c27 whatever its event."
            return transition.isSameRow ? "c28" : "c27"
        }
    }

    // MARK: Identities

    /// "Asserted" of SPEC 6.1 for balance58.
    func assertIdentities(_ pair: YearPair, _ persons: [String: Int]) throws {
        for county in Set(persons.keys).union(before.keys).union(flows.keys) {
            func c(_ columns: Int...) -> Int {
                columns.reduce(0) { $0 + (flows[county]?["c\($1)"] ?? 0) }
            }
            guard c(2) == c(3, 4, 5, 6, 7, 8, 22), c(8) == c(9, 10, 11),
                c(8) == c(12, 13, 14, 15, 16, 17, 18, 19, 20, 21), c(23) == c(24, 25, 26, 27, 28),
                persons[county] ?? 0 == (before[county] ?? 0) + c(2) - c(23)
            else { throw NaiveFault("\(pair.year) \(county): balance58 is broken") }
        }
        let settlers = pair.settlers
        let ofUnknownTier = settlers.filter { $0.tier == "unknown" }.count
        let c8 = flows.values.reduce(0) { $0 + ($1["c8"] ?? 0) }
        if settlers.count != c8 - reclassified + ofUnknownTier {
            throw NaiveFault("\(pair.year): settlement and balance58 differ")
        }
        if before.values.reduce(0, +) != pair.transitions.filter(\.wasUrban).count {
            throw NaiveFault("\(pair.year): c1 of the year before is not what it was")
        }
    }
}
