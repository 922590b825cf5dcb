internal import PopulationModel

/// One extract on its way through ingest; its blocks are shared among the workers.
final class ExtractIngest: Sendable {
    let request: IngestRequest
    let setup: ExtractSetup
    let file: ExtractFile
    let partitions: PartitionFileWriter
    let rejected: RejectedRows
    let chain: BlockChain
    let blockBytes: Int
    /// All of them, or those of a split.
    let blocks: Range<Int>
    /// Where the first record began, once it is known.
    let first = Monitor<ExtractSplit.Link?>(nil)
    /// `nil` where none is wanted, for a split, and for gzip, whose digest is that of the packed bytes.
    let digest: DigestInPassing?
    private let counts = Monitor(RowCounts())

    init(
        _ request: IngestRequest, setup: ExtractSetup, file: ExtractFile, settings: IngestSettings
    ) throws(PopstatErrors) {
        self.request = request
        self.setup = setup
        self.file = file
        blockBytes = settings.blockBytes
        let dataBytes = file.byteCount - setup.dataStart
        let all = 0..<(dataBytes + blockBytes - 1) / blockBytes
        blocks = request.split?.blocks.clamped(to: all) ?? all
        chain = BlockChain(
            first: blocks.lowerBound == 0
                ? BlockChain.Link(
                    start: setup.dataStart, rows: 0, lineEnds: setup.headerLineEnds)
                : request.split?.link, of: blocks.lowerBound)
        partitions = try PartitionFileWriter(path: request.partitionPath)
        rejected = try RejectedRows(
            path: request.rejectedPath, firstBlock: blocks.lowerBound)
        digest =
            file.isPacked || request.split != nil
            ? nil : settings.makesDigests ? DigestInPassing() : nil
        if let digest { try Self.feed(digest, beginningOf: file, count: setup.dataStart) }
    }

    /// What stands before the first block: the header.
    private static func feed(
        _ digest: DigestInPassing, beginningOf file: ExtractFile, count: Int
    ) throws(PopstatErrors) {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
        defer { bytes.deallocate() }
        guard try file.read(at: 0, into: bytes) == count else {
            throw PopstatErrors(.changedWhileRead(label: file.label))
        }
        digest.update(UnsafeRawBufferPointer(bytes))
    }

    func add(_ other: RowCounts) { counts.update { $0.add(other) } }

    func finish(partitionCountLog2: Int) throws(PopstatErrors) -> IngestedExtract {
        try file.checkUnchanged()
        try partitions.finish(partitionCount: 1 << partitionCountLog2)
        try rejected.finish()
        let total = counts.read { $0 }
        precondition(total.isBalanced, "rows read and rows accounted for differ")
        return IngestedExtract(
            label: request.label, source: request.source, partitionPath: request.partitionPath,
            rejectedPath: request.rejectedPath, partitionCountLog2: partitionCountLog2,
            counts: total, encoding: setup.encodingName,
            unknownHeaders: setup.map.unknownHeaders,
            missingColumns: zip(Column.all(of: request.source), setup.map.fieldIndexes)
                .filter { $0.1 < 0 }.map(\.0.name), byteCount: file.byteCount,
            sha256: digest?.finish())
    }
}
