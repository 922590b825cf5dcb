import Foundation
import PopulationModel

extension AuditLog {
    /// The log of a plan, of an output folder, or in a folder of its own.
    package init(_ given: String) throws(PopstatErrors) {
        let path = URL(fileURLWithPath: given).standardizedFileURL.path
        if FileStatus(of: "\(path)/audit.jsonl") != nil || path.hasSuffix("-audit") {
            self.init(folder: path)
        } else {
            self = .standard(besideOutput: try StoreFinder.output(given))
        }
    }

    /// Where a command that changes a file of tokens says so.
    package static func standard(besideTokens file: String) -> AuditLog {
        AuditLog(folder: URL(fileURLWithPath: file).standardizedFileURL.path + "-audit")
    }

    /// Runs that began and of which no end is known: they were killed, or are still going.
    package static func unendedRuns(_ entries: [Entry]) -> [Entry] {
        unended(entries, .runBegun, .runEnded)
    }

    /// The same of purges: what one that was killed has removed, nobody can say.
    package static func unendedPurges(_ entries: [Entry]) -> [Entry] {
        unended(entries, .purgeBegun, .purged)
    }

    private static func unended(_ entries: [Entry], _ begun: Kind, _ ended: Kind) -> [Entry] {
        var open: [Entry] = []
        for entry in entries {
            if entry.kind == begun.rawValue { open.append(entry) }
            if entry.kind == ended.rawValue {
                open.removeAll { "\($0.number)" == entry.details["begun"] }
            }
        }
        return open
    }
}
