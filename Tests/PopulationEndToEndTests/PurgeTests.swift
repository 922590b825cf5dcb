import Foundation
import PopulationTestSupport
import Testing

/// Personal data go when they are old enough, with an account; figures and logs stay, and the next
/// run gives the same bytes.
@Suite struct PurgeTests {
    private static func purge(_ city: SampleCity, _ age: String, _ more: [String] = []) throws
        -> BuiltProgram.Outcome
    {
        try BuiltProgram.run(
            [
                "purge", city.plan.path, "--work", city.work.path, "--older-than", age,
                "--audit", city.output.path + "-audit",
            ] + more)
    }

    private static func personal(_ city: SampleCity) throws -> [String] {
        try FolderContents(of: city.work).files.keys.filter {
            $0.hasPrefix("1-ingest/") || $0.hasPrefix("rejected-")
        }.sorted()
    }

    @Test func removesWhatIsOldAndNothingElse() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try #require(try city.run().status == 0)
            let figures = try FolderContents(of: city.output)
            let all = try Self.personal(city)
            #expect(all.count > 30)

            #expect(try Self.purge(city, "1h").output.hasPrefix("0 files, 0 bytes removed"))
            #expect(try Self.personal(city) == all)
            let old = all.filter { $0.hasSuffix(".partitions") }.prefix(2)
            for file in old {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -3 * 86_400)],
                    ofItemAtPath: city.work.appendingPathComponent(file).path)
            }
            #expect(try Self.purge(city, "2d", ["--dry-run"]).output.hasPrefix("2 files"))
            #expect(try Self.personal(city) == all)
            let outcome = try Self.purge(city, "2d", ["--json"])
            #expect(outcome.status == 0)
            let removed = try #require(try outcome.json()["removed"] as? [[String: Any]])
            #expect(removed.map { $0["file"] as? String } == old.map { $0 })
            #expect(try Self.personal(city) == all.filter { !old.contains($0) })
            // What is missing is made again, and counted once.
            #expect(try city.run().status == 0)
            #expect(try FolderContents(of: city.output) == figures)

            #expect(try Self.purge(city, "0d").status == 0)
            #expect(try Self.personal(city) == [])
            #expect(try FolderContents(of: city.output) == figures)
            let kept = Set(try FolderContents(of: city.work).files.keys)
            #expect(kept == ["lock", "ledger.jsonl", "run.log"])
            let audit = try BuiltProgram.run(["audit", "list", city.output.path]).output
            #expect(audit.contains("\tpurged\t"))
            #expect(audit.contains("older_than_hours=48"))
            #expect(try city.run().status == 0)
            #expect(try FolderContents(of: city.output) == figures)
        }
    }

    /// After a purge no number and no name is left in the work folder.
    @Test func leavesNobody() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 10_000, isClean: false)
            try city.changePlan("rejected-share-max: 0.01", to: "rejected-share-max: 1")
            try #require(try city.run().status == 0)
            let values = try PersonalValues(
                of: (try city.names(of: "registration") + city.names(of: "residency")).map {
                    city.extracts.appendingPathComponent($0)
                }, headers: ["证件号"])
            func occurrences() throws -> Int {
                try FolderContents(of: city.work).files.values.reduce(0) {
                    $0 + values.occurrences(in: $1)
                }
            }
            #expect(try occurrences() > 10)
            #expect(try Self.purge(city, "0d").status == 0)
            #expect(try occurrences() == 0)
        }
    }

    @Test func saysWhatIsWrong() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            let none = try Self.purge(city, "1d")
            #expect(none.status == 66)
            #expect(none.errors.contains("there is no work folder (INGEST-023)"))
            let age = try Self.purge(city, "soon")
            #expect(age.status == 64)
            #expect(age.errorLines.count == 1)
        }
    }
}
