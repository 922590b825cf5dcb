import PopulationFigures
import PopulationModel

/// `report.xlsx`: the tables of a publication as sheets, with a first sheet that says what they are,
/// native charts, and the words that stand in them.
///
/// Takes tables that are all of one scope. The same publication gives the same bytes. Tables of
/// more rows than a sheet holds are named, not written. Time and memory: see `rowsInMemoryMax`.
package struct Workbook: Sendable {
    let publication: Publication
    let areaName: String
    /// SHA-256 of a table's CSV file, by name.
    let digests: [String: String]
    private let rowsMax: Int

    /// Rows of a sheet of Excel, the header's included.
    package static let sheetRowsMax = 1_048_576

    /// With more rows than this in all tables together, cells are not kept until the end: 73,000
    /// rows took 90 MB of memory kept, 712,000 rows 63 MB otherwise. The file is larger then,
    /// because every text stands where it is used instead of once.
    package static let rowsInMemoryMax = 100_000

    static let contentsName = "说明 Contents"
    static let chartsName = "图表 Charts"
    static let wordsName = "词表 Words"

    /// `sheetRowsMax` is lower in tests only.
    package init(
        _ publication: Publication, areaName: String, digests: [String: String],
        sheetRowsMax: Int = Workbook.sheetRowsMax
    ) {
        self.publication = publication
        self.areaName = areaName
        self.digests = digests
        rowsMax = sheetRowsMax - WorkbookSheet.headerRows
    }

    /// Whether anybody may see the file.
    package var isPublic: Bool { publication.tables.allSatisfy { $0.scope == .public } }

    /// Writes the file, which must not be there yet.
    package func write(to path: String) throws(PopstatError) {
        let rowCount = publication.tables.reduce(0) { $0 + $1.table.rowCount }
        let file = try WorkbookFile(
            path: path, title: "\(areaName) \(publication.area)", created: created,
            isSparing: rowCount > Self.rowsInMemoryMax)
        let charts = WorkbookCharts(publication.tables)
        WorkbookContents(workbook: self, hasCharts: charts.hasContent)
            .write(to: file.addSheet(Self.contentsName))
        if charts.hasContent { charts.write(to: file.addSheet(Self.chartsName)) }
        for published in publication.tables {
            WorkbookSheet(published.table, isWritten: isWritten(published.table))
                .write(to: file.addSheet(published.table.name))
        }
        WorkbookWords(publication.tables.map(\.table)).write(to: file.addSheet(Self.wordsName))
        try file.close()
    }

    func isWritten(_ table: Table) -> Bool { table.rowCount <= rowsMax }

    /// The last reference date, in seconds since 1970: the figures' own time, the same on every run.
    private var created: Int {
        guard let text = publication.referenceDates.last, let date = CalendarDate(iso: text),
            let start = CalendarDate(year: 1970, month: 1, day: 1)
        else { preconditionFailure("a publication has reference dates") }
        // 0 would be taken for "now".
        let seconds = Int(date.dayNumber - start.dayNumber) * 86_400
        return seconds == 0 ? 1 : seconds
    }
}
