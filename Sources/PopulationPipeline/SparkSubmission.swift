import Foundation
import Glibc
import PopulationModel

/// Hands a job to Spark's own command and waits for its end.
struct SparkSubmission {
    let spark: Plan.Spark
    let folder: String

    var log: String { "\(folder)/spark.log" }

    func run(_ job: SparkJob) throws(PopstatErrors) {
        // What a run that died left there.
        try? FileManager.default.removeItem(atPath: folder)
        do throws(SystemFailure) {
            try WholeFile.makeFolder(folder, mode: 0o700)
            // Texts and numbers alone: it cannot fail.
            try write([UInt8]((try? JSONEncoder().encode(job)) ?? Data()), to: "job.json")
            try write(PackageResources.driver_py, to: "driver.py")
            try write(PackageResources.popstat_daemon_py, to: "\(Self.daemon).py")
            try write([], to: "spark.log")
        } catch { throw PopstatErrors(.cannotKeepJob(path: folder, reason: error.reason)) }
        let status = try runCommand(job)
        if status != 0 { throw failure(status) }
    }

    private func write(_ bytes: [UInt8], to name: String) throws(SystemFailure) {
        try WholeFile.write(
            bytes, to: "\(folder)/\(name)", aside: "\(folder)/new", mode: 0o600, isLasting: false)
    }

    /// After a failure only Spark's words are of use; the rest holds hashes of households.
    func keepLogOnly() {
        // A folder that cannot be listed holds none.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where "\(folder)/\(name)" != log {
            // Whatever stays is removed by the next run or by purge.
            try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }

    // MARK: - The command

    private func runCommand(_ job: SparkJob) throws(PopstatErrors) -> Int32 {
        var environment = [
            "PYSPARK_PYTHON": spark.python, "PYSPARK_DRIVER_PYTHON": spark.python,
            // Spark starts a Java only to learn how to start Java.
            "SPARK_LAUNCHER_OPTS": Self.quickJava,
        ]
        if isOnThisMachine { environment["SPARK_LOCAL_IP"] = "127.0.0.1" }
        let process = ChildProcesses.process(words(job), environment: environment)
        do {
            let output = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
            process.standardOutput = output
            process.standardError = output
            // Without a limit it is never told to end.
            return try ChildProcesses.run(process) ?? SIGTERM
        } catch {
            throw PopstatErrors(
                .cannotSubmit(
                    command: spark.submit[0],
                    reason: Bilingual(both: (error as NSError).localizedDescription)))
        }
    }

    private func words(_ job: SparkJob) -> [String] {
        var words = spark.submit + ["--master", spark.master]
        var settings = Self.settings
        if isOnThisMachine {
            settings.merge(Self.alone) { $1 }
            settings.merge(Self.shuffle(blobBytes: job.blobBytes)) { $1 }
            settings["spark.executorEnv.PYTHONPATH"] = folder
        }
        settings.merge(spark.settings) { $1 }
        for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
            words += ["--conf", "\(name)=\(value)"]
        }
        return words + ["\(folder)/driver.py", "\(folder)/job.json"]
    }

    /// What a job needs that the plan does not say: no port for people, results of any size, and a
    /// Java that hands bytes on, which is not worth the second compiler's time: it took more than the
    /// reading and counting did.
    private static let settings = [
        "spark.ui.enabled": "false", "spark.driver.maxResultSize": "0", "spark.log.level": "WARN",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    ]

    private var isOnThisMachine: Bool { spark.master.hasPrefix("local") }

    /// The module that Spark starts Python's workers with.
    private static let daemon = "popstat_daemon"

    /// Java's start is a third of a job of some million people. What it does at every start for safety
    /// and statistics is left out: Spark's own classes were installed as popstat was, and the first
    /// room for classes holds them all, so that it is not searched for some to throw away.
    private static let quickJava = [
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:MetaspaceSize=256m", "-XX:-UsePerfData",
        "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockDiagnosticVMOptions",
        "-XX:-BytecodeVerificationRemote",
    ].joined(separator: " ")

    /// Nobody else is spoken to, and no byte saved on a network.
    private static let alone = [
        "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1",
        "spark.driver.extraJavaOptions": quickJava,
        "spark.python.daemon.module": daemon, "spark.python.unix.domain.socket.enabled": "true",
        "spark.shuffle.compress": "false", "spark.shuffle.checksum.enabled": "false",
    ]

    /// Spark's quickest way writes a split's records once, and none of 128 MiB or more. Where a blob may
    /// come near that, a file to each task is left to it, put together afterwards: twice written.
    static func shuffle(blobBytes: Int) -> [String: String] {
        guard blobBytes <= 32 << 20 else { return [:] }
        return [
            "spark.serializer": "org.apache.spark.serializer.KryoSerializer",
            "spark.shuffle.sort.bypassMergeThreshold": "0",
        ]
    }

    /// The word of the task that failed, where there is one, else what Spark says.
    private func failure(_ status: Int32) -> PopstatErrors {
        struct Failure: Decodable {
            var status: Int32
            var lines: [String]
        }
        // Without the file no task of ours failed.
        let data = try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/failure.json"))
        // A half-written one tells nothing.
        let failure = data.flatMap { try? JSONDecoder().decode(Failure.self, from: $0) }
        if let failure {
            let errors = PopstatError.errors(ofLines: failure.lines, status: failure.status)
            if !errors.isEmpty { return PopstatErrors(errors) }
        }
        // There is none, or it cannot be run.
        if status == 127 || status == 126 {
            return PopstatErrors(
                .cannotSubmit(
                    command: spark.submit[0],
                    reason: Bilingual("没有这个程序", "there is no such program")))
        }
        let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""  // As above.
        let isAway = ["All masters are unresponsive", "Could not parse Master URL"]
            .contains { said.contains($0) }
        return PopstatErrors(
            isAway
                ? .unreachable(master: spark.master, log: log)
                : .jobFailed(status: status, log: log))
    }
}
