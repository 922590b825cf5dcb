import PopulationIngest
import PopulationModel

/// The extracts of a run after ingest, and which of them had been ingested before.
struct IngestOutcome {
    /// In the order of the plan: registration, then residency.
    var extracts: [Extract]
    /// The people of the extracts, where a cluster counted them as well.
    var counted: CountedPersons?

    struct Extract {
        var ingested: IngestedExtract
        var sha256: String
        var isReused: Bool
    }

    var reusedCount: Int { extracts.count { $0.isReused } }

    /// Whether any extract of a source has one of the columns.
    func has(_ columns: [String], in source: Source) -> Bool {
        extracts.contains { extract in
            extract.ingested.source == source
                && columns.contains { !extract.ingested.missingColumns.contains($0) }
        }
    }

    /// Rows of one source over all its extracts.
    func counts(of source: Source) -> RowCounts {
        extracts.filter { $0.ingested.source == source }.reduce(into: RowCounts()) {
            $0.add($1.ingested.counts)
        }
    }
}

/// Stage 1 of a run: ingests the extracts that are new or changed, and takes the others' partitions
/// from the work folder.
struct IngestRun {
    private let plan: Plan
    private let catalog: IngestCatalog
    private let options: RunOptions

    init(plan: Plan, work: WorkFolder, options: RunOptions) {
        self.plan = plan
        self.options = options
        catalog = IngestCatalog(folder: work.stageFolder(.ingest))
    }

    private struct Candidate {
        var request: IngestRequest
        var files: IngestCatalog.Files
        var identity: FileIdentity?
        var mapping: String
        var entry: IngestCatalog.Entry?
        /// SHA-256 as far as it is known.
        var sha256: String?
    }

    /// All requests of the plan, for `check`.
    static func requests(of plan: Plan, catalog: IngestCatalog) -> [IngestRequest] {
        Source.allCases.flatMap { source in
            let extracts =
                source == .registration ? plan.ingest.registration : plan.ingest.residency
            return extracts.files.map { file in
                let files = catalog.files(of: file.path, source: source)
                return IngestRequest(
                    path: file.path, label: file.label, source: source,
                    encoding: extracts.encoding.rawValue, columns: extracts.columns,
                    values: extracts.values, partitionPath: files.partitions,
                    rejectedPath: files.rejected, unpackPath: files.unpacked)
            }
        }
    }

    func run(counter: ProgressCounter) throws(PopstatErrors) -> IngestOutcome {
        var candidates = Self.requests(of: plan, catalog: catalog).map { request in
            let files = catalog.files(of: request.path, source: request.source)
            return Candidate(
                request: request, files: files, identity: FileIdentity(path: request.path),
                mapping: mapping(of: request), entry: catalog.entry(of: files))
        }
        let planning = IngestPlanning(
            inputBytes: candidates.reduce(0) {
                $0
                    + PackedExtract.unpackedBytes(
                        $1.request.path, size: Int($1.identity?.size ?? 0))
            }, threads: options.threads, memoryLimit: options.memoryLimit)
        if options.verifyInputs { try digestAll(&candidates) }
        let fresh = candidates.indices.filter { !isUsable(candidates[$0], planning) }
        let ingested = try ingest(fresh.map { candidates[$0] }, planning, counter)
        for (index, extract) in zip(fresh, ingested) {
            candidates[index].sha256 = candidates[index].sha256 ?? extract.sha256
        }
        let digests = try digest(fresh.map { candidates[$0] })
        try store(ingested, fresh.map { candidates[$0] }, digests)
        catalog.removeOrphans(besides: candidates.map(\.files))
        var outcome = IngestOutcome(extracts: [])
        var done = 0
        for (index, candidate) in candidates.enumerated() {
            if done < fresh.count, fresh[done] == index {
                outcome.extracts.append(
                    .init(ingested: ingested[done], sha256: digests[done], isReused: false))
                done += 1
            } else if let entry = candidate.entry {
                outcome.extracts.append(
                    .init(
                        ingested: extract(candidate, entry), sha256: entry.sha256, isReused: true))
            }
        }
        return outcome
    }

    /// A partition file turned out to be damaged: its extract is ingested again.
    func forget(partitionPath: String) {
        for request in Self.requests(of: plan, catalog: catalog)
        where request.partitionPath == partitionPath {
            catalog.forget(catalog.files(of: request.path, source: request.source))
        }
    }

    /// Version and file of the program: another build may read rows in another way.
    private static let program: String = {
        let file = FileIdentity(path: "/proc/self/exe")
        return "\(ProgramVersion.text) \(file?.size ?? 0) \(file?.modifiedNanoseconds ?? 0)"
    }()

    /// What an extract's records depend on besides its bytes.
    private func mapping(of request: IngestRequest) -> String {
        func text(_ pairs: [String: String]) -> String {
            pairs.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "\u{1}")
        }
        let values = request.values.sorted { $0.key < $1.key }.map { "\($0){\(text($1))}" }
        let parts = [
            Self.program, "\(PartitionFormat.version)", plan.area.code,
            request.source.rawValue, request.encoding, request.label, text(request.columns),
            options.alwaysLibCSV ? "libcsv" : "auto", options.rejectDetail.rawValue,
            options.skipChecksums ? "unchecked" : "checked",
            values.joined(separator: "\u{1}"),
        ]
        return InputDigest.of(Array(parts.joined(separator: "\u{2}").utf8))
    }

    /// In place of a digest that was not made.
    private static let noDigest = ""
    /// With more threads than this a file's digest would hold them up: a core makes it, one block
    /// after another. Then it is made after ingest, several files at a time.
    private static let threadsInPassing = 4

    private func isUsable(_ candidate: Candidate, _ planning: IngestPlanning) -> Bool {
        guard let entry = candidate.entry, let identity = candidate.identity,
            entry.mapping == candidate.mapping,
            entry.sha256 != Self.noDigest || options.skipInputDigests,
            planning.accepts(countLog2: entry.partitionCountLog2)
        else { return false }
        return options.verifyInputs
            ? entry.sha256 == candidate.sha256 : entry.identity == .init(identity)
    }

    private func digestAll(_ candidates: inout [Candidate]) throws(PopstatErrors) {
        let digests = try digest(candidates)
        for index in candidates.indices { candidates[index].sha256 = digests[index] }
    }

    /// SHA-256 of each extract, as far as it is not known.
    private func digest(_ candidates: [Candidate]) throws(PopstatErrors) -> [String] {
        if options.skipInputDigests { return candidates.map { _ in Self.noDigest } }
        let unknown = candidates.filter { $0.sha256 == nil }
        var digests = try InputDigest.ofFiles(
            unknown.map { ($0.request.path, $0.request.label) }, threads: options.threads
        ).makeIterator()
        return candidates.map { $0.sha256 ?? digests.next()! }
    }

    private func ingest(
        _ candidates: [Candidate], _ planning: IngestPlanning, _ counter: ProgressCounter
    ) throws(PopstatErrors) -> [IngestedExtract] {
        guard !candidates.isEmpty else { return [] }
        for candidate in candidates { catalog.forget(candidate.files) }
        return try IngestStage.run(
            candidates.map(\.request),
            settings: IngestSettings(
                area: plan.area, threads: options.threads, blockBytes: options.blockBytes,
                alwaysLibCSV: options.alwaysLibCSV,
                partitionCountLog2: planning.partitionCountLog2, chunkBytes: planning.chunkBytes,
                gatheredChunkCount: planning.gatheredChunkCount,
                makesDigests: isDigestInPassing,
                rejectDetail: options.rejectDetail, makesChecksums: !options.skipChecksums),
            progress: counter)
    }

    private var isDigestInPassing: Bool {
        !options.skipInputDigests && options.threads <= Self.threadsInPassing
    }

    /// Each in a file of its own, so several at a time.
    private func store(
        _ extracts: [IngestedExtract], _ candidates: [Candidate], _ digests: [String]
    ) throws(PopstatErrors) {
        _ = try WorkerThreads.map(count: extracts.count, threads: options.threads) {
            index throws(PopstatErrors) in
            try store(extracts[index], candidates[index], sha256: digests[index])
        }
    }

    private func store(_ extract: IngestedExtract, _ candidate: Candidate, sha256: String)
        throws(PopstatErrors)
    {
        guard let identity = candidate.identity,
            FileIdentity(path: candidate.request.path) == identity
        else {
            throw PopstatErrors(.changedDuringRun(label: candidate.request.label))
        }
        try catalog.store(
            IngestCatalog.Entry(
                extract: candidate.request.path, identity: .init(identity), sha256: sha256,
                mapping: candidate.mapping, partitionCountLog2: extract.partitionCountLog2,
                partitionBytes: Int(FileIdentity(path: extract.partitionPath)?.size ?? 0),
                rejectedBytes: Int(FileIdentity(path: extract.rejectedPath)?.size ?? 0),
                rejectedSHA256: InputDigest.ofFile(
                    extract.rejectedPath, label: extract.rejectedPath),
                encoding: extract.encoding, unknownHeaders: extract.unknownHeaders,
                missingColumns: extract.missingColumns, byteCount: extract.byteCount,
                counts: .init(extract.counts)),
            files: candidate.files)
    }

    private func extract(_ candidate: Candidate, _ entry: IngestCatalog.Entry) -> IngestedExtract {
        IngestedExtract(
            label: candidate.request.label, source: candidate.request.source,
            partitionPath: candidate.files.partitions, rejectedPath: candidate.files.rejected,
            partitionCountLog2: entry.partitionCountLog2, counts: entry.counts.rowCounts,
            encoding: entry.encoding, unknownHeaders: entry.unknownHeaders,
            missingColumns: entry.missingColumns, byteCount: entry.byteCount)
    }
}
