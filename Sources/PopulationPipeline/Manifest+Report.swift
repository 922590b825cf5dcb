import PopulationFigures
import PopulationModel
import PopulationPublish

extension Manifest.Report {
    /// What the figures of a run say beyond their tables.
    init(
        _ figures: Figures, _ provenance: ReportProvenance, language: ReportLanguage
    ) {
        var full = provenance
        full.take(figures)
        self.init(
            language: language, residenceMonths: full.residenceMonths,
            divisions: full.editions.map(\.description), englishNames: full.englishNames,
            targets: full.targets.map {
                Target(
                    concept: $0.concept.rawValue, areaCode: $0.areaCode,
                    percent: Decimal2.text(hundredths: $0.percentHundredths),
                    date: $0.date.description, source: $0.source)
            },
            absences: full.absences.map {
                Absence(table: $0.table, zh: $0.reason.zh, en: $0.reason.en)
            }, moneyUnit: full.moneyUnit)
    }
}

extension Manifest {
    /// Where the figures come from, as the report says it.
    var provenance: ReportProvenance {
        var provenance = ReportProvenance(
            planName: plan, areaCode: area, planDigest: planDigest,
            programVersion: programVersion)
        provenance.knownAt = knownAt.flatMap(Timestamp.init(planText:))
        provenance.inputs = inputs.map {
            .init(role: $0.role, label: $0.file, sha256: $0.sha256, rowCount: $0.rows)
        }
        provenance.balances = balances.map {
            .init(equation: $0.equation, left: $0.left, right: $0.right)
        }
        provenance.readings = Source.allCases.compactMap { source in
            rows[source.rawValue].map {
                .init(source: source, byScanner: $0.readByScanner, byLibCSV: $0.readByLibcsv)
            }
        }
        provenance.acceptedGates = acceptedGates ?? []
        guard let report else { return provenance }
        provenance.residenceMonths = report.residenceMonths
        provenance.editions = report.divisions.compactMap { CalendarDate(iso: $0) }
        provenance.englishNames = report.englishNames
        provenance.targets = report.targets.compactMap { target in
            guard let concept = Concept(rawValue: target.concept),
                let percent = PopulationFigures.Target.percentHundredths(target.percent),
                let date = CalendarDate(iso: target.date)
            else { return nil }
            return PopulationFigures.Target(
                concept: concept, areaCode: target.areaCode, percentHundredths: percent,
                date: date, source: target.source)
        }
        provenance.absences = report.absences.map {
            .init(table: $0.table, reason: Bilingual($0.zh, $0.en))
        }
        provenance.moneyUnit = report.moneyUnit
        provenance.protection = protection.map { protection in
            ReportProtection(
                threshold: protection.threshold,
                lines: protection.account.map {
                    .init(
                        table: $0.table, date: $0.period, cells: $0.cells,
                        hidden: $0.hidden + $0.hiddenDerived)
                })
        }
        return provenance
    }
}
