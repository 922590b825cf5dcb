import Foundation
import Glibc
import PopulationModel

/// The private folder of a run: partitions, rejected rows, the lock and the ledger of runs. Folders
/// are 0700 and files 0600: it holds personal data.
final class WorkFolder: Sendable {
    let path: String
    private let lock: Int32

    /// Makes the folder when it is missing, and takes its lock for the life of this value. The
    /// kernel frees the lock of a run that died.
    init(path: String) throws(PopstatErrors) {
        self.path = path
        try Self.makeFolder(path)
        try Self.checkMode(path)
        for stage in [StageName.ingest, .aggregate] {
            try Self.makeFolder("\(path)/\(stage.folderName)")
        }
        let lockPath = "\(path)/lock"
        lock = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw Self.failure(lockPath) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            // The words only help the reader; without them the lock is held all the same.
            let holder = (try? String(contentsOfFile: lockPath, encoding: .utf8)) ?? ""
            close(lock)
            throw PopstatErrors(
                .lockHeld(
                    path: path,
                    holder: holder.trimmingCharacters(in: .whitespacesAndNewlines)))
        }
        let words = "process \(getpid())\n"
        ftruncate(lock, 0)
        _ = words.withCString { pwrite(lock, $0, strlen($0), 0) }
    }

    deinit { close(lock) }

    func stageFolder(_ stage: StageName) -> String { "\(path)/\(stage.folderName)" }

    /// Appends one line to the ledger of runs.
    func appendToLedger(_ line: String) throws(PopstatErrors) {
        let ledger = "\(path)/ledger.jsonl"
        let descriptor = open(ledger, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(ledger) }
        defer { close(descriptor) }
        let bytes = Array((line + "\n").utf8)
        do throws(SystemFailure) { try WholeFile.append(bytes, to: descriptor) } catch {
            throw PopstatErrors(.workFolder(path: ledger, reason: error.reason))
        }
    }

    private static func makeFolder(_ path: String) throws(PopstatErrors) {
        do throws(SystemFailure) { try WholeFile.makeFolder(path, mode: 0o700) } catch {
            throw PopstatErrors(.workFolder(path: path, reason: error.reason))
        }
    }

    private static func checkMode(_ path: String) throws(PopstatErrors) {
        try checkPrivate(path)
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure(path) }
        // An empty one that was left open is closed and used.
        guard status.st_mode & 0o077 == 0 || chmod(path, 0o700) == 0 else {
            throw PopstatErrors(.workFolderOpen(path: path, mode: mode(of: status)))
        }
    }

    /// Whether a folder is a work folder, or may become one: a file of another name says that it is
    /// somebody's own. Hidden files, and what a file system puts into its top, are nobody's data; logs
    /// may have been rotated, and rejected rows saved in another form.
    private static func isOurs(_ names: [String]) -> Bool {
        let ours = [
            "lock", "lost+found", StageName.ingest.folderName, StageName.aggregate.folderName,
        ]
        let beginnings = [".", "run.log", "ledger.jsonl", "rejected-"]
        return names.contains(StageName.ingest.folderName)
            || names.allSatisfy { name in
                ours.contains(name) || beginnings.contains(where: name.hasPrefix)
            }
    }

    /// Whether nobody else can read what is in the folder, and nothing else lies there; changes nothing.
    static func checkPrivate(_ path: String) throws(PopstatErrors) {
        // One that cannot be listed is told of below.
        let found = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        guard isOurs(found) else { throw PopstatErrors(.notAWorkFolder(path: path)) }
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure(path) }
        let files = FileManager.default
        guard status.st_mode & 0o077 == 0 else {
            // An empty folder of our own has leaked nothing yet.
            let names = (try? files.contentsOfDirectory(atPath: path)) ?? [path]
            if names.isEmpty, status.st_uid == geteuid() { return }
            throw PopstatErrors(.workFolderOpen(path: path, mode: mode(of: status)))
        }
        // Behind a closed folder, but not for long when somebody copies or moves what is in it.
        for case let name as String in files.enumerator(atPath: path) ?? .init() {
            let inside = "\(path)/\(name)"
            guard lstat(inside, &status) == 0, status.st_mode & S_IFMT != S_IFLNK else { continue }
            guard status.st_mode & 0o077 == 0 else {
                throw PopstatErrors(.workFileOpen(path: inside, mode: mode(of: status)))
            }
        }
    }

    private static func mode(of status: stat) -> String {
        "0" + String(status.st_mode & 0o7777, radix: 8)
    }

    private static func failure(_ path: String) -> PopstatErrors {
        PopstatErrors(.workFolder(path: path, reason: String(cString: strerror(errno))))
    }
}
