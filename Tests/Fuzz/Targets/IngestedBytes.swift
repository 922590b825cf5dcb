import PopulationIngest
import PopulationModel

/// What ingest makes of an extract: all that may depend neither on blocks, nor on threads, nor on
/// the parser.
struct IngestedBytes: Equatable {
    var extract: IngestedExtract
    /// Packed records, sorted by bytes: their order in a partition file is of no account.
    var records: [[UInt8]]
    /// The lines of the file of rejected rows.
    var rejected: [UInt8]

    struct Settings {
        var source = Source.registration
        var encoding = "auto"
        var threads = 1
        var blockBytes = 1 << 14
        var alwaysLibCSV = false
    }

    init(_ bytes: [UInt8], _ settings: Settings) throws(PopstatErrors) {
        let (input, partition, rejects) = (NamelessFile(bytes), NamelessFile(), NamelessFile())
        let request = IngestRequest(
            path: input.path, label: "a.csv", source: settings.source,
            encoding: settings.encoding, columns: ["name": "称呼"],
            values: ["event": ["105": "move_in"]], partitionPath: partition.path,
            rejectedPath: rejects.path, unpackPath: "")
        // The paths are good only while the files are held.
        defer { withExtendedLifetime((input, partition, rejects)) {} }
        extract = try IngestStage.run(
            [request],
            settings: IngestSettings(
                area: Area(code: "4499")!, threads: settings.threads,
                blockBytes: settings.blockBytes, alwaysLibCSV: settings.alwaysLibCSV,
                partitionCountLog2: 1, chunkBytes: 2_048, gatheredChunkCount: 2))[0]
        extract.partitionPath = ""
        extract.rejectedPath = ""
        // Which parser read a record is no part of the answer.
        extract.counts.readByLibCSV = 0
        records = Self.records(partition.bytes)
        rejected = rejects.bytes
    }

    /// Where two answers to the same extract differ, in few words.
    func difference(from other: IngestedBytes) -> String? {
        if extract.counts != other.extract.counts { return "counts differ" }
        if records != other.records { return "records differ" }
        if rejected != other.rejected { return "rejected rows differ" }
        return self == other ? nil : "accounts differ"
    }

    private static func records(_ bytes: [UInt8]) -> [[UInt8]] {
        let trailerStart = bytes.count - PartitionFormat.trailerBytes
        guard let trailer = PartitionFormat.readTrailer(Array(bytes[trailerStart...])),
            let extents = PartitionFormat.readIndex(
                Array(bytes[Int(trailer.indexOffset)..<trailerStart]), trailer: trailer)
        else { preconditionFailure("ingest left a partition file that cannot be read") }
        var records: [[UInt8]] = []
        bytes.withUnsafeBytes { raw in
            for extent in extents {
                var offset = Int(extent.offset) + PartitionFormat.chunkHeaderBytes
                let end = Int(extent.offset) + Int(extent.byteCount)
                while offset < end {
                    let view = PackedRecordView(start: raw.baseAddress! + offset)
                    records.append(Array(raw[offset..<(offset + view.byteCount)]))
                    offset += view.byteCount
                }
            }
        }
        return records.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
