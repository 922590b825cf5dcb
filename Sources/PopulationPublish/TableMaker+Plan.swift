import PopulationFigures
import PopulationModel

// Money, land, published figures and tasks: tables that are made from figures alone.
extension TableMaker {
    /// Every revision of every year; the revision, too, is ordered as text.
    var transfer: Table {
        let columns = TransferEdition.tableColumns
        let rows = (figures.transferEditions ?? []).flatMap { edition in
            edition.rows.map { row in columns.map { edition.field($0, of: row) } }
        }
        return Table(
            name: TableName.transfer.rawValue, columns: columns, keyCount: 3,
            rows: Self.ordered(rows) {
                $0.prefix(3).map(ByteText.init).lexicographicallyPrecedes(
                    $1.prefix(3).map(ByteText.init))
            })
    }

    var land: Table {
        var table = Table(
            name: TableName.land.rawValue,
            columns: [
                "year", "county_code", "settled", "land_per_head_m2", "standard_m2", "quota_ha",
            ], keyCount: 2)
        let rows = Self.ordered(figures.land ?? []) {
            ($0.year, ByteText($0.countyCode)) < ($1.year, ByteText($1.countyCode))
        }
        for row in rows {
            table.append([
                "\(row.year)", row.countyCode, "\(row.settled)",
                row.landPerHead?.text(decimals: 2) ?? "", row.standard,
                row.quota?.text(decimals: 4) ?? "",
            ])
        }
        return table
    }

    var official: Table {
        var table = Table(
            name: TableName.official.rawValue,
            columns: [
                "area_code", "date", "concept", "total", "urban", "official_total",
                "official_urban", "difference_total", "difference_points", "source",
            ], keyCount: 3)
        let rows = Self.ordered(figures.official ?? []) {
            (ByteText($0.areaCode), $0.date, ByteText($0.concept.rawValue))
                < (ByteText($1.areaCode), $1.date, ByteText($1.concept.rawValue))
        }
        for row in rows {
            table.append([
                row.areaCode, row.date.description, row.concept.rawValue,
                row.own.map { "\($0.total)" } ?? "", row.own.map { "\($0.urban)" } ?? "",
                "\(row.official.total)", "\(row.official.urban)",
                row.differenceTotal.map(String.init) ?? "",
                row.differencePoints?.text(decimals: 2) ?? "", row.source,
            ])
        }
        return table
    }

    /// The number of a task is ordered as text, as every key is.
    var tasks: Table {
        var table = Table(
            name: TableName.tasks.rawValue,
            columns: ["number", "reference_date", "indicator", "value", "unit", "status"],
            keyCount: 2)
        let rows = Self.ordered(figures.tasks) {
            (ByteText("\($0.number)"), $0.date) < (ByteText("\($1.number)"), $1.date)
        }
        for row in rows {
            table.append([
                "\(row.number)", row.date.description, row.indicator, row.value, row.unit,
                row.status,
            ])
        }
        return table
    }
}
