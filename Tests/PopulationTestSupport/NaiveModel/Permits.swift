/// The people of permits, ladder and permit_holders (SPEC 6.2).
extension Snapshot {
    /// "citizens present inside the area at t, not registered in it and not closed (rule 0)", with
    /// the unit of the stay.
    var guests: [(standing: Standing, unit: String)] {
        standings.compactMap { standing in
            guard standing.isPresent, let unit = standing.stayUnit, unit.hasPrefix(area),
                standing.registered == nil, standing.rule != 0
            else { return nil }
            return (standing, unit)
        }
    }

    /// `valid`, `suspended`, or nil without a permit: "Valid: permit_issued <= t <=
    /// permit_valid_to; suspended: issued <= t, not valid."
    func permit(_ standing: Standing) -> String? {
        let issued = standing.stay?["permit_issued"] ?? ""
        if issued.isEmpty || issued > date { return nil }
        let validTo = standing.stay?["permit_valid_to"] ?? ""
        return !validTo.isEmpty && date <= validTo ? "valid" : "suspended"
    }

    /// Full calendar years since a day, 0 without one or before it; counted as ages are (SPEC 6).
    func fullYears(since start: String) -> Int {
        if start.isEmpty || start > date { return 0 }
        let years = Int(date.prefix(4))! - Int(start.prefix(4))!
        return date.suffix(6) < start.suffix(6) ? years - 1 : years
    }

    /// "residence_years = full years from count_from, else arrival_date"
    func residenceYears(_ standing: Standing) -> Int {
        let counted = standing.stay?["count_from"] ?? ""
        return fullYears(since: counted.isEmpty ? standing.stay?["arrival_date"] ?? "" : counted)
    }

    /// "insured_years from insured_since"
    func insuredYears(_ standing: Standing) -> Int {
        fullYears(since: standing.stay?["insured_since"] ?? "")
    }

    /// What is known of a citizen, in the words of the ladder; "education and title from the stay
    /// in force or the registration row, dwelling and work from the stay".
    func facts(_ standing: Standing) -> Set<String> {
        var facts: Set<String> = []
        if standing.stay?["dwelling"] == "own" { facts.insert("own_dwelling") }
        // Of two rows the higher degree and the higher title are his.
        let rows = [standing.stay, standing.row].compactMap { $0 }
        let degrees = [("1", "postgraduate"), ("2", "bachelor"), ("3", "college")]
        for (digit, degree) in degrees
        where rows.contains(where: { $0["education"].hasPrefix(digit) }) {
            facts.formUnion(["education", degree])
            break
        }
        for title in ["senior", "intermediate"] where rows.contains(where: { $0["title"] == title })
        {
            facts.formUnion(["title", title])
            break
        }
        return facts
    }
}

/// The tables `permits` and `ladder` (SPEC 6.2).
struct PermitsMaker {
    var permits = Table(
        "reference_date,county_code,residence_years,insured_years,valid,suspended", keys: 4)
    var ladder = Table("reference_date,county_code,tier,persons,points_sum", keys: 3)

    mutating func addPermits(_ snapshot: Snapshot) {
        var cells: [[String]: [String: Int]] = [:]
        for (standing, unit) in snapshot.guests {
            guard let state = snapshot.permit(standing) else { continue }
            let residence = snapshot.residenceYears(standing)
            let insured = snapshot.insuredYears(standing)
            let key = [
                snapshot.date, snapshot.county(unit), residence >= 5 ? "5+" : String(residence),
                insured >= 3 ? "3+" : String(insured),
            ]
            cells[key, default: [:]][state, default: 0] += 1
        }
        for (key, cell) in cells {
            permits.rows.append(
                key + [String(cell["valid"] ?? 0), String(cell["suspended"] ?? 0)])
        }
    }

    mutating func addLadder(_ snapshot: Snapshot, _ plan: NaiveLadder) throws {
        var persons: [[String]: Int] = [:]
        var sums: [[String]: Fraction] = [:]
        for (standing, unit) in snapshot.guests {
            let points = try points(standing, snapshot, plan)
            // "tier = the last whose `from` is reached"; below the first there is none.
            guard let tier = try plan.tiers.last(where: { points >= (try decimal($0.from)) })
            else { continue }
            let key = [snapshot.date, snapshot.county(unit), tier.name]
            persons[key, default: 0] += 1
            sums[key] = (sums[key] ?? Fraction(0)) + points
        }
        for (key, number) in persons {
            ladder.rows.append(key + [String(number), sums[key]!.exactDecimal])
        }
    }

    /// "Points = Σ min(cap, points × full years) for `residence`, `insurance`, plus fixed items; in
    /// a group of alternatives the largest".
    private func points(_ standing: Standing, _ snapshot: Snapshot, _ plan: NaiveLadder) throws
        -> Fraction
    {
        var sum = Fraction(0)
        let yearly = [
            (plan.residence, snapshot.residenceYears(standing)),
            (plan.insurance, snapshot.insuredYears(standing)),
        ]
        for case (let rule?, let years) in yearly {
            let earned = try decimal(rule.points) * Fraction(years)
            let cap = try decimal(rule.cap)
            sum = sum + (earned < cap ? earned : cap)
        }
        let facts = snapshot.facts(standing)
        for (item, points) in plan.fixed where facts.contains(item) {
            sum = sum + (try decimal(points))
        }
        for group in plan.alternatives.values {
            var largest = Fraction(0)
            for (item, points) in group where facts.contains(item) {
                let points = try decimal(points)
                if largest < points { largest = points }
            }
            sum = sum + largest
        }
        return sum
    }
}

/// A decimal of the plan or of a reference file.
func decimal(_ text: String) throws -> Fraction {
    guard let value = Fraction(decimal: text) else { throw NaiveFault("no decimal: \(text)") }
    return value
}
