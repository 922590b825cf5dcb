import PopulationFigures
import PopulationModel

/// What log and manifest say of a transfer: earlier years that weigh nothing because there are no
/// figures of them, and counties that get nothing because there are no factors of them (SPEC 6.3).
package enum TransferRemarks {
    /// One line per year for the counties without factors, one for the factors without a county:
    /// a mistyped code makes both. Factors of other areas are passed over: a file may be that of a
    /// whole province.
    package static func unmatchedFactors(
        _ figures: [TransferFigure], _ factors: [FinanceFactor], in area: Area
    ) -> [Bilingual] {
        Set(figures.map(\.counts.year)).sorted().flatMap { year in
            let rows = figures.filter { $0.counts.year == year }
            let counties = Set(rows.map(\.counts.countyCode))
            let stray = factors.filter {
                $0.year == year && $0.countyCode.hasPrefix(area.code)
                    && !counties.contains($0.countyCode)
            }
            return [
                line(
                    year,
                    Bilingual(
                        "因素文件没有以下县的行，得分为 0，没有金额",
                        "the factors file has no row of these counties, which score 0 and get nothing"
                    ), rows.filter { $0.factor == nil }.map(\.counts.countyCode)),
                line(
                    year,
                    Bilingual(
                        "因素文件的以下代码不是该年有数的县，未用",
                        "these codes of the factors file are no counties with figures of the year, "
                            + "and are not used"), stray.map(\.countyCode).sorted()),
            ].compactMap(\.self)
        }
    }

    private static func line(_ year: Int, _ words: Bilingual, _ codes: [String]) -> Bilingual? {
        if codes.isEmpty { return nil }
        return Bilingual(
            "\(year) 年转移支付：\(words.zh)：\(codes.joined(separator: "、"))",
            "transfer \(year): \(words.en): \(codes.joined(separator: ", "))")
    }

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
