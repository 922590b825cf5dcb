/// A table of the contract that a run does not publish, and why.
public struct TableAbsence: Sendable, Equatable {
    /// As in SPEC 6.
    public var table: String
    public var reason: Reason

    public init(table: String, reason: Reason) {
        self.table = table
        self.reason = reason
    }

    /// What a table would need.
    public enum Reason: Sendable, Equatable {
        /// No reference date is a 31 December.
        case noYearlyDate
        /// No two of them are of consecutive years.
        case noYearlyPair
        /// The plan lacks a key.
        case noKey(String)
        /// The run was asked for the tables of the main job only.
        case notAskedFor
        /// No extract has one of the columns.
        case noColumn([String])
    }
}

extension TableAbsence: CustomStringConvertible {
    /// One sentence in English, for the log.
    public var description: String {
        switch reason {
        case .noYearlyDate: "no table \(table): no reference date is a 31 December"
        case .noYearlyPair:
            "no table \(table): no two reference dates are 31 December of consecutive years"
        case .notAskedFor: "no table \(table): the run was asked for the main tables only"
        case .noKey(let key): "no table \(table): the plan has no \(key)"
        case .noColumn(let columns):
            "no table \(table): no extract has the column \(columns.joined(separator: " or "))"
        }
    }
}
