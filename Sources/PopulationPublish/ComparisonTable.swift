import PopulationFigures

/// The table of a what-if: every row of `urbanization` as published and as assumed, side by side.
package enum ComparisonTable {
    /// Rows of two runs of figures over one cube: the same areas at the same dates.
    package static func compare(_ published: Figures, with assumed: Figures) -> [ComparisonFigure] {
        precondition(published.urbanization.count == assumed.urbanization.count)
        return zip(published.urbanization, assumed.urbanization).map {
            ComparisonFigure(published: $0, assumed: $1)
        }
    }

    /// In the order of the rows of `urbanization`, which is that of the key.
    package static func table(_ rows: [ComparisonFigure]) -> Table {
        var table = Table(
            name: "comparison",
            columns: [
                "reference_date", "area_level", "area_code", "concept", "area_name", "total",
                "urban_published", "urban_assumed", "rate_percent_published",
                "rate_percent_assumed", "difference_points", "target_percent_published",
                "target_percent_assumed", "reached_published", "reached_assumed",
                "urban_short_published", "urban_short_assumed",
            ], keyCount: 4, rowCapacity: rows.count)
        let ordered = rows.sorted { key($0).lexicographicallyPrecedes(key($1)) }
        for row in ordered {
            let (a, b) = (row.published, row.assumed)
            table.append([
                a.date.description, a.level.rawValue, a.areaCode, a.concept.rawValue, a.areaName,
                "\(a.total)", "\(a.urban)", "\(b.urban)", a.rate.percentText, b.rate.percentText,
                row.pointsText, a.targetText, b.targetText, a.reachedText, b.reachedText,
                a.urbanShortText, b.urbanShortText,
            ])
        }
        return table
    }

    /// Bytes that order as the key does: none of its parts is the beginning of another.
    private static func key(_ row: ComparisonFigure) -> [UInt8] {
        let figure = row.published
        let parts = [
            figure.date.description, figure.level.rawValue, figure.areaCode,
            figure.concept.rawValue,
        ]
        return Array(parts.joined(separator: ",").utf8)
    }
}
