import Foundation

/// What the server takes from its surroundings; nothing of it enters a figure.
enum RunContext {
    static var now: Date { Date() }

    /// Now, as ISO 8601 in UTC.
    static var timestamp: String { now.formatted(.iso8601) }

    /// Today in UTC, as tokens name their last day.
    static var day: String { String(timestamp.prefix(10)) }
}
