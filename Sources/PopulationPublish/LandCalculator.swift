import PopulationFigures
import PopulationModel

/// New building land for the settled (SPEC 6.3, domain 7): settled × standard × (1 + adjustment).
package struct LandCalculator: Sendable {
    /// The standard of counties with at most so much urban land per urban resident.
    package struct Band: Sendable, Equatable {
        /// Square metres in millionths, inclusive; `nil` in the open band.
        package var upToMillionths: Int?
        /// Square metres per settled citizen in millionths.
        package var standardMillionths: Int

        package init(upToMillionths: Int?, standardMillionths: Int) {
            self.upToMillionths = upToMillionths
            self.standardMillionths = standardMillionths
        }
    }

    private let bands: [Band]
    private let adjustmentMillionths: Int
    private let land: [String: Int]

    /// `bands` ascend, and the last is open. The adjustment is -100,000 to 100,000 millionths: a
    /// province may move the standard by a tenth.
    package init(bands: [Band], adjustmentMillionths: Int, factors: [FinanceFactor]) {
        self.bands = bands
        self.adjustmentMillionths = adjustmentMillionths
        land = Dictionary(
            factors.compactMap { factor in
                factor.urbanLandMillionths.map { ("\(factor.year) \(factor.countyCode)", $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// One figure per county and year that has settled citizens or land, in the order of the
    /// counts. Without land, or without urban residents to divide it by, there is no standard.
    package func figures(of counts: [CountyYearCounts]) -> [LandFigure] {
        counts.compactMap { counts in
            let settled = counts.persons.settled.total
            guard let land = land["\(counts.year) \(counts.countyCode)"],
                counts.residentUrban > 0
            else {
                return settled == 0
                    ? nil
                    : LandFigure(
                        year: counts.year, countyCode: counts.countyCode, settled: settled,
                        landPerHead: nil, standard: "", quota: nil)
            }
            // Hectares are 10,000 square metres: millionths of them are hundredths of a square
            // metre.
            let perHead = Fraction(land, 100) / Fraction(counts.residentUrban)
            let band = band(of: perHead)
            let standard = Fraction(band.standardMillionths, 1_000_000)
            let factor = Fraction(1_000_000 + adjustmentMillionths, 1_000_000)
            return LandFigure(
                year: counts.year, countyCode: counts.countyCode, settled: settled,
                landPerHead: perHead,
                standard: "\(ExactDecimal(millionths: band.standardMillionths))",
                quota: Fraction(settled) * standard * factor / Fraction(10_000))
        }
    }

    /// By the exact land per head, not the printed one.
    private func band(of perHead: Fraction) -> Band {
        bands.first { band in
            band.upToMillionths.map { perHead <= Fraction($0, 1_000_000) } ?? true
        }!
    }
}
