import Foundation
import PopulationTestSupport
import Testing

/// A small city with a night in its plan, and its hooks' and metrics' files.
struct NightCity {
    let city: SampleCity
    var metricsFile: URL { city.folder.appendingPathComponent("popstat.prom") }
    var hooksFile: URL { city.folder.appendingPathComponent("hooks") }

    init(in folder: URL, _ keys: [String] = [], citizens: Int = 1_000) throws {
        city = try SampleCity(in: folder, citizens: citizens)
        var plan = try String(contentsOf: city.plan, encoding: .utf8)
        plan += "nightly:\n"
        for event in ["start", "success", "failure"] {
            if event == "start" { plan += "  hooks:\n" }
            plan +=
                "    \(event): 'echo \"\(event) $POPSTAT_STATUS $POPSTAT_NIGHT "
                + "$POPSTAT_MESSAGE\" >> ../hooks'\n"
        }
        plan += (["metrics: ../popstat.prom"] + keys).map { "  \($0)\n" }.joined()
        try Data(plan.utf8).write(to: city.plan)
    }

    func night(
        _ arguments: [String] = [], environment: [String: String] = [:],
        killAfter: Double? = nil
    ) throws -> BuiltProgram.Outcome {
        try BuiltProgram.run(
            [
                "nightly", city.plan.path, "--output", city.output.path, "--work",
                city.work.path,
            ] + arguments, environment: environment, killAfter: killAfter)
    }

    /// The hooks that ran, a line each, emptied for the next night.
    func hooks() throws -> [String] {
        guard FileManager.default.fileExists(atPath: hooksFile.path) else { return [] }
        // A file that stays shows in the next night's hooks.
        defer { try? FileManager.default.removeItem(at: hooksFile) }
        return try String(contentsOf: hooksFile, encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    func metric(_ name: String, _ labels: String = "") throws -> String? {
        let all = "plan=\"sample\"" + (labels.isEmpty ? "" : ",\(labels)")
        let start = "\(name){\(all)} "
        return try String(contentsOf: metricsFile, encoding: .utf8).split(separator: "\n")
            .first { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
    }

    /// One line, the status, the failure told to the hook and to the metrics, nothing published.
    func expectFailure(
        _ outcome: BuiltProgram.Outcome, status: Int32, _ words: String,
        location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(outcome.status == status, sourceLocation: location)
        #expect(outcome.errorLines.count == 1, sourceLocation: location)
        #expect(outcome.errors.contains(words), "\(outcome.errors)", sourceLocation: location)
        #expect(outcome.output.isEmpty, sourceLocation: location)
        let hooks = try hooks()
        #expect(
            hooks.map { $0.prefix { $0 != " " } } == ["start", "failure"],
            sourceLocation: location)
        #expect(hooks.last?.hasPrefix("failure \(status) ") == true, sourceLocation: location)
        #expect(hooks.last?.contains(words) == true, sourceLocation: location)
        #expect(
            try metric("popstat_night_exit_status") == "\(status)",
            sourceLocation: location)
    }

    /// A zone in which it is now so many hours, so that deadlines are before or after now
    /// whenever the test runs.
    static func zone(atHour hour: Int) -> [String: String] {
        let now = Int(Date().timeIntervalSince1970) % 86_400
        // The day stays that of UTC, so that two hours of a test lie in one night.
        let offset = hour * 3_600 - now
        let (sign, size) = (offset < 0 ? "+" : "-", abs(offset))
        return ["TZ": "ZZZ\(sign)\(size / 3_600):\(size / 60 % 60):\(size % 60)"]
    }
}
