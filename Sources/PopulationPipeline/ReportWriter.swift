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
        let hasPublic = tables.contains { $0.scope == .public }
        self.tables = ReportTables(tables, scope: hasPublic ? .public : .internal)
    }

    /// The report says nothing of single units, and their table is the largest by far.
    static func reads(_ table: String) -> Bool { table != TableName.units.rawValue }

    /// Who may read the file: a page made from exact tables is not for publication.
    var mode: UInt32 { tables.scope == .public ? 0o644 : 0o640 }

    /// What pages are made of; its templates take as long to read as a page to make.
    static func html(_ templates: ReportTemplates, _ language: ReportLanguage)
        throws(PopstatErrors) -> HTMLReport
    {
        do throws(PopstatError) {
            return try HTMLReport(templates: templates, language: language)
        } catch {
            throw PopstatErrors([error])
        }
    }

    func page(of html: HTMLReport) throws(PopstatErrors) -> [UInt8] {
        var provenance = manifest.provenance
        if tables.scope == .internal { provenance.protection = nil }
        guard let maker = YearlyReportMaker(tables: tables, provenance: provenance) else {
            throw PopstatErrors([ReportFault.noDates.error])
        }
        return Array(html.page(maker.report).utf8)
    }
}
