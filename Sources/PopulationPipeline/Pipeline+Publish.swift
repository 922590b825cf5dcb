import PopulationFigures
import PopulationModel
import PopulationPublish
import PopulationStore

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
        let tables = try stage(.publish, &summary) {
            _ throws(PopstatErrors) -> [PublishedTable] in
            let folder = try PublishedFolder(path: output)
            do throws(PopstatErrors) {
                let tables = try write(
                    figures, counted.cube, provenance, extracts, editions, to: folder)
                try folder.publish()
                return tables
            } catch {
                folder.discard()
                throw error
            }
        }
        summary.take(figures)
        try store(tables, provenance, &summary)
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
    ) throws(PopstatErrors) -> [PublishedTable] {
        let maker = TableMaker(figures: figures)
        let names = TableMaker.names(of: figures)
        let hasStore = storeLocation != nil
        // The report takes longest, so it is begun first; the tables are made beside it.
        let made = try WorkerThreads.map(count: 1 + names.count, threads: options.threads) {
            index throws(PopstatErrors) -> (entry: Manifest.Table, kept: PublishedTable?)? in
            if index == 0 {
                let maker = YearlyReportMaker(figures: figures, provenance: provenance)
                try folder.write(Array(Self.page(maker.report).utf8), to: "report.html")
                return nil
            }
            let table = maker.table(names[index - 1])
            try folder.write(table.csv, to: "internal/\(table.name).csv", mode: 0o640)
            let isKept = hasStore && table.rowCount <= StoredTable.rowCountMax
            return (
                Manifest.Table(table), isKept ? PublishedTable(table, scope: .internal) : nil
            )
        }.compactMap { $0 }
        try editions.write(to: folder)
        let cubeBytes = cube.bytes()
        try folder.write(cubeBytes, to: RunFolder.cubeName, mode: 0o640)
        let cubeEntry = Manifest.Cube(
            file: RunFolder.cubeName, version: Int(CubeFormat.version),
            sha256: InputDigest.of(cubeBytes))
        try folder.write(
            try manifestBytes(
                figures, provenance, extracts, made.map(\.entry), cubeEntry, editions),
            to: "manifest.json")
        return made.compactMap(\.kept)
    }

    private static func page(_ report: YearlyReport) throws(PopstatErrors) -> String {
        do throws(PopstatError) { return try HTMLReport().page(report) } catch {
            throw PopstatErrors([error])
        }
    }

    private func provenance(
        _ extracts: IngestOutcome, _ reference: ReferenceInputs, _ summary: RunSummary
    ) -> ReportProvenance {
        var provenance = ReportProvenance(
            planName: plan.name, planDigest: InputDigest.of(Array(plan.canonicalText.utf8)),
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

    private func manifestBytes(
        _ figures: Figures, _ provenance: ReportProvenance, _ extracts: IngestOutcome,
        _ tables: [Manifest.Table], _ cube: Manifest.Cube, _ editions: EditionStore
    ) throws(PopstatErrors) -> [UInt8] {
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
        let manifest = Manifest(
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
            editions: editions.isEmpty ? nil : editions.manifestEntries)
        do { return try manifest.bytes() } catch {
            throw PopstatErrors(.cannotPublish(path: "manifest.json", reason: "\(error)"))
        }
    }
}
