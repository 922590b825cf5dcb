import Foundation
import Glibc
import PopulationIngest
import PopulationModel

/// What the work folder knows of extracts that were ingested before: one entry beside each
/// partition file. An entry is believed only as long as file, mapping and program are the same.
struct IngestCatalog {
    let folder: String

    /// Everything that decides whether partitions may be used again, and what they hold.
    struct Entry: Codable {
        var extract: String
        var identity: Identity
        var sha256: String
        /// Of encoding, columns, values, area, source and program.
        var mapping: String
        var partitionCountLog2: Int
        var partitionBytes: Int
        var rejectedBytes: Int
        /// Partitions carry checksums of their own; rejected rows do not.
        var rejectedSHA256: String
        var encoding: String
        var unknownHeaders: [String]
        var missingColumns: [String]
        var byteCount: Int
        var counts: Counts

        struct Identity: Codable, Equatable {
            var device: UInt64
            var inode: UInt64
            var size: Int64
            var modified: Int64
            var changed: Int64

            init(_ identity: FileIdentity) {
                device = identity.device
                inode = identity.inode
                size = identity.size
                modified = identity.modifiedNanoseconds
                changed = identity.changedNanoseconds
            }
        }

        struct Counts: Codable {
            var read: Int
            var outOfScope: Int
            var revoked: Int
            var accepted: Int
            var rejected: [Int]
            var warnings: [Int]
            var readByLibCSV: Int

            init(_ counts: RowCounts) {
                read = counts.read
                outOfScope = counts.outOfScope
                revoked = counts.revoked
                accepted = counts.accepted
                rejected = counts.rejected
                warnings = counts.warnings
                readByLibCSV = counts.readByLibCSV
            }

            var rowCounts: RowCounts {
                var counts = RowCounts()
                counts.read = read
                counts.outOfScope = outOfScope
                counts.revoked = revoked
                counts.accepted = accepted
                counts.rejected = rejected
                counts.warnings = warnings
                counts.readByLibCSV = readByLibCSV
                return counts
            }
        }
    }

    /// The files of one extract, named by a digest of its path and source.
    struct Files {
        let partitions: String
        let rejected: String
        let entry: String
        let unpacked: String
    }

    func files(of path: String, source: Source) -> Files {
        let key = String(InputDigest.of(Array("\(source.rawValue) \(path)".utf8)).prefix(24))
        let start = "\(folder)/\(key)"
        return Files(
            partitions: start + ".partitions", rejected: start + ".rejected",
            entry: start + ".json", unpacked: start + ".unpacked")
    }

    /// The entry of an extract when its partitions are whole; `nil` when it must be ingested.
    func entry(of files: Files) -> Entry? {
        guard let entry = Self.read(files.entry),
            entry.counts.rejected.count == RejectReason.allCases.count,
            entry.counts.warnings.count == WarningReason.allCases.count,
            FileIdentity(path: files.partitions)?.size == Int64(entry.partitionBytes),
            FileIdentity(path: files.rejected)?.size == Int64(entry.rejectedBytes),
            // What cannot be read is made again.
            (try? InputDigest.ofFile(files.rejected, label: "")) == entry.rejectedSHA256
        else { return nil }
        return entry
    }

    /// An entry as it is kept: counts of a damaged one would be published.
    private struct Kept: Codable {
        var entry: Entry
        /// Of the entry as `encoder` writes it.
        var sha256: String
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return encoder
    }

    private static func digest(of entry: Entry) throws -> String {
        InputDigest.of([UInt8](try encoder.encode(entry)))
    }

    /// An entry that cannot be read, or is not what was written, is none: the extract is ingested
    /// again.
    private static func read(_ path: String) -> Entry? {
        guard let data = FileManager.default.contents(atPath: path),
            let kept = try? JSONDecoder().decode(Kept.self, from: data),  // As above.
            (try? digest(of: kept.entry)) == kept.sha256  // As above.
        else { return nil }
        return kept.entry
    }

    /// Written aside and renamed, so that an entry never speaks of half a file.
    func store(_ entry: Entry, files: Files) throws(PopstatErrors) {
        let data: Data
        do {
            data = try Self.encoder.encode(Kept(entry: entry, sha256: Self.digest(of: entry)))
        } catch {
            throw PopstatErrors(.workFolder(path: files.entry, reason: "\(error)"))
        }
        do throws(SystemFailure) {
            // Need not last: partitions of another size or digest are made again.
            try WholeFile.write(
                [UInt8](data), to: files.entry, aside: files.entry + Self.asideEnding,
                mode: 0o600, isLasting: false)
        } catch {
            throw PopstatErrors(.workFolder(path: files.entry, reason: error.reason))
        }
    }

    private static let asideEnding = ".new"

    /// The extract must be ingested again, whatever becomes of this run.
    func forget(_ files: Files) { unlink(files.entry) }

    /// Removes what was kept of extracts that no longer exist, and what runs that died left behind:
    /// files without an entry, which nothing reads. Those of this run are `used`.
    func removeOrphans(besides used: [Files]) {
        // A folder that cannot be listed keeps what it has.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let endings = [
            ".partitions", ".rejected", ".unpacked", ".json" + Self.asideEnding, ".json",
        ]
        let known = Set(used.map(\.entry))
        for name in names {
            // What is of no such name is not ours to remove.
            guard let ending = endings.first(where: name.hasSuffix) else { continue }
            let start = "\(folder)/\(name.dropLast(ending.count))"
            if !known.contains(start + ".json"), !isInUse(entry: start + ".json") {
                for ending in endings { unlink(start + ending) }
            }
        }
    }

    private func isInUse(entry path: String) -> Bool {
        guard let entry = Self.read(path) else { return false }
        return FileManager.default.fileExists(atPath: entry.extract)
    }
}
