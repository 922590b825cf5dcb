import Foundation
import PopulationTestSupport
import Testing

/// A cluster gives the bytes that this machine gives, and says in one line why when it cannot. Tasks
/// and the driver run here without Spark, in a second; `SparkClusterTests` has Spark itself.
@Suite(
    .enabled(if: TestTool.program("python3") != nil, "python3 is not there"), .serialized)
struct SparkTests {
    static let standIn = PackageFolder.root + "/Tests/Spark/stand-in/spark-submit"

    /// The city's plan with an engine, as a plan of its own.
    static func plan(
        of city: SampleCity, submit: [String] = [standIn], _ keys: [String] = ["tasks: 3"]
    ) throws -> String {
        let plan = city.extracts.appendingPathComponent("spark.yaml")
        let words = submit.map { "\"\($0)\"" }.joined(separator: ", ")
        let engine =
            "engine:\n  spark:\n    master: \"local[2]\"\n    submit: [\(words)]\n"
            + keys.map { "    \($0)\n" }.joined()
        let text = try String(contentsOf: city.plan, encoding: .utf8) + engine
        try Data(text.utf8).write(to: plan)
        return plan.path
    }

    /// A run on the cluster into `spark` beside the city's own folders.
    static func run(_ city: SampleCity, plan: String, _ more: [String] = []) throws
        -> BuiltProgram.Outcome
    {
        try BuiltProgram.run(
            [
                "run", plan, "--output", city.folder.appendingPathComponent("spark").path,
                "--work", city.folder.appendingPathComponent("spark-work").path,
            ] + more)
    }

    @Test(arguments: 1...(TestLength.isLong ? 100 : 2))
    func givesTheBytesOfThisMachine(seed: Int) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 10_000, seed: seed, isClean: false)
            try #require(try city.run().status == 0)
            let plan = try Self.plan(of: city, ["tasks: \(seed % 5 + 1)"])
            let outcome = try Self.run(city, plan: plan)
            try #require(outcome.status == 0, "\(outcome.errors)")
            let found = try FolderContents(of: folder.appendingPathComponent("spark"))
            #expect(found.differences(from: try FolderContents(of: city.output)) == [])
        }
    }

    @Test(arguments: [
        ["--parser", "libcsv"], ["--memory-limit", "64MiB"], ["--engine", "local"],
    ]) func givesThemHoweverItIsAsked(options: [String]) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 10_000, isClean: false)
            try #require(try city.run().status == 0)
            let outcome = try Self.run(city, plan: try Self.plan(of: city), options)
            try #require(outcome.status == 0, "\(outcome.errors)")
            let found = try FolderContents.tables(of: folder.appendingPathComponent("spark"))
            #expect(found.differences(from: try FolderContents.tables(of: city.output)) == [])
        }
    }

    /// A cut falls inside quotes nearly always here, so that the first line end behind it is none of a
    /// record's.
    @Test func cutsExtractsWhereRecordsBegin() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 60_000)
            let names = try FileManager.default.contentsOfDirectory(atPath: city.extracts.path)
            for name in names where name.hasPrefix("re") && name.hasSuffix(".csv") {
                let (header, records) = try city.lines(of: name)
                let note =
                    ",\"a\n,b\n\"\"c\"\"\n\n49,1\n" + String(repeating: "d\n", count: 20) + "\""
                try city.write(
                    header + ",note\n" + records.map { $0 + note }.joined(separator: "\n") + "\n",
                    to: name)
            }
            try #require(try city.run().status == 0)
            for more in [[], ["--parser", "libcsv"]] {
                let plan = try Self.plan(of: city, ["tasks: 2", "split-mib: 1"])
                let outcome = try Self.run(city, plan: plan, more)
                try #require(outcome.status == 0, "\(outcome.errors)")
                let found = try FolderContents(of: folder.appendingPathComponent("spark"))
                #expect(found.differences(from: try FolderContents(of: city.output)) == [])
            }
        }
    }

    /// Rejected rows are kept where the plan says, closed to others, and nowhere without it.
    @Test func rejectedRowsStayOnTheCluster() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 10_000, isClean: false)
            let kept = city.extracts.appendingPathComponent("kept")
            try FileManager.default.createDirectory(
                at: kept, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
            let plan = try Self.plan(of: city, ["rejected: kept"])
            try #require(try Self.run(city, plan: plan).status == 0)
            let files = try FolderContents(of: kept).files
            #expect(files.count == 12)
            #expect(files.values.contains { !$0.isEmpty })
            #expect(try FolderContents.modes(of: kept).values.allSatisfy { $0 & 0o077 == 0 })
            let here = city.folder.appendingPathComponent("spark-work/rejected-registration.csv")
            let lines = try String(contentsOf: here, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 1)
        }
    }

    /// One line each, the status, and what was published before stays.
    private static func expectFailure(
        _ city: SampleCity, plan: String, status: Int32, _ words: String, _ more: [String] = [],
        location: SourceLocation = #_sourceLocation
    ) throws {
        let outcome = try run(city, plan: plan, more)
        #expect(outcome.status == status, sourceLocation: location)
        #expect(outcome.errorLines.count == 1, sourceLocation: location)
        #expect(outcome.errors.contains(words), "\(outcome.errors)", sourceLocation: location)
        let published = city.folder.appendingPathComponent("spark").path
        #expect(!FileManager.default.fileExists(atPath: published), sourceLocation: location)
    }

    @Test func saysWhyThereIsNoCluster() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            try Self.expectFailure(
                city, plan: city.plan.path, status: 64, "says nothing of Spark (SPARK-001)",
                ["--engine", "spark"])
            try Self.expectFailure(
                city, plan: try Self.plan(of: city, submit: ["no-such-submit"]), status: 69,
                "`no-such-submit` cannot be started: there is no such program (SPARK-002)")
            let unreachable = ["sh", "-c", "echo All masters are unresponsive! Giving up; exit 1"]
            try Self.expectFailure(
                city, plan: try Self.plan(of: city, submit: unreachable), status: 69,
                "the Spark master local[2] does not answer (SPARK-004)")
            try Self.expectFailure(
                city, plan: try Self.plan(of: city, submit: ["sh", "-c", "exit 13"]), status: 69,
                "the Spark job failed with status 13 (SPARK-005)")
            try Self.expectFailure(
                city, plan: try Self.plan(of: city, submit: ["true"]), status: 69,
                "the Spark job gave 0 of 3 results (SPARK-006)")
        }
    }

    /// A fault of an extract is told as at home, though a task on another machine found it.
    @Test func tellsTheWordsOfATask() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            let (header, records) = try city.lines(of: "registration-1.csv")
            let other = header.replacingOccurrences(of: "event_date", with: "day")
            try city.write(
                ([other] + records).joined(separator: "\n") + "\n", to: "registration-1.csv")
            try Self.expectFailure(
                city, plan: try Self.plan(of: city), status: 64, "missing: event_date")
        }
    }

    /// Results changed on their way back are not counted.
    @Test(arguments: [
        ("part-1", "a part of the cube is damaged"),
        ("extract-0-0", "the account of an extract is damaged"),
        ("digest-0", "the account of an extract is damaged"),
    ]) func refusesDamagedResults(file: String, words: String) throws {
        try TemporaryFolder.with { folder in
            // Only an extract of more than a split has a digest of its own: 1.3 MiB here.
            let city = try SampleCity(in: folder, citizens: file == "digest-0" ? 80_000 : 300)
            let script = folder.appendingPathComponent("submit")
            // The job as it is, then one byte in the middle of a result is another one.
            let text = """
                "\(Self.standIn)" "$@" || exit 1
                for job; do :; done
                python3 - "$(dirname "$job")/\(file)" <<'END'
                import sys
                data = bytearray(open(sys.argv[1], "rb").read())
                data[len(data) // 2] ^= 0x40
                open(sys.argv[1], "wb").write(data)
                END
                """
            try Data(text.utf8).write(to: script)
            try Self.expectFailure(
                city,
                plan: try Self.plan(
                    of: city, submit: ["bash", script.path], ["tasks: 3", "split-mib: 1"]),
                status: 74, words)
        }
    }

    /// Whole parts of the cube that are not those of this job: people twice, others not at all.
    @Test func refusesACubeThatDoesNotBalance() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            let script = folder.appendingPathComponent("submit")
            let text = """
                "\(Self.standIn)" "$@" || exit 1
                for job; do :; done
                cp "$(dirname "$job")/part-0" "$(dirname "$job")/part-1"
                """
            try Data(text.utf8).write(to: script)
            try Self.expectFailure(
                city,
                plan: try Self.plan(of: city, submit: ["bash", script.path], ["tasks: 3"]),
                status: 70, "does not hold for registration")
        }
    }

    /// A blob that was damaged between two machines is found by the task that gets it.
    @Test func refusesADamagedBlob() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            let script = folder.appendingPathComponent("submit")
            let stand = URL(fileURLWithPath: Self.standIn).deletingLastPathComponent().path
            let text = """
                cp -r "\(stand)" "$(dirname "$0")/stand-in"
                cat >> "$(dirname "$0")/stand-in/pyspark/__init__.py" <<'END'


                def damaged(row, spoilt=[]):
                    place, blobs = row
                    if isinstance(blobs, tuple) or spoilt:
                        return row
                    spoilt.append(place)
                    middle = len(blobs) // 2
                    return place, blobs[:middle] + b"?" + blobs[middle + 1:]


                whole = Rows.partitionBy
                Rows.partitionBy = lambda rows, count, place: whole(
                    Rows([[damaged(row) for row in part] for part in rows.partitions]), count, place)
                END
                exec "$(dirname "$0")/stand-in/spark-submit" "$@"
                """
            try Data(text.utf8).write(to: script)
            try Self.expectFailure(
                city, plan: try Self.plan(of: city, submit: ["bash", script.path]), status: 74,
                "a blob of a partition is damaged, or of another version of popstat (SPARK-007)")
        }
    }
}
