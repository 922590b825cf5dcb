import Foundation
import PopulationFigures
import PopulationModel
import PopulationPublish
import PopulationStore

extension Pipeline {
    /// Figures → indicators, tables, report, workbook and manifest, in a folder that appears in one
    /// step; then the store.
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
        figures.remarks = summary.remarks.map(\.en)
        let provenance = provenance(extracts, reference, summary)
        try completeStore(before: provenance, summary)
        var protection: Protection.Outcome?
        let others = remarksOnOtherPlan()
        var replaced: [Bilingual] = []
        let written = try stage(.publish, &summary) {
            _ throws(PopstatErrors) -> WrittenTables in
            protection = protected(figures)
            replaced = others + remarksOnReplacedRows(protection)
            let folder = try PublishedFolder(path: output)
            do throws(PopstatErrors) {
                let written = try write(
                    figures, protection, counted.cube, provenance, extracts, editions, to: folder)
                try folder.publish()
                return written
            } catch {
                folder.discard()
                throw error
            }
        }
        noteProtection(protection, summary)
        for text in replaced { note(.publish, text, summary) }
        summary.remarks += replaced
        summary.take(figures)
        summary.publishedFiles = written.files
        if storeLocation != nil {
            for entry in written.entries where entry.rows > StoredTable.rowCountMax {
                note(
                    .publish,
                    Bilingual(
                        "\(entry.name) 有 \(entry.rows) 行，超过存储库对一张表的限度；它只在文件夹中",
                        "\(entry.name) has \(entry.rows) rows, more than the store keeps of a "
                            + "table; it is in the folder only"), summary)
            }
        }
        try store(written.tables, provenance, &summary)
        if options.isBackFill {
            note(
                .publish,
                Bilingual(
                    "补发以往一夜的数据：存储库在输出文件夹旁，不作任何交付",
                    "figures of a night that is over: their store is beside the folder, and nothing "
                        + "is delivered"), summary)
        }
    }

    /// Two plans that take turns at a folder replace each other's figures.
    private func remarksOnOtherPlan() -> [Bilingual] {
        guard let data = FileManager.default.contents(atPath: "\(output)/manifest.json"),
            // What cannot be read tells of no other plan.
            let name = (try? JSONDecoder().decode(Manifest.Name.self, from: data))?.plan,
            name != plan.name
        else { return [] }
        return [
            Bilingual(
                "输出文件夹此前是计划 \(name) 的结果，现已被取代",
                "the output folder held figures of the plan \(name), which these replace")
        ]
    }

    /// What went into the folder: the tables that are still in memory, and what is said of all.
    private struct WrittenTables {
        var tables: [PublishedTable]
        var entries: [Manifest.Table]
        var files: [RunSummary.PublishedFile]
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

    /// Everything of the folder.
    private func write(
        _ figures: Figures, _ protection: Protection.Outcome?, _ cube: StoredCube,
        _ provenance: ReportProvenance, _ extracts: IngestOutcome, _ editions: EditionStore,
        to folder: PublishedFolder
    ) throws(PopstatErrors) -> WrittenTables {
        let (made, cubeEntry, html) = try writeTables(figures, cube, to: folder)
        let exact = publication(figures, provenance, made, .internal)
        let released = try writePublic(protection, to: folder)
        let open = publication(figures, provenance, released, .public)
        try editions.write(to: folder)
        var manifest = manifest(
            figures, provenance, extracts, made.map(\.entry), cubeEntry, editions)
        manifest.protection = protection.map {
            .init(
                $0.account, releaseDates: plan.publish.protection?.releaseDates ?? [],
                tables: released.map(\.entry))
        }
        let tables = exact.tables + open.tables
        try writeFromTables(
            exact: exact, made, open: open, released, html, manifest,
            areaName: figures.areaName, to: folder)
        manifest.files = folder.written
        try folder.write(
            Self.bytes(of: manifest), to: "manifest.json", mode: Self.manifestMode)
        return WrittenTables(
            tables: tables, entries: made.map(\.entry),
            files: RunSummary.PublishedFile.all.filter { file in
                folder.written.contains { $0.path.hasPrefix(file.path) }
            })
    }

    /// What is made from the tables, side by side.
    private func writeFromTables(
        exact: Publication, _ made: [MadeTable], open: Publication, _ released: [MadeTable],
        _ html: HTMLReport, _ manifest: Manifest, areaName: String, to folder: PublishedFolder
    ) throws(PopstatErrors) {
        let (wantsPDF, wantsWorkbook) = (options.pdf, wantsWorkbook)
        _ = try WorkerThreads.map(count: 4, threads: options.threads) {
            index throws(PopstatErrors) in
            switch index {
            case 0: try Self.writePackage(exact, made, .internal, to: folder)
            case 1:
                if released.isEmpty { return }
                try Self.writePackage(open, released, .public, to: folder)
                try folder.syncFolder(TableScope.public.rawValue)
            case 2:
                try Self.writeReport(
                    html, manifest, exact.tables + open.tables, pdf: wantsPDF, to: folder)
            default:
                guard wantsWorkbook else { return }
                try Self.writeWorkbook(
                    released.isEmpty ? exact : open, areaName: areaName,
                    released.isEmpty ? made : released, to: folder)
            }
        }
    }

    /// What the figures are written as.
    private enum Written: Sendable {
        case cube(Manifest.Cube)
        case page(HTMLReport)
        case table(MadeTable)
    }

    /// The exact tables, and beside them the cube, which takes longest of all, and the templates of
    /// the page.
    private func writeTables(
        _ figures: Figures, _ cube: StoredCube, to folder: PublishedFolder
    ) throws(PopstatErrors) -> ([MadeTable], Manifest.Cube, HTMLReport) {
        let maker = TableMaker(figures: figures)
        let names = TableMaker.names(of: figures)
        let isKept = tableKeeper
        let language = options.language
        let written = try WorkerThreads.map(count: names.count + 2, threads: options.threads) {
            index throws(PopstatErrors) -> Written in
            if index == 0 { return .cube(try Self.writeCube(cube, to: folder)) }
            if index == 1 { return .page(try ReportWriter.html(.embedded, language)) }
            let table = maker.table(names[index - 2])
            try folder.write(table.csv, to: "internal/\(table.name).csv", mode: 0o640)
            return .table(MadeTable(table, isKept: isKept(table)))
        }
        guard case .cube(let entry) = written[0], case .page(let html) = written[1] else {
            preconditionFailure("the first of what is written is the cube, then the page")
        }
        let tables = written.compactMap { if case .table(let table) = $0 { table } else { nil } }
        return (tables, entry, html)
    }

    private static func writeCube(_ cube: StoredCube, to folder: PublishedFolder)
        throws(PopstatErrors) -> Manifest.Cube
    {
        let bytes = cube.bytes()
        try folder.write(bytes, to: RunFolder.cubeName, mode: 0o640)
        return Manifest.Cube(
            file: RunFolder.cubeName, version: Int(CubeFormat.version),
            sha256: InputDigest.of(bytes))
    }

    /// The page, and its print when it is asked for, from what is published and nothing else.
    private static func writeReport(
        _ html: HTMLReport, _ manifest: Manifest, _ tables: [PublishedTable], pdf: Bool,
        to folder: PublishedFolder
    ) throws(PopstatErrors) {
        let writer = ReportWriter(manifest: manifest, tables: tables)
        let page = try writer.page(of: html)
        try folder.write(page, to: "report.html", mode: writer.mode)
        guard pdf else { return }
        let printed = try PDFPrinter().pdf(of: page)
        try folder.write(printed, to: "report.pdf", mode: writer.mode)
    }
}
