import Foundation
import PopulationIngest
import PopulationModel

/// What Spark's program is told of a run: written once, as job.json, and held to when results are
/// taken back.
struct SparkJob: Encodable {
    let program: String
    let libraries: [String]
    let plan: String
    let settings: String
    let extracts: [Extract]
    /// Shares of the partitions, each the work of one task.
    let tasks: Int
    /// Of an extract, at most, what one task reads for another, as far as sizes tell.
    let blobBytes: Int
    /// Where results are put.
    let output: String

    struct Extract: Encodable {
        var path: String
        var splits: [ClusterSplit]
    }

    /// In the folder of the stage.
    static let folderName = "spark"

    init(
        _ plan: Plan, _ spark: Plan.Spark, requests: [IngestRequest], options: RunOptions,
        folder: String
    ) {
        program = ProgramFiles.path
        libraries = ProgramFiles.libraries
        self.plan = URL(fileURLWithPath: plan.file).standardizedFileURL.path
        let sizes = requests.map { FileIdentity(path: $0.path)?.size ?? 0 }
        let unpacked = zip(requests, sizes).map {
            PackedExtract.unpackedBytes($0.path, size: Int($1))
        }
        let inputBytes = unpacked.reduce(0, +)
        let tasks = spark.tasks ?? Self.taskCount(forExtractsOf: inputBytes)
        var settings = Self.settings(of: plan, spark, inputBytes, options)
        settings.places = tasks
        self.settings = settings.json
        self.tasks = tasks
        let extracts = zip(requests, sizes).map { request, size in
            Extract(path: request.path, splits: Self.splits(of: request, size: Int(size), spark))
        }
        self.extracts = extracts
        blobBytes =
            zip(extracts, unpacked).map { $1 / ($0.splits.count * tasks) }.max() ?? 0
        output = folder
    }

    private static func settings(
        of plan: Plan, _ spark: Plan.Spark, _ inputBytes: Int, _ options: RunOptions
    ) -> ClusterSettings {
        var settings = ClusterSettings(
            IngestPlanning(inputBytes: inputBytes, threads: 1, memoryLimit: options.memoryLimit))
        settings.alwaysLibCSV = options.alwaysLibCSV
        settings.onlyMainTables = options.onlyMainTables
        settings.detail = options.rejectDetail.rawValue
        settings.rejectedFolder = spark.rejected?.path
        settings.knownAt = plan.knownAt?.seconds
        return settings
    }

    /// A counting task for so much of the extracts, of which its share of the records is half.
    private static let shareBytes = 256 << 20
    /// Few cores have nothing to do with so many, and there never are more partitions.
    private static let taskCountRange = 8...2_048

    /// Tasks that count, where the plan does not say.
    static func taskCount(forExtractsOf bytes: Int) -> Int {
        min(max(bytes / shareBytes, taskCountRange.lowerBound), taskCountRange.upperBound)
    }

    /// 256 MiB, two blocks of the usual file systems of clusters: some seconds of work, beside which
    /// the start of a task is little.
    private static let splitMebibytes = 256

    /// Of an extract: one split, or several that are settled where records begin.
    private static func splits(
        of request: IngestRequest, size: Int, _ spark: Plan.Spark
    ) -> [ClusterSplit] {
        let blocks = (spark.splitMebibytes ?? splitMebibytes) << 20 / ClusterSplit.blockBytes
        let bytes = blocks * ClusterSplit.blockBytes
        let count = (size + bytes - 1) / bytes
        guard count > 1, !PackedExtract.isPacked(request.path) else {
            return [ClusterSplit(first: 0, end: .max)]
        }
        // The header takes bytes of no block: how many there are is known when it is read.
        return (0..<count).map {
            ClusterSplit(first: $0 * blocks, end: $0 + 1 == count ? .max : ($0 + 1) * blocks)
        }
    }
}
