package import PopulationModel

/// Takes: partition files. Gives: one person per identity number at each reference date, in
/// batches, worker by worker; counts of what was left out and why.
/// Refuses: partition files that are damaged; more division codes than a country has, many times over.
package struct DeduplicateStage: Sendable {
    /// The code of the error for a damaged partition file, which the pipeline mends by itself.
    package static let damagedCode = "DEDUPLICATE-002"

    private let reader: PartitionReader
    private let territory: Territory
    private let settings: DeduplicateSettings

    package init(
        _ extracts: [IngestedExtract], territory: Territory, settings: DeduplicateSettings
    ) throws(PopstatErrors) {
        reader = try PartitionReader(extracts, checks: settings.checksPartitions)
        self.territory = territory
        self.settings = settings
    }

    /// Goes through all partitions on `threads` threads. `makeConsumer` is called once per thread
    /// with the thread's table of places, and its result gets that thread's persons.
    package func run<Consumer: PersonConsumer & SendableMetatype & ~Copyable>(
        threads: Int, progress: ProgressCounter? = nil,
        makeConsumer: @escaping @Sendable (PlaceTable) -> Consumer
    ) throws(PopstatErrors) -> (consumers: [Consumer.Result], counts: DeduplicateCounts) {
        progress?.start(total: reader.partitionCount)
        let outcome = Monitor(Outcome<Consumer.Result>())
        let reader = self.reader
        WorkerThreads.run(count: threads) { _ in
            let places = PlaceTable(territory: territory, countMax: settings.placeCountMax)
            var worker = PartitionWorker(places: places, settings: settings)
            var consumer = makeConsumer(places)
            while let partition = outcome.update({ $0.take(of: reader.partitionCount) }) {
                do throws(PopstatErrors) {
                    try worker.process(partition, of: reader, into: &consumer)
                    if places.isOverfull {
                        throw PopstatErrors(.tooManyCodes(countMax: settings.placeCountMax))
                    }
                } catch {
                    // Several threads may meet the same.
                    outcome.update { outcome in
                        outcome.failures += error.errors.filter { !outcome.failures.contains($0) }
                    }
                }
                progress?.add(1)
            }
            let result = consumer.finish()
            outcome.update {
                $0.results.append(result)
                $0.counts.add(worker.counts)
            }
        }
        let end = outcome.read { $0 }
        if !end.failures.isEmpty { throw PopstatErrors(end.failures) }
        return (end.results, end.counts)
    }

    private struct Outcome<Result> {
        var next = 0
        var failures: [PopstatError] = []
        var results: [Result] = []
        var counts = DeduplicateCounts()

        mutating func take(of count: Int) -> Int? {
            guard next < count, failures.isEmpty else { return nil }
            defer { next += 1 }
            return next
        }
    }
}

/// The rules of SPEC 4 that a plan sets.
package struct DeduplicateSettings: Sendable {
    package var knownAt: Timestamp?
    package var residenceMonths: Int
    package var stayGapDays: Int
    /// Leaves out what the main tables do not need: changes of registration within a year, stays for
    /// more than where somebody lives, and households.
    package var onlyMainTables: Bool
    /// Off only to measure what checksums cost.
    package var checksPartitions: Bool
    /// So many different division codes at most, per thread.
    package var placeCountMax: Int

    package init(
        knownAt: Timestamp?, residenceMonths: Int, stayGapDays: Int,
        onlyMainTables: Bool = false, checksPartitions: Bool = true,
        placeCountMax: Int = PlaceTable.countMax
    ) {
        self.placeCountMax = placeCountMax
        self.checksPartitions = checksPartitions
        self.onlyMainTables = onlyMainTables
        self.knownAt = knownAt
        self.residenceMonths = residenceMonths
        self.stayGapDays = stayGapDays
    }
}
