package import PopulationModel

/// Takes: CSV extracts of the two registers, in whatever state they come.
/// Gives: one partition file per extract, with packed records of the rows that break no rule; the
/// others set aside with place and reason.
/// Refuses: files that cannot be read, have no header, or lack a needed column.
package enum IngestStage {
    /// First line of a file of rejected rows.
    package static let rejectedHeader = RejectedRows.header

    /// Opens the extracts and matches their headers; all faults of all files at once.
    package static func check(_ requests: [IngestRequest]) throws(PopstatErrors) {
        let workspace = SetupWorkspace()
        var faults: [PopstatError] = []
        for request in requests {
            do throws(PopstatErrors) {
                let beginning = try workspace.beginning(
                    ofPath: request.path, label: request.label)
                _ = try ExtractSetup(request, beginning: beginning)
            } catch { faults += error.errors }
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
    }

    /// Ingests the extracts. The answer is in the order of the requests and does not depend on the
    /// number of threads, the size of blocks or the parser.
    package static func run(
        _ requests: [IngestRequest], settings: IngestSettings, progress: ProgressCounter? = nil
    ) throws(PopstatErrors) -> [IngestedExtract] {
        let opened = try open(requests, threads: settings.threads)
        var extracts: [ExtractIngest] = []
        for (request, (file, setup)) in zip(requests, opened) {
            extracts.append(
                try ExtractIngest(request, setup: setup, file: file, settings: settings))
        }
        progress?.start(total: extracts.reduce(0) { $0 + $1.file.byteCount })
        try work(on: extracts, settings: settings, progress: progress)
        var ingested: [IngestedExtract] = []
        for extract in extracts {
            ingested.append(try extract.finish(partitionCountLog2: settings.partitionCountLog2))
        }
        return ingested
    }

    /// Where the first record of a split begins, and that of the split behind it: true when the link of
    /// the split is given, else as far as can be told from the split alone.
    package static func links(of request: IngestRequest, settings: IngestSettings)
        throws(PopstatErrors) -> (first: ExtractSplit.Link?, next: ExtractSplit.Link?)
    {
        var settings = settings
        settings.findsSplitsOnly = true
        let (file, setup) = try open([request], threads: 1)[0]
        let extract = try ExtractIngest(request, setup: setup, file: file, settings: settings)
        try work(on: [extract], settings: settings, progress: nil)
        try file.checkUnchanged()
        let first = extract.first.read { $0 }
        switch extract.chain.handed(to: extract.blocks.upperBound) {
        case nil: preconditionFailure("a block failed and was not told")
        case .nothing: return (first, nil)
        case .begins(let next): return (first, next)
        }
    }

    /// How an extract was opened, or why not.
    private enum Opening: Sendable {
        case opened(ExtractFile, ExtractSetup)
        case failed([PopstatError])
    }

    /// Several at a time: the encoding of an extract is told from up to 4 MiB of it, which is a
    /// good part of a small one.
    private static func open(_ requests: [IngestRequest], threads: Int) throws(PopstatErrors)
        -> [(ExtractFile, ExtractSetup)]
    {
        let idle = Monitor<[SetupWorkspace]>([])
        let openings = WorkerThreads.map(count: requests.count, threads: threads) { index in
            let workspace = idle.update { $0.popLast() } ?? SetupWorkspace()
            defer { idle.update { $0.append(workspace) } }
            let request = requests[index]
            do throws(PopstatErrors) {
                let file = try ExtractFile(
                    path: request.path, label: request.label, unpackPath: request.unpackPath)
                return Opening.opened(file, try workspace.setup(request, of: file))
            } catch {
                return Opening.failed(error.errors)
            }
        }
        var opened: [(ExtractFile, ExtractSetup)] = []
        var faults: [PopstatError] = []
        for opening in openings {
            switch opening {
            case .opened(let file, let setup): opened.append((file, setup))
            case .failed(let errors): faults += errors
            }
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
        return opened
    }

    /// Lets the workers take one block after another until none is left or one fails. Of several
    /// extracts that fail the first one is told, whichever worker was quicker.
    private static func work(
        on extracts: [ExtractIngest], settings: IngestSettings, progress: ProgressCounter?
    ) throws(PopstatErrors) {
        let queue = BlockQueue(extracts.map(\.blocks))
        let failures = Monitor<[(turn: BlockQueue.Turn, errors: [PopstatError])]>([])
        WorkerThreads.run(count: settings.threads) { _ in
            let worker = BlockWorker(settings: settings, progress: progress)
            var last: BlockQueue.Turn?
            while let turn = queue.next(after: last) {
                last = turn
                worker.turn(to: extracts[turn.extract])
                do throws(PopstatErrors) {
                    try worker.process(turn.block)
                } catch {
                    failures.update { $0.append((turn, error.errors)) }
                    queue.stop(at: turn.extract)
                }
            }
            worker.turn(to: nil)
        }
        let found = failures.read { $0 }
        if let first = found.min(by: { $0.turn < $1.turn }) { throw PopstatErrors(first.errors) }
    }
}

/// One extract to ingest, and where its outcome goes.
package struct IngestRequest: Sendable {
    package var path: String
    /// What messages call it.
    package var label: String
    package var source: Source
    /// `auto`, `utf-8` or `gb18030`.
    package var encoding: String
    /// Canonical column to one more header.
    package var columns: [String: String]
    /// Column to raw value to canonical word.
    package var values: [String: [String: String]]
    package var partitionPath: String
    package var rejectedPath: String
    /// Where a gzip extract is unpacked; the file is unlinked while it is used.
    package var unpackPath: String
    /// `nil` = the whole extract.
    package var split: ExtractSplit?

    package init(
        path: String, label: String, source: Source, encoding: String, columns: [String: String],
        values: [String: [String: String]], partitionPath: String, rejectedPath: String,
        unpackPath: String
    ) {
        self.path = path
        self.label = label
        self.source = source
        self.encoding = encoding
        self.columns = columns
        self.values = values
        self.partitionPath = partitionPath
        self.rejectedPath = rejectedPath
        self.unpackPath = unpackPath
    }
}

/// How ingest works; none of it changes a figure.
package struct IngestSettings: Sendable {
    package var area: Area
    package var threads: Int
    /// Bytes that a worker takes at once; any number from 1 on gives the same records.
    package var blockBytes: Int
    /// Every record through libcsv.
    package var alwaysLibCSV: Bool
    package var partitionCountLog2: Int
    /// Payload of a chunk of the partition file.
    package var chunkBytes: Int
    /// Chunks that a worker keeps before it writes them together.
    package var gatheredChunkCount: Int
    /// Makes the SHA-256 of an extract while it is read.
    package var makesDigests: Bool

    /// Off only to measure what checksums cost.
    package var makesChecksums: Bool
    /// How much of a rejected row is kept.
    package var rejectDetail: RejectDetail
    /// Only looks where records begin.
    var findsSplitsOnly = false

    package init(
        area: Area, threads: Int, blockBytes: Int = 1 << 18, alwaysLibCSV: Bool = false,
        partitionCountLog2: Int = 8, chunkBytes: Int = 1 << 14,
        gatheredChunkCount: Int = 64, makesDigests: Bool = false,
        rejectDetail: RejectDetail = .full, makesChecksums: Bool = true
    ) {
        self.area = area
        self.threads = threads
        self.blockBytes = blockBytes
        self.alwaysLibCSV = alwaysLibCSV
        self.partitionCountLog2 = partitionCountLog2
        self.chunkBytes = chunkBytes
        self.gatheredChunkCount = gatheredChunkCount
        self.makesDigests = makesDigests
        self.rejectDetail = rejectDetail
        self.makesChecksums = makesChecksums
    }
}
