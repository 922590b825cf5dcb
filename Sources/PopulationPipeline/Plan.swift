import PopulationFigures
import PopulationModel

/// What one run is asked to do, as a plan file says it (SPEC 7), checked and with every default
/// filled in. Only `PlanReader` makes one.
public struct Plan: Sendable {
    public var name: String
    /// The plan file itself, as it was named on the command line.
    public var file: String
    public var area: Area
    /// Ascending, each once.
    public var referenceDates: [CalendarDate]
    /// Rows updated later do not exist.
    public var knownAt: Timestamp?
    public var ingest: Ingest
    public var deduplicate: Deduplicate
    public var classify: Classify
    /// The counties file; `nil` when the plan names none.
    public var counties: PlanPath?
    public var publish: Publish
    /// Besides the limits that every plan has.
    public var gates: [Gate] = []
    public var nightly = Nightly()
    /// Where the plan runs when the command does not say; `nil` = on this machine.
    public var spark: Spark?

    /// The extracts of both sources.
    public struct Ingest: Sendable {
        public var registration: ExtractPlan
        public var residency: ExtractPlan
    }

    /// The extracts of one source and how they are read.
    public struct ExtractPlan: Sendable {
        /// Sorted by the bytes of their labels, no file twice, at least one.
        public var files: [PlanPath]
        public var encoding: EncodingChoice
        public var rejectedShareMax: Share
        /// Canonical column to one more header; it wins over a default alias of another column.
        public var columns: [String: String]
        /// Column to raw value to canonical word.
        public var values: [String: [String: String]]
    }

    /// The periods of the residence rules (SPEC 4).
    public struct Deduplicate: Sendable {
        public var residenceMonths: Int
        public var stayGapDays: Int

        /// Half a year, and a month between two stays that count as one.
        public static let standard = Deduplicate(residenceMonths: 6, stayGapDays: 31)
    }

    /// The class tables and how much may stay unclassified.
    public struct Classify: Sendable {
        /// Ascending by edition date, no date twice, at least one.
        public var divisions: [Edition]
        public var changes: PlanPath?
        public var unclassifiedShareMax: Share
    }

    /// One divisions file and the date of its edition.
    public struct Edition: Sendable {
        public var date: CalendarDate
        public var file: PlanPath
    }

    /// The published folder and what only some plans ask for.
    public struct Publish: Sendable {
        /// The folder that is replaced by a run's results.
        public var output: PlanPath
        public var targets: PlanPath?
        public var official: PlanPath?
        public var ladder: Ladder?
        public var transfer: Transfer?
        public var land: Land?
        public var protection: Protection?
        public var store: Store = .standard
    }
}

/// A file or folder of a plan: where it lies, and what messages and the manifest call it.
public struct PlanPath: Sendable, Hashable {
    /// Absolute: what the system opens.
    public var path: String
    /// Path relative to the plan's folder where it lies below it, else as written; the same on
    /// every machine as long as the plan names relative paths.
    public var label: String

    public init(path: String, label: String) {
        self.path = path
        self.label = label
    }
}

/// An upper limit of a share between 0 and 1, kept exactly as parts of a million.
public struct Share: Sendable, Equatable {
    public var millionths: Int

    public init(millionths: Int) { self.millionths = millionths }

    /// Whether part/whole exceeds this share; a whole of 0 exceeds nothing.
    public func isExceeded(by part: Int, of whole: Int) -> Bool {
        whole > 0 && part * 1_000_000 > millionths * whole
    }
}

/// The encoding that a plan states for the files of a source.
public enum EncodingChoice: String, CaseIterable, Sendable {
    case auto
    case utf8 = "utf-8"
    case gb18030
}
