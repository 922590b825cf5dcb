import PopulationModel

/// What the cells of a column hold, so that a database, a workbook and a web client get numbers as
/// numbers and codes as text.
package enum ColumnKind: Sendable, Equatable {
    /// A whole number: persons, rows, years.
    case integer
    /// An exact decimal with so many places; `nil` where the places differ from row to row.
    case decimal(places: Int?)
    /// ISO 8601, `2020-12-31`.
    case date
    /// Digits that are no number: a division code, a class.
    case code
    /// A word of a closed list, see `FigureWords`.
    case word
    case text

    package var isNumber: Bool {
        switch self {
        case .integer, .decimal: true
        case .date, .code, .word, .text: false
        }
    }
}

extension DataDictionary.ColumnMeaning {
    package var kind: ColumnKind {
        switch unit {
        case "persons", "households", "rows or citizens", "number", "unit of the pool": .integer
        case "date": .date
        case "code": .code
        case "text": .text
        case "word", "yes, no", "years": .word
        // A year is a label of time; only the one that is computed has a place.
        case "year": name == "crossing_year" ? .decimal(places: 1) : .integer
        case "score", "weighted persons", "as unit says": .decimal(places: nil)
        case "hectares": .decimal(places: 4)
        default: .decimal(places: places)
        }
    }

    private var places: Int? {
        switch name {
        case "points_sum", "standard_m2": nil
        case "rate_start", "rate_end", "change", "reclassification", "natural", "migration": 6
        default: 2
        }
    }
}

extension DataDictionary {
    package static func meaning(of table: String) -> TableMeaning? {
        tables.first { $0.name == table }
    }
}

extension DataDictionary.TableMeaning {
    /// How the column is called where people read it.
    package func label(of column: DataDictionary.ColumnMeaning) -> Bilingual {
        if name == "balance58", column.name != "year", column.name != "county_code" {
            return Bilingual("\(column.name.dropFirst())栏", "column \(column.name.dropFirst())")
                + Bilingual("（公业58表）", " of form 58")
        }
        return ColumnLabels.label(of: column.name)
    }
}
