import Foundation
import Glibc
import PopulationAggregate
import PopulationDeduplicate
import PopulationIngest
import PopulationModel

/// What one task on a cluster does: ingest of one extract, or deduplicate and count of some
/// partitions. The code of the stages is that of a run on one machine; what differs is that
/// partitions arrive as blobs and that the counts leave as bytes.
///
/// The plan, its reference files and the extracts must be where the plan says, on every machine.
package struct ClusterTask {
    private let plan: Plan
    private let settings: ClusterSettings
    /// A private folder of this machine, for what memory is not kept for.
    private let folder: String

    package init(planFile: String, settings: String, folder: String) throws(PopstatErrors) {
        guard let settings = ClusterSettings(json: settings) else {
            throw PopstatErrors(.damagedHandover(.settings))
        }
        var plan = try PlanReader.read(file: planFile)
        plan.knownAt = settings.knownAt.map(Timestamp.init(seconds:))
        self.plan = settings.onlyMainTables ? plan.withMainTablesOnly : plan
        self.settings = settings
        self.folder = folder
        LinuxCalls.forbidCores()
    }

    // MARK: - Map

    /// Ingests an extract of the plan, or a split of it; gives frames for the places where partitions
    /// are counted, each with the frames of its partitions, and the account last. A split's link must
    /// be given, unless it is the first.
    package func map(extract path: String, split: String?, to output: Int32)
        throws(PopstatErrors)
    {
        var request = try request(path, split)
        request.rejectedPath = settings.rejectedPath(of: request)
        let identity = FileIdentity(path: path)
        let extract = try IngestStage.run([request], settings: ingestSettings)[0]
        // A gzip extract's digest is that of the packed bytes, which nobody has read in passing; that
        // of an extract in splits is a task of its own.
        var digest = extract.sha256 ?? ""
        if digest.isEmpty, split == nil {
            digest = try InputDigest.ofFile(path, label: request.label)
        }
        guard FileIdentity(path: path) == identity else {
            throw PopstatErrors(.changedDuringRun(label: request.label))
        }
        try sendPartitions(of: extract, to: output)
        let account = ClusterAccount(extract, path: path, sha256: digest, identity: identity)
        try send(account.bytes, to: output)
    }

    /// Where the first records of a split and of the one behind it begin, as JSON.
    package func links(extract path: String, split: String?) throws(PopstatErrors) -> String {
        let (first, next) = try IngestStage.links(
            of: try request(path, split), settings: ingestSettings)
        return ClusterLinks(first: first, next: next).json
    }

    /// SHA-256 of an extract, sealed.
    package func digest(extract path: String) throws(PopstatErrors) -> String {
        let digest = try InputDigest.ofFile(path, label: try request(path, nil).label)
        return String(decoding: ClusterSeal.sealed(Array(digest.utf8)), as: UTF8.self)
    }

    private func request(_ path: String, _ split: String?) throws(PopstatErrors) -> IngestRequest {
        let catalog = IngestCatalog(folder: folder)
        let request = IngestRun.requests(of: plan, catalog: catalog).first { $0.path == path }
        guard var request else {
            throw PopstatErrors(
                .cannotReadInput(
                    label: path, reason: Bilingual("计划没有写明它", "the plan does not name it"),
                    isMissing: true))
        }
        if let split {
            guard let split = ClusterSplit(json: split) else {
                throw PopstatErrors(.damagedHandover(.split))
            }
            request.split = ExtractSplit(
                blocks: split.first..<max(split.first, split.end), link: split.link)
        }
        return request
    }

    private var ingestSettings: IngestSettings {
        IngestSettings(
            area: plan.area, threads: 1, blockBytes: ClusterSplit.blockBytes,
            alwaysLibCSV: settings.alwaysLibCSV,
            partitionCountLog2: settings.partitionCountLog2, chunkBytes: settings.chunkBytes,
            gatheredChunkCount: settings.gatheredChunkCount,
            makesDigests: true, rejectDetail: settings.rejectDetail)
    }

    private func sendPartitions(of extract: IngestedExtract, to output: Int32)
        throws(PopstatErrors)
    {
        do throws(SystemFailure) {
            let file = open(extract.partitionPath, O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { throw SystemFailure() }
            defer { close(file) }
            let found = try WholeFile.withBytes(of: file, PartitionBlob.chunks)
            guard let chunks = found else { throw SystemFailure(number: EIO) }
            for place in 0..<settings.places {
                let partitions = chunks.keys.filter { Int($0) % settings.places == place }.sorted()
                let sizes = partitions.map { chunks[$0, default: []].reduce(0) { $0 + $1.count } }
                if sizes.isEmpty { continue }
                let size = sizes.reduce(0) { $0 + $1 + PartitionBlob.frameHeaderBytes }
                try WholeFile.append(
                    PartitionBlob.frameHeader(partition: UInt32(place), byteCount: size),
                    to: output)
                for (partition, size) in zip(partitions, sizes) {
                    try WholeFile.append(
                        PartitionBlob.frameHeader(partition: partition, byteCount: size),
                        to: output)
                    for chunk in chunks[partition, default: []] {
                        try WholeFile.append(chunk, of: file, to: output)
                    }
                }
            }
        } catch { throw PopstatErrors(.handoverFailed(reason: error.reason)) }
    }

    private func send(_ account: [UInt8], to output: Int32) throws(PopstatErrors) {
        do throws(SystemFailure) {
            try WholeFile.append(
                PartitionBlob.frameHeader(
                    partition: PartitionBlob.account, byteCount: account.count), to: output)
            try WholeFile.append(account, to: output)
        } catch { throw PopstatErrors(.handoverFailed(reason: error.reason)) }
    }

    // MARK: - Reduce

    /// Counts the people of the partitions whose blobs arrive; gives a part of the cube.
    package func reduce(from input: Int32, to output: Int32) throws(PopstatErrors) {
        let reference = try ReferenceInputs(plan, threads: 1)
        let path = "\(folder)/partitions"
        try receivePartitions(from: input, into: path)
        defer { unlink(path) }
        let bytes = try count(path, reference.territory)
        do throws(SystemFailure) { try WholeFile.append(bytes, to: output) } catch {
            throw PopstatErrors(.handoverFailed(reason: error.reason))
        }
    }

    private func receivePartitions(from input: Int32, into path: String) throws(PopstatErrors) {
        do throws(SystemFailure) {
            let file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            guard file >= 0 else { throw SystemFailure() }
            defer { close(file) }
            let blobs = try Self.copyBlobs(from: input, to: file)
            let end = blobs.last?.bytes.upperBound ?? 0
            var extents: [PartitionFormat.Extent] = []
            try WholeFile.withBytes(of: file) { bytes throws(SystemFailure) in
                for blob in blobs {
                    let chunks = PartitionBlob.extents(
                        of: UnsafeRawBufferPointer(rebasing: bytes[blob.bytes]),
                        partition: blob.partition, offset: UInt64(blob.bytes.lowerBound))
                    guard let chunks else { throw Self.damage }
                    extents += chunks
                }
            }
            try WholeFile.append(
                PartitionFormat.tail(
                    extents: extents, indexOffset: UInt64(end),
                    partitionCount: 1 << settings.partitionCountLog2), to: file)
        } catch {
            throw error == Self.damage
                ? PopstatErrors(.damagedHandover(.blob))
                : PopstatErrors(.handoverFailed(reason: error.reason))
        }
    }

    private static let damage = SystemFailure(number: EBADMSG)

    /// The payloads of all frames, one behind the other, and where each stands in the file.
    private static func copyBlobs(from input: Int32, to file: Int32)
        throws(SystemFailure) -> [(partition: UInt32, bytes: Range<Int>)]
    {
        // As large as the cache of a core: the second copy is of bytes that lie there.
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { piece.deallocate() }
        var blobs: [(partition: UInt32, bytes: Range<Int>)] = []
        var end = 0
        while true {
            let header = UnsafeMutableRawBufferPointer(
                rebasing: piece[..<PartitionBlob.frameHeaderBytes])
            let count = try read(input, header)
            if count == 0 { return blobs }
            guard count == header.count, let frame = PartitionBlob.readFrameHeader(Array(header))
            else { throw damage }
            var rest = frame.byteCount
            while rest > 0 {
                let count = try read(
                    input, UnsafeMutableRawBufferPointer(rebasing: piece[..<min(piece.count, rest)])
                )
                if count == 0 { throw damage }
                try WholeFile.append(UnsafeRawBufferPointer(rebasing: piece[..<count]), to: file)
                rest -= count
            }
            blobs.append((frame.partition, end..<end + frame.byteCount))
            end += frame.byteCount
        }
    }

    /// As many bytes as there are, until the buffer is full; how many they were.
    private static func read(_ input: Int32, _ buffer: UnsafeMutableRawBufferPointer)
        throws(SystemFailure) -> Int
    {
        var done = 0
        while done < buffer.count {
            let n = Glibc.read(input, buffer.baseAddress! + done, buffer.count - done)
            if n == 0 { break }
            if n < 0 {
                if errno == EINTR { continue }
                throw SystemFailure()
            }
            done += n
        }
        return done
    }

    private func count(_ path: String, _ territory: Territory) throws(PopstatErrors) -> [UInt8] {
        let partitions = IngestedExtract(
            label: path, source: .registration, partitionPath: path, rejectedPath: "",
            partitionCountLog2: settings.partitionCountLog2, counts: RowCounts(), encoding: "",
            unknownHeaders: [], byteCount: 0)
        let ladder = plan.publish.ladder.map(PointLadder.init)
        let folder = folder
        do throws(PopstatErrors) {
            let stage = try DeduplicateStage(
                [partitions], territory: territory,
                settings: DeduplicateSettings(
                    knownAt: plan.knownAt, residenceMonths: plan.deduplicate.residenceMonths,
                    stayGapDays: plan.deduplicate.stayGapDays,
                    onlyMainTables: settings.onlyMainTables))
            let (parts, counts) = try stage.run(
                threads: 1,
                makeConsumer: { CubeCounter(places: $0, spillFolder: folder, ladder: ladder) })
            return try parts[0].bytes(counts)
        } catch {
            let isDamage = error.errors.contains { $0.code == DeduplicateStage.damagedCode }
            throw isDamage
                ? PopstatErrors(.damagedHandover(.blob)) : error
        }
    }
}
