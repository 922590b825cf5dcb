import Foundation
import PopulationIngest
import PopulationModel
import PopulationTestSupport

/// An extract in memory, and what ingest makes of it.
struct IngestFile {
    var bytes: [UInt8]
    var source = Source.registration
    var encoding = "auto"
    var name = "a.csv"
    var columns: [String: String] = [:]
    var values: [String: [String: String]] = [:]

    init(_ bytes: [UInt8]) { self.bytes = bytes }
    init(_ text: String) { bytes = Array(text.utf8) }
}

struct IngestOutcome: Equatable {
    var extract: IngestedExtract
    /// Packed records, sorted by bytes: their order in a partition file is of no account.
    var records: [[UInt8]]
    /// The file of rejected rows.
    var rejected: String

    var counts: RowCounts { extract.counts }

    /// `row reason column` of each rejected row.
    var rejects: [String] {
        rejected.split(separator: "\n").map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            return fields.count < 6 ? "" : "\(fields[1]) \(fields[5]) \(fields[4])"
        }
    }
}

enum IngestFixture {
    struct Settings {
        var threads = 1
        var blockBytes = 1 << 18
        var alwaysLibCSV = false
        var chunkBytes = 2_048
        var makesDigests = false
    }

    static func run(_ file: IngestFile, _ settings: Settings = Settings()) throws -> IngestOutcome {
        try run([file], settings)[0]
    }

    /// All files in one run.
    static func run(_ files: [IngestFile], _ settings: Settings = Settings()) throws
        -> [IngestOutcome]
    {
        try TemporaryFolder.with { folder in
            let requests = try files.enumerated().map { index, file in
                try request(file, index, folder)
            }
            let extracts = try IngestStage.run(
                requests,
                settings: IngestSettings(
                    area: Area(code: "4499")!, threads: settings.threads,
                    blockBytes: settings.blockBytes, alwaysLibCSV: settings.alwaysLibCSV,
                    partitionCountLog2: 2, chunkBytes: settings.chunkBytes,
                    makesDigests: settings.makesDigests))
            return try extracts.map { extract in
                var plain = extract
                plain.partitionPath = ""
                plain.rejectedPath = ""
                return IngestOutcome(
                    extract: plain, records: try records(extract.partitionPath),
                    rejected: String(
                        decoding: try Data(contentsOf: URL(fileURLWithPath: extract.rejectedPath)),
                        as: UTF8.self))
            }
        }
    }

    static func request(_ file: IngestFile, _ index: Int, _ folder: URL) throws -> IngestRequest {
        let path = folder.appendingPathComponent("\(index)-\(file.name)")
        try Data(file.bytes).write(to: path)
        return IngestRequest(
            path: path.path, label: file.name, source: file.source, encoding: file.encoding,
            columns: file.columns, values: file.values,
            partitionPath: folder.appendingPathComponent("\(index).partition").path,
            rejectedPath: folder.appendingPathComponent("\(index).rejected").path,
            unpackPath: folder.appendingPathComponent("\(index).unpacked").path)
    }

    /// Errors of a run that must fail; empty when it does not.
    static func faults(_ files: [IngestFile]) throws -> [PopstatError] {
        do {
            _ = try run(files)
            return []
        } catch let errors as PopstatErrors {
            return errors.errors
        }
    }

    private static func records(_ path: String) throws -> [[UInt8]] {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let trailerStart = bytes.count - PartitionFormat.trailerBytes
        guard let trailer = PartitionFormat.readTrailer(Array(bytes[trailerStart...])),
            let extents = PartitionFormat.readIndex(
                Array(bytes[Int(trailer.indexOffset)..<trailerStart]), trailer: trailer)
        else { return [] }
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

extension FieldBytes {
    /// A field of its own, with the bytes behind it that words are loaded from.
    static func with<Result>(_ bytes: [UInt8], _ body: (FieldBytes) throws -> Result) rethrows
        -> Result
    {
        // What lies behind a field is another field's: nothing may depend on it.
        try (bytes + [UInt8](repeating: 0x37, count: 64)).withUnsafeBufferPointer {
            try body(FieldBytes($0.baseAddress!, bytes.count))
        }
    }

    static func with<Result>(_ text: String, _ body: (FieldBytes) throws -> Result) rethrows
        -> Result
    {
        try with(Array(text.utf8), body)
    }
}
