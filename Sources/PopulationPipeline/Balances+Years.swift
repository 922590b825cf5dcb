import PopulationFigures
import PopulationModel

/// The identities of SPEC 6.1: of each county asserted, of the area kept for the report.
extension Balances {
    package mutating func checkYears(_ figures: Figures) throws(PopstatErrors) {
        let complete = figures.balance58.filter { $0.urbanAtStart != nil }
        let settled = Dictionary(grouping: figures.settlement, by: \.year)
        for (year, rows) in Dictionary(grouping: complete, by: \.year).sorted(by: {
            $0.key < $1.key
        }) {
            let ofYear = settled[year] ?? []
            let ofCounty = Dictionary(grouping: ofYear, by: \.countyCode)
            for row in rows {
                // Asserted only: the report has room for the area.
                var balances = Balances()
                try balances.check(
                    [row], ofCounty[row.countyCode] ?? [], "\(row.countyCode) in \(year)")
            }
            try check(rows, ofYear, "\(year)")
        }
        for figure in figures.decomposition {
            let parts = figure.reclassification + figure.natural + figure.migration
            guard figure.change == parts else {
                throw PopstatErrors(
                    .rateParts(
                        area: figure.areaCode, year: figure.year,
                        change: figure.change.text(decimals: 12),
                        parts: parts.text(decimals: 12)))
            }
        }
    }

    /// The rows of a year, summed.
    private mutating func check(
        _ rows: [Balance58Figure], _ settled: [SettlementFigure], _ place: String
    ) throws(PopstatErrors) {
        func c(_ column: Int) -> Int { rows.reduce(0) { $0 + $1[column] } }
        func c(_ columns: ClosedRange<Int>) -> [Int] { columns.map { c($0) } }
        try check("\(place): c2 = c3 + … + c8 + c22", c(2), c(3...8) + [c(22)], place)
        try check("\(place): c8 = c9 + c10 + c11", c(8), c(9...11), place)
        try check("\(place): c8 = c12 + … + c21", c(8), c(12...21), place)
        try check("\(place): c23 = c24 + … + c28", c(23), c(24...28), place)
        try check(
            "\(place): c1 at the start + c2 = c23 + c1",
            rows.reduce(c(2)) { $0 + ($1.urbanAtStart ?? 0) }, [c(23), c(1)], place)
        // c20 holds the reclassified and nobody else.
        let unknown = settled.filter { $0.originTier == .unknown }.reduce(0) { $0 + $1.persons }
        try check(
            "\(place): settled + reclassified = c8 + settled of unknown tier",
            settled.reduce(c(20)) { $0 + $1.persons }, [c(8), unknown], place)
    }
}
