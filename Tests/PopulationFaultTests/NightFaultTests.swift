import Foundation
import PopulationTestSupport
import Testing

/// A night on a full disk.
@Suite(.enabled(if: FaultLibrary.compiler != nil, "there is no C compiler"))
struct NightFaultTests {
    @Test func tellsOfAFullDisk() throws {
        try TemporaryFolder.with { folder in
            let library = try FaultLibrary.build(in: folder)
            let city = try SampleCity(in: folder, citizens: 1_000)
            let metrics = folder.appendingPathComponent("popstat.prom")
            var plan = try String(contentsOf: city.plan, encoding: .utf8)
            plan += "nightly: { metrics: ../popstat.prom }\n"
            try Data(plan.utf8).write(to: city.plan)
            func night(_ variables: [String: String]) throws -> BuiltProgram.Outcome {
                try BuiltProgram.run(
                    [
                        "nightly", city.plan.path, "--output", city.output.path, "--work",
                        city.work.path,
                    ],
                    environment: variables.merging([
                        "LD_PRELOAD": library.path, "FAULT_ROOT": folder.path,
                    ]) { $1 })
            }
            let record = folder.appendingPathComponent("recorded")
            try #require(try night(["FAULT_RECORD": record.path]).status == 0)
            let calls = try String(contentsOf: record, encoding: .utf8).split(separator: "\n")
            // Where the rows go, and where the figures go.
            for place in ["work/1-ingest/", "out/.city.tmp-"] {
                for path in [city.work, city.output] {
                    try FileManager.default.removeItem(at: path)
                }
                let point = try #require(
                    calls.first { $0.contains("write") && $0.contains(" \(place)") },
                    "nothing is written to \(place)")
                let outcome = try night([
                    "FAULT_POINT": String(point), "FAULT_NTH": "1", "FAULT_KIND": "\(ENOSPC)",
                ])
                #expect([73, 74].contains(outcome.status), "\(point): \(outcome.errors)")
                #expect(outcome.errorLines.count == 1)
                #expect(outcome.errors.contains("No space left"), "\(outcome.errors)")
                #expect(!FileManager.default.fileExists(atPath: city.output.path))
                let text = try String(contentsOf: metrics, encoding: .utf8)
                #expect(
                    text.contains(
                        "popstat_night_exit_status{plan=\"sample\"} \(outcome.status)\n"))
                #expect(text.contains("popstat_night_last_success_timestamp_seconds"))
                try #require(try night([:]).status == 0)
            }
        }
    }
}
