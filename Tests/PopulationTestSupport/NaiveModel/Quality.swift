/// The table `quality` (SPEC 6). Rows of zero are left out.
struct QualityMaker {
    private var counts: [[String]: Int] = [:]

    mutating func add(_ ingested: Ingested, _ histories: Histories) {
        let source = ingested.source.rawValue
        counts[[source, "read", ""]] = ingested.read
        for row in ingested.rejected { counts[[source, "rejected", row.reason], default: 0] += 1 }
        for (reason, rows) in ingested.warnings { counts[[source, "warning", reason]] = rows }
        counts[[source, "out_of_scope", ""]] = ingested.outOfScope
        counts[[source, "revoked", ""]] = ingested.revoked.count
        counts[[source, "accepted", ""]] = ingested.accepted.count
        counts[[source, "exact_duplicate", ""]] = histories.exactDuplicates
        counts[[source, "voided", ""]] = histories.voided
        counts[[source, "superseded", ""]] = histories.superseded
        counts[[source, "superseded", "future"]] = histories.future
        counts[[source, "in_force", ""]] = histories.inForce
        counts[[source, "conflict", ""]] = histories.conflicts
    }

    /// Citizens of whom the accepted rows of both sources tell different names.
    mutating func addNames(_ sources: [Ingested]) {
        var names: [String: Set<[UInt32]>] = [:]
        for row in sources.flatMap(\.accepted) {
            let name = Texts.foldedName(row["name"])
            if !name.isEmpty { names[row.citizen, default: []].insert(name) }
        }
        counts[["all", "name_conflict", ""]] = names.values.filter { $0.count > 1 }.count
    }

    /// What holds at the last reference date.
    mutating func addLast(_ snapshot: Snapshot) {
        counts[["all", "closed_but_present", ""]] =
            snapshot.standings.filter(\.isClosedButPresent).count
        for standing in snapshot.standings {
            let units = Set([standing.registered, standing.resident].compactMap { $0 })
            for unit in units where snapshot.territory.unitClass(unit) == "000" {
                counts[["all", "unknown_division", unit], default: 0] += 1
            }
        }
    }

    var text: String {
        var table = Table("source,measure,reason,rows", keys: 3)
        for (key, rows) in counts where rows > 0 { table.rows.append(key + [String(rows)]) }
        return table.text()
    }
}
