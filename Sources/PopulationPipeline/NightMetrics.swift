import Glibc
import PopulationModel

/// What a night came to, in the text format of Prometheus, for the textfile collector of its node
/// exporter. Counts of rows, times and gates; no figure of a population, which the file's readers
/// have no right to.
struct NightMetrics {
    let plan: String
    let started: Int
    let ended: Int
    let exitStatus: Int32
    /// `nil` when the run did not come to an end.
    let summary: RunSummary?
    let stoppedGates: Int
    let missedDeadlines: Set<Deadline>

    /// What a night can be too late for.
    enum Deadline: String, CaseIterable { case extracts, finished }

    private static let lastSuccess = "popstat_night_last_success_timestamp_seconds"

    /// Writes the file as a whole; what a failed night does not know stays as it was.
    func write(to path: String) throws(PopstatErrors) {
        do throws(SystemFailure) {
            var before = ""
            do throws(SystemFailure) {
                before = String(decoding: try WholeFile.read(path), as: UTF8.self)
            } catch { guard error.number == ENOENT else { throw error } }
            try WholeFile.write(
                Array(text(before: before).utf8), to: path, aside: path + ".new", mode: 0o644,
                isLasting: true)
        } catch {
            throw PopstatErrors(.cannotWriteMetrics(path: path, reason: error.reason))
        }
    }

    func text(before: String) -> String {
        var lines = Lines(plan: plan)
        lines.add(
            "popstat_night_exit_status", "Exit status of the last night; 0 is well.",
            [([], "\(exitStatus)")])
        lines.add(
            "popstat_night_start_timestamp_seconds", "When the last night began.",
            [([], "\(started)")])
        lines.add(
            "popstat_night_end_timestamp_seconds", "When the last night ended.",
            [([], "\(ended)")])
        if let success = exitStatus == 0 ? "\(ended)" : Self.value(of: Self.lastSuccess, in: before)
        {
            lines.add(Self.lastSuccess, "When a night last ended well.", [([], success)])
        }
        lines.add(
            "popstat_deadline_missed", "Whether the last night was too late.",
            Deadline.allCases.map {
                ([("deadline", $0.rawValue)], missedDeadlines.contains($0) ? "1" : "0")
            })
        let gates = summary?.gates ?? []
        lines.add(
            "popstat_gates_broken", "Gates that the last night broke, by what came of it.",
            [
                ([("result", "stopped")], "\(stoppedGates)"),
                ([("result", "warned")], "\(gates.count { $0.result == .warned })"),
                ([("result", "accepted")], "\(gates.count { $0.result == .accepted })"),
            ])
        if let summary { add(summary, to: &lines) }
        return lines.text
    }

    private func add(_ summary: RunSummary, to lines: inout Lines) {
        lines.add(
            "popstat_published", "Whether the last night published.",
            [([], summary.isPublished ? "1" : "0")])
        lines.add(
            "popstat_run_seconds", "How long the run took.",
            [([], Self.decimal(summary.seconds))])
        lines.add(
            "popstat_stage_seconds", "How long each stage took.",
            summary.stageSeconds.sorted { $0.key < $1.key }.map {
                ([("stage", $0.key.rawValue)], Self.decimal($0.value))
            })
        lines.add(
            "popstat_extracts", "Extracts of the last night.",
            [
                ([("state", "ingested")], "\(summary.extractCount - summary.reusedCount)"),
                ([("state", "unchanged")], "\(summary.reusedCount)"),
            ])
        let rows = Source.allCases.compactMap { source in
            summary.rows[source].map { (source, $0) }
        }
        lines.add(
            "popstat_rows", "Rows read, by what became of them.",
            rows.flatMap { source, counts in
                [
                    ("accepted", counts.accepted), ("rejected", counts.rejectedTotal),
                    ("out_of_scope", counts.outOfScope), ("revoked", counts.revoked),
                ].map {
                    ([("source", source.rawValue), ("outcome", $0.0)], "\($0.1)")
                }
            })
        lines.add(
            "popstat_rejected_ratio", "Rejected rows in all rows read.",
            rows.map { source, counts in
                let ratio =
                    counts.read == 0
                    ? 0 : Double(counts.rejectedTotal) / Double(counts.read)
                return ([("source", source.rawValue)], Self.decimal(ratio))
            })
    }

    /// At most six places, never an exponent.
    private static func decimal(_ value: Double) -> String {
        let millionths = Int((value * 1_000_000).rounded())
        let rest = String(millionths % 1_000_000)
        return "\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - rest.count) + rest
    }

    private static func value(of metric: String, in text: String) -> String? {
        text.split(separator: "\n").first { $0.hasPrefix(metric + "{") }
            .flatMap { $0.split(separator: " ").last.map(String.init) }
    }

    /// Lines of the format, every value with the plan's name.
    private struct Lines {
        let plan: String
        var text = ""

        init(plan: String) { self.plan = plan }

        mutating func add(
            _ name: String, _ help: String, _ values: [(labels: [(String, String)], value: String)]
        ) {
            guard !values.isEmpty else { return }
            text += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
            for (labels, value) in values {
                let all = ([("plan", plan)] + labels)
                    .map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
                text += "\(name){\(all)} \(value)\n"
            }
        }

        private static func escaped(_ value: String) -> String {
            value.reduce(into: "") { text, character in
                if character == "\\" || character == "\"" { text += "\\" }
                text.append(character)
            }
        }
    }
}
