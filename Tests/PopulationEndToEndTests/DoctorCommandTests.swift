import Foundation
import Glibc
import PopulationStore
import PopulationTestSupport
import Testing

/// The doctor finds what would stop a run, says it on one line with the status that the run would
/// end with, and finds nothing where all is well.
@Suite struct DoctorCommandTests {
    private static func doctor(_ city: SampleCity, _ more: [String] = []) throws
        -> BuiltProgram.Outcome
    {
        try BuiltProgram.run(
            [
                "doctor", city.plan.path, "--work", city.work.path, "--output", city.output.path,
                "--audit", city.output.path + "-audit",
            ] + more)
    }

    /// Codes and checks of what is bad.
    private static func bad(_ city: SampleCity, _ more: [String] = []) throws -> [String] {
        let outcome = try doctor(city, more + ["--json"])
        let answer = try outcome.json()
        let findings = try #require(answer["findings"] as? [[String: Any]])
        #expect(answer["status"] as? Int == Int(outcome.status))
        return findings.filter { $0["state"] as? String == "bad" }.map {
            "\($0["check"] ?? "") \($0["code"] ?? "") \(outcome.status)"
        }
    }

    @Test func findsNothingWhereAllIsWell() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            #expect(try Self.bad(city) == [])
            try #require(try city.run().status == 0)
            // SQLite keeps an index of its log beside a store that somebody opened.
            let contents = { try FolderContents(of: folder) { !$0.hasSuffix("-shm") } }
            let before = try contents()
            let outcome = try Self.doctor(city)
            #expect(outcome.status == 0)
            #expect(outcome.errors == "")
            for check in [
                "machine", "files", "encodings", "libraries", "plan", "inputs", "work", "disk",
                "output", "audit", "store",
            ] {
                #expect(outcome.output.contains(try Regex("(?m)^ok +\(check) ")), "\(check)")
            }
            #expect(outcome.output.contains("figures.sqlite: 1 edition\n"))
            #expect(try contents().differences(from: before) == [])
            let values = try PersonalValues(
                of: (try city.names(of: "registration")).map {
                    city.extracts.appendingPathComponent($0)
                })
            #expect(values.occurrences(in: Data(outcome.output.utf8)) == 0)
            #expect(try BuiltProgram.run(["doctor"]).status == 0)
        }
    }

    @Test func findsFoldersThatWouldNotDo() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            try #require(try city.run().status == 0)
            try #require(chmod(city.work.path, 0o755) == 0)
            #expect(try Self.bad(city) == ["work INGEST-021 73"])
            try #require(chmod(city.work.path, 0o700) == 0)
            try #require(chmod(city.work.path + "/run.log", 0o644) == 0)
            #expect(try Self.bad(city) == ["work INGEST-024 73"])
            try #require(chmod(city.work.path + "/run.log", 0o600) == 0)
            try Data().write(to: city.output.appendingPathComponent("thesis.doc"))
            #expect(try Self.bad(city) == ["output PUBLISH-021 73"])
            try FileManager.default.removeItem(
                at: city.output.appendingPathComponent("thesis.doc"))
            #expect(try Self.bad(city) == [])
        }
    }

    /// What a run of another account left when it died, and this one cannot remove.
    @Test func foretellsALeftoverThatStays() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            let name = city.output.lastPathComponent
            let leftover = city.output.deletingLastPathComponent()
                .appendingPathComponent(".\(name).tmp-1").path
            let inner = leftover + "/internal"
            try FileManager.default.createDirectory(
                atPath: inner, withIntermediateDirectories: true)
            try Data("x".utf8).write(to: URL(fileURLWithPath: inner + "/units.csv"))
            // Of a link only the link goes, whatever the rights where it leads.
            let elsewhere = folder.appendingPathComponent("elsewhere/inner").path
            try FileManager.default.createDirectory(
                atPath: elsewhere, withIntermediateDirectories: true)
            try #require(chmod(folder.path + "/elsewhere", 0o555) == 0)
            defer { chmod(folder.path + "/elsewhere", 0o755) }
            try FileManager.default.createSymbolicLink(
                atPath: leftover + "/elsewhere", withDestinationPath: folder.path + "/elsewhere")
            try FileManager.default.createSymbolicLink(
                atPath: leftover + "2", withDestinationPath: folder.path + "/elsewhere")
            #expect(try Self.bad(city) == [])
            try #require(chmod(folder.path, 0o755) == 0)
            // The superuser may remove everything.
            var asOther: [String] = []
            if geteuid() == 0 {
                asOther = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
                try #require(chown(leftover, 65534, 65534) == 0 && chown(inner, 65534, 65534) == 0)
            }
            func told() throws -> String {
                let output = folder.appendingPathComponent("doctor")
                try #require(FileManager.default.createFile(atPath: output.path, contents: nil))
                let doctor = try ChildProgram(
                    asOther + [
                        BuiltProgram.file.path, "doctor", city.plan.path, "--work", city.work.path,
                        "--output", city.output.path, "--language", "en",
                    ], output: try FileHandle(forWritingTo: output))
                _ = doctor.wait()
                return try String(contentsOf: output, encoding: .utf8)
            }
            let before = try told()
            #expect(!before.contains(".tmp-1"), "\(before)")
            try #require(chmod(inner, 0o555) == 0)
            defer { chmod(inner, 0o755) }
            let words = try told()
            #expect(
                words.contains(
                    try Regex("(?m)^bad +output .*\\.tmp-1: .*: Permission denied \\(PUBLISH-020")),
                "\(words)")
            // As root, nothing can be made there either: the reason is the rights of the folder above.
            #expect(!words.contains("No such file"), "\(words)")
        }
    }

    @Test func saysWhoHoldsTheLock() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            try #require(try city.run().status == 0)
            let lock = open(city.work.path + "/lock", O_RDWR | O_TRUNC | O_CLOEXEC)
            try #require(lock >= 0)
            try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
            let words = "process \(getpid())\n"
            try #require(write(lock, words, words.utf8.count) == words.utf8.count)
            let held = try Self.doctor(city)
            #expect(held.status == 75)
            #expect(held.output.contains("another run holds the work folder (process \(getpid()))"))
            close(lock)
            #expect(try Self.bad(city) == [])
        }
    }

    @Test func findsWhatIsWrongWithThePlanAndItsFiles() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            let counties = city.extracts.appendingPathComponent("counties.csv")
            try FileManager.default.moveItem(
                at: counties, to: folder.appendingPathComponent("counties.csv"))
            let missing = try Self.bad(city)
            #expect(missing.count == 1)
            #expect(missing[0].hasPrefix("plan PLAN-028"))
            try FileManager.default.moveItem(
                at: folder.appendingPathComponent("counties.csv"), to: counties)
            try city.write("a,b\n1,2\n", to: "residency-1.csv")
            try city.write("a,b\n1,2\n", to: "residency-2.csv")
            #expect(try Self.bad(city) == ["plan INGEST-007 64", "plan INGEST-007 64"])
            #expect(
                try BuiltProgram.run(["doctor", folder.path + "/none.yaml"]).output
                    .contains("PLAN-001"))
        }
    }

    @Test func findsADamagedLogAndAStoreThatCannotBeReached() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            try #require(try city.run().status == 0)
            let log = URL(fileURLWithPath: city.output.path + "-audit/audit.jsonl")
            let entries = try String(contentsOf: log, encoding: .utf8)
            let changed = FileHandle(forUpdatingAtPath: log.path)
            try changed?.write(
                contentsOf: Data(entries.replacing("run-begun", with: "run-begin").utf8))
            #expect(try Self.bad(city) == ["audit AUDIT-004 65"])
            try changed?.seek(toOffset: 0)
            try changed?.write(contentsOf: Data(entries.utf8))
            #expect(try Self.bad(city) == [])

            let store = URL(fileURLWithPath: city.output.path + "-store/figures.sqlite")
            let figures = try Data(contentsOf: store)
            try Data(repeating: 0x41, count: 8_192).write(to: store)
            #expect(try Self.bad(city) == ["store STORE-003 74"])
            try figures.write(to: store)
            #expect(try Self.bad(city) == [])
            // Nobody listens on port 1.
            try city.changePlan(
                "  targets: targets.csv",
                to: "  targets: targets.csv\n  store: { postgres: host=127.0.0.1 port=1 }")
            #expect(try Self.bad(city) == ["store STORE-008 69"])
        }
    }

    @Test func findsTokensAndCertificatesThatEnd() throws {
        try TemporaryFolder.with { folder in
            let tokens = folder.appendingPathComponent("tokens.json").path
            func add(_ name: String, _ expires: [String]) throws {
                let outcome = try BuiltProgram.run(
                    ["token", "add", name, "--scope", "public", "--file", tokens] + expires)
                try #require(outcome.status == 0)
            }
            func doctor() throws -> BuiltProgram.Outcome {
                try BuiltProgram.run(["doctor", "--tokens", tokens])
            }
            try add("lasting", [])
            #expect(try doctor().output.contains(try Regex("(?m)^ok +tokens .*1 in force")))
            let soon = Date(timeIntervalSinceNow: 10 * 86_400).formatted(.iso8601).prefix(10)
            try add("soon", ["--expires", "\(soon)"])
            _ = try TokenFile(path: tokens).add(
                name: "old", scope: .public, on: "2021-01-05", expires: "2021-12-31")
            let ending = try doctor()
            #expect(ending.status == 0)
            #expect(ending.output.contains("the token soon holds until \(soon) (DOCTOR-010)"))
            #expect(ending.output.contains("the token old held until 2021-12-31 (DOCTOR-011)"))
            try #require(chmod(tokens, 0o644) == 0)
            #expect(try doctor().status == 64)
            #expect(try doctor().output.contains("(TOKEN-003)"))
            let none = try BuiltProgram.run(["doctor", "--certificate", tokens + ".pem"])
            #expect(none.status == 66)
            #expect(none.output.contains("(DOCTOR-012)"))
        }
    }
}
