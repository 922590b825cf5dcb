/// The table `official` (SPEC 6): our figures beside the published ones.
struct OfficialMaker {
    var table = Table(
        "area_code,date,concept,total,urban,official_total,official_urban,difference_total,"
            + "difference_points,source", keys: 3)

    init(_ bytes: [UInt8], _ snapshots: [Snapshot]) throws {
        let file = try SmallTable(
            bytes, name: "official",
            needed: ["area_code", "date", "concept", "total", "urban", "source"])
        for row in file.rows {
            let area = Texts.plain(row["area_code"]!)
            guard let date = Dates.date(Texts.plain(row["date"]!)),
                let total = Int(Texts.plain(row["total"]!)),
                let urban = Int(Texts.plain(row["urban"]!)),
                TableMaker.concepts.contains(row["concept"]!)
            else { throw NaiveFault("official: \(row)") }
            let concept = row["concept"]!
            let snapshot = snapshots.first { $0.date == date && $0.exists(area, concept) }
            table.rows.append(
                [area, date, concept]
                    + OfficialMaker.columns(snapshot?.figures(area, concept), total, urban)
                    + [row["source"]!])
        }
    }

    /// Empty where we have no figure or a rate is not to be had.
    private static func columns(_ own: Figures?, _ total: Int, _ urban: Int) -> [String] {
        guard let own else { return ["", "", String(total), String(urban), "", ""] }
        let points = own.rate.flatMap { rate in
            total == 0 ? nil : rate - Fraction(100 * urban, total)
        }
        return [
            String(own.total), String(own.urban), String(total), String(urban),
            String(own.total - total), points?.text ?? "",
        ]
    }
}

extension Snapshot {
    /// Whether an area has a row in `urbanization`: the area of the plan, and what holds units of
    /// the edition or people of the concept.
    func exists(_ code: String, _ concept: String) -> Bool {
        guard code.hasPrefix(area) else { return false }
        return code == area || ownUnits.contains { $0.hasPrefix(code) }
            || counts(concept).keys.contains { $0.hasPrefix(code) }
    }
}
