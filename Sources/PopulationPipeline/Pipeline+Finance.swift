import PopulationFigures
import PopulationModel
import PopulationPublish

// Money, land, published figures and tasks: made from figures alone.
extension Pipeline {
    /// Fills in what the plan asks for, and says why the rest is absent. Land comes before tasks,
    /// because one of them is measured by it.
    func addPlanFigures(
        to figures: inout Figures, _ reference: ReferenceInputs, _ editions: inout EditionStore,
        _ summary: inout RunSummary
    ) throws(PopstatErrors) {
        var remarks: [String] = []
        try addFinance(to: &figures, reference, &editions, &summary, &remarks)
        if let published = reference.official {
            figures.official = OfficialFile.compared(published, with: figures.urbanization)
            remarks.append(YearlyReportMaker.registerLimit.en)
        } else {
            figures.absences.append(
                TableAbsence(table: "official", reason: .noKey("publish.official")))
        }
        figures.personMeasures = PersonFigureMaker(figures: figures).measures
        figures.tasks = TaskCalculator(figures: figures).tasks(of: .embedded)
        // The tables of persons that are absent were told of when persons were counted.
        remarks += figures.absences.filter { ["transfer", "land", "official"].contains($0.table) }
            .map(\.description)
        for remark in remarks { note(.publish, remark, summary) }
        summary.remarks += remarks
    }

    private func addFinance(
        to figures: inout Figures, _ reference: ReferenceInputs, _ editions: inout EditionStore,
        _ summary: inout RunSummary, _ remarks: inout [String]
    ) throws(PopstatErrors) {
        guard let transfer = plan.publish.transfer, !figures.referenceDates.endsOfPairs.isEmpty
        else {
            for (table, hasKey) in [
                ("transfer", plan.publish.transfer != nil), ("land", plan.publish.land != nil),
            ] {
                let reason: TableAbsence.Reason =
                    !hasKey
                    ? .noKey("publish.\(table)")
                    : plan.publish.transfer == nil
                        ? .noKey("publish.transfer.factors") : .noYearlyPair
                figures.absences.append(TableAbsence(table: table, reason: reason))
            }
            return
        }
        let counts = CountyYearMaker(figures: figures).counts(
            with: PersonFigureMaker(figures: figures).countyYears)
        let rule = TransferRule(transfer)
        let shared = try TransferCalculator(rule: rule, factors: reference.factors ?? [])
            .figures(of: counts)
        try summary.balances.checkTransfer(shared, pool: rule.pool)
        remarks += TransferRemarks.missingLags(shared)
        for (year, edition) in transferEditions(shared, rule, reference) {
            let (revision, isNew) = editions.deliver(edition)
            let word = isNew ? "new" : "the figures are those delivered before"
            note(.publish, "transfer \(year): revision \(revision), \(word)", summary)
        }
        figures.transferEditions = editions.editions
        if let land = plan.publish.land {
            figures.land = LandCalculator(
                bands: land.bands.map {
                    .init(
                        upToMillionths: $0.upTo?.count, standardMillionths: $0.standard.count)
                }, adjustmentMillionths: land.adjustment.count, factors: reference.factors ?? []
            ).figures(of: counts)
        } else {
            figures.absences.append(
                TableAbsence(table: "land", reason: .noKey("publish.land")))
        }
    }

    /// The year's figures as editions, not yet delivered.
    private func transferEditions(
        _ figures: [TransferFigure], _ rule: TransferRule, _ reference: ReferenceInputs
    ) -> [(year: Int, edition: TransferEdition)] {
        let territory = reference.territory
        let digest = InputDigest.of(Array(plan.canonicalText.utf8))
        return territory.dates.indices.compactMap { index in
            let year = Int(territory.dates[index].components.year)
            guard territory.dates.endsOfPairs.contains(territory.dates[index]) else { return nil }
            let origin = TransferEdition.Origin(
                knownAt: plan.knownAt?.description ?? "",
                divisionsEdition: territory.editions[territory.editionOfDate[index]].date
                    .description, planDigest: digest)
            return (year, TransferEdition(figures, year: year, rule: rule, origin: origin))
        }
    }
}

extension TransferRule {
    init(_ transfer: Plan.Transfer) {
        let weights = transfer.weights
        self.init(
            pool: transfer.pool, unit: transfer.unit.rawValue,
            weights: TierWeights(
                ownPrefecture: ExactDecimal(millionths: weights.ownPrefecture.count),
                ownProvince: ExactDecimal(millionths: weights.ownProvince.count),
                otherProvince: ExactDecimal(millionths: weights.otherProvince.count),
                unknown: ExactDecimal(millionths: weights.unknown.count)),
            decay: ExactDecimal(millionths: transfer.decay.count),
            yearsBack: transfer.yearsBack,
            permitWeight: ExactDecimal(millionths: transfer.permitWeight.count),
            childrenWeight: ExactDecimal(millionths: transfer.childrenWeight.count))
    }
}
