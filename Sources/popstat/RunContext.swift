import Foundation

/// What a command takes from its surroundings.
enum RunContext {
    /// Today in UTC, as tokens name their days.
    static var day: String { String(Date().formatted(.iso8601).prefix(10)) }

    /// Where this machine keeps its audit log.
    static var auditFolder: String? {
        let folder = ProcessInfo.processInfo.environment["POPSTAT_AUDIT"] ?? ""
        return folder.isEmpty ? nil : folder
    }
}
