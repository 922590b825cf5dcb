/// A table of the contract that a run cannot make, and why.
package struct AbsentTable: Sendable, Equatable {
    /// Such as `transfer`.
    package var table: String
    package var reason: Reason

    /// Why a table is absent.
    package enum Reason: Sendable, Equatable {
        /// The plan does not have this key, such as `publish.transfer`.
        case planHasNoKey(String)
        /// The run has no figures of settled citizens, permits and floating children.
        case noPersonFigures
        /// No two dates of the plan are ends of consecutive years.
        case noYearlyPair
    }

    package init(table: String, reason: Reason) {
        self.table = table
        self.reason = reason
    }
}
