import PopulationFigures
import PopulationModel

extension YearlyReportMaker {
    /// The report of a run's exact figures, by way of their tables. The figures need at least one
    /// reference date with an area.
    package init(figures: Figures, provenance: ReportProvenance) {
        var provenance = provenance
        provenance.take(figures)
        let maker = TableMaker(figures: figures)
        // The report says nothing of single units, and their table is the largest by far.
        let published = TableMaker.names(of: figures).filter { $0 != .units }.map {
            PublishedTable(maker.table($0), scope: .internal)
        }
        guard
            let made = YearlyReportMaker(
                tables: ReportTables(published, scope: .internal), provenance: provenance)
        else { preconditionFailure("a report needs a reference date") }
        self = made
    }
}
