import PopulationFigures
import PopulationModel

/// The tables of one publication as the report reads them: all of one scope, by name.
package struct ReportTables: Sendable {
    package let scope: TableScope
    private let tables: [String: Table]

    /// Tables of another scope are left out: a report never mixes exact and protected numbers.
    package init(_ published: [PublishedTable], scope: TableScope) {
        self.scope = scope
        tables = Dictionary(
            published.filter { $0.scope == scope }.map { ($0.table.name, $0.table) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Whether the publication has the table.
    package func has(_ name: String) -> Bool { tables[name] != nil }

    /// In the order of the dictionary.
    package var names: [String] {
        DataDictionary.tables.map(\.name).filter(has)
    }

    /// The rows of a table in its order; none when it is absent.
    func rows(_ name: String) -> [ReportRow] {
        guard let table = tables[name] else { return [] }
        let places = Dictionary(
            table.columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return table.rows.map { ReportRow(places: places, fields: $0) }
    }
}

/// One row of a published table; a column that the table lacks is empty.
struct ReportRow: Sendable {
    let places: [String: Int]
    let fields: [String]

    subscript(column: String) -> ReportValue {
        places[column].map { ReportValue(fields[$0]) } ?? .empty
    }

    /// The column `reference_date`, or the given one; `nil` when it is no date.
    func date(_ column: String = "reference_date") -> CalendarDate? {
        CalendarDate(iso: self[column].text)
    }
}

/// What a field of a published table says.
enum ReportValue: Sendable, Equatable {
    /// Not applicable.
    case empty
    /// Protected: the number is not published.
    case hidden
    case written(String)

    init(_ field: String) {
        self =
            field.isEmpty ? .empty : field == TableScope.hidden ? .hidden : .written(field)
    }

    var isHidden: Bool { self == .hidden }
    var isEmpty: Bool { self == .empty }

    /// The field; empty where it is hidden.
    var text: String {
        if case .written(let text) = self { text } else { "" }
    }

    /// The whole number; `nil` where there is none to see.
    var number: Int? { Int(text) }

    /// The exact decimal; `nil` where there is none to see.
    var decimal: Fraction? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = Int(parts[0]) else { return nil }
        guard parts.count == 2 else { return Fraction(whole) }
        guard parts[1].utf8.count <= 17, let rest = Int(parts[1]) else { return nil }
        let scale = (0..<parts[1].utf8.count).reduce(1) { power, _ in power * 10 }
        let part = Fraction(rest, scale)
        return text.hasPrefix("-") ? Fraction(whole) - part : Fraction(whole) + part
    }
}

/// A sum of published numbers of which some may be hidden: then it is a lower bound.
struct ReportSum: Sendable, Equatable {
    /// Of the numbers that can be seen.
    var known = 0
    var hiddenCount = 0

    init(_ number: Int) { known = number }

    init(_ values: some Sequence<ReportValue>) {
        for value in values {
            if value.isHidden { hiddenCount += 1 }
            known += value.number ?? 0
        }
    }

    /// `1,234`, or `≥ 1,234` where parts are hidden; `nil` where nothing but hidden parts is there.
    var text: String? {
        if hiddenCount == 0 { return ReportNumber.count(known) }
        return known == 0 ? nil : "≥ " + ReportNumber.count(known)
    }

    /// The sum where every part of it is seen. A bound says nothing in a heading, and can stand beside
    /// the very number in another table.
    var exact: String? { hiddenCount == 0 ? ReportNumber.count(known) : nil }

    var cell: ReportTable.Cell { .number(text, else: .hidden) }

    /// For sentences.
    var words: String { text ?? ReportTable.Shorthand.hidden.rawValue }

    /// For a bar; `nil` where there is nothing to draw.
    var length: Double? { text == nil ? nil : Double(known) }
}

extension ReportTable.Cell {
    /// A count with thousands separators, or the shorthand for why there is none.
    static func count(_ value: ReportValue) -> ReportTable.Cell {
        switch value {
        case .empty: .shorthand(.notApplicable)
        case .hidden: .shorthand(.hidden)
        case .written(let text): .number(Int(text).map(ReportNumber.count) ?? text)
        }
    }

    /// A decimal as the table has it, with a true minus sign, or the shorthand.
    static func decimal(_ value: ReportValue) -> ReportTable.Cell {
        switch value {
        case .empty: .shorthand(.notApplicable)
        case .hidden: .shorthand(.hidden)
        case .written(let text): .number(ReportNumber.decimal(text))
        }
    }
}
