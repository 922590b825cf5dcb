import PopulationTestSupport
import Testing

/// The identities of SPEC 6.1 to 6.3 on the naive model's published rows, where they tie one table
/// to another and one year to the next.
@Suite struct NaiveIdentityTests {
    @Test(arguments: Seeds.list(upTo: 12))
    func holdsOnGeneratedPopulations(seed: UInt64) throws {
        let tables = try Self.tables(seed)
        balancesFromYearToYear(tables, seed)
        sharesOutThePool(tables, seed)
        try addsUpTheParts(tables, seed)
        countsEveryHolderAndCandidateOnce(tables, seed)
    }

    private func balancesFromYearToYear(_ tables: [String: String], _ seed: UInt64) {
        let balance = NaiveRows(tables["balance58"])
        let settlement = NaiveRows(tables["settlement"])
        for row in balance.rows where row["c2"] != "" {
            func c(_ columns: Int...) -> Int {
                columns.reduce(0) { $0 + (Int(row["c\($1)"] ?? "") ?? 0) }
            }
            #expect(c(2) == c(3, 4, 5, 6, 7, 8, 22), "seed \(seed)")
            #expect(c(8) == c(9, 10, 11), "seed \(seed)")
            #expect(c(8) == c(12, 13, 14, 15, 16, 17, 18, 19, 20, 21), "seed \(seed)")
            #expect(c(23) == c(24, 25, 26, 27, 28), "seed \(seed)")
        }
        for year in Set(settlement.rows.map { $0["year"] ?? "" }).union(balance.years) {
            let isPair = balance.rows.contains { $0["year"] == year && $0["c2"] != "" }
            if !isPair { continue }
            let before = String((Int(year) ?? 0) - 1)
            func c(_ column: String, _ year: String) -> Int {
                balance.sum(column) { $0["year"] == year }
            }
            func settled(_ tiers: String...) -> Int {
                settlement.sum("persons") { row in
                    row["year"] == year
                        && (tiers.isEmpty || tiers.contains(row["origin_tier"] ?? ""))
                }
            }
            #expect(c("c1", year) == c("c1", before) + c("c2", year) - c("c23", year))
            #expect(settled() == c("c8", year) - c("c20", year) + settled("unknown"))
            #expect(settled("own_prefecture") == c("c9", year) - c("c20", year))
            #expect(settled("own_province") == c("c10", year))
            #expect(settled("other_province") == c("c11", year))
        }
    }

    private func sharesOutThePool(_ tables: [String: String], _ seed: UInt64) {
        let transfer = NaiveRows(tables["transfer"])
        let settlement = NaiveRows(tables["settlement"])
        let migration = NaiveRows(tables["migration"])
        let pool = uglyInput(seed: seed, citizens: Self.citizens).transfer?.pool
        for year in transfer.years {
            #expect(transfer.sum("amount") { $0["year"] == year } == pool, "seed \(seed)")
        }
        for row in transfer.rows {
            let (year, county) = (row["year"], row["county_code"])
            for tier in ["own_prefecture", "own_province", "other_province", "unknown"] {
                let settled = settlement.sum("persons") {
                    $0["year"] == year && $0["county_code"] == county && $0["origin_tier"] == tier
                }
                #expect(row["settled_\(tier)"] == String(settled), "seed \(seed)")
            }
            for column in ["resident", "registered", "floating"] {
                let persons = migration.sum(column) {
                    $0["reference_date"] == "\(year ?? "")-12-31" && $0["county_code"] == county
                }
                #expect(row[column] == String(persons), "seed \(seed)")
            }
        }
    }

    private func addsUpTheParts(_ tables: [String: String], _ seed: UInt64) throws {
        for row in NaiveRows(tables["decomposition"]).rows {
            func millionths(_ column: String) throws -> Int {
                let text = try #require(row[column]).replacing(".", with: "")
                return try #require(Int(text))
            }
            let parts = try ["reclassification", "natural", "migration"].map(millionths)
            let rest = try parts.reduce(0, +) - millionths("change")
            // Each of three parts and the change are rounded once.
            #expect(abs(rest) <= 2, "seed \(seed)")
            let ends = try millionths("rate_end") - millionths("rate_start")
            #expect(abs(ends - (try millionths("change"))) <= 1, "seed \(seed)")
        }
    }

    private func countsEveryHolderAndCandidateOnce(_ tables: [String: String], _ seed: UInt64) {
        let permits = NaiveRows(tables["permits"])
        let eligibility = NaiveRows(tables["eligibility"])
        for row in NaiveRows(tables["transfer"]).rows {
            let valid = permits.sum("valid") {
                $0["reference_date"] == "\(row["year"] ?? "")-12-31"
                    && $0["county_code"] == row["county_code"]
            }
            #expect(row["permit_holders"] == String(valid), "seed \(seed)")
        }
        for row in eligibility.rows where row["channel"] == "any" {
            let others = eligibility.rows.filter {
                $0["reference_date"] == row["reference_date"]
                    && $0["county_code"] == row["county_code"] && $0["channel"] != "any"
            }.map { Int($0["eligible_not_settled"] ?? "") ?? 0 }
            let any = Int(row["eligible_not_settled"] ?? "") ?? 0
            #expect(others.max() ?? 0 <= any && any <= others.reduce(0, +), "seed \(seed)")
        }
    }

    private static let citizens = 240

    /// The tables of a generated population; without transfer when its scores are all 0.
    private static func tables(_ seed: UInt64) throws -> [String: String] {
        var input = uglyInput(seed: seed, citizens: citizens)
        do {
            return try naiveRun(input).tables
        } catch let fault as NaiveFault where fault.isScoreAllZero {
            input.transfer = nil
            return try naiveRun(input).tables
        }
    }
}

/// A table of the naive model by row and column; no cell of it is quoted.
struct NaiveRows {
    var rows: [[String: String]] = []

    init(_ table: String?) {
        let lines = (table ?? "").split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        guard let header = lines.first else { return }
        rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }

    var years: Set<String> { Set(rows.compactMap { $0["year"] }) }

    func sum(_ column: String, where isCounted: ([String: String]) -> Bool) -> Int {
        rows.filter(isCounted).reduce(0) { $0 + (Int($1[column] ?? "") ?? 0) }
    }
}
