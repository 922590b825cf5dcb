import Foundation
import Glibc
import PopulationModel

/// The file of access tokens: JSON, mode 0600, written by `popstat token` and read by the server.
///
/// A file that others may read or write is refused, for reading as for changing: whoever can write
/// it gives tokens to himself. It is written aside and renamed, under a lock of its folder, so that
/// two commands at once lose nothing and the server never sees half of it.
package struct TokenFile: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// What tells one state of the file from another without reading it.
    package struct Stamp: Sendable, Equatable {
        var inode: UInt64
        var size: Int64
        var modified: Int64
        var changed: Int64
    }

    /// `nil` when the file cannot be looked at.
    package var stamp: Stamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        func nanoseconds(_ time: timespec) -> Int64 {
            Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
        }
        return Stamp(
            inode: UInt64(status.st_ino), size: Int64(status.st_size),
            modified: nanoseconds(status.st_mtim), changed: nanoseconds(status.st_ctim))
    }

    /// Every token, oldest first.
    package func tokens() throws(PopstatError) -> [AccessToken] {
        guard let tokens = try tokensIfAny() else { throw fault(SystemFailure(number: ENOENT)) }
        return tokens
    }

    /// `nil` when there is no file.
    private func tokensIfAny() throws(PopstatError) -> [AccessToken]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw fault() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw fault() }
        let mode = status.st_mode & 0o7777
        guard status.st_mode & S_IFMT == S_IFREG, mode & 0o077 == 0 else {
            throw TokenFault.fileOpen(path: path, mode: "0" + String(mode, radix: 8)).error
        }
        let bytes: [UInt8]
        do throws(SystemFailure) { bytes = try WholeFile.read(descriptor) } catch {
            throw fault(error)
        }
        do { return try JSONDecoder().decode(Contents.self, from: Data(bytes)).tokens } catch {
            throw TokenFault.fileDamaged(path: path).error
        }
    }

    /// Adds a token and gives its text, which is kept nowhere. The first one makes the file.
    package func add(name: String, scope: AccessScope, on day: String, expires: String?)
        throws(PopstatError) -> String
    {
        guard AccessToken.isName(name) else { throw TokenFault.badName.error }
        if let expires {
            guard CalendarDate(iso: expires) != nil else {
                throw TokenFault.badDate(text: expires).error
            }
            guard expires >= day else {
                throw TokenFault.pastDate(text: expires, today: day).error
            }
        }
        return try changing { tokens throws(PopstatError) in
            // A revoked token keeps its name: a name in the log stands for one token for ever.
            guard !tokens.contains(where: { $0.name == name }) else {
                throw TokenFault.nameTaken(name: name, path: path).error
            }
            let made = AccessToken.make(name: name, scope: scope, created: day, expires: expires)
            tokens.append(made.token)
            return made.text
        }
    }

    /// From now on the token opens nothing.
    package func revoke(name: String, on day: String) throws(PopstatError) {
        try changing { tokens throws(PopstatError) in
            guard let index = tokens.firstIndex(where: { $0.name == name }) else {
                throw TokenFault.unknownName(path: path, known: tokens.map(\.name)).error
            }
            if tokens[index].revoked == nil { tokens[index].revoked = day }
        }
    }

    private struct Contents: Codable {
        var tokens: [AccessToken]
    }

    private func changing<Result>(
        _ change: (inout [AccessToken]) throws(PopstatError) -> Result
    ) throws(PopstatError) -> Result {
        let folder = (path as NSString).deletingLastPathComponent
        let lock = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
            let number = errno
            if lock >= 0 { close(lock) }
            throw TokenFault.cannotWrite(
                path: path, reason: String(cString: strerror(number))
            ).error
        }
        // Closing gives the lock back.
        defer { close(lock) }
        var tokens = try tokensIfAny() ?? []
        let result = try change(&tokens)
        try write(tokens)
        return result
    }

    private func write(_ tokens: [AccessToken]) throws(PopstatError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let temporary = "\(path).tmp-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw writeFault(errno) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: encoder.encode(Contents(tokens: tokens)) + [0x0A])
            try handle.synchronize()
        } catch {
            unlink(temporary)
            throw TokenFault.cannotWrite(path: path, reason: error.localizedDescription).error
        }
        guard rename(temporary, path) == 0 else {
            let number = errno
            unlink(temporary)
            throw writeFault(number)
        }
    }

    private func fault(_ failure: SystemFailure = SystemFailure()) -> PopstatError {
        TokenFault.cannotRead(
            path: path, reason: failure.reason, isMissing: failure.number == ENOENT
        ).error
    }

    private func writeFault(_ number: Int32) -> PopstatError {
        TokenFault.cannotWrite(path: path, reason: String(cString: strerror(number))).error
    }
}
