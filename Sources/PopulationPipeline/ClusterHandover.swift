import Foundation
import PopulationIngest
import PopulationModel

/// What a task has to know besides the plan, as one word on its command line.
struct ClusterSettings: Codable, Equatable {
    var partitionCountLog2: Int
    var chunkBytes: Int
    var gatheredChunkCount: Int
    /// Tasks that count, each the partitions whose number leaves its own when divided by them.
    var places = 1
    var alwaysLibCSV = false
    var onlyMainTables = false
    /// `RejectDetail`.
    var detail = RejectDetail.full.rawValue
    /// Where rejected rows stay; `nil` = none are kept.
    var rejectedFolder: String?
    /// Seconds of a `Timestamp`.
    var knownAt: Int64?

    init(_ planning: IngestPlanning) {
        partitionCountLog2 = planning.partitionCountLog2
        chunkBytes = planning.chunkBytes
        gatheredChunkCount = planning.gatheredChunkCount
    }

    init?(json: String) {
        // What is no JSON of this form is refused by the caller.
        guard let settings = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)),
            RejectDetail(rawValue: settings.detail) != nil,
            (0...16).contains(settings.partitionCountLog2), settings.places > 0
        else { return nil }
        self = settings
    }

    var json: String {
        // Numbers and texts alone: it cannot fail.
        let data = (try? JSONEncoder().encode(self)) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    var rejectDetail: RejectDetail { RejectDetail(rawValue: detail) ?? .full }

    /// Named as the extract's partitions would be, so that two tasks never share a file.
    func rejectedPath(of request: IngestRequest) -> String {
        guard let rejectedFolder else { return request.rejectedPath }
        let name = request.rejectedPath.split(separator: "/").last.map(String.init) ?? ""
        let split = request.split.map { ".\($0.blocks.lowerBound)" } ?? ""
        return "\(rejectedFolder)/\(name)\(split)"
    }
}

/// Blocks of an extract for one task, as one word on its command line.
struct ClusterSplit: Codable, Equatable {
    /// Blocks are counted in these wherever a split is taken.
    static let blockBytes = 1 << 18

    var first: Int
    var end: Int
    var link: ExtractSplit.Link?

    init(first: Int, end: Int) {
        self.first = first
        self.end = end
    }

    init?(json: String) {
        // What is no JSON of this form is refused by the caller.
        guard let split = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)),
            split.first >= 0, split.first <= split.end
        else { return nil }
        self = split
    }
}

/// Where the records of a split begin, and those of the one behind it; `nil` where no record begins,
/// as far as the split can tell alone.
struct ClusterLinks: Codable {
    var first: ExtractSplit.Link?
    var next: ExtractSplit.Link?

    var json: String {
        // Numbers alone: it cannot fail.
        String(decoding: (try? JSONEncoder().encode(self)) ?? Data(), as: UTF8.self)
    }
}

/// A checksum of 16 digits behind a text that travels: one digit changed on the way would be another
/// count.
enum ClusterSeal {
    static func sealed(_ text: [UInt8]) -> [UInt8] {
        let digits = String(sum(text[...]), radix: 16)
        return text + Array((" " + String(repeating: "0", count: 16 - digits.count) + digits).utf8)
    }

    /// The text; `nil` when it is not what was sealed.
    static func opened(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count > 17, bytes[bytes.count - 17] == 0x20,
            let sum = UInt64(String(decoding: bytes.suffix(16), as: UTF8.self), radix: 16),
            sum == Self.sum(bytes.dropLast(17))
        else { return nil }
        return Array(bytes.dropLast(17))
    }

    private static func sum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.withUnsafeBytes { Checksum.of($0) }
    }
}

/// What a task says of the extract that it ingested, or of its split.
struct ClusterAccount: Codable {
    var path: String
    /// Empty of a split.
    var sha256: String
    /// Of the file, by which a change between two tasks is seen.
    var size: Int64
    var modified: Int64
    var encoding: String
    var unknownHeaders: [String]
    var missingColumns: [String]
    var byteCount: Int
    var counts: IngestCatalog.Entry.Counts

    init(_ extract: IngestedExtract, path: String, sha256: String, identity: FileIdentity?) {
        size = identity?.size ?? -1
        modified = identity?.modifiedNanoseconds ?? -1
        self.path = path
        self.sha256 = sha256
        encoding = extract.encoding
        unknownHeaders = extract.unknownHeaders
        missingColumns = extract.missingColumns
        byteCount = extract.byteCount
        counts = .init(extract.counts)
    }

    /// Sealed JSON.
    var bytes: [UInt8] {
        // Numbers and texts alone: it cannot fail.
        ClusterSeal.sealed([UInt8]((try? JSONEncoder().encode(self)) ?? Data()))
    }
}
