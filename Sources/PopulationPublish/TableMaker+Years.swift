import PopulationFigures
import PopulationModel

// The tables of years: settlement, the form balance58, and why rates changed.
extension TableMaker {
    var settlement: Table {
        var table = Table(
            name: TableName.settlement.rawValue,
            columns: [
                "year", "county_code", "place", "cause", "origin_tier", "persons", "with_family",
                "with_college_or_title",
            ], keyCount: 5, rowCapacity: figures.settlement.count)
        func key(_ row: SettlementFigure) -> (Int, ByteText, ByteText, ByteText, ByteText) {
            (
                row.year, ByteText(row.countyCode), ByteText(row.place.word),
                ByteText(row.cause.word), ByteText(row.originTier.word)
            )
        }
        for row in Self.ordered(figures.settlement, by: { key($0) < key($1) })
        where row.persons != 0 {
            table.append([
                "\(row.year)", row.countyCode, row.place.word, row.cause.word,
                row.originTier.word, "\(row.persons)", "\(row.withFamily)",
                "\(row.withCollegeOrTitle)",
            ])
        }
        return table
    }

    var balance58: Table {
        let numbers = 1...Balance58Figure.columnCount
        var table = Table(
            name: TableName.balance58.rawValue,
            columns: ["year", "county_code"] + numbers.map { "c\($0)" }, keyCount: 2,
            rowCapacity: figures.balance58.count)
        let rows = Self.ordered(figures.balance58) {
            ($0.year, ByteText($0.countyCode)) < ($1.year, ByteText($1.countyCode))
        }
        for row in rows {
            let columns = row.columns.map { column in column.map { "\($0)" } ?? "" }
            table.append(["\(row.year)", row.countyCode] + columns)
        }
        return table
    }

    var decomposition: Table {
        var table = Table(
            name: TableName.decomposition.rawValue,
            columns: [
                "year", "area_code", "rate_start", "rate_end", "change", "reclassification",
                "natural", "migration",
            ], keyCount: 2, rowCapacity: figures.decomposition.count)
        let rows = Self.ordered(figures.decomposition) {
            ($0.year, ByteText($0.areaCode)) < ($1.year, ByteText($1.areaCode))
        }
        for row in rows {
            let shares = [
                row.rateStart, row.rateEnd, row.change, row.reclassification, row.natural,
                row.migration,
            ]
            // Percent and percentage points, each rounded once from the exact share.
            let texts = shares.map { ($0 * Fraction(100)).text(decimals: 6) }
            table.append(["\(row.year)", row.areaCode] + texts)
        }
        return table
    }
}
