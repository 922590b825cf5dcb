/// The table `land` (SPEC 6.3, domain.md 7).
struct LandMaker {
    let plan: NaiveLand
    let factors: [[String]: FinanceFactor]
    var table = Table(
        "year,county_code,settled,land_per_head_m2,standard_m2,quota_ha", keys: 2)

    init(_ plan: NaiveLand, factors: [[String]: FinanceFactor]) {
        self.plan = plan
        self.factors = factors
    }

    mutating func add(_ pair: YearPair) throws {
        var settled: [String: Int] = [:]
        var residents: [String: Int] = [:]
        for settler in pair.settlers { settled[settler.county, default: 0] += 1 }
        for (unit, persons) in pair.end.counts("resident") where pair.end.isUrban(unit) {
            residents[pair.end.county(unit), default: 0] += persons
        }
        for county in Set(settled.keys).union(residents.keys) {
            let number = settled[county] ?? 0
            guard let factor = factors[[county, pair.year]], let heads = residents[county] else {
                // Without factors or without urban residents there is no land per head.
                if number > 0 {
                    table.rows.append([pair.year, county, String(number), "", "", ""])
                }
                continue
            }
            let perHead = factor.urbanLandHectares * Fraction(10_000, heads)
            let standard = try standard(perHead)
            let quota =
                Fraction(number) * standard * (Fraction(1) + (try decimal(plan.adjustment)))
                / Fraction(10_000)
            table.rows.append([
                pair.year, county, String(number), perHead.text, standard.exactDecimal,
                quota.text(decimals: 4),
            ])
        }
    }

    /// The standard of the first band that holds the exact land per head; a bound belongs to the
    /// band below it ("not above 100 m²").
    private func standard(_ perHead: Fraction) throws -> Fraction {
        for band in plan.bands {
            guard let bound = band.upTo else { return try decimal(band.standard) }
            if try decimal(bound) >= perHead { return try decimal(band.standard) }
        }
        throw NaiveFault("land: no open band")
    }
}
