import PopulationFigures
import PopulationModel

/// The two dialects of SQL that a store speaks.
enum SQLDialect {
    case sqlite, postgres
}

/// One published table, in one scope, as a table of a database: one row per edition and row.
///
/// Numbers are numbers, and yet the published text comes back byte for byte: a whole number has one
/// spelling, a decimal keeps its places (TEXT in SQLite, numeric in PostgreSQL). An empty cell of a
/// number or date is NULL; so is a hidden one, whose column the column `hidden` names.
struct TableLayout {
    let table: String
    let scope: TableScope
    let columns: [Column]

    /// A column of the published table.
    struct Column: Equatable {
        var name: String
        var kind: ColumnKind
        var isKey: Bool

        /// Kinds that a database keeps as something else than the text.
        var isTyped: Bool { kind.isNumber || kind == .date }
    }

    /// The name of the column that lists hidden columns, parted by commas.
    static let hidden = "hidden"
    /// Every table of the dictionary in both scopes.
    static let all: [TableLayout] = TableScope.allCases.flatMap { scope in
        DataDictionary.tables.map { TableLayout($0, scope: scope) }
    }

    /// The layout of a table; `nil` when the dictionary does not know it.
    init?(table: String, scope: TableScope) {
        guard let meaning = DataDictionary.meaning(of: table) else { return nil }
        self.init(meaning, scope: scope)
    }

    private init(_ meaning: DataDictionary.TableMeaning, scope: TableScope) {
        table = meaning.name
        self.scope = scope
        var columns = meaning.columns.map {
            Column(name: $0.name, kind: $0.kind, isKey: $0.isKey)
        }
        if scope == .public {
            columns.append(Column(name: TableScope.statusColumn, kind: .word, isKey: false))
        }
        self.columns = columns
    }

    /// The table of the database.
    var name: String { "\(scope.rawValue)_\(table)" }
    /// What people query: the newest edition of each plan.
    var currentName: String { scope == .internal ? "\(table)_current" : "\(name)_current" }
    /// What programs with reader's rights query: every edition.
    var editionsName: String { "\(name)_editions" }

    func column(_ name: String) -> Column? { columns.first { $0.name == name } }

    /// Whether cells of a number can be hidden in this scope.
    var hasHidden: Bool { scope == .public }

    /// Edition, row number, hidden columns, then the given columns: what a row is written as.
    func storedNames(_ names: [String]) -> [String] {
        ["edition", "row_number"] + (hasHidden ? [Self.hidden] : []) + names
    }

    /// The expression that gives the published text of a column.
    func published(_ column: Column, _ dialect: SQLDialect) -> String {
        let name = Self.quoted(column.name)
        guard column.isTyped else { return "COALESCE(\(name), '')" }
        let text = "COALESCE(CAST(\(name) AS text), '')"
        guard hasHidden else { return text }
        let position = dialect == .sqlite ? "instr" : "strpos"
        return "CASE WHEN \(position)(',' || \(Self.hidden) || ',', ',\(column.name),') > 0 "
            + "THEN '\(TableScope.hidden)' ELSE \(text) END"
    }

    /// A name of the contract as an identifier: some are words of SQL. None holds a quote.
    static func quoted(_ name: String) -> String { "\"\(name)\"" }
}

extension TableLayout {
    /// The cells of a row as they are bound, for the columns of the published table.
    ///
    /// Throws `StoreFault.unexpectedCell` when a text could not come back as it is.
    func stored(_ row: [String], _ columns: [Column], edition: Int, rowNumber: Int)
        throws -> [String?]
    {
        var cells: [String?] = ["\(edition)", "\(rowNumber)"]
        var hiddenNames: [String] = []
        if hasHidden { cells.append(nil) }
        for (text, column) in zip(row, columns) {
            guard column.isTyped else {
                cells.append(text)
                continue
            }
            if text.isEmpty {
                cells.append(nil)
            } else if hasHidden, text == TableScope.hidden {
                cells.append(nil)
                hiddenNames.append(column.name)
            } else if Self.isPlain(text, column.kind) {
                cells.append(text)
            } else {
                throw StoreFault.unexpectedCell(
                    table: table, column: column.name, row: rowNumber
                ).error
            }
        }
        if !hiddenNames.isEmpty { cells[2] = hiddenNames.joined(separator: ",") }
        return cells
    }

    /// Whether a database gives the text back as it is.
    private static func isPlain(_ text: String, _ kind: ColumnKind) -> Bool {
        switch kind {
        case .integer: isWhole(text.utf8)
        case .decimal: isDecimal(text.utf8)
        case .date: CalendarDate(iso: text)?.description == text
        case .code, .word, .text: true
        }
    }

    /// No sign of plus, no zeros before the number, at most 18 digits, which 64 bits hold.
    private static func isWhole(_ text: String.UTF8View) -> Bool {
        let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
        guard (1...18).contains(digits.count), digits.allSatisfy(isDigit) else { return false }
        return digits.first != UInt8(ascii: "0") || text.count == 1
    }

    /// A whole part without leading zeros, then any places; zero has no sign.
    private static func isDecimal(_ text: String.UTF8View) -> Bool {
        let isNegative = text.first == UInt8(ascii: "-")
        let parts = (isNegative ? text.dropFirst() : text[...]).split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return false }
        if parts[0].count > 1, parts[0].first == UInt8(ascii: "0") { return false }
        return !isNegative || parts.joined().contains { $0 != UInt8(ascii: "0") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
