/// What ingest made of one extract: where its records lie and how its rows came through.
public struct IngestedExtract: Sendable, Equatable {
    /// What messages call the extract.
    public var label: String
    public var source: Source
    public var partitionPath: String
    public var rejectedPath: String
    public var partitionCountLog2: Int
    public var counts: RowCounts
    /// `utf-8` or `gb18030`.
    public var encoding: String
    /// As they stand in the file.
    public var unknownHeaders: [String]
    /// Canonical names of the columns that the extract does not have.
    public var missingColumns: [String]
    /// Unpacked bytes.
    public var byteCount: Int
    /// SHA-256 of the bytes that were read, in hexadecimal; `nil` where it was not made in passing.
    public var sha256: String?

    public init(
        label: String, source: Source, partitionPath: String, rejectedPath: String,
        partitionCountLog2: Int, counts: RowCounts, encoding: String, unknownHeaders: [String],
        missingColumns: [String] = [], byteCount: Int, sha256: String? = nil
    ) {
        self.label = label
        self.source = source
        self.partitionPath = partitionPath
        self.rejectedPath = rejectedPath
        self.partitionCountLog2 = partitionCountLog2
        self.counts = counts
        self.encoding = encoding
        self.unknownHeaders = unknownHeaders
        self.missingColumns = missingColumns
        self.byteCount = byteCount
        self.sha256 = sha256
    }
}

/// How far a stage has come; written by its workers, read by whoever shows it.
public final class ProgressCounter: Sendable {
    private let state = Monitor((done: 0, rows: 0, total: 0))

    public init() {}

    /// `total` in the unit that `add` counts: bytes for ingest, partitions for deduplicate.
    public func start(total: Int) { state.update { $0 = (0, 0, total) } }

    public func add(_ done: Int, rows: Int = 0) {
        state.update {
            $0.done += done
            $0.rows += rows
        }
    }

    public var snapshot: (done: Int, rows: Int, total: Int) { state.read { $0 } }
}
