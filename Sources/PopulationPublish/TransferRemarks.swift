import PopulationFigures
import PopulationModel

/// What log and manifest say of a transfer: earlier years that weigh nothing because there are no
/// figures of them (SPEC 6.3).
package enum TransferRemarks {
    /// One line per year in which lags are missing.
    package static func missingLags(_ figures: [TransferFigure]) -> [Bilingual] {
        Set(figures.map(\.counts.year)).sorted().compactMap { year in
            let rows = figures.filter { $0.counts.year == year }
            var countiesByLag: [Int: [String]] = [:]
            for row in rows {
                for lag in row.lags where lag.settled == nil {
                    countiesByLag[lag.year, default: []].append(row.counts.countyCode)
                }
            }
            guard !countiesByLag.isEmpty else { return nil }
            let parts = countiesByLag.sorted { $0.key > $1.key }.map { lag, counties in
                counties.count == rows.count
                    ? Bilingual(both: "\(lag)")
                    : Bilingual(
                        "\(lag)（\(counties.joined(separator: "、"))）",
                        "\(lag) in \(counties.joined(separator: ", "))")
            }
            return Bilingual(
                "\(year) 年转移支付：以下以往年份没有落户人数，不计权重："
                    + parts.map(\.zh).joined(separator: "；"),
                "transfer \(year): no settlement figures of earlier years, which weigh nothing: "
                    + parts.map(\.en).joined(separator: "; "))
        }
    }
}
