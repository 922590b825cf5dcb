import Foundation
import PopulationAggregate
import PopulationIngest
import PopulationModel

/// Stages 1 and 2 of a run on Apache Spark: submits a small program that hands extracts and
/// partitions to popstat on every machine, and takes back the extracts' accounts and the parts of
/// the cube. Python moves blobs, never rows.
struct SparkRun {
    let plan: Plan
    let spark: Plan.Spark
    let work: WorkFolder
    let options: RunOptions

    /// Private, in the work folder: parts of the cube hold hashes of households.
    private var folder: String { "\(work.stageFolder(.ingest))/spark" }
    private var log: String { "\(folder)/spark.log" }

    func run(_ territory: Territory, counter: ProgressCounter) throws(PopstatErrors)
        -> IngestOutcome
    {
        let requests = IngestRun.requests(of: plan, catalog: IngestCatalog(folder: folder))
        counter.start(total: 1)
        try makeJob(requests)
        try submit()
        var outcome = IngestOutcome(extracts: try accounts(of: requests))
        outcome.counted = try parts(territory)
        // Whatever stays is written over by the next run.
        try? FileManager.default.removeItem(atPath: folder)
        counter.add(1, rows: outcome.extracts.reduce(0) { $0 + $1.ingested.counts.read })
        return outcome
    }

    // MARK: - The job

    private struct Job: Encodable {
        var program: String
        var plan: String
        var settings: String
        var extracts: [Extract]
        var tasks: Int
        var output: String

        struct Extract: Encodable {
            var path: String
            var splits: [ClusterSplit]
        }
    }

    /// 64 MiB, half a block of the usual file systems of clusters: a second of work.
    private static let splitMebibytes = 64

    /// Of an extract: one split, or several that are settled where records begin.
    private func splits(of request: IngestRequest) -> [ClusterSplit] {
        let size = Int(FileIdentity(path: request.path)?.size ?? 0)
        let blocks = (spark.splitMebibytes ?? Self.splitMebibytes) << 20 / ClusterSplit.blockBytes
        let count =
            (size + blocks * ClusterSplit.blockBytes - 1) / (blocks * ClusterSplit.blockBytes)
        guard count > 1, !request.path.hasSuffix(".gz") else {
            return [ClusterSplit(first: 0, end: .max)]
        }
        // The header takes bytes of no block: how many there are is known when it is read.
        return (0..<count).map {
            ClusterSplit(first: $0 * blocks, end: $0 + 1 == count ? .max : ($0 + 1) * blocks)
        }
    }

    private var taskCount: Int {
        spark.tasks
            ?? max(8, plan.ingest.registration.files.count + plan.ingest.residency.files.count)
    }

    private func makeJob(_ requests: [IngestRequest]) throws(PopstatErrors) {
        let inputBytes = requests.reduce(0) { sum, request in
            // A gzip extract unpacks to about eight times its size.
            let size = Int(FileIdentity(path: request.path)?.size ?? 0)
            return sum + (request.path.hasSuffix(".gz") ? size * 8 : size)
        }
        var settings = ClusterSettings(
            IngestPlanning(inputBytes: inputBytes, threads: 1, memoryLimit: options.memoryLimit))
        settings.alwaysLibCSV = options.alwaysLibCSV
        settings.onlyMainTables = options.onlyMainTables
        settings.detail = options.rejectDetail.rawValue
        settings.rejectedFolder = spark.rejected?.path
        settings.knownAt = plan.knownAt?.seconds
        let job = Job(
            program: Self.program, plan: URL(fileURLWithPath: plan.file).standardizedFileURL.path,
            settings: settings.json,
            extracts: requests.map { Job.Extract(path: $0.path, splits: splits(of: $0)) },
            tasks: taskCount,
            output: folder)
        // What a run that died left there.
        try? FileManager.default.removeItem(atPath: folder)
        do throws(SystemFailure) {
            try WholeFile.makeFolder(folder, mode: 0o700)
            // Texts and numbers alone: it cannot fail.
            try write([UInt8]((try? JSONEncoder().encode(job)) ?? Data()), to: "job.json")
            try write(PackageResources.driver_py, to: "driver.py")
        } catch { throw PopstatErrors(.cannotKeepJob(path: folder, reason: error.reason)) }
    }

    private func write(_ bytes: [UInt8], to name: String) throws(SystemFailure) {
        try WholeFile.write(
            bytes, to: "\(folder)/\(name)", aside: "\(folder)/new", mode: 0o600, isLasting: false)
    }

    /// This very program, for the machines of the cluster.
    private static let program: String = {
        let link = "/proc/self/exe"
        // Without /proc the name as it was typed has to do.
        return (try? FileManager.default.destinationOfSymbolicLink(atPath: link))
            ?? CommandLine.arguments[0]
    }()

    private func submit() throws(PopstatErrors) {
        var words = spark.submit + ["--master", spark.master]
        var settings = Self.settings
        if isOnThisMachine { settings.merge(Self.loopback) { $1 } }
        settings.merge(spark.settings) { $1 }
        for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
            words += ["--conf", "\(name)=\(value)"]
        }
        words += ["\(folder)/driver.py", "\(folder)/job.json"]
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        var environment = ["PYSPARK_PYTHON": spark.python, "PYSPARK_DRIVER_PYTHON": spark.python]
        if isOnThisMachine { environment["SPARK_LOCAL_IP"] = "127.0.0.1" }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        do {
            try Data().write(to: URL(fileURLWithPath: log))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: log)
            let output = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
            process.standardOutput = output
            process.standardError = output
            try process.run()
        } catch {
            throw PopstatErrors(
                .cannotSubmit(
                    command: spark.submit[0],
                    reason: Bilingual(both: (error as NSError).localizedDescription)))
        }
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw failure(process.terminationStatus) }
    }

    /// What a job needs that the plan does not say: no port for people, results of any size.
    private static let settings = [
        "spark.ui.enabled": "false", "spark.driver.maxResultSize": "0",
        "spark.log.level": "WARN",
    ]

    private var isOnThisMachine: Bool { spark.master.hasPrefix("local") }

    /// Nobody else is spoken to.
    private static let loopback = [
        "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1",
    ]

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
        // env(1): not found, or cannot be run.
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

    // MARK: - Results

    private func accounts(of requests: [IngestRequest]) throws(PopstatErrors)
        -> [IngestOutcome.Extract]
    {
        var extracts: [IngestOutcome.Extract] = []
        for (index, request) in requests.enumerated() {
            let splits = splits(of: request)
            var accounts: [ClusterAccount] = []
            for split in splits.indices {
                accounts.append(try account("extract-\(index)-\(split)", of: request))
            }
            let first = accounts[0]
            guard accounts.allSatisfy({ $0.size == first.size && $0.modified == first.modified })
            else {
                throw PopstatErrors(.changedDuringRun(label: request.label))
            }
            var counts = RowCounts()
            for account in accounts { counts.add(account.counts.rowCounts) }
            var sha256 = first.sha256
            if splits.count > 1 {
                guard let digest = ClusterSeal.opened(try result("digest-\(index)")) else {
                    throw PopstatErrors(.damagedHandover(.account))
                }
                sha256 = String(decoding: digest, as: UTF8.self)
            }
            extracts.append(
                .init(
                    ingested: IngestedExtract(
                        label: request.label, source: request.source, partitionPath: "",
                        rejectedPath: "", partitionCountLog2: 0, counts: counts,
                        encoding: first.encoding, unknownHeaders: first.unknownHeaders,
                        missingColumns: first.missingColumns, byteCount: first.byteCount),
                    sha256: sha256, isReused: false))
        }
        return extracts
    }

    private func account(_ name: String, of request: IngestRequest) throws(PopstatErrors)
        -> ClusterAccount
    {
        let bytes = ClusterSeal.opened(try result(name))
        // What is no account is told below.
        let read = bytes.flatMap { try? JSONDecoder().decode(ClusterAccount.self, from: Data($0)) }
        guard let account = read,
            account.path == request.path,
            account.counts.rejected.count == RejectReason.allCases.count,
            account.counts.warnings.count == WarningReason.allCases.count
        else { throw PopstatErrors(.damagedHandover(.account)) }
        return account
    }

    private func parts(_ territory: Territory) throws(PopstatErrors) -> CountedPersons {
        var persons = CountedPersons(parts: [], counts: DeduplicateCounts())
        for index in 0..<taskCount {
            let bytes = try result("part-\(index)")
            let read = CubePart.reading(
                bytes, territory: territory,
                tierCount: plan.publish.ladder?.tiers.count ?? 0,
                spillFolder: work.stageFolder(.aggregate))
            guard let read else {
                throw PopstatErrors(.damagedHandover(.part))
            }
            persons.parts.append(read.part)
            persons.counts.add(read.deduplicated)
        }
        return persons
    }

    private func result(_ name: String) throws(PopstatErrors) -> [UInt8] {
        do throws(SystemFailure) { return try WholeFile.read("\(folder)/\(name)") } catch {
            // A folder that cannot be listed holds none.
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            let found = names.count { $0.hasPrefix("part-") }
            throw PopstatErrors(.incomplete(found: found, expected: taskCount, log: log))
        }
    }
}

extension PopstatError {
    /// Errors that another popstat printed, each as a line in English and one in Chinese: place and
    /// message, code, remedy.
    static func errors(ofLines lines: [String], status: Int32) -> [PopstatError] {
        guard let kind = Kind(rawValue: status) else { return [] }
        let english = lines.compactMap {
            $0.wholeMatch(of: /(?:popstat: )?(.*) \(([A-Z]+-[0-9]{3})\)\. (.*)/)?.output
        }
        let chinese = lines.compactMap {
            $0.wholeMatch(of: /(?:popstat: )?(.*)（([A-Z]+-[0-9]{3})）。(.*)/)?.output
        }
        return english.enumerated().map { index, line in
            let other = index < chinese.count && chinese[index].2 == line.2 ? chinese[index] : line
            return PopstatError(
                code: String(line.2), kind: kind,
                message: Bilingual(String(other.1), String(line.1)),
                remedy: Bilingual(String(other.3), String(line.3)))
        }
    }
}
