import Foundation
import Glibc
import PopulationModel

// Before you change this: an entry's digest is taken over its bytes as they stand in the file, never
// over a text made again from its values; a line ends with a line feed, and only what does is an
// entry. Both files are 0600.

/// The log of what was done and by whom, which only ever grows: every entry carries the digest of
/// the one before it, so that one changed, taken out or put in later shows. A second file keeps the
/// number and digest of the last entry, so that a missing end shows too.
///
/// Takes a folder; gives it a line of JSON per entry; refuses a folder that others may open, and an
/// end that is not the one that was written.
package struct AuditLog: Sendable {
    /// What happened. The words are those of the file.
    package enum Kind: String, Sendable {
        /// A run, before it reads its first row; its end follows, unless it was killed.
        case runBegun = "run-begun"
        case runEnded = "run-ended"
        /// Before anything is published.
        case gateAccepted = "gate-accepted"
        case delivered
        case tokenAdded = "token-added"
        case tokenRevoked = "token-revoked"
        /// Before the first file is removed; the account follows, unless it was killed.
        case purgeBegun = "purge-begun"
        case purged
    }

    /// Absolute.
    package let folder: String

    package init(folder: String) { self.folder = folder }

    /// Where the log of a published folder lies.
    package static func standard(besideOutput output: String) -> AuditLog {
        AuditLog(folder: output + "-audit")
    }

    var file: String { "\(folder)/audit.jsonl" }
    private var head: String { "\(folder)/head" }

    /// Makes sure that entries can be written, before something is done that must not go unrecorded.
    package func prepare() throws(PopstatErrors) {
        do throws(SystemFailure) { try WholeFile.makeFolder(folder, mode: 0o700) } catch {
            throw PopstatErrors(.cannotWrite(path: folder, reason: error.reason))
        }
        let opened = try open()
        _ = try mendedEnd(opened)
        // What a command that was killed left; the lock is held, so nobody is writing it.
        unlink(asideOfHead)
    }

    private var asideOfHead: String { head + ".new" }

    /// Adds an entry, and gives its number; it is on disk when this returns.
    @discardableResult
    package func append(_ kind: Kind, _ details: [String: String]) throws(PopstatErrors) -> Int {
        try prepare()
        // Another command may have written since.
        let opened = try open()
        let last = try mendedEnd(opened)
        let entry = Entry(
            number: (last?.number ?? 0) + 1, time: RunContext.timestamp, user: RunContext.user,
            kind: kind.rawValue, details: details, previous: last?.sha256 ?? Self.noEntry)
        let line = try AuditLine(of: entry)
        do throws(SystemFailure) {
            try WholeFile.append(line.bytes, to: opened.descriptor)
            guard fsync(opened.descriptor) == 0 else { throw SystemFailure() }
            try WholeFile.write(
                Array("\(entry.number) \(line.sha256)\n".utf8), to: head, aside: asideOfHead,
                mode: 0o600, isLasting: true)
        } catch {
            throw PopstatErrors(.cannotWrite(path: file, reason: error.reason))
        }
        return entry.number
    }

    /// Reads the whole log and holds every entry to its digest, its number and the one before it, and
    /// the end to the head. `expected` is a digest that was noted elsewhere: it must be in the log.
    package func verify(expected: String? = nil) throws(PopstatErrors) -> [Entry] {
        guard try FileStatus(lookingAt: file) != nil else {
            throw PopstatErrors(.noLog(path: file))
        }
        let opened = try open()
        defer { withExtendedLifetime(opened) {} }
        let (lines, rest) = try lines()
        var entries: [Entry] = []
        var digests: Set<String> = []
        var previous = Self.noEntry
        for (index, bytes) in lines.enumerated() {
            guard let line = AuditLine(bytes: bytes) else {
                throw PopstatErrors(.changed(path: file, line: index + 1))
            }
            guard line.entry.number == index + 1, line.entry.previous == previous else {
                throw PopstatErrors(
                    .missing(path: file, line: index + 1, number: line.entry.number))
            }
            previous = line.sha256
            digests.insert(previous)
            entries.append(line.entry)
        }
        guard rest.isEmpty else { throw PopstatErrors(.cut(path: file, line: lines.count + 1)) }
        if let head = try headOfLog() {
            guard head.number <= entries.count, digests.contains(head.sha256) else {
                throw PopstatErrors(
                    .endMissing(path: file, found: entries.count, expected: head.number))
            }
        } else if !entries.isEmpty {
            throw PopstatErrors(.noHead(path: head))
        }
        if let expected, !digests.contains(expected) {
            throw PopstatErrors(.notInLog(path: file))
        }
        return entries
    }

    /// Digest of the last entry, to be noted elsewhere; `nil` before the first.
    package func lastDigest() throws(PopstatErrors) -> String? { try headOfLog()?.sha256 }

    private static let noEntry = String(repeating: "0", count: 64)

    /// The log under its lock, which closing gives back.
    private final class Opened {
        let descriptor: Int32
        init(_ descriptor: Int32) { self.descriptor = descriptor }
        deinit { close(descriptor) }
    }

    private func open() throws(PopstatErrors) -> Opened {
        for path in [folder, file, head] {
            var status = stat()
            guard stat(path, &status) == 0 else { continue }
            guard status.st_mode & 0o077 == 0 else {
                let mode = String(status.st_mode & 0o7777, radix: 8)
                throw PopstatErrors(.openToOthers(path: path, mode: "0" + mode))
            }
        }
        let descriptor = Glibc.open(file, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw PopstatErrors(.cannotWrite(path: file, reason: SystemFailure().reason))
        }
        let opened = Opened(descriptor)
        // Runs of other plans may write to the same log; each for a moment only.
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                throw PopstatErrors(.cannotWrite(path: file, reason: SystemFailure().reason))
            }
        }
        return opened
    }

    private func lines() throws(PopstatErrors) -> (
        lines: [ArraySlice<UInt8>], rest: ArraySlice<UInt8>
    ) {
        let bytes = try RunFolder.readFile(file)
        var lines: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            lines.append(rest[rest.startIndex..<end])
            rest = rest[(end + 1)...]
        }
        return (lines, rest)
    }

    /// The last entry. What a crash left of a line that was being written is cut off: it was no entry
    /// yet. An end that the head does not know is not built on.
    private func mendedEnd(_ opened: Opened) throws(PopstatErrors) -> (
        number: Int, sha256: String
    )? {
        let (lines, rest) = try lines()
        let last = try checkedEnd(lines)
        if !rest.isEmpty {
            let whole = lines.reduce(0) { $0 + $1.count + 1 }
            guard ftruncate(opened.descriptor, off_t(whole)) == 0 else {
                throw PopstatErrors(.cannotWrite(path: file, reason: SystemFailure().reason))
            }
        }
        return last
    }

    private func checkedEnd(_ lines: [ArraySlice<UInt8>]) throws(PopstatErrors) -> (
        number: Int, sha256: String
    )? {
        let known = try headOfLog()
        guard let bytes = lines.last else {
            if let known {
                throw PopstatErrors(.endMissing(path: file, found: 0, expected: known.number))
            }
            return nil
        }
        guard let last = AuditLine(bytes: bytes) else {
            throw PopstatErrors(.changed(path: file, line: lines.count))
        }
        if last.sha256 != known?.sha256 { try checkBeyondHead(lines, known) }
        return (last.entry.number, last.sha256)
    }

    /// A crash, or a full disk, between an entry and its head leaves a log that goes on beyond the
    /// head: then it is whole from there.
    private func checkBeyondHead(
        _ lines: [ArraySlice<UInt8>], _ known: (number: Int, sha256: String)?
    ) throws(PopstatErrors) {
        var number = known?.number ?? 0
        var previous = known?.sha256 ?? Self.noEntry
        // Without a head only a log that has just begun is believed.
        guard known != nil || lines.count == 1 else { throw PopstatErrors(.noHead(path: head)) }
        guard number <= lines.count,
            number == 0 || AuditLine(bytes: lines[number - 1])?.sha256 == previous
        else {
            throw PopstatErrors(
                .endMissing(path: file, found: lines.count, expected: number))
        }
        for bytes in lines[number...] {
            number += 1
            guard let line = AuditLine(bytes: bytes), line.entry.number == number,
                line.entry.previous == previous
            else { throw PopstatErrors(.changed(path: file, line: number)) }
            previous = line.sha256
        }
    }

    private func headOfLog() throws(PopstatErrors) -> (number: Int, sha256: String)? {
        guard try FileStatus(lookingAt: head) != nil else { return nil }
        let words = String(decoding: try RunFolder.readFile(head), as: UTF8.self)
            .split { $0 == " " || $0 == "\n" }
        guard words.count == 2, let number = Int(words[0]) else {
            throw PopstatErrors(.noHead(path: head))
        }
        return (number, String(words[1]))
    }
}

extension AuditLog {
    /// One thing that was done.
    package struct Entry: Codable, Sendable, Equatable {
        /// From 1 on, without a gap.
        package var number: Int
        /// UTC.
        package var time: String
        /// Login name of who ran the command.
        package var user: String
        package var kind: String
        package var details: [String: String]
        /// Digest of the entry before; of the first, 64 zeros.
        package var previous: String
    }
}

/// An entry as it stands in the file: `{"entry":…,"sha256":"…"}`, the digest over the bytes of the
/// entry.
private struct AuditLine {
    let bytes: [UInt8]
    let entry: AuditLog.Entry
    let sha256: String

    private static let start = Array(#"{"entry":"#.utf8)
    private static let middle = Array(#","sha256":""#.utf8)
    private static let end = Array(#""}"#.utf8)

    init(of entry: AuditLog.Entry) throws(PopstatErrors) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let inner: [UInt8]
        do { inner = [UInt8](try encoder.encode(entry)) } catch {
            throw PopstatErrors(.cannotWrite(path: "audit.jsonl", reason: "\(error)"))
        }
        self.entry = entry
        sha256 = InputDigest.of(inner)
        bytes = Self.start + inner + Self.middle + Array(sha256.utf8) + Self.end + [0x0A]
    }

    /// `nil` when the line is not one that was written here, to the byte.
    init?(bytes line: ArraySlice<UInt8>) {
        let tail = Self.middle.count + 64 + Self.end.count
        guard line.count > Self.start.count + tail, line.starts(with: Self.start),
            line.suffix(Self.end.count).elementsEqual(Self.end)
        else { return nil }
        let inner = Array(line.dropFirst(Self.start.count).dropLast(tail))
        let middle = line.suffix(tail).prefix(Self.middle.count)
        let digest = String(decoding: line.suffix(64 + Self.end.count).prefix(64), as: UTF8.self)
        guard middle.elementsEqual(Self.middle), InputDigest.of(inner) == digest,
            // What has the right digest and is no entry is no entry.
            let entry = try? JSONDecoder().decode(AuditLog.Entry.self, from: Data(inner))
        else { return nil }
        self.entry = entry
        sha256 = digest
        bytes = Array(line) + [0x0A]
    }
}
