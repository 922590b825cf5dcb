/// One row of the finance factors (SPEC 2.3).
struct FinanceFactor {
    var hardship: Fraction
    var cost: Fraction
    var urbanLandHectares: Fraction
}

/// Finance factors by county and year.
func readFactors(_ bytes: [UInt8]) throws -> [[String]: FinanceFactor] {
    let table = try SmallTable(
        bytes, name: "factors",
        needed: ["county_code", "year", "hardship", "cost", "urban_land_ha"])
    var factors: [[String]: FinanceFactor] = [:]
    for row in table.rows {
        func number(_ column: String) throws -> Fraction { try decimal(Texts.plain(row[column]!)) }
        factors[[Texts.plain(row["county_code"]!), Texts.plain(row["year"]!)]] = FinanceFactor(
            hardship: try number("hardship"), cost: try number("cost"),
            urbanLandHectares: try number("urban_land_ha"))
    }
    return factors
}

/// Largest remainder (SPEC 6.3): whole parts of the pool first, then one more each by the largest
/// rest, ties by code. Nil when all scores are 0.
package func largestRemainder(pool: Int, scores: [String: Fraction]) -> [String: Int]? {
    let sum = scores.values.reduce(Fraction(0), +)
    if sum.isZero { return nil }
    var amounts: [String: Int] = [:]
    var rests: [(code: String, rest: Fraction)] = []
    for (code, score) in scores {
        let (whole, rest) = (Fraction(pool) * score / sum).wholeAndRest
        amounts[code] = Int(whole.digits)
        rests.append((code, rest))
    }
    rests.sort { a, b in
        a.rest == b.rest ? Texts.compare(a.code, b.code) < 0 : b.rest < a.rest
    }
    let left = pool - amounts.values.reduce(0, +)
    for (code, _) in rests.prefix(left) { amounts[code]! += 1 }
    return amounts
}

/// The table `transfer` (SPEC 6.3), revision 1.
struct TransferMaker {
    static let tiers = ["own_prefecture", "own_province", "other_province", "unknown"]
    static let counts =
        [
            "resident", "resident_urban", "registered", "registered_urban", "floating",
            "permit_holders",
        ] + tiers.map { "settled_\($0)" }
    static let ages = ["children_6_14", "residents_0_14", "residents_65_plus"]

    let plan: NaiveTransfer
    let factors: [[String]: FinanceFactor]
    var table = Table(
        "year,county_code,revision," + counts.joined(separator: ",") + ",settled_prior,"
            + ages.joined(separator: ",") + ",score,share_percent,amount", keys: 3)

    init(_ plan: NaiveTransfer) throws {
        self.plan = plan
        factors = try readFactors(plan.factors)
    }

    mutating func add(_ pair: YearPair, all pairs: [YearPair]) throws {
        let counts = TransferMaker.counted(pair)
        let prior = try prior(pair, pairs)
        var scores: [String: Fraction] = [:]
        for county in Set(counts.keys).union(prior.keys.filter(pair.end.holdsUnits)) {
            scores[county] = try score(
                county, pair.year, counts[county] ?? [:], prior[county] ?? Fraction(0))
        }
        guard let amounts = largestRemainder(pool: plan.pool, scores: scores) else {
            var fault = NaiveFault("transfer \(pair.year): all scores are 0")
            fault.isScoreAllZero = true
            throw fault
        }
        if amounts.values.reduce(0, +) != plan.pool {
            throw NaiveFault("transfer \(pair.year): the amounts are not the pool")
        }
        let sum = scores.values.reduce(Fraction(0), +)
        for (county, score) in scores {
            let cell = counts[county] ?? [:]
            func texts(_ columns: [String]) -> [String] { columns.map { String(cell[$0] ?? 0) } }
            table.rows.append(
                [pair.year, county, "1"] + texts(TransferMaker.counts)
                    + [(prior[county] ?? Fraction(0)).exactDecimal] + texts(TransferMaker.ages)
                    + [
                        score.exactDecimal, (Fraction(100) * score / sum).text,
                        String(amounts[county]!),
                    ])
        }
    }

    /// The integers by county.
    private static func counted(_ pair: YearPair) -> [String: [String: Int]] {
        let snapshot = pair.end
        var counties: [String: [String: Int]] = [:]
        func count(_ unit: String, _ column: String) {
            counties[snapshot.county(unit), default: [:]][column, default: 0] += 1
        }
        for standing in snapshot.standings {
            if let unit = standing.registered {
                count(unit, "registered")
                if snapshot.isUrban(unit) { count(unit, "registered_urban") }
            }
            guard let unit = standing.resident else { continue }
            let age = snapshot.age(standing)
            count(unit, "resident")
            if snapshot.isUrban(unit) { count(unit, "resident_urban") }
            if age <= 14 { count(unit, "residents_0_14") }
            if age >= 65 { count(unit, "residents_65_plus") }
            if snapshot.isFloating(standing) {
                count(unit, "floating")
                if (6...14).contains(age) { count(unit, "children_6_14") }
            }
        }
        for (standing, unit) in snapshot.guests where snapshot.permit(standing) == "valid" {
            count(unit, "permit_holders")
        }
        for settler in pair.settlers { count(settler.unit, "settled_\(settler.tier)") }
        return counties
    }

    private func weight(_ tier: String) throws -> Fraction {
        try decimal(plan.weights[tier] ?? "0")
    }

    /// "settled_prior = Σ_tier weight × Σ_j decay^j × settled(j years before)", by the code that
    /// the county had when they settled: one that changed its code begins anew.
    private func prior(_ pair: YearPair, _ pairs: [YearPair]) throws -> [String: Fraction] {
        var prior: [String: Fraction] = [:]
        for earlier in pairs {
            let lag = pair.end.year - earlier.end.year
            guard lag >= 1, lag <= plan.yearsBack else { continue }
            var decayed = Fraction(1)
            for _ in 1...lag { decayed = decayed * (try decimal(plan.decay)) }
            for settler in earlier.settlers {
                let county = earlier.end.county(settler.unit)
                prior[county] =
                    (prior[county] ?? Fraction(0)) + decayed * (try weight(settler.tier))
            }
        }
        return prior.filter { !$0.value.isZero }
    }

    /// "score = hardship × cost × (Σ_tier weight × settled + settled_prior) + permit weight ×
    /// permit_holders + children weight × children_6_14. A county without factors scores 0."
    private func score(
        _ county: String, _ year: String, _ counts: [String: Int], _ prior: Fraction
    ) throws -> Fraction {
        guard let factor = factors[[county, year]] else { return Fraction(0) }
        func number(_ column: String) -> Fraction { Fraction(counts[column] ?? 0) }
        var settled = prior
        for tier in TransferMaker.tiers {
            settled = settled + (try weight(tier)) * number("settled_\(tier)")
        }
        return factor.hardship * factor.cost * settled
            + (try decimal(plan.permitWeight)) * number("permit_holders")
            + (try decimal(plan.childrenWeight)) * number("children_6_14")
    }
}
