import Foundation
import Glibc
import PopulationModel

/// What a run takes from its surroundings. Nothing of it enters a published byte.
enum RunContext {
    /// Now, as ISO 8601 in UTC, for private logs.
    static var timestamp: String { Date().formatted(.iso8601) }

    /// Now, in seconds since 1970.
    static var seconds: Int { Int(Date().timeIntervalSince1970) }

    /// The day that it is here.
    static var today: CalendarDate {
        var now = seconds
        var day = tm()
        localtime_r(&now, &day)
        return CalendarDate(
            year: Int32(day.tm_year) + 1_900, month: day.tm_mon + 1, day: day.tm_mday)
            ?? CalendarDate(dayNumber: 1)
    }

    /// The moment of such a timestamp in seconds since 1970, with its text.
    static func seconds(of timestamp: String) -> (seconds: Int, text: String)? {
        // What is no timestamp was not written by `timestamp`.
        (try? Date(timestamp, strategy: .iso8601)).map {
            (Int($0.timeIntervalSince1970), timestamp)
        }
    }

    /// Login name of who runs this, for the audit log.
    static var user: String { NSUserName() }
}
