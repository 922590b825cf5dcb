import Foundation
import PopulationTestSupport
import Testing

/// A night from the extracts that arrive to the figures that are delivered, as a timer runs it.
struct NightlyTests {
    @Test func isQuietWhenAllIsWell() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(
                in: folder, ["deliver: [ { to: finance, year: 2020 } ]", "keep-days: 0"])
            let outcome = try night.night()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.isEmpty)
            let hooks = try night.hooks()
            #expect(hooks.count == 2)
            #expect(hooks[0].hasPrefix("start 0 20"))
            #expect(hooks[1].hasPrefix("success 0 20"))
            #expect(try night.metric("popstat_night_exit_status") == "0")
            #expect(try night.metric("popstat_published") == "1")
            #expect(try night.metric("popstat_extracts", "state=\"ingested\"") != "0")
            #expect(try night.metric("popstat_deadline_missed", "deadline=\"finished\"") == "0")
            let ended = try night.metric("popstat_night_end_timestamp_seconds")
            #expect(try night.metric("popstat_night_last_success_timestamp_seconds") == ended)
            #expect(try FolderContents.modes(of: folder)["popstat.prom"] == 0o644)
            // Everything personal is at least nought days old.
            let left = try FileManager.default.contentsOfDirectory(
                atPath: night.city.work.appendingPathComponent("1-ingest").path)
            #expect(left.isEmpty)
            let log = try BuiltProgram.run(["audit", "list", night.city.output.path]).output
            #expect(log.contains("recipient=finance"))
            #expect(log.contains("night=20"))
        }
    }

    /// Whoever is called at night must know whether the figures are out.
    @Test func saysThatFiguresAreOutWhenADeliveryFails() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(in: folder, ["deliver: [ { to: finance, year: 2010 } ]"])
            let outcome = try night.night()
            #expect(outcome.status == 64, "\(outcome.errors)")
            let output = night.city.output.path
            #expect(outcome.errors.contains("(PUBLISH-051)"))
            #expect(
                outcome.errors.contains(
                    " The figures of this night are published in \(output).\n"))
            #expect(FileManager.default.fileExists(atPath: "\(output)/manifest.json"))
        }
    }

    @Test func publishesWhatARunPublishes() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(in: folder)
            #expect(try night.night(["--verbose"]).output.contains("publish: "))
            let published = try FolderContents(of: night.city.output)
            try #require(try night.city.run().status == 0)
            #expect(try FolderContents(of: night.city.output) == published)
        }
    }

    @Test func stopsAtAGate() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(in: folder)
            let gate = """
                gates:
                  - { name: old, rule: extract-age, source: registration, max: 0, reason: x }

                """
            try night.city.changePlan("nightly:", to: gate + "nightly:")
            let name = try #require(try night.city.names(of: "registration").first)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -172_800)],
                ofItemAtPath: night.city.extracts.appendingPathComponent(name).path)
            try night.expectFailure(try night.night(), status: 65, "GATE-001")
            #expect(try night.metric("popstat_gates_broken", "result=\"stopped\"") == "1")
            #expect(!FileManager.default.fileExists(atPath: night.city.output.path))
        }
    }

    @Test func keepsTheLastSuccessWhenItFails() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(in: folder)
            try #require(try night.night().status == 0)
            let success = try night.metric("popstat_night_last_success_timestamp_seconds")
            _ = try night.hooks()
            try FileManager.default.removeItem(
                at: night.city.extracts.appendingPathComponent("targets.csv"))
            try night.expectFailure(try night.night(), status: 66, "PLAN-028")
            #expect(
                try night.metric("popstat_night_last_success_timestamp_seconds") == success)
            #expect(try night.metric("popstat_published") == nil)
        }
    }

    @Test func waitsForItsExtracts() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(
                in: folder, ["inbox: .", "done-marker: .done", "extracts-by: \"05:00\""])
            let (before, after) = (NightCity.zone(atHour: 4), NightCity.zone(atHour: 6))
            try night.expectFailure(
                try night.night(environment: after), status: 66, "NIGHT-003")
            #expect(try night.metric("popstat_deadline_missed", "deadline=\"extracts\"") == "1")
            // Killed while it waits: it had an hour to go.
            #expect(try night.night(environment: before, killAfter: 3).status == -SIGKILL)
            for name in try night.city.names(of: "registration")
                + night.city.names(of: "residency")
            {
                try night.city.write("", to: name + ".done")
            }
            #expect(try night.night(environment: before).status == 0)
            _ = try night.hooks()
            // Nothing new has come since.
            try night.expectFailure(
                try night.night(environment: after), status: 66, "NIGHT-001")
            #expect(try night.night(["--no-wait"], environment: after).status == 0)
            // A marker of the file before.
            let name = try #require(try night.city.names(of: "registration").first)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -3_600)],
                ofItemAtPath: night.city.extracts.appendingPathComponent(name + ".done").path)
            _ = try night.hooks()
            try night.expectFailure(try night.night(["--no-wait"]), status: 66, "NIGHT-003")
        }
    }

    @Test func goesOnWhenTheMissingExtractComes() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(in: folder, ["extracts-by: \"05:00\""])
            let supplier = folder.appendingPathComponent("supplier")
            try FileManager.default.createDirectory(
                at: supplier, withIntermediateDirectories: false)
            for name in try night.city.names(of: "residency") {
                try FileManager.default.moveItem(
                    at: night.city.extracts.appendingPathComponent(name),
                    to: supplier.appendingPathComponent(name))
            }
            try night.expectFailure(
                try night.night(environment: NightCity.zone(atHour: 6)), status: 66, "NIGHT-002")
            // The supplier comes three seconds after the night began.
            try night.city.changePlan(
                "start: '", to: "start: '(sleep 3; mv ../supplier/*.csv .) & ")
            let outcome = try night.night(environment: NightCity.zone(atHour: 4))
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.seconds > 3)
        }
    }

    @Test func waitsUntilAFileIsQuiet() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(in: folder, ["inbox: .", "quiet-minutes: 5"])
            try night.expectFailure(try night.night(), status: 66, "NIGHT-003")
            try night.city.changePlan("quiet-minutes: 5", to: "quiet-minutes: 0")
            #expect(try night.night().status == 64)
        }
    }

    /// No time of a file can be set back: it takes the minute that it takes.
    @Test(.enabled(if: TestLength.isLong, "a minute of waiting is for the long form"))
    func takesAFileThatIsQuiet() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(in: folder, ["inbox: .", "quiet-minutes: 1"])
            let clock = ContinuousClock()
            let start = clock.now
            var status: Int32 = 66
            while status == 66, clock.now - start < .seconds(90) {
                status = try night.night().status
            }
            #expect(status == 0)
            #expect(clock.now - start > .seconds(50))
        }
    }

    @Test func tellsWhenItIsLate() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(in: folder, ["finished-by: \"05:00\""])
            let outcome = try night.night(environment: NightCity.zone(atHour: 6))
            #expect(outcome.status == 0)
            #expect(outcome.errorLines.count == 1)
            #expect(outcome.errors.contains("not finished by 05:00 (NIGHT-004)"))
            let hooks = try night.hooks().map { $0.prefix { $0 != " " } }
            #expect(hooks.sorted() == ["failure", "start", "success"])
            #expect(try night.metric("popstat_deadline_missed", "deadline=\"finished\"") == "1")
            #expect(try night.night(environment: NightCity.zone(atHour: 4)).errors.isEmpty)
            #expect(try night.metric("popstat_deadline_missed", "deadline=\"finished\"") == "0")
        }
    }

    @Test func publishesNoOlderNightOverANewer() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(in: folder)
            try #require(try night.night().status == 0)
            let published = try FolderContents(of: night.city.output)
            _ = try night.hooks()
            try night.expectFailure(
                try night.night(["--night", "2020-06-01"]), status: 65, "NIGHT-005")
            #expect(try FolderContents(of: night.city.output) == published)
            // Back-filled into a folder of its own it is what a run of that knowledge gives.
            let then = folder.appendingPathComponent("then/city").path
            let backfill = try night.night(["--night", "2020-06-01", "--output", then])
            #expect(backfill.status == 0, "\(backfill.errors)")
            let plan = try String(contentsOf: night.city.plan, encoding: .utf8)
            let known = plan.split(separator: "\n").filter { !$0.hasPrefix("known-at") }
                .joined(separator: "\n")
            try Data(("known-at: 2020-06-01 23:59:59\n" + known).utf8).write(to: night.city.plan)
            let again = folder.appendingPathComponent("again/city").path
            try #require(try night.city.run(["--output", again]).status == 0)
            for table in ["urbanization", "population", "transfer"] {
                let file = "internal/\(table).csv"
                #expect(
                    FileManager.default.contentsEqual(
                        atPath: "\(then)/\(file)", andPath: "\(again)/\(file)"), "\(table)")
            }
            #expect(
                try night.night(["--night", "2020-06-01", "--replace-newer"]).status == 0)
            #expect(try FolderContents(of: night.city.output) != published)
            try #require(try night.night(["--night", "2099-01-01"]).status == 64)
        }
    }

    @Test func tellsOfALockedRunAndALostDatabase() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(in: folder)
            try #require(try night.night().status == 0)
            _ = try night.hooks()
            let lock = open(night.city.work.path + "/lock", O_RDWR)
            try #require(flock(lock, LOCK_EX) == 0)
            try night.expectFailure(try night.night(), status: 75, "INGEST-022")
            close(lock)
            // A port that nobody listens on.
            try night.city.changePlan(
                "publish:\n",
                to: "publish:\n  store: { postgres: \"host=127.0.0.1 port=1 dbname=x\" }\n")
            try night.expectFailure(try night.night(), status: 69, "STORE-")
        }
    }

    @Test func endsCleanlyAtASignal() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(in: folder, ["extracts-by: \"05:00\""])
            try #require(try night.night(["--no-wait"]).status == 0)
            _ = try night.hooks()
            let outcome = try BuiltProgram.run(
                [
                    "nightly", night.city.plan.path, "--output", night.city.output.path,
                    "--work", night.city.work.path,
                ], environment: NightCity.zone(atHour: 4), endAfter: 2)
            try night.expectFailure(outcome, status: 143, "stopped by SIGTERM")
        }
    }

    @Test func aHookThatFailsStopsNothing() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(in: folder)
            try night.city.changePlan("    start: 'echo", to: "    start: 'exit 3; echo")
            let outcome = try night.night()
            #expect(outcome.status == 0)
            #expect(outcome.errorLines.count == 1)
            #expect(outcome.errors.contains("status 3 (NIGHT-008)"))
        }
    }

    @Test func writesItsLogAsJSON() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(in: folder)
            try #require(try night.night(["--log-format", "json"]).status == 0)
            let log = try String(
                contentsOf: night.city.work.appendingPathComponent("run.log"), encoding: .utf8)
            let lines = log.split(separator: "\n")
            #expect(!lines.isEmpty)
            for line in lines {
                let event = try JSONSerialization.jsonObject(with: Data(line.utf8))
                let fields = try #require(event as? [String: String])
                #expect(fields["run"] == "1")
                #expect(fields["stage"] != nil)
                #expect(fields["level"] == "info")
            }
        }
    }

    /// Wrong keys are told at once, with those of the rest of the plan.
    @Test(arguments: [
        ("inbox: .", "PLAN-010"), ("done-marker: .done", "PLAN-009"),
        ("extracts-by: late", "PLAN-041"), ("finished-by: \"24:00\"", "PLAN-041"),
        ("deliver: [ { to: nobody, year: 2020 } ]", "PLAN-018"), ("keep-days: -1", "PLAN-016"),
        ("inbox: nowhere", "PLAN-028"), ("hook: x", "PLAN-007"),
    ])
    func refusesAWrongKey(key: String, code: String) throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(in: folder, [key], citizens: 50)
            try night.city.changePlan("area:", to: "aria: 1\narea:")
            for command in ["nightly", "check"] {
                let outcome = try BuiltProgram.run([command, night.city.plan.path])
                #expect(outcome.status == 64 || outcome.status == 66)
                #expect(outcome.errors.contains("(\(code))"), "\(outcome.errors)")
                #expect(outcome.errors.contains("aria"))
            }
        }
    }
}
