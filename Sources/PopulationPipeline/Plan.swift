import PopulationFigures
import PopulationModel

/// What one run is asked to do, as a plan file says it (SPEC 7); every path is absolute here.
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
    public var counties: String?
    public var publish: Publish

    public struct Ingest: Sendable {
        public var registration: ExtractPlan
        public var residency: ExtractPlan
    }

    /// The extracts of one source and how they are read.
    public struct ExtractPlan: Sendable {
        /// Sorted by path, each once.
        public var files: [ExtractPath]
        public var encoding: EncodingChoice
        public var rejectedShareMax: Share
        /// Canonical column to one more header.
        public var columns: [String: String]
        /// Column to raw value to canonical word.
        public var values: [String: [String: String]]
    }

    /// One extract: where it lies, and what messages call it.
    public struct ExtractPath: Sendable, Hashable {
        public var path: String
        /// Path relative to the plan's folder where it lies below it, else as written.
        public var label: String
    }

    public struct Deduplicate: Sendable {
        public var residenceMonths: Int
        public var stayGapDays: Int
    }

    public struct Classify: Sendable {
        /// Ascending by edition date, at least one.
        public var divisions: [Edition]
        public var changes: String?
        public var unclassifiedShareMax: Share
    }

    public struct Edition: Sendable {
        public var date: CalendarDate
        public var file: String
    }

    public struct Publish: Sendable {
        public var output: String
        public var targets: String?
        public var official: String?
        public var ladder: Ladder?
        public var transfer: Transfer?
        public var land: Land?
        public var protection: Protection?
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
