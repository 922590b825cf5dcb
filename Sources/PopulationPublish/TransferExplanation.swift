import PopulationFigures
import PopulationModel

/// One county's amount of a year, down to its factors, for every revision, and what changed from
/// one revision to the next. It is computed from the frozen editions alone.
package struct TransferExplanation: Sendable {
    private let editions: [TransferEdition]
    private let countyCode: String

    /// Editions of one year that hold the county, by revision.
    package init(editions: [TransferEdition], countyCode: String) {
        self.editions = editions.filter { $0.row(ofCounty: countyCode) != nil }
        self.countyCode = countyCode
    }

    /// Lines for a terminal; empty when no edition holds the county.
    package func lines(in language: MessageLanguage) -> [String] {
        var lines: [String] = []
        for (index, edition) in editions.enumerated() {
            guard let row = edition.row(ofCounty: countyCode) else { continue }
            lines += self.lines(of: ExplainedRow(edition: edition, row: row), in: language)
            if index > 0 { lines += changes(from: editions[index - 1], to: edition, in: language) }
        }
        return lines
    }

    private func lines(of row: ExplainedRow, in language: MessageLanguage) -> [String] {
        let (year, revision) = (row["year"], row["revision"])
        let head = Bilingual(
            "\(year) 年转移支付，县 \(countyCode)，第 \(revision) 版",
            "transfer \(year), county \(countyCode), revision \(revision)")
        var lines = [
            head[language],
            line(
                "origin",
                "known at \(row["known_at"].isEmpty ? "the run" : row["known_at"]), divisions of "
                    + "\(row["divisions_edition"]), plan \(row["plan_digest"].prefix(12))"),
            line(
                "population",
                "resident \(row["resident"]), urban \(row["resident_urban"]); registered "
                    + "\(row["registered"]), urban \(row["registered_urban"]); floating "
                    + "\(row["floating"])"),
            line("settled", row.weightedSettled(row.settledOfTheYear)),
        ]
        let before = row["settled_before"].split(separator: " ")
        for (index, lag) in before.enumerated() {
            lines.append(
                line(index == 0 ? "settled before" : "", row.lagText(lag, back: index + 1)))
        }
        lines.append(line("settled prior", row["settled_prior"]))
        if row["hardship"].isEmpty {
            lines.append(line("factors", "none in the factors file, so the score is 0"))
        } else {
            lines += [
                line(
                    "settled part",
                    "hardship \(row["hardship"]) × cost \(row["cost"]) × "
                        + "(\(row.weighted(row.settledOfTheYear)) + \(row["settled_prior"]))"
                        + " = \(row.settledPart)"),
                line("permit holders", row.part("permit_weight", "permit_holders")),
                line("children 6 to 14", row.part("children_weight", "children_6_14")),
            ]
        }
        return lines + [
            line("score", row["score"]),
            line("share", "\(row["score"]) of \(row.totalScore) = \(row["share_percent"]) %"),
            line(
                "amount",
                "\(row["amount"]) of \(row["pool"]) \(row["unit"]), by largest remainder"),
        ]
    }

    private func changes(
        from old: TransferEdition, to new: TransferEdition, in language: MessageLanguage
    ) -> [String] {
        let head = Bilingual(
            "第 \(old.revision) 版至第 \(new.revision) 版的变动",
            "changed from revision \(old.revision) to \(new.revision)")
        let changes = new.changes(from: old).filter { $0.countyCode == countyCode }
        guard !changes.isEmpty else {
            let others = Bilingual("：本县没有，只有其他县有", ": nothing of this county, only of others")
            return [(head + others)[language]]
        }
        return [head[language]] + changes.map { line($0.column, "\($0.before) → \($0.after)") }
    }

    /// What changed between the revisions of a year, of every county; `editions` are those of the
    /// year, by revision. Empty without any.
    package static func differences(
        _ editions: [TransferEdition], in language: MessageLanguage
    ) -> [String] {
        guard let first = editions.first else { return [] }
        if editions.count == 1 {
            let alone = Bilingual(
                "\(first.year) 年转移支付：只有第 1 版，没有变动",
                "transfer \(first.year): revision 1 alone, nothing has changed")
            return [alone[language]]
        }
        return zip(editions, editions.dropFirst()).flatMap { old, new in
            let head = Bilingual(
                "\(new.year) 年转移支付，第 \(old.revision) 版至第 \(new.revision) 版的变动",
                "transfer \(new.year), changed from revision \(old.revision) to \(new.revision)")
            return [head[language]]
                + new.changes(from: old).map { change in
                    let gap = String(repeating: " ", count: max(1, 24 - change.column.count))
                    return "  \(change.countyCode)  \(change.column)\(gap)"
                        + "\(change.before) → \(change.after)"
                }
        }
    }

    /// Values stand under each other.
    private func line(_ name: String, _ value: String) -> String {
        "  " + name + String(repeating: " ", count: max(1, 24 - name.count)) + value
    }
}

/// One row of an edition with its arithmetic.
private struct ExplainedRow {
    let edition: TransferEdition
    let row: [String]

    private static let tiers = ["own_prefecture", "own_province", "other_province", "unknown"]

    subscript(_ column: String) -> String { edition.field(column, of: row) }

    /// A delivered edition holds numbers only, its digest is checked: what is no number is empty.
    private func number(_ text: some StringProtocol) -> ExactDecimal {
        ExactDecimal(printed: String(text)) ?? .zero
    }

    var settledOfTheYear: [String] { Self.tiers.map { self["settled_\($0)"] } }

    func weighted(_ settled: [String]) -> ExactDecimal {
        zip(Self.tiers, settled).reduce(.zero) { sum, tier in
            sum + number(self["weight_\(tier.0)"]) * number(tier.1)
        }
    }

    /// `own_prefecture 12 × 1 + … = 18.5`.
    func weightedSettled(_ settled: [String]) -> String {
        zip(Self.tiers, settled).map { tier, persons in
            "\(tier) \(persons) × \(self["weight_\(tier)"])"
        }.joined(separator: " + ") + " = \(weighted(settled))"
    }

    /// `2019: (…) × 0.5^1 = 9.25`.
    func lagText(_ lag: Substring, back: Int) -> String {
        let parts = lag.split(separator: ":")
        guard parts.count == 2, parts[1] != "missing" else {
            return "\(parts[0]): no figures, weighs nothing"
        }
        let settled = parts[1].split(separator: "/").map(String.init)
        let faded = weighted(settled) * number(self["decay"]).power(back)
        return "\(parts[0]): (\(weightedSettled(settled))) × \(self["decay"])^\(back) = \(faded)"
    }

    var settledPart: ExactDecimal {
        number(self["hardship"]) * number(self["cost"])
            * (weighted(settledOfTheYear) + number(self["settled_prior"]))
    }

    /// `0.1 × 120 = 12`.
    func part(_ weight: String, _ persons: String) -> String {
        "\(self[weight]) × \(self[persons]) = \(number(self[weight]) * number(self[persons]))"
    }

    var totalScore: ExactDecimal {
        edition.rows.reduce(.zero) { $0 + number(edition.field("score", of: $1)) }
    }
}
