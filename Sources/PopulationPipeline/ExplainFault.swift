import PopulationModel

/// Why a published number cannot be explained, with its wording.
package enum ExplainFault: Equatable, Sendable {
    case noTable(table: String, known: [String])
    case noColumn(table: String, column: String, known: [String])
    /// Not exactly one row; `open` are the columns of the key in which the rows differ.
    case noSingleRow(
        table: String, words: [String], keys: [String], rowCount: Int, open: [String])

    package var error: PopstatError {
        switch self {
        case .noTable(let table, let known):
            PopstatError(
                code: "PUBLISH-060", kind: .usage,
                message: "'\(table)' is no table; there are: \(known.joined(separator: ", "))",
                remedy: "Name one of them.")
        case .noColumn(let table, let column, let known):
            PopstatError(
                code: "PUBLISH-061", kind: .usage,
                message: "'\(column)' is no number of the table \(table); there are: "
                    + known.joined(separator: ", "),
                remedy: "Name one of them last.")
        case .noSingleRow(let table, let words, let keys, let rowCount, let open):
            PopstatError(
                code: "PUBLISH-062", kind: .usage,
                message: "\(rowCount == 0 ? "no row" : "\(rowCount) rows") of \(table) "
                    + "\(rowCount == 0 ? "has" : "have") the key \(words.joined(separator: " "))",
                remedy: rowCount == 0
                    ? "Give values of its key: \(keys.joined(separator: ", "))."
                    : "Name also: \(open.joined(separator: ", ")).")
        }
    }
}

extension PopstatErrors {
    init(_ fault: ExplainFault) { self.init([fault.error]) }
}
