import PopulationModel

/// How often each kind of row, spelling and case occurs in a sample, by source.
package struct SampleLedger: Sendable, Equatable {
    private var counts = [Int](repeating: 0, count: 2 * SampleKind.allCases.count)
    /// Rows written, headers not counted, by `Source.allCases`.
    package private(set) var rows = [0, 0]

    package init() {}

    /// One line of the ledger: a kind that occurs.
    package struct Entry: Sendable, Equatable {
        package let kind: SampleKind
        package let source: Source
        package let count: Int
    }

    /// The kinds that occur, in the order of `SampleKind`.
    package var entries: [Entry] {
        SampleKind.allCases.flatMap { kind in
            Source.allCases.compactMap { source in
                let count = self[kind, source]
                return count == 0 ? nil : Entry(kind: kind, source: source, count: count)
            }
        }
    }

    package subscript(kind: SampleKind, source: Source) -> Int {
        counts[2 * Int(kind.rawValue) + (source == .registration ? 0 : 1)]
    }

    /// The sum of the kinds that a run counts under a measure and reason of the table `quality`.
    package func count(_ measure: SampleMeasure, reason: String, source: Source) -> Int {
        SampleKind.allCases.reduce(0) { sum, kind in
            kind.measure == measure && kind.reason(in: source) == reason
                ? sum + self[kind, source] : sum
        }
    }

    package mutating func add(_ kind: SampleKind, _ source: Source, count: Int = 1) {
        counts[2 * Int(kind.rawValue) + (source == .registration ? 0 : 1)] += count
    }

    package mutating func addRow(_ source: Source) { rows[source == .registration ? 0 : 1] += 1 }

    package mutating func add(_ other: SampleLedger) {
        for i in counts.indices { counts[i] += other.counts[i] }
        for i in rows.indices { rows[i] += other.rows[i] }
    }
}
