import Foundation
import PopulationTestSupport
import Testing

/// The gates that a plan adds: each lets good extracts through, stops a broken one with one line
/// and nothing published, and is what stopped it, because without the gate the same run publishes.
@Suite struct PlanGateTests {
    private static func add(_ gates: [String], to city: SampleCity) throws {
        let text = try city.read("plan.yaml")
        try city.write(
            text + "gates:\n" + gates.map { "  - { \($0) }\n" }.joined(), to: "plan.yaml")
    }

    /// A gate, how the extracts are broken after the first run, and words of the message.
    struct Case: Sendable, CustomTestStringConvertible {
        let gate: String
        let words: String
        let spoil: @Sendable (SampleCity) throws -> Void
        var testDescription: String { gate }

        init(
            _ gate: String, _ words: String,
            _ spoil: @escaping @Sendable (SampleCity) throws -> Void
        ) {
            self.gate = gate
            self.words = words
            self.spoil = spoil
        }
    }

    private static func halve(_ name: String, _ city: SampleCity) throws {
        let (header, records) = try city.lines(of: name)
        let half = [header] + records.dropLast(records.count / 2)
        try city.write(half.joined(separator: "\n") + "\n", to: name)
    }

    static let cases = [
        Case("rule: rejected-share, source: registration, max: 0.006", "rows are rejected") {
            var (header, records) = try $0.lines(of: "registration-3.csv")
            for index in 0..<15 { records[index] = "X" + records[index].dropFirst() }
            try $0.write(
                ([header] + records).joined(separator: "\n") + "\n", to: "registration-3.csv")
        },
        Case("rule: total-change, concept: registered, max: 0.05", "as published last, -") {
            for name in ["registration-1.csv", "registration-2.csv"] { try halve(name, $0) }
        },
        Case("rule: extract-shrink, source: residency, max: 0.1", "residency rows against") {
            try halve("residency-1.csv", $0)
        },
        Case("rule: county-missing, concept: resident", "no resident persons in 449902 at") {
            city in
            for source in ["registration", "residency"] {
                for name in try city.names(of: source) {
                    let (header, records) = try city.lines(of: name)
                    let kept = records.filter { !$0.contains(",449902") }
                    try city.write(
                        ([header] + kept).joined(separator: "\n") + "\n", to: name)
                }
            }
        },
        Case("rule: extract-age, source: residency, max: 3", "residency-2.csv is 9 days old") {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -9.5 * 86_400)],
                ofItemAtPath: $0.extracts.appendingPathComponent("residency-2.csv").path)
        },
        Case("rule: extract-age, source: residency, max: 3", "so a clock is wrong") {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: 5.5 * 86_400)],
                ofItemAtPath: $0.extracts.appendingPathComponent("residency-2.csv").path)
        },
        Case("rule: unclassified-share, concept: resident, max: 0.0008", "have no class") {
            let rows = try $0.read("divisions-2020.csv").split(separator: "\n")
            let units = rows.indices.filter { rows[$0].prefix { $0 != "," }.count == 12 }
            let kept = rows.indices.filter { !units.prefix(3).contains($0) }
            try $0.write(
                kept.map { rows[$0] + "\n" }.joined(), to: "divisions-2020.csv")
            try $0.changePlan("unclassified-share-max: 0.001", to: "unclassified-share-max: 1")
        },
    ]

    @Test(arguments: cases)
    func stopsTheRunAndIsWhatStopsIt(sample: Case) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            let plan = try city.read("plan.yaml")
            let gate = "name: mine, \(sample.gate), reason: \"because of the night of May 3\""
            try Self.add([gate], to: city)
            let good = try city.run()
            try #require(good.status == 0, "\(good.errors)")
            let before = try FolderContents(of: city.output)

            try sample.spoil(city)
            let stopped = try city.run()
            #expect(stopped.status == 65)
            #expect(stopped.errorLines.count == 1)
            #expect(stopped.errors.hasPrefix("popstat: the gate mine is broken: "))
            #expect(stopped.errors.contains(sample.words), "\(stopped.errors)")
            #expect(stopped.errors.contains("because of the night of May 3 (GATE-001)"))
            #expect(try FolderContents(of: city.output) == before)

            let spoilt = try city.read("plan.yaml")
            try city.write(
                spoilt.replacingOccurrences(of: "name: mine", with: "name: mine, severity: warn"),
                to: "plan.yaml")
            let other = folder.appendingPathComponent("warned")
            try FileManager.default.copyItem(at: city.output, to: other)
            let warned = try city.run(["--output", other.path])
            #expect(warned.status == 0, "\(warned.errors)")
            #expect(warned.output.contains("gate mine is broken: "))

            try city.write(
                plan.replacingOccurrences(
                    of: "unclassified-share-max: 0.001", with: "unclassified-share-max: 1"),
                to: "plan.yaml")
            #expect(try city.run().status == 0)
        }
    }

    @Test func stopsForTwoNamesOfOneCitizen() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 10_000, isClean: false)
            try city.changePlan("rejected-share-max: 0.01", to: "rejected-share-max: 1")
            let gate = "name: names, rule: conflict-share, max: 0, reason: merged registers"
            try Self.add([gate], to: city)
            let stopped = try city.run()
            #expect(stopped.status == 65)
            #expect(stopped.errors.contains("citizens have two names, more than the share 0;"))
            try city.changePlan("max: 0, reason", to: "max: 1, reason")
            #expect(try city.run().status == 0)
        }
    }

    /// Accepting is recorded where it cannot be lost: in the audit log before anything is published,
    /// in the manifest and in the report.
    @Test func recordsWhatIsAccepted() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            try Self.add(
                [
                    "name: jump, rule: total-change, concept: resident, max: 0.01, reason: jumps",
                    "name: cut, rule: extract-shrink, source: registration, max: 0, reason: cuts",
                ], to: city)
            try #require(try city.run().status == 0)
            try Self.halve("registration-1.csv", city)
            try Self.halve("residency-1.csv", city)
            let one = try city.run(["--accept-gate", "jump", "--reason", "the merger"])
            #expect(one.status == 65)
            #expect(one.errorLines.count == 1)
            #expect(one.errors.contains("the gate cut is broken"))
            let both = try city.run([
                "--accept-gate", "jump", "--reason", "the merger", "--accept-gate", "cut",
                "--reason", "half a file on purpose", "--json",
            ])
            try #require(both.status == 0, "\(both.errors)")
            let gates = try #require(try both.json()["gates"] as? [[String: String]])
            #expect(gates.map { $0["gate"] } == ["cut", "jump"])
            #expect(gates.map { $0["result"] } == ["accepted", "accepted"])
            for file in ["manifest.json", "report.html"] {
                let text = try String(
                    contentsOf: city.output.appendingPathComponent(file), encoding: .utf8)
                #expect(text.contains("the merger"))
                #expect(text.contains("half a file on purpose"))
            }
            #expect(one.output == "")
            let audit = try BuiltProgram.run(["audit", "list", city.output.path])
            #expect(audit.output.contains("\tgate-accepted\t"))
            #expect(audit.output.contains("gate=cut; plan=sample; reason=half a file on purpose"))
            #expect(audit.output.contains("gate cut=accepted; gate jump=accepted"))
        }
    }

    /// A gate that only warns hangs on the clock or on the last publication: no byte may.
    @Test func publishesTheSameBytesWithAWarning() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            let gate =
                "name: age, rule: extract-age, source: residency, max: 3, severity: warn, reason: x"
            try Self.add([gate], to: city)
            try #require(try city.run().status == 0)
            let before = try FolderContents(of: city.output)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -9 * 86_400)],
                ofItemAtPath: city.extracts.appendingPathComponent("residency-2.csv").path)
            let warned = try city.run()
            #expect(warned.output.contains("gate age is broken: residency-2.csv is 9 days old"))
            #expect(try FolderContents(of: city.output) == before)
        }
    }

    @Test(arguments: [
        (["--accept-gate", "jmp", "--reason", "x"], "GATE-002"),
        (["--accept-gate", "rejected-residency", "--reason", "44990119900101123X0"], "GATE-003"),
        (["--accept-gate", "rejected-residency", "--reason", " "], "GATE-003"),
        (["--accept-gate", "rejected-residency"], "Every --accept-gate needs a --reason"),
    ])
    func refusesWhatCannotBeAccepted(arguments: [String], words: String) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            let outcome = try city.run(arguments)
            #expect(outcome.status == 64)
            #expect(outcome.errorLines.count == 1)
            #expect(outcome.errors.contains(words))
            #expect(try FolderContents(of: city.output).files.isEmpty)
        }
    }

    /// The limits that every plan has can be accepted by name as well.
    @Test func acceptsTooManyRejectedRows() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            try city.changePlan(
                "rejected-share-max: 0.01, columns", to: "rejected-share-max: 0, columns")
            #expect(try city.run().status == 65)
            let outcome = try city.run([
                "--accept-gate", "rejected-registration", "--reason", "known bad lines",
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let needless = try city.run([
                "--accept-gate", "rejected-registration", "--reason", "again",
                "--accept-gate", "rejected-residency", "--reason", "not needed",
            ])
            #expect(needless.status == 0)
            let log = try String(
                contentsOf: city.work.appendingPathComponent("run.log"), encoding: .utf8)
            #expect(log.contains("gate rejected-residency is not broken; nothing was accepted"))
        }
    }
}
