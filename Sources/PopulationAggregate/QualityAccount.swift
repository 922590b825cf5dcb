package import PopulationFigures
package import PopulationModel

/// The quality account of a run: what became of every row of each source (SPEC 3, table `quality`).
package struct QualityAccount {
    package var ingest: [Source: RowCounts]
    package var deduplicate: DeduplicateCounts
    package var unknownDivisions: [(code: String, citizens: Int)]

    package init(
        ingest: [Source: RowCounts], deduplicate: DeduplicateCounts,
        unknownDivisions: [(code: String, citizens: Int)]
    ) {
        self.ingest = ingest
        self.deduplicate = deduplicate
        self.unknownDivisions = unknownDivisions
    }

    /// The lines of the table; lines of zeros are left out.
    package func figures() -> [QualityFigure] {
        var figures: [QualityFigure] = []
        func add(_ source: String, _ measure: String, _ rows: Int, reason: String = "") {
            if rows != 0 {
                figures.append(
                    QualityFigure(source: source, measure: measure, reason: reason, rows: rows))
            }
        }
        for source in Source.allCases {
            let rows = ingest[source] ?? RowCounts()
            let name = source.rawValue
            add(name, "read", rows.read)
            for reason in RejectReason.allCases {
                add(name, "rejected", rows.rejected[Int(reason.rawValue)], reason: reason.word)
            }
            for reason in WarningReason.allCases {
                add(name, "warning", rows.warnings[Int(reason.rawValue)], reason: reason.word)
            }
            add(name, "out_of_scope", rows.outOfScope)
            add(name, "revoked", rows.revoked)
            add(name, "accepted", rows.accepted)
            let counts = deduplicate[source]
            add(name, "exact_duplicate", counts.exactDuplicate)
            add(name, "voided", counts.voided)
            add(name, "superseded", counts.superseded)
            add(name, "superseded", counts.future, reason: "future")
            add(name, "in_force", counts.inForce)
            add(name, "conflict", counts.conflict)
        }
        add("all", "name_conflict", deduplicate.nameConflict)
        add("all", "closed_but_present", deduplicate.closedButPresent)
        for unknown in unknownDivisions {
            add("all", "unknown_division", unknown.citizens, reason: unknown.code)
        }
        return figures.sorted {
            ($0.source, $0.measure, $0.reason) < ($1.source, $1.measure, $1.reason)
        }
    }
}
