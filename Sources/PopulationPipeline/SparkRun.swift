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
    private var folder: String { "\(work.stageFolder(.ingest))/\(SparkJob.folderName)" }
    private var submission: SparkSubmission { SparkSubmission(spark: spark, folder: folder) }

    func run(_ territory: Territory, counter: ProgressCounter) throws(PopstatErrors)
        -> IngestOutcome
    {
        let requests = IngestRun.requests(of: plan, catalog: IngestCatalog(folder: folder))
        let job = SparkJob(plan, spark, requests: requests, options: options, folder: folder)
        counter.start(total: 1)
        var outcome: IngestOutcome
        do throws(PopstatErrors) {
            try submission.run(job)
            outcome = IngestOutcome(extracts: try accounts(of: requests, job))
            outcome.counted = try parts(territory, job)
        } catch {
            submission.keepLogOnly()
            throw error
        }
        // Whatever stays is written over by the next run.
        try? FileManager.default.removeItem(atPath: folder)
        counter.add(1, rows: outcome.extracts.reduce(0) { $0 + $1.ingested.counts.read })
        return outcome
    }

    // MARK: - Results

    private func accounts(
        of requests: [IngestRequest], _ job: SparkJob
    ) throws(PopstatErrors) -> [IngestOutcome.Extract] {
        var extracts: [IngestOutcome.Extract] = []
        for (index, request) in requests.enumerated() {
            let splits = job.extracts[index].splits
            var accounts: [ClusterAccount] = []
            for split in splits.indices {
                accounts.append(try account("extract-\(index)-\(split)", of: request, job))
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
                guard let digest = ClusterSeal.opened(try result("digest-\(index)", job)) else {
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

    private func account(
        _ name: String, of request: IngestRequest, _ job: SparkJob
    ) throws(PopstatErrors) -> ClusterAccount {
        let bytes = ClusterSeal.opened(try result(name, job))
        // What is no account is told below.
        let read = bytes.flatMap { try? JSONDecoder().decode(ClusterAccount.self, from: Data($0)) }
        guard let account = read,
            account.path == request.path,
            account.counts.rejected.count == RejectReason.allCases.count,
            account.counts.warnings.count == WarningReason.allCases.count
        else { throw PopstatErrors(.damagedHandover(.account)) }
        return account
    }

    private func parts(
        _ territory: Territory, _ job: SparkJob
    ) throws(PopstatErrors) -> CountedPersons {
        let tierCount = plan.publish.ladder?.tiers.count ?? 0
        let parts = try WorkerThreads.map(count: job.tasks, threads: options.threads) {
            index throws(PopstatErrors) in
            let part = CubePart.reading(
                try result("part-\(index)", job), territory: territory, tierCount: tierCount,
                spillFolder: work.stageFolder(.aggregate))
            guard let part else { throw PopstatErrors(.damagedHandover(.part)) }
            return part
        }
        var persons = CountedPersons(parts: parts.map(\.part), counts: DeduplicateCounts())
        for part in parts { persons.counts.add(part.deduplicated) }
        return persons
    }

    private func result(_ name: String, _ job: SparkJob) throws(PopstatErrors) -> [UInt8] {
        do throws(SystemFailure) { return try WholeFile.read("\(folder)/\(name)") } catch {
            // A folder that cannot be listed holds none.
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            let found = names.count { $0.hasPrefix("part-") }
            throw PopstatErrors(
                .incomplete(found: found, expected: job.tasks, log: submission.log))
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
