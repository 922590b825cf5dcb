import PopulationFigures
import PopulationModel
import PopulationPublish

/// Money, land, published figures and tasks of one run: what the plan asks for beyond counting
/// people, made from figures alone.
package struct PlanFigures {
    private let plan: Plan
    private let editionDates: [CalendarDate]
    private let factors: [FinanceFactor]
    private let published: [OfficialFigure]?

    /// What was made, for balances, log and manifest.
    package struct Outcome {
        /// Of every year; empty when the table is absent.
        package var transfer: [TransferFigure] = []
        /// For log and manifest.
        package var remarks: [Bilingual] = []
        /// For the log alone: which revision a year has depends on what was delivered before.
        package var notes: [Bilingual] = []
    }

    /// `editionDates` are those of the divisions in force, one per reference date of the plan.
    package init(
        plan: Plan, editionDates: [CalendarDate], factors: [FinanceFactor],
        published: [OfficialFigure]?
    ) {
        self.plan = plan
        self.editionDates = editionDates
        self.factors = factors
        self.published = published
    }

    /// Fills in what the plan asks for, and says why the rest is absent; new editions are delivered
    /// into the store. Progress and the person-level tables must be filled in already. Land comes
    /// before tasks, because one of them is measured by it.
    package func fill(_ figures: inout Figures, _ editions: inout EditionStore)
        throws(PopstatErrors) -> Outcome
    {
        var outcome = Outcome()
        if let reason = absence(of: "transfer", in: figures) {
            figures.absences.append(TableAbsence(table: "transfer", reason: reason))
        } else {
            try fillTransfer(&figures, &editions, &outcome)
        }
        if let reason = absence(of: "land", in: figures) {
            figures.absences.append(TableAbsence(table: "land", reason: reason))
        } else {
            fillLand(&figures)
        }
        if let published {
            figures.official = OfficialFile.compared(published, with: figures.urbanization)
            outcome.remarks.append(YearlyReportMaker.registerLimit)
        } else {
            figures.absences.append(
                TableAbsence(table: "official", reason: .noKey("publish.official")))
        }
        figures.personMeasures = PersonFigureMaker(figures: figures).measures
        figures.tasks = TaskCalculator(figures: figures).tasks(of: .embedded)
        // Tables of persons that are absent were told of when persons were counted.
        outcome.remarks += figures.absences.filter {
            ["transfer", "land", "official"].contains($0.table)
        }.map(\.words)
        return outcome
    }

    /// Why a table of money or land cannot be made; `nil` when it can.
    private func absence(of table: String, in figures: Figures) -> TableAbsence.Reason? {
        if table == "land", plan.publish.land == nil { return .noKey("publish.land") }
        if plan.publish.transfer == nil {
            return .noKey(table == "land" ? "publish.transfer.factors" : "publish.transfer")
        }
        return figures.referenceDates.endsOfPairs.isEmpty ? .noYearlyPair : nil
    }

    private func counts(_ figures: Figures) -> [CountyYearCounts] {
        CountyYearMaker(figures: figures).counts(
            with: PersonFigureMaker(figures: figures).countyYears)
    }

    private func fillTransfer(
        _ figures: inout Figures, _ editions: inout EditionStore, _ outcome: inout Outcome
    ) throws(PopstatErrors) {
        guard let transfer = plan.publish.transfer else { return }
        let rule = TransferRule(transfer)
        outcome.transfer = try TransferCalculator(rule: rule, factors: factors)
            .figures(of: counts(figures))
        outcome.remarks += TransferRemarks.missingLags(outcome.transfer)
        outcome.remarks += TransferRemarks.unmatchedFactors(
            outcome.transfer, factors, in: figures.area)
        let pairEnds = figures.referenceDates.endsOfPairs
        let digest = InputDigest.of(Array(plan.canonicalText.utf8))
        for (date, editionDate) in zip(figures.referenceDates, editionDates)
        where pairEnds.contains(date) {
            let year = Int(date.components.year)
            let origin = TransferEdition.Origin(
                knownAt: plan.knownAt?.description ?? "",
                divisionsEdition: editionDate.description, planDigest: digest)
            let (revision, isNew) = editions.deliver(
                TransferEdition(outcome.transfer, year: year, rule: rule, origin: origin))
            let word =
                isNew
                ? Bilingual("新版", "new")
                : Bilingual("数与以前交付的相同", "with the figures that were delivered before")
            outcome.notes.append(
                Bilingual(
                    "\(year) 年转移支付：第 \(revision) 版，\(word.zh)",
                    "transfer \(year): revision \(revision), \(word.en)"))
        }
        figures.transferEditions = editions.editions
    }

    private func fillLand(_ figures: inout Figures) {
        guard let land = plan.publish.land else { return }
        figures.land = LandCalculator(
            bands: land.bands.map {
                .init(upToMillionths: $0.upTo?.count, standardMillionths: $0.standard.count)
            }, adjustmentMillionths: land.adjustment.count, factors: factors
        ).figures(of: counts(figures))
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
