import PopulationFigures
import PopulationModel
import PopulationPublish

/// Writes the report of one publication from its tables and its manifest alone, in a run as from a
/// folder that was published before: the same bytes.
struct ReportWriter {
    private let manifest: Manifest
    private let tables: ReportTables

    /// With release dates the report is made from the public tables, else from the exact ones.
    init(manifest: Manifest, tables: [PublishedTable]) {
        self.manifest = manifest
        let dates = manifest.report?.protection?.releaseDates ?? []
        if tables.contains(where: { $0.scope == .public }), !dates.isEmpty {
            self.tables = ReportTables(tables, scope: .public)
        } else if !dates.isEmpty {
            self.tables = ReportTables(Self.asIfPublic(tables, dates: dates), scope: .public)
        } else {
            self.tables = ReportTables(tables, scope: .internal)
        }
    }

    /// The report says nothing of single units, and their table is the largest by far.
    static func reads(_ table: String) -> Bool { table != TableName.units.rawValue }

    /// Who may read the file: a page made from exact tables is not for publication.
    var mode: UInt32 { tables.scope == .public ? 0o644 : 0o640 }

    func page(language: ReportLanguage, templates: ReportTemplates) throws(PopstatErrors)
        -> [UInt8]
    {
        var provenance = manifest.provenance
        if tables.scope == .internal { provenance.protection = nil }
        guard let maker = YearlyReportMaker(tables: tables, provenance: provenance) else {
            throw PopstatErrors([ReportFault.noDates.error])
        }
        do throws(PopstatError) {
            let page = try HTMLReport(templates: templates, language: language).page(maker.report)
            return Array(page.utf8)
        } catch {
            throw PopstatErrors([error])
        }
    }

    /// The rows of the release dates with the status of a row that hides nothing.
    private static func asIfPublic(_ tables: [PublishedTable], dates: [String])
        -> [PublishedTable]
    {
        let days = Set(dates)
        let years = Set(dates.filter { $0.hasSuffix("-12-31") }.map { String($0.prefix(4)) })
        return tables.map { published in
            let table = published.table
            let columns = table.columns
            let dateColumn = columns.firstIndex { $0 == "reference_date" || $0 == "date" }
            let yearColumn = columns.firstIndex(of: "year")
            let rows = table.rows.filter { row in
                if let dateColumn { return days.contains(row[dateColumn]) }
                if let yearColumn { return years.contains(row[yearColumn]) }
                return true
            }
            return PublishedTable(
                Table(
                    name: table.name, columns: columns + [TableScope.statusColumn],
                    keyCount: table.keyCount, rows: rows.map { $0 + ["A"] }), scope: .public)
        }
    }
}
