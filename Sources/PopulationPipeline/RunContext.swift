import Foundation

/// What a run takes from its surroundings. Nothing of it enters a published byte.
enum RunContext {
    /// Now, as ISO 8601 in UTC, for the private log and ledger.
    static var timestamp: String { Date().formatted(.iso8601) }
}
