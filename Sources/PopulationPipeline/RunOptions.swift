import PopulationFigures
import PopulationModel

/// How a run works; nothing of it changes a table.
public struct RunOptions: Sendable {
    public var output: String?
    public var work: String?
    public var through: StageName = .publish
    public var threads: Int
    /// Bytes; `nil` = as much as is useful.
    public var memoryLimit: Int?
    public var alwaysLibCSV = false
    /// Compares SHA-256 instead of what the file system says, to find unchanged extracts.
    public var verifyInputs = false
    /// Leaves the inputs' SHA-256 out of the manifest: to measure what it costs, never for a
    /// publication.
    public var skipInputDigests = false
    /// Leaves out the checksums of partitions: to measure what they cost, never for a publication.
    public var skipChecksums = false
    /// Leaves out what looks at years, stays and households, money, published figures, tasks and the
    /// store: to measure what these cost.
    public var onlyMainTables = false
    /// Hides small counts and nothing else: to show that it protects nobody, never for a release.
    public var hidesSmallOnly = false
    /// Writes `report.xlsx` for a plan without release dates too.
    public var writesWorkbook = false
    /// The languages of the report.
    public var language: ReportLanguage = .both
    /// Prints the report as `report.pdf`.
    public var pdf = false
    /// How much of a rejected row is kept in the work folder.
    public var rejectDetail: RejectDetail = .full
    /// Gates that may be broken in this run.
    public var acceptedGates: [AcceptedGate] = []
    /// The night that this run is of, for the audit log.
    var night: String?
    /// Of a night that is over, into a folder of its own: stored and delivered nowhere else.
    var isBackFill = false
    /// The form of the run's log.
    public var logFormat = LogFormat.text
    /// Folder of the audit log; `nil` = beside the output folder.
    public var audit: String?
    /// Where the run works; `nil` = where the plan says.
    public var engine: Engine?
    /// Bytes that a worker takes of an extract at once.
    public var blockBytes = 1 << 18

    public init(threads: Int) { self.threads = threads }
}

/// Who reads and counts the rows.
public enum Engine: String, CaseIterable, Sendable {
    case local, spark
}

/// The form of a log.
public enum LogFormat: String, CaseIterable, Sendable {
    case text, json
}

/// What a run tells while it works. All calls come from the thread that runs it.
public protocol RunObserver {
    /// A stage begins; the counter moves while it works.
    func started(_ stage: StageName, _ counter: ProgressCounter)
    func finished(_ stage: StageName, seconds: Double)
    /// A remark of a stage, without personal values.
    func note(_ stage: StageName, _ text: Bilingual)
}
