import PopulationFigures
import PopulationModel

// Permits, points, ways to settle, and whom services are for.
extension TableMaker {
    var permits: Table {
        var table = Table(
            name: TableName.permits.rawValue,
            columns: [
                "reference_date", "county_code", "residence_years", "insured_years", "valid",
                "suspended",
            ], keyCount: 4, rowCapacity: figures.permits.count)
        let rows = Self.ordered(figures.permits) {
            ($0.date, ByteText($0.countyCode), $0.residenceYears, $0.insuredYears)
                < ($1.date, ByteText($1.countyCode), $1.residenceYears, $1.insuredYears)
        }
        for row in rows where row.valid != 0 || row.suspended != 0 {
            table.append([
                row.date.description, row.countyCode,
                Self.years(row.residenceYears, max: PermitFigure.residenceYearsMax),
                Self.years(row.insuredYears, max: PermitFigure.insuredYearsMax), "\(row.valid)",
                "\(row.suspended)",
            ])
        }
        return table
    }

    /// The greatest stands for all from it on.
    private static func years(_ years: Int, max: Int) -> String {
        years == max ? "\(max)+" : "\(years)"
    }

    var ladder: Table {
        var table = Table(
            name: TableName.ladder.rawValue,
            columns: ["reference_date", "county_code", "tier", "persons", "points_sum"],
            keyCount: 3, rowCapacity: figures.ladder.count)
        let rows = Self.ordered(figures.ladder) {
            ($0.date, ByteText($0.countyCode), ByteText($0.tier))
                < ($1.date, ByteText($1.countyCode), ByteText($1.tier))
        }
        for row in rows where row.persons != 0 {
            table.append([
                row.date.description, row.countyCode, row.tier, "\(row.persons)",
                Decimal6.text(millionths: row.pointsSumMillionths),
            ])
        }
        return table
    }

    var eligibility: Table {
        var table = Table(
            name: TableName.eligibility.rawValue,
            columns: ["reference_date", "county_code", "channel", "eligible_not_settled"],
            keyCount: 3, rowCapacity: figures.eligibility.count)
        let rows = Self.ordered(figures.eligibility) {
            ($0.date, ByteText($0.countyCode), ByteText($0.channel.word))
                < ($1.date, ByteText($1.countyCode), ByteText($1.channel.word))
        }
        for row in rows where row.eligibleNotSettled != 0 {
            table.append([
                row.date.description, row.countyCode, row.channel.word,
                "\(row.eligibleNotSettled)",
            ])
        }
        return table
    }

    var services: Table {
        var table = Table(
            name: TableName.services.rawValue,
            columns: [
                "reference_date", "county_code", "group", "resident", "floating",
                "permit_holders", "settled",
            ], keyCount: 3, rowCapacity: figures.services.count)
        let rows = Self.ordered(figures.services) {
            ($0.date, ByteText($0.countyCode), ByteText($0.group.rawValue))
                < ($1.date, ByteText($1.countyCode), ByteText($1.group.rawValue))
        }
        for row in rows {
            table.append([
                row.date.description, row.countyCode, row.group.rawValue, "\(row.resident)",
                "\(row.floating)", "\(row.permitHolders)",
                row.settled.map { "\($0)" } ?? "",
            ])
        }
        return table
    }
}
