import Foundation
import Synchronization

/// Counts of the server in the text format of Prometheus. Routes are named as they were registered,
/// so that no table, query or caller shows.
final class ServerMetrics: Sendable {
    private struct Key: Hashable, Comparable {
        var route: String
        var status: Int

        static func < (left: Key, right: Key) -> Bool {
            (left.route, left.status) < (right.route, right.status)
        }
    }

    private struct State {
        var requests: [Key: Int] = [:]
        var buckets = [Int](repeating: 0, count: ServerMetrics.bounds.count + 1)
        var seconds = 0.0
        var bytes = 0
    }

    /// Upper bounds in seconds: from an answer out of memory to one that is given up.
    private static let bounds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 30]

    private let state = Mutex(State())

    func count(route: String, status: Int, seconds: Double, bytes: Int) {
        state.withLock { state in
            state.requests[Key(route: route, status: status), default: 0] += 1
            let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
            state.buckets[place] += 1
            state.seconds += seconds
            state.bytes += bytes
        }
    }

    /// `editions` is `nil` when the store cannot be read.
    func text(editions: Int?, residentBytes: Int?) -> String {
        let state = state.withLock { $0 }
        var text = ""
        func family(_ name: String, _ kind: String, _ help: String, _ lines: [String]) {
            text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
            text += lines.map { $0 + "\n" }.joined()
        }
        family(
            "popstat_requests_total", "counter", "Requests by route and status.",
            state.requests.keys.sorted().map { key in
                "popstat_requests_total{route=\"\(key.route)\",status=\"\(key.status)\"} "
                    + "\(state.requests[key]!)"
            })
        var sum = 0
        let name = "popstat_request_duration_seconds"
        family(
            name, "histogram", "Time until an answer was ready.",
            state.buckets.enumerated().map { index, count in
                sum += count
                let bound = index < Self.bounds.count ? "\(Self.bounds[index])" : "+Inf"
                return "\(name)_bucket{le=\"\(bound)\"} \(sum)"
            } + ["\(name)_sum \(state.seconds)", "\(name)_count \(sum)"])
        family(
            "popstat_response_bytes_total", "counter", "Bytes of bodies sent.",
            ["popstat_response_bytes_total \(state.bytes)"])
        if let editions {
            family(
                "popstat_editions", "gauge", "Editions in the store.",
                ["popstat_editions \(editions)"])
        }
        if let residentBytes {
            family(
                "process_resident_memory_bytes", "gauge", "Resident memory of the process.",
                ["process_resident_memory_bytes \(residentBytes)"])
        }
        return text
    }

    /// `nil` where the system does not tell.
    static var residentBytes: Int? {
        // Without /proc the figure is left out.
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst()
                .first.flatMap({ Int($0) })
        else { return nil }
        return kilobytes * 1_024
    }
}
