import PopulationFigures
import PopulationModel

/// The finance factors: `county_code,year,hardship,cost,urban_land_ha` (SPEC 2.3).
package enum FactorFile {
    /// All faults at once. `hardship` and `cost` are needed, the land may be empty.
    package static func read(_ bytes: [UInt8], label: String)
        throws(PopstatErrors) -> [FinanceFactor]
    {
        let table = try ReferenceTable(
            bytes, label: label,
            needing: ["county_code", "year", "hardship", "cost", "urban_land_ha"],
            stage: .publish)
        var factors: [FinanceFactor] = []
        var known: Set<String> = []
        var faults: [PopstatError] = []
        for row in table.rows {
            var fields = ReferenceRow(
                row, of: table, codeStart: "PUBLISH-12", fileName: Bilingual("因素", "factors"))
            let code = fields.read(
                1, "county_code", as: Bilingual("县级代码（6 位数字）", "a county code of 6 digits")
            ) {
                ReferenceRow.code($0, digits: [6])
            }
            let year = fields.read(
                2, "year", as: Bilingual("年份（1850 至 2099）", "a year from 1850 to 2099")
            ) {
                ReferenceRow.count($0).flatMap { (1850...2099).contains($0) ? $0 : nil }
            }
            let decimal = Bilingual(
                "不小于 0、至多 6 位小数的数", "a number from 0 on with at most 6 decimals")
            let hardship = fields.read(3, "hardship", as: decimal) { ExactDecimal($0) }
            let cost = fields.read(4, "cost", as: decimal) { ExactDecimal($0) }
            let land = fields.read(
                5, "urban_land_ha", as: decimal + Bilingual("，也不是空", ", or empty"), Self.land)
            if let code, let year, !known.insert("\(code) \(year)").inserted {
                fields.add(
                    6, "year",
                    isNot: Bilingual(
                        "该县该年唯一的行", "the only row of this county and year"))
            }
            faults += fields.faults
            guard let code, let year, let hardship, let cost, let land else { continue }
            factors.append(
                FinanceFactor(
                    year: year, countyCode: code, hardship: hardship, cost: cost,
                    urbanLandMillionths: land))
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
        return factors
    }

    /// Hectares in millionths; the inner `nil` is an empty field, the outer one a wrong one.
    private static func land(_ text: String) -> Int?? {
        if text.isEmpty { return .some(nil) }
        // Up to 10^12 hectares: a thousand times the surface of the earth, and it fits.
        guard ExactDecimal(text) != nil else { return nil }
        let parts = text.split(separator: ".")
        let places = parts.count == 2 ? String(parts[1].prefix(6)) : ""
        let padded = places + String(repeating: "0", count: 6 - places.utf8.count)
        return Int(parts[0] + padded)
    }
}
