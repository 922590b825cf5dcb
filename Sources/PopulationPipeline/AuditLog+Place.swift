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
    package static func unended(_ entries: [Entry]) -> [Entry] {
        var open: [Entry] = []
        for entry in entries {
            if entry.kind == Kind.runBegun.rawValue { open.append(entry) }
            if entry.kind == Kind.runEnded.rawValue {
                open.removeAll {
                    $0.details["begun"] == nil
                        && "\($0.number)" == entry.details["begun"]
                }
            }
        }
        return open
    }
}
