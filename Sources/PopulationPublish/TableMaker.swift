import PopulationFigures
import PopulationModel

/// The published tables that figures can fill, in the order of SPEC 6.
package enum TableName: String, CaseIterable, Sendable {
    case urbanization, population, units, migration, households
    case settlement, balance58, permits, ladder, eligibility, services
    case transfer, land, decomposition, progress, official, tasks, quality
}

/// Makes the tables of SPEC 6 out of figures: columns, literals, empty cells, order of rows.
///
/// Cost is linear in the rows when the figures already stand in the order of the key, which is
/// tested first; otherwise they are sorted. Make large tables one at a time.
package struct TableMaker: Sendable {
    let figures: Figures

    package init(figures: Figures) {
        self.figures = figures
    }

    /// What a run of these figures publishes: all but the absent, in the order of SPEC 6.
    package static func names(of figures: Figures) -> [TableName] {
        let absent = Set(figures.absences.map(\.table))
        return TableName.allCases.filter { name in
            guard !absent.contains(name.rawValue) else { return false }
            return switch name {
            case .transfer: figures.transferEditions != nil
            case .land: figures.land != nil
            case .official: figures.official != nil
            default: true
            }
        }
    }

    /// Every table that is published, those without rows included.
    package var tables: [Table] { Self.names(of: figures).map(table) }

    package func table(_ name: TableName) -> Table {
        switch name {
        case .urbanization: urbanization
        case .population: population
        case .units: units
        case .migration: migration
        case .households: households
        case .settlement: settlement
        case .balance58: balance58
        case .permits: permits
        case .ladder: ladder
        case .eligibility: eligibility
        case .services: services
        case .decomposition: decomposition
        case .transfer: transfer
        case .land: land
        case .progress: progress
        case .official: official
        case .tasks: tasks
        case .quality: quality
        }
    }

    private var urbanization: Table {
        var table = Table(
            name: TableName.urbanization.rawValue,
            columns: [
                "reference_date", "area_level", "area_code", "concept", "area_name", "total",
                "urban", "rural", "unclassified", "rate_percent", "target_percent", "reached",
                "urban_short",
            ], keyCount: 4, rowCapacity: figures.urbanization.count)
        let rows = Self.ordered(figures.urbanization) {
            (
                $0.date, ByteText($0.level.rawValue), ByteText($0.areaCode),
                ByteText($0.concept.rawValue)
            ) < (
                $1.date, ByteText($1.level.rawValue), ByteText($1.areaCode),
                ByteText($1.concept.rawValue)
            )
        }
        var dates = DateText()
        for row in rows {
            table.append([
                dates.text(row.date), row.level.rawValue, row.areaCode, row.concept.rawValue,
                row.areaName, "\(row.total)", "\(row.urban)", "\(row.rural)",
                "\(row.unclassified)", row.rate.percentText, row.targetText, row.reachedText,
                row.urbanShortText,
            ])
        }
        return table
    }

    private var population: Table {
        var table = Table(
            name: TableName.population.rawValue,
            columns: [
                "reference_date", "county_code", "class", "concept", "sex", "age_group", "persons",
            ], keyCount: 6, rowCapacity: figures.population.count)
        let rows = Self.ordered(figures.population) {
            (
                $0.date, ByteText($0.countyCode), ByteText($0.unitClass),
                ByteText($0.concept.rawValue), ByteText($0.sex.word), $0.ageGroup
            ) < (
                $1.date, ByteText($1.countyCode), ByteText($1.unitClass),
                ByteText($1.concept.rawValue), ByteText($1.sex.word), $1.ageGroup
            )
        }
        var dates = DateText()
        for row in rows where row.persons != 0 {
            table.append([
                dates.text(row.date), row.countyCode, row.unitClass, row.concept.rawValue,
                row.sex.word, row.ageGroup.word, "\(row.persons)",
            ])
        }
        return table
    }

    private var units: Table {
        var table = Table(
            name: TableName.units.rawValue,
            columns: ["reference_date", "unit_code", "class", "name", "registered", "resident"],
            keyCount: 2, rowCapacity: figures.units.count)
        let rows = Self.ordered(figures.units) {
            ($0.date, ByteText($0.unitCode)) < ($1.date, ByteText($1.unitCode))
        }
        var dates = DateText()
        for row in rows {
            table.append([
                dates.text(row.date), row.unitCode, row.unitClass, row.name, "\(row.registered)",
                "\(row.resident)",
            ])
        }
        return table
    }

    private var migration: Table {
        var table = Table(
            name: TableName.migration.rawValue,
            columns: ["reference_date", "county_code"] + MigrationMeasure.allCases.map(\.word),
            keyCount: 2, rowCapacity: figures.migration.count)
        let rows = Self.ordered(figures.migration) {
            ($0.date, ByteText($0.countyCode)) < ($1.date, ByteText($1.countyCode))
        }
        for row in rows {
            table.append([row.date.description, row.countyCode] + row.counts.map(String.init))
        }
        return table
    }
}

extension TableMaker {
    private var households: Table {
        var table = Table(
            name: TableName.households.rawValue,
            columns: ["reference_date", "county_code", "household_type", "households", "persons"],
            keyCount: 3, rowCapacity: figures.households.count)
        let rows = Self.ordered(figures.households) {
            ($0.date, ByteText($0.countyCode), ByteText($0.householdType))
                < ($1.date, ByteText($1.countyCode), ByteText($1.householdType))
        }
        for row in rows where row.households != 0 || row.persons != 0 {
            table.append([
                row.date.description, row.countyCode, row.householdType, "\(row.households)",
                "\(row.persons)",
            ])
        }
        return table
    }

    private var progress: Table {
        var table = Table(
            name: TableName.progress.rawValue,
            columns: [
                "reference_date", "area_code", "concept", "base_date", "base_percent",
                "latest_percent", "target_percent", "target_date", "pace_required",
                "pace_observed", "ratio_percent", "status", "needed_per_year", "projected_linear",
                "projected_urgd", "crossing_year",
            ], keyCount: 3, rowCapacity: figures.progress.count)
        let rows = Self.ordered(figures.progress) {
            ($0.date, ByteText($0.areaCode), ByteText($0.concept.rawValue))
                < ($1.date, ByteText($1.areaCode), ByteText($1.concept.rawValue))
        }
        for row in rows {
            table.append([
                row.date.description, row.areaCode, row.concept.rawValue,
                row.baseDate.description, row.base.percentText, row.latest.percentText,
                Decimal2.text(hundredths: row.target.percentHundredths),
                row.target.date.description, row.paceRequired, row.paceObserved, row.ratioPercent,
                row.status.rawValue, row.neededPerYear, row.projectedLinear, row.projectedURGD,
                row.crossingYear,
            ])
        }
        return table
    }

    private var quality: Table {
        var table = Table(
            name: TableName.quality.rawValue, columns: ["source", "measure", "reason", "rows"],
            keyCount: 3, rowCapacity: figures.quality.count)
        let rows = Self.ordered(figures.quality) {
            (ByteText($0.source), ByteText($0.measure), ByteText($0.reason))
                < (ByteText($1.source), ByteText($1.measure), ByteText($1.reason))
        }
        for row in rows where row.rows != 0 {
            table.append([row.source, row.measure, row.reason, "\(row.rows)"])
        }
        return table
    }

    /// The figures in the order of the key; untouched when they already are.
    static func ordered<Figure>(
        _ figures: [Figure], by precedes: (Figure, Figure) -> Bool
    ) -> [Figure] {
        let isOrdered = zip(figures, figures.dropFirst()).allSatisfy { !precedes($1, $0) }
        return isOrdered ? figures : figures.sorted(by: precedes)
    }
}

/// A text that compares by its bytes, on any machine.
struct ByteText: Comparable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (lhs: ByteText, rhs: ByteText) -> Bool {
        lhs.text.utf8.elementsEqual(rhs.text.utf8)
    }

    static func < (lhs: ByteText, rhs: ByteText) -> Bool {
        lhs.text.utf8.lexicographicallyPrecedes(rhs.text.utf8)
    }
}

/// Dates as text; the last one is kept, because a table repeats it for thousands of rows.
struct DateText {
    private var last: (date: CalendarDate, text: String)?

    mutating func text(_ date: CalendarDate) -> String {
        if let last, last.date == date { return last.text }
        let text = date.description
        last = (date, text)
        return text
    }
}
