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
    let blockCount: Int
    private let counts = Monitor(RowCounts())

    init(_ request: IngestRequest, setup: ExtractSetup, file: ExtractFile, blockBytes: Int)
        throws(PopstatErrors)
    {
        self.request = request
        self.setup = setup
        self.file = file
        self.blockBytes = blockBytes
        let dataBytes = file.byteCount - setup.dataStart
        blockCount = (dataBytes + blockBytes - 1) / blockBytes
        chain = BlockChain(
            first: BlockChain.Link(
                start: setup.dataStart, rows: 0, lineEnds: setup.headerLineEnds))
        partitions = try PartitionFileWriter(path: request.partitionPath)
        rejected = try RejectedRows(path: request.rejectedPath)
    }

    func add(_ other: RowCounts) { counts.update { $0.add(other) } }

    func finish(partitionCountLog2: Int) throws(PopstatErrors) -> IngestedExtract {
        try file.checkUnchanged()
        try partitions.finish(partitionCount: 1 << partitionCountLog2)
        try rejected.finish()
        let total = counts.update { $0 }
        precondition(total.isBalanced, "rows read and rows accounted for differ")
        return IngestedExtract(
            label: request.label, source: request.source, partitionPath: request.partitionPath,
            rejectedPath: request.rejectedPath, partitionCountLog2: partitionCountLog2,
            counts: total, encoding: setup.encodingName,
            unknownHeaders: setup.map.unknownHeaders, byteCount: file.byteCount)
    }
}
