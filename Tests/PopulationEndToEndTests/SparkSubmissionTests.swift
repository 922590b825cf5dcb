import Foundation
import PopulationTestSupport
import Testing

/// What goes to a cluster with the job, and what is left of a job that does not end well.
@Suite(
    .enabled(if: TestTool.program("python3") != nil, "python3 is not there"), .serialized)
struct SparkSubmissionTests {
    /// A command that does more than the stand-in, in Python before it ends.
    private static func submit(_ folder: URL, adding text: String) throws -> [String] {
        let script = folder.appendingPathComponent("submit")
        let stand = URL(fileURLWithPath: SparkTests.standIn).deletingLastPathComponent().path
        let words = """
            cp -r "\(stand)" "\(folder.path)/stand-in"
            cat >> "\(folder.path)/stand-in/pyspark/__init__.py" <<'END'
            \(text)
            END
            exec "\(folder.path)/stand-in/spark-submit" "$@"
            """
        try Data(words.utf8).write(to: script)
        return ["bash", script.path]
    }

    /// Another machine needs nothing but its C library: every other one comes with the program.
    @Test func shipsTheProgramWithItsLibraries() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            let submit = try Self.submit(
                folder,
                adding: """
                    import subprocess

                    def trace():
                        program = os.path.join(FOLDER, "\(BuiltProgram.file.lastPathComponent)")
                        environment = {"LD_TRACE_LOADED_OBJECTS": "1", "LD_LIBRARY_PATH": FOLDER}
                        with open("\(folder.path)/loaded", "w") as file:
                            file.write(f"{FOLDER}\\n{os.stat(program).st_mode & 0o777:o}\\n")
                            file.flush()
                            subprocess.run([program], env=environment, stdout=file, check=True)

                    atexit.register(trace)
                    """)
            let plan = try SparkTests.plan(of: city, submit: submit)
            let text = try String(contentsOfFile: plan, encoding: .utf8)
                .replacingOccurrences(of: "local[2]", with: "spark://stand-in:7077")
            try Data(text.utf8).write(to: URL(fileURLWithPath: plan))
            let outcome = try SparkTests.run(city, plan: plan)
            try #require(outcome.status == 0, "\(outcome.errors)")
            var lines = try String(
                contentsOf: folder.appendingPathComponent("loaded"), encoding: .utf8
            ).split(separator: "\n")
            let shipped = lines.removeFirst()
            // A task makes what it got a program for nobody else.
            #expect(lines.removeFirst() == "700")
            let loaded = lines.compactMap { line in
                line.split(separator: "=> ").last?.split(separator: " ").first?
                    .trimmingCharacters(in: .whitespaces)
            }
            #expect(loaded.contains("\(shipped)/libcsv.so.3"))
            let own = loaded.filter { !$0.hasPrefix("\(shipped)/") }
                .compactMap { $0.split(separator: "/").last }
            let ofTheSystem = [
                "linux-vdso.so.1", "libc.so.6", "libm.so.6", "libresolv.so.2",
                "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "linux-gate.so.1",
            ]
            #expect(own.filter { name in !ofTheSystem.contains { $0 == name } } == [])
        }
    }

    /// Who ends popstat ends the job, and what the job started.
    @Test func theJobEndsWithItsRun() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            let note = folder.appendingPathComponent("job")
            let submit = [
                "sh", "-c",
                "sleep 600 & echo $! > \(note.path).new; mv \(note.path).new \(note.path); wait",
            ]
            let plan = try SparkTests.plan(of: city, submit: submit)
            let run = try ChildProgram([
                BuiltProgram.file.path, "run", plan, "--output",
                folder.appendingPathComponent("spark").path, "--work",
                folder.appendingPathComponent("spark-work").path,
            ])
            func number() -> Int32? {
                // Not there before the job has begun.
                (try? String(contentsOf: note, encoding: .utf8)).flatMap {
                    Int32($0.trimmingCharacters(in: .newlines))
                }
            }
            for _ in 0..<600 where number() == nil { usleep(100_000) }
            let job = try #require(number())
            run.end(with: SIGTERM)
            #expect(run.wait() == 143)
            /// One that ended and is not waited for has no command line any more.
            func isAlive() -> Bool {
                // One that is gone has no file either.
                let words = try? String(contentsOfFile: "/proc/\(job)/cmdline", encoding: .utf8)
                return words?.isEmpty == false
            }
            for _ in 0..<100 where isAlive() { usleep(100_000) }
            #expect(!isAlive())
        }
    }

    /// Only Spark's words stay, and purge takes these too.
    @Test func aFailedJobLeavesItsLogAlone() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            let script = folder.appendingPathComponent("submit")
            let text = """
                "\(SparkTests.standIn)" "$@" || exit 1
                echo a word of Spark; exit 9
                """
            try Data(text.utf8).write(to: script)
            let plan = try SparkTests.plan(of: city, submit: ["bash", script.path])
            #expect(try SparkTests.run(city, plan: plan).status == 69)
            let work = folder.appendingPathComponent("spark-work")
            let job = work.appendingPathComponent("1-ingest/spark")
            #expect(try FolderContents(of: job).files.keys.sorted() == ["spark.log"])
            let log = job.appendingPathComponent("spark.log")
            #expect(try String(contentsOf: log, encoding: .utf8) == "a word of Spark\n")
            let purged = try BuiltProgram.run([
                "purge", plan, "--work", work.path, "--older-than", "0d",
            ])
            #expect(purged.status == 0, "\(purged.errors)")
            #expect(!FileManager.default.fileExists(atPath: log.path))
        }
    }
}
