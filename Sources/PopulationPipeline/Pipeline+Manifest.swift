import PopulationFigures
import PopulationModel
import PopulationPublish

// What the report and the manifest say of where the figures come from.
extension Pipeline {
    func provenance(
        _ extracts: IngestOutcome, _ reference: ReferenceInputs, _ summary: RunSummary
    ) -> ReportProvenance {
        var provenance = ReportProvenance(
            planName: plan.name, areaCode: plan.area.code,
            planDigest: InputDigest.of(Array(plan.canonicalText.utf8)),
            programVersion: ProgramVersion.text)
        provenance.knownAt = plan.knownAt
        provenance.residenceMonths = plan.deduplicate.residenceMonths
        provenance.inputs =
            extracts.extracts.map { extract in
                .init(
                    role: extract.ingested.source.rawValue, label: extract.ingested.label,
                    sha256: extract.sha256, rowCount: extract.ingested.counts.read)
            } + reference.inputs
        provenance.editions = reference.territory.editions.map(\.date)
        provenance.balances = summary.balances.checked
        provenance.acceptedGates = summary.gates.compactMap { gate in
            gate.reason.map { .init(gate: gate.gate, reason: $0) }
        }
        provenance.readings = Source.allCases.map { source in
            let counts = extracts.counts(of: source)
            return .init(
                source: source, byScanner: counts.read - counts.readByLibCSV,
                byLibCSV: counts.readByLibCSV)
        }
        return provenance
    }

    func manifest(
        _ figures: Figures, _ provenance: ReportProvenance, _ extracts: IngestOutcome,
        _ tables: [Manifest.Table], _ cube: Manifest.Cube, _ editions: EditionStore
    ) -> Manifest {
        let encodings = Dictionary(
            extracts.extracts.map { ($0.ingested.label, $0.ingested.encoding) },
            uniquingKeysWith: { first, _ in first })
        let rows = provenance.readings.map { reading in
            (
                reading.source.rawValue,
                Manifest.Rows(
                    read: reading.byScanner + reading.byLibCSV,
                    readByScanner: reading.byScanner, readByLibcsv: reading.byLibCSV)
            )
        }
        return Manifest(
            plan: plan.name, planDigest: provenance.planDigest,
            programVersion: provenance.programVersion, area: figures.area.code,
            referenceDates: figures.referenceDates.map(\.description),
            knownAt: plan.knownAt?.description,
            inputs: provenance.inputs.map {
                .init(
                    role: $0.role, file: $0.label, sha256: $0.sha256, rows: $0.rowCount,
                    encoding: encodings[$0.label])
            }, rows: Dictionary(uniqueKeysWithValues: rows),
            balances: provenance.balances.map {
                .init(equation: $0.equation, left: $0.left, right: $0.right)
            }, remarks: figures.remarks,
            acceptedGates: provenance.acceptedGates.isEmpty ? nil : provenance.acceptedGates,
            tables: tables, cube: cube,
            inputsDigest: provenance.inputsDigest,
            editions: editions.isEmpty ? nil : editions.manifestEntries,
            report: Manifest.Report(figures, provenance, language: options.language))
    }

    /// It holds exact sums: for the bureau alone.
    static let manifestMode: UInt32 = 0o640

    static func bytes(of manifest: Manifest) throws(PopstatErrors) -> [UInt8] {
        do { return try manifest.bytes() } catch {
            throw PopstatErrors(.cannotPublish(path: "manifest.json", reason: "\(error)"))
        }
    }
}
