/// What deduplicate counts of rows and citizens (SPEC 3, 4).
public struct DeduplicateCounts: Sendable, Equatable {
    public var registration = SourceCounts()
    public var residency = SourceCounts()
    /// Citizens with two different names.
    public var nameConflict = 0
    /// Citizens who died, joined the army or emigrated, and are present at the last date.
    public var closedButPresent = 0

    public init() {}

    /// Of one source.
    public struct SourceCounts: Sendable, Equatable {
        public var exactDuplicate = 0
        public var voided = 0
        public var superseded = 0
        /// Superseded because dated after the last date or written after known-at.
        public var future = 0
        public var inForce = 0
        /// Citizens, not rows.
        public var conflict = 0

        public init() {}

        public mutating func add(_ other: Self) {
            exactDuplicate += other.exactDuplicate
            voided += other.voided
            superseded += other.superseded
            future += other.future
            inForce += other.inForce
            conflict += other.conflict
        }

        /// Equals the accepted rows (SPEC 3).
        public var rows: Int { exactDuplicate + voided + superseded + future + inForce }
    }

    public mutating func add(_ other: Self) {
        registration.add(other.registration)
        residency.add(other.residency)
        nameConflict += other.nameConflict
        closedButPresent += other.closedButPresent
    }

    public subscript(source: Source) -> SourceCounts {
        source == .registration ? registration : residency
    }
}
