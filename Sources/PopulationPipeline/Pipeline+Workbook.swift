import PopulationFigures
import PopulationModel
import PopulationPublish
import PopulationStore

/// A table that was made, and the table itself where something else is made from it.
struct MadeTable: Sendable {
    var entry: Manifest.Table
    var columns: [String]
    var byteCount: Int
    /// `nil` where nothing needs it: a large one is given back as soon as it is written.
    var table: Table?

    init(_ table: Table, isKept: Bool) {
        entry = Manifest.Table(table)
        columns = table.columns
        byteCount = table.csv.count
        self.table = isKept ? table : nil
    }
}

extension Pipeline {
    /// A workbook takes longer than all other files of a small run together, so that nightly runs,
    /// which nobody reads as sheets, make one only when asked.
    var wantsWorkbook: Bool {
        options.writesWorkbook || plan.publish.protection?.releaseDates.isEmpty == false
    }

    /// Whether a table is needed after its file is written: by the report, which says nothing of
    /// single units, by the workbook, or by the store.
    var tableKeeper: @Sendable (Table) -> Bool {
        let (hasWorkbook, hasStore) = (options.writesWorkbook, storeLocation != nil)
        return { table in
            ReportWriter.reads(table.name) || hasWorkbook
                || (hasStore && table.rowCount <= StoredTable.rowCountMax)
        }
    }

    func publication(
        _ figures: Figures, _ provenance: ReportProvenance, _ tables: [MadeTable],
        _ scope: TableScope
    ) -> Publication {
        Publication(
            plan: plan.name, area: figures.area.code, planDigest: provenance.planDigest,
            inputsDigest: provenance.inputsDigest, programVersion: provenance.programVersion,
            referenceDates: figures.referenceDates.map(\.description),
            tables: tables.compactMap { made in
                made.table.map { PublishedTable($0, scope: scope) }
            })
    }

    /// `datapackage.json` beside the tables of a scope.
    static func writePackage(
        _ publication: Publication, _ tables: [MadeTable], _ scope: TableScope,
        to folder: PublishedFolder
    ) throws(PopstatErrors) {
        let files = tables.map {
            DataPackage.File(
                table: $0.entry.name, columns: $0.columns, byteCount: $0.byteCount,
                sha256: $0.entry.sha256)
        }
        let name = "\(scope.rawValue)/datapackage.json"
        let bytes: [UInt8]
        do { bytes = try DataPackage(publication, scope: scope, files: files).bytes() } catch {
            throw PopstatErrors(.cannotPublish(path: name, reason: "\(error)"))
        }
        try folder.write(bytes, to: name, mode: scope == .internal ? 0o640 : 0o644)
    }

    /// `report.xlsx`; exact figures are closed to others, as `internal` is.
    static func writeWorkbook(
        _ publication: Publication, areaName: String, _ tables: [MadeTable],
        to folder: PublishedFolder
    ) throws(PopstatErrors) {
        let digests = Dictionary(
            tables.map { ($0.entry.name, $0.entry.sha256) }, uniquingKeysWith: { first, _ in first }
        )
        let workbook = Workbook(publication, areaName: areaName, digests: digests)
        try folder.make("report.xlsx", mode: workbook.isPublic ? 0o644 : 0o640) {
            path throws(PopstatErrors) in
            do throws(PopstatError) { try workbook.write(to: path) } catch {
                throw PopstatErrors([error])
            }
        }
    }
}

extension ReportProvenance {
    /// SHA-256 over role, name and digest of every input, each ended by a line end.
    var inputsDigest: String {
        let text = inputs.map { "\($0.role)\n\($0.label)\n\($0.sha256)\n" }.joined()
        return InputDigest.of(Array(text.utf8))
    }
}
