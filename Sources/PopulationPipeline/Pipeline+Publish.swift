import PopulationFigures
import PopulationModel
import PopulationPublish

extension Pipeline {
    /// Figures → indicators, tables, report and manifest, in a folder that appears in one step.
    func publish(
        _ counted: CountedFigures, _ extracts: IngestOutcome, _ reference: ReferenceInputs,
        _ summary: inout RunSummary
    ) throws(PopstatErrors) {
        var figures = counted.figures
        figures.englishNames = Dictionary(
            reference.territory.counties.filter { !$0.nameEN.isEmpty }.map {
                ($0.code, $0.nameEN)
            }, uniquingKeysWith: { first, _ in first })
        figures.progress = CubeFigures.progress(of: figures)
        // Read again: another run may have delivered since this one began.
        var editions = try EditionStore(output: output)
        try addPlanFigures(to: &figures, reference, &editions, &summary)
        figures.remarks = summary.remarks
        let provenance = provenance(extracts, reference, summary)
        try stage(.publish, &summary) { _ throws(PopstatErrors) in
            let folder = try PublishedFolder(path: output)
            do throws(PopstatErrors) {
                try write(figures, counted.cube, provenance, extracts, editions, to: folder)
                try folder.publish()
            } catch {
                folder.discard()
                throw error
            }
        }
        summary.take(figures)
    }

    /// Money, land, published figures and tasks, with their balance and remarks.
    private func addPlanFigures(
        to figures: inout Figures, _ reference: ReferenceInputs, _ editions: inout EditionStore,
        _ summary: inout RunSummary
    ) throws(PopstatErrors) {
        let territory = reference.territory
        let outcome = try PlanFigures(
            plan: plan, editionDates: territory.editionOfDate.map { territory.editions[$0].date },
            factors: reference.factors ?? [], published: reference.official
        ).fill(&figures, &editions)
        if let pool = plan.publish.transfer?.pool {
            try summary.balances.checkTransfer(outcome.transfer, pool: pool)
        }
        for text in outcome.remarks + outcome.notes { note(.publish, text, summary) }
        summary.remarks += outcome.remarks
    }

    private func write(
        _ figures: Figures, _ cube: StoredCube, _ provenance: ReportProvenance,
        _ extracts: IngestOutcome, _ editions: EditionStore, to folder: PublishedFolder
    ) throws(PopstatErrors) {
        let maker = TableMaker(figures: figures)
        let names = TableMaker.names(of: figures)
        let made = try WorkerThreads.map(count: names.count, threads: options.threads) {
            index throws(PopstatErrors) -> (entry: Manifest.Table, forReport: Table?) in
            let table = maker.table(names[index])
            try folder.write(table.csv, to: "internal/\(table.name).csv", mode: 0o640)
            let isUsed = ReportWriter.reads(table.name)
            return (Manifest.Table(table), isUsed ? table : nil)
        }
        try editions.write(to: folder)
        let cubeBytes = cube.bytes()
        try folder.write(cubeBytes, to: RunFolder.cubeName, mode: 0o640)
        let cubeEntry = Manifest.Cube(
            file: RunFolder.cubeName, version: Int(CubeFormat.version),
            sha256: InputDigest.of(cubeBytes))
        let manifest = manifest(
            figures, provenance, extracts, made.map(\.entry), cubeEntry, editions)
        try folder.write(Self.bytes(of: manifest), to: "manifest.json")
        let tables = made.compactMap(\.forReport).map { PublishedTable($0, scope: .internal) }
        try writeReport(manifest, tables, to: folder)
    }

    /// The page, and its print when it is asked for, from what is published and nothing else.
    private func writeReport(
        _ manifest: Manifest, _ tables: [PublishedTable], to folder: PublishedFolder
    ) throws(PopstatErrors) {
        let writer = ReportWriter(manifest: manifest, tables: tables)
        let page = try writer.page(language: options.language, templates: .embedded)
        try folder.write(page, to: "report.html", mode: writer.mode)
        guard options.pdf else { return }
        let pdf = try PDFPrinter().pdf(of: page)
        try folder.write(pdf, to: "report.pdf", mode: writer.mode)
    }

    private func provenance(
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
        provenance.readings = Source.allCases.map { source in
            let counts = extracts.counts(of: source)
            return .init(
                source: source, byScanner: counts.read - counts.readByLibCSV,
                byLibCSV: counts.readByLibCSV)
        }
        return provenance
    }

    private func manifest(
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
            }, remarks: figures.remarks, tables: tables, cube: cube,
            editions: editions.isEmpty ? nil : editions.manifestEntries,
            report: Manifest.Report(
                figures, provenance, language: options.language,
                protection: plan.publish.protection))
    }

    private static func bytes(of manifest: Manifest) throws(PopstatErrors) -> [UInt8] {
        do { return try manifest.bytes() } catch {
            throw PopstatErrors(.cannotPublish(path: "manifest.json", reason: "\(error)"))
        }
    }
}
