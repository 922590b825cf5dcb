import PopulationFigures
import PopulationModel

/// A table of the report: one header row, no merged and no blank cells, units in the heads.
package struct ReportTable: Sendable, Equatable {
    /// Unique on the page; letters, digits and hyphens.
    package var id: String
    package var caption: Bilingual
    package var columns: [Column]
    package var rows: [Row] = []
    /// Under the table, in order.
    package var footnotes: [Bilingual] = []

    package init(id: String, caption: Bilingual, columns: [Column]) {
        self.id = id
        self.caption = caption
        self.columns = columns
    }

    /// A column's head, unit and alignment.
    package struct Column: Sendable, Equatable {
        package var head: Bilingual
        package var unit: Bilingual?
        package var isNumeric: Bool

        /// A column of words.
        package static func text(_ zh: String, _ en: String) -> Column {
            Column(head: Bilingual(zh, en), unit: nil, isNumeric: false)
        }

        /// A column of numbers, set right with tabular digits.
        package static func number(_ zh: String, _ en: String, _ unit: Bilingual) -> Column {
            Column(head: Bilingual(zh, en), unit: unit, isNumeric: true)
        }
    }

    /// One row; its cells stand under the columns.
    package struct Row: Sendable, Equatable {
        package var kind: Kind
        package var cells: [Cell]

        package init(_ cells: [Cell], kind: Kind = .ordinary) {
            self.kind = kind
            self.cells = cells
        }

        /// What a row is to the others.
        package enum Kind: String, Sendable {
            case ordinary
            /// The whole; set apart by weight and rule.
            case total
            /// Of which: a part of the row above, indented.
            case part
        }
    }

    /// What a cell shows.
    package enum Cell: Sendable, Equatable {
        case text(Bilingual)
        case number(String)
        case shorthand(Shorthand)
        case bullet(BulletChart)

        package static func text(_ text: String) -> Cell { .text(Bilingual(both: text)) }

        /// A number, or the shorthand for why there is none.
        package static func number(_ text: String?, else shorthand: Shorthand) -> Cell {
            guard let text, !text.isEmpty else { return .shorthand(shorthand) }
            return .number(text)
        }
    }

    /// What stands in a cell that has no number; explained before the table that uses it.
    package enum Shorthand: String, CaseIterable, Sendable {
        case hidden = "[c]"
        case notAvailable = "[x]"
        case notApplicable = "[z]"

        package var meaning: Bilingual {
            switch self {
            case .hidden:
                Bilingual("为保护个人信息不公布", "hidden to protect persons")
            case .notAvailable: Bilingual("无数据", "not available")
            case .notApplicable: Bilingual("不适用", "not applicable")
            }
        }
    }

    /// The shorthand that occurs, in its own order.
    package var shorthandUsed: [Shorthand] {
        Shorthand.allCases.filter { shorthand in
            rows.contains { $0.cells.contains(.shorthand(shorthand)) }
        }
    }
}

extension Bilingual {
    package static let persons = Bilingual("人", "persons")
    package static let percent = Bilingual("%", "%")
    package static let percentagePoints = Bilingual("百分点", "points")
    package static let pointsPerYear = Bilingual("百分点/年", "points a year")
    package static let rowsRead = Bilingual("行", "rows")
}
