import PopulationFigures

/// The columns of an edition: those of the table `transfer`, then what they were computed from,
/// then where they come from.
extension TransferEdition {
    /// SPEC 6.3; the first three are the key.
    package static let tableColumns = [
        "year", "county_code", "revision", "resident", "resident_urban", "registered",
        "registered_urban", "floating", "permit_holders", "settled_own_prefecture",
        "settled_own_province", "settled_other_province", "settled_unknown", "settled_prior",
        "children_6_14", "residents_0_14", "residents_65_plus", "score", "share_percent",
        "amount",
    ]

    /// Factors and rule, the same in every row of a year but for `hardship`, `cost` and
    /// `settled_before`.
    package static let ruleColumns = [
        "pool", "unit", "hardship", "cost", "weight_own_prefecture", "weight_own_province",
        "weight_other_province", "weight_unknown", "decay", "permit_weight", "children_weight",
        "settled_before",
    ]

    /// Not compared: a night with the same figures does not make a new revision.
    package static let provenanceColumns = ["known_at", "divisions_edition", "plan_digest"]

    /// What an edition says of its origin.
    package struct Origin: Sendable, Equatable {
        /// Empty when the plan has no such moment.
        package var knownAt: String
        /// The edition of the divisions in force at the end of the year.
        package var divisionsEdition: String
        package var planDigest: String

        package init(knownAt: String, divisionsEdition: String, planDigest: String) {
            self.knownAt = knownAt
            self.divisionsEdition = divisionsEdition
            self.planDigest = planDigest
        }
    }

    /// The edition of one year's figures, as revision 1.
    package init(_ figures: [TransferFigure], year: Int, rule: TransferRule, origin: Origin) {
        let rows = figures.filter { $0.counts.year == year }.map { figure in
            Self.tableFields(figure) + Self.ruleFields(figure, rule)
                + [origin.knownAt, origin.divisionsEdition, origin.planDigest]
        }
        self.init(
            year: year, revision: 1,
            columns: Self.tableColumns + Self.ruleColumns + Self.provenanceColumns, rows: rows)
    }

    /// The same figures under another revision.
    package func numbered(_ revision: Int) -> TransferEdition {
        guard let index = columns.firstIndex(of: "revision") else { return self }
        var edition = self
        edition.revision = revision
        for row in edition.rows.indices { edition.rows[row][index] = "\(revision)" }
        return edition
    }

    /// Whether the figures and what they were computed from are the same.
    package func hasSameFigures(as other: TransferEdition) -> Bool {
        compared == other.compared
    }

    /// One field of a county that differs from an earlier revision.
    package struct Change: Sendable, Equatable {
        package var countyCode: String
        package var column: String
        /// Empty when the county was not in the edition then; so is `after` when it no longer is.
        package var before: String
        package var after: String
    }

    /// What changed since an earlier revision, by county and in the order of the columns. The
    /// revision and the origin of the figures are left out.
    package func changes(from earlier: TransferEdition) -> [Change] {
        let left = ["revision"] + Self.provenanceColumns
        let compared = columns.filter { !left.contains($0) }
        let codes = Set((rows + earlier.rows).map { field("county_code", of: $0) }).sorted()
        return codes.flatMap { code in
            let (old, new) = (earlier.row(ofCounty: code), row(ofCounty: code))
            return compared.compactMap { column in
                let before = old.map { earlier.field(column, of: $0) } ?? ""
                let after = new.map { field(column, of: $0) } ?? ""
                return before == after
                    ? nil
                    : Change(countyCode: code, column: column, before: before, after: after)
            }
        }
    }

    private var compared: [[String]] {
        let left = ["revision"] + Self.provenanceColumns
        let kept = columns.indices.filter { !left.contains(columns[$0]) }
        return ([columns] + rows).map { row in kept.map { row[$0] } }
    }

    private static func tableFields(_ figure: TransferFigure) -> [String] {
        let counts = figure.counts
        let settled = counts.persons.settled
        return [
            "\(counts.year)", counts.countyCode, "1", "\(counts.resident)",
            "\(counts.residentUrban)", "\(counts.registered)", "\(counts.registeredUrban)",
            "\(counts.floating)", "\(counts.persons.permitHolders)", "\(settled.ownPrefecture)",
            "\(settled.ownProvince)", "\(settled.otherProvince)", "\(settled.unknown)",
            "\(figure.settledPrior)", "\(counts.persons.childrenFloating6To14)",
            "\(counts.residents0To14)", "\(counts.residents65Plus)", "\(figure.score)",
            figure.sharePercent, "\(figure.amount)",
        ]
    }

    private static func ruleFields(_ figure: TransferFigure, _ rule: TransferRule) -> [String] {
        [
            "\(rule.pool)", rule.unit, figure.factor.map { "\($0.hardship)" } ?? "",
            figure.factor.map { "\($0.cost)" } ?? "", "\(rule.weights.ownPrefecture)",
            "\(rule.weights.ownProvince)", "\(rule.weights.otherProvince)",
            "\(rule.weights.unknown)", "\(rule.decay)", "\(rule.permitWeight)",
            "\(rule.childrenWeight)", figure.lags.map(text).joined(separator: " "),
        ]
    }

    /// `2019:12/3/0/1` by tier, or `2015:missing`.
    private static func text(of lag: TransferFigure.Lag) -> String {
        guard let settled = lag.settled else { return "\(lag.year):missing" }
        let tiers = [
            settled.ownPrefecture, settled.ownProvince, settled.otherProvince, settled.unknown,
        ]
        return "\(lag.year):" + tiers.map(String.init).joined(separator: "/")
    }
}
