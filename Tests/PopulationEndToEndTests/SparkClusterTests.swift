import Foundation
import PopulationTestSupport
import Testing

/// Spark itself: the same bytes from `local[2]`, and from a cluster that loses a machine on the way.
@Suite(.enabled(if: TestTool.spark.isUsed, "\(TestTool.spark.absence)"), .serialized)
struct SparkClusterTests {
    private static let submit = [TestTool.sparkSubmit]
    private static let python = "python: \"\(TestTool.sparkPython)\""

    @Test(arguments: TestLength.isLong ? Array(1...100) : [7])
    func givesTheBytesOfThisMachine(seed: Int) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 10_000, seed: seed, isClean: false)
            try #require(try city.run().status == 0)
            let plan = try SparkTests.plan(
                of: city, submit: Self.submit, [Self.python, "tasks: 3"])
            let outcome = try SparkTests.run(city, plan: plan)
            try #require(outcome.status == 0, "\(outcome.errors)")
            let found = try FolderContents(of: folder.appendingPathComponent("spark"))
            #expect(found.differences(from: try FolderContents(of: city.output)) == [])
            // What Spark said and what it was given goes with the job.
            let job = folder.appendingPathComponent("spark-work/1-ingest/spark").path
            #expect(!FileManager.default.fileExists(atPath: job))
        }
    }

    @Test func tellsTheWordsOfATask() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            let (header, records) = try city.lines(of: "residency-1.csv")
            let other = header.replacingOccurrences(of: "arrival_date", with: "day")
            try city.write(
                ([other] + records).joined(separator: "\n") + "\n", to: "residency-1.csv")
            let plan = try SparkTests.plan(of: city, submit: Self.submit, [Self.python])
            let outcome = try SparkTests.run(city, plan: plan)
            #expect(outcome.status == 64)
            #expect(outcome.errorLines.count == 1)
            #expect(outcome.errors.contains("missing: arrival_date"), "\(outcome.errors)")
        }
    }

    private static var isLong: Bool {
        TestLength.isLong || ProcessInfo.processInfo.environment["POPSTAT_TEST_CLUSTER"] != nil
    }

    @Test(.enabled(if: isLong, "a cluster of its own is for `make test-cluster`"))
    func aMasterThatIsAwayIsTold() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 300)
            // A port at which nobody listens.
            let plan = try SparkTests.plan(of: city, submit: Self.submit, [Self.python])
            let text = try String(contentsOfFile: plan, encoding: .utf8)
                .replacingOccurrences(of: "local[2]", with: "spark://127.0.0.1:1")
            try Data(text.utf8).write(to: URL(fileURLWithPath: plan))
            let outcome = try SparkTests.run(city, plan: plan)
            #expect(outcome.status == 69)
            #expect(outcome.errorLines.count == 1)
            #expect(
                outcome.errors.contains(
                    "the Spark master spark://127.0.0.1:1 does not answer (SPARK-004)"),
                "\(outcome.errors)")
        }
    }

    /// Two workers, one of them killed while it works: the job ends with the same bytes.
    @Test(.enabled(if: isLong, "a cluster of its own is for `make test-cluster`"))
    func survivesTheLossOfAWorker() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 400_000)
            try #require(try city.run().status == 0)
            try SparkMaster.with(folder: folder) { master in
                let workers = try (0..<2).map { _ in try master.worker() }
                defer { for worker in workers { worker.end(with: SIGKILL) } }
                let plan = try SparkTests.plan(
                    of: city, submit: Self.submit,
                    [
                        Self.python, "tasks: 8",
                        "settings: { spark.executor.memory: 512m, spark.driver.host: 127.0.0.1, "
                            + "spark.driver.bindAddress: 127.0.0.1 }",
                    ])
                let text = try String(contentsOfFile: plan, encoding: .utf8)
                    .replacingOccurrences(of: "local[2]", with: master.address)
                try Data(text.utf8).write(to: URL(fileURLWithPath: plan))
                let killer = Thread {
                    // The driver has asked for executors, and both have begun.
                    while master.executorCount < 2 { usleep(100_000) }
                    usleep(1_500_000)
                    workers[0].end(with: SIGKILL)
                }
                killer.start()
                let outcome = try SparkTests.run(city, plan: plan)
                try #require(outcome.status == 0, "\(outcome.errors)")
                #expect(killer.isFinished)
                let found = try FolderContents(of: folder.appendingPathComponent("spark"))
                #expect(found.differences(from: try FolderContents(of: city.output)) == [])
            }
        }
    }
}

/// The master of a standalone cluster on loopback, for one test.
private struct SparkMaster: Sendable {
    let port: Int
    private let pagePort: Int
    private let main: ChildProgram
    private let folder: URL

    var address: String { "spark://127.0.0.1:\(port)" }

    static func with(folder: URL, _ body: (SparkMaster) throws -> Void) throws {
        let (port, pagePort) = (try FreePort.any(), try FreePort.any())
        let main = try ChildProgram(
            environment(folder) + [
                TestTool.sparkClass, "org.apache.spark.deploy.master.Master", "--host",
                "127.0.0.1", "--port", "\(port)", "--webui-port", "\(pagePort)",
            ])
        defer { main.end(with: SIGKILL) }
        let master = SparkMaster(port: port, pagePort: pagePort, main: main, folder: folder)
        for _ in 0..<600 {
            if master.page != nil { break }
            usleep(100_000)
        }
        try #require(master.page != nil)
        try body(master)
    }

    private static func environment(_ folder: URL) -> [String] {
        [
            "SPARK_LOCAL_IP=127.0.0.1", "SPARK_WORKER_DIR=\(folder.path)/spark-workers",
            "PYSPARK_PYTHON=\(TestTool.sparkPython)",
        ]
    }

    func worker() throws -> ChildProgram {
        try ChildProgram(
            Self.environment(folder) + [
                TestTool.sparkClass, "org.apache.spark.deploy.worker.Worker", address, "--host",
                "127.0.0.1", "--cores", "1", "--memory", "1g",
            ])
    }

    /// What the master tells of itself; `nil` while it starts.
    private var page: [String: Any]? {
        let file = folder.appendingPathComponent("master-\(UUID().uuidString).json")
        // A master that does not answer yet, here and below.
        let curl = try? ChildProgram([
            "curl", "-fs", "-o", file.path, "http://127.0.0.1:\(pagePort)/json/",
        ])
        guard curl?.wait() == 0 else { return nil }
        // As above.
        guard let data = try? Data(contentsOf: file) else { return nil }
        // As above.
        return (try? JSONSerialization.jsonObject(with: data)) as? [String: Any]
    }

    /// Cores that applications hold, one to an executor here.
    var executorCount: Int { page?["coresused"] as? Int ?? 0 }
}
