/// The plan that runs a sample, in the full form of SPEC 7; paths lie beside it.
package struct PlanFile {
    package let specification: SampleSpecification

    /// So few people may by chance have no settlement in a year, to which no pool can be given, or more
    /// than one rejected row in a hundred: a plan of theirs asks for neither.
    private static let fewCitizens = 1_000

    package var text: String {
        let planWords =
            specification.isClean
            ? "columns: {}, values: {}"
            : "columns: { citizen_id: \(FileLayout.planHeader) }, "
                + "values: { event: { \"\(FileLayout.planMoveIn)\": move_in } }"
        let isOfFew = specification.citizens < Self.fewCitizens
        let share = isOfFew ? "1" : "0.01"
        let transfer =
            isOfFew
            ? ""
            : "  transfer: { factors: finance-factors.csv, pool: 97800, unit: wan_yuan, weights: { own_prefecture: 1, own_province: 1.5, other_province: 2 }, decay: 0.5, years-back: 3, permit-weight: 0.1, children-weight: 0.2 }\n"
        let knownAt = specification.isClean ? "" : "known-at: 2021-01-31 00:00:00\n"
        return """
            plan: sample
            area: "4499"
            reference-dates: [2015-12-31, 2016-12-31, 2017-12-31, 2018-12-31, 2019-12-31, 2020-12-31]
            \(knownAt)ingest:
              registration: { files: [registration-*.csv], encoding: auto, rejected-share-max: \(share), \(planWords) }
              residency:    { files: [residency-*.csv], encoding: auto, rejected-share-max: \(share) }
            deduplicate: { residence-months: 6, stay-gap-days: 31 }
            classify:
              divisions: [ { edition: 2015-06-30, file: divisions-2015.csv }, { edition: 2020-06-30, file: divisions-2020.csv } ]
              changes: division-changes.csv
              unclassified-share-max: 0.001
            aggregate: { counties: counties.csv }
            publish:
              output: Reports/sample
              targets: targets.csv
              official: official.csv
              ladder: { residence: { points: 3, cap: 30 }, insurance: { points: 2, cap: 20 }, fixed: { own_dwelling: 10 }, alternatives: { education: { college: 10, bachelor: 20, postgraduate: 30 } }, tiers: [ { name: basic, from: 0 }, { name: extended, from: 20 }, { name: full, from: 50 } ] }
            \(transfer)  land: { bands: [ { up-to: 100, standard: 100 }, { up-to: 150, standard: 80 }, { standard: 50 } ], adjustment: 0 }
              protection: { threshold: 5, release-dates: [2020-12-31] }

            """
    }
}
