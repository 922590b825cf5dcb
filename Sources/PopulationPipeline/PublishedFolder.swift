import Foundation
import Glibc
import PopulationFigures
import PopulationModel

/// The folder that readers see: written aside as a whole, then put in its place in one step, so
/// that nobody ever sees half of it.
package struct PublishedFolder {
    private let path: String
    private let temporary: String
    private let contents: Contents
    private let claim: FolderClaim
    /// What was written so far; files are written from several threads.
    private let files = PublishedFiles()

    /// What a folder may hold, and who may open it.
    struct Contents {
        /// The file by which a folder is known as one of popstat.
        var marker: String
        var names: Set<String>
        var mode: Int = 0o755
        /// Of mode 0750.
        var subfolders: [String]

        /// Everything that a run may publish.
        static let ofRun = Contents(
            marker: "manifest.json",
            names: [
                "manifest.json", "report.html", "report.pdf", "report.xlsx", "internal", "public",
                EditionStore.folderName,
            ], subfolders: ["internal"])
    }

    /// Starts a new folder beside `path`; leftovers of runs that died are removed.
    package init(path: String) throws(PopstatErrors) {
        try self.init(path: path, contents: .ofRun)
    }

    /// The same for a folder of other contents.
    init(path: String, contents: Contents) throws(PopstatErrors) {
        self.path = path
        self.contents = contents
        let parent = (path as NSString).deletingLastPathComponent
        let name = (path as NSString).lastPathComponent
        temporary = "\(parent)/.\(name).tmp-\(getpid())"
        try Self.checkReplaceable(path, contents: contents)
        do {
            try FileManager.default.createDirectory(
                atPath: parent, withIntermediateDirectories: true)
            for leftover in try Self.temporaries(of: path)
            where !FolderClaim.isHeld(ofFolder: leftover) {
                do { try FileManager.default.removeItem(atPath: leftover) } catch {
                    throw Self.failure(leftover, error)
                }
            }
            try FileManager.default.createDirectory(
                atPath: temporary, withIntermediateDirectories: false,
                attributes: [.posixPermissions: contents.mode])
            claim = FolderClaim(onFolder: temporary)
            for subfolder in contents.subfolders {
                try FileManager.default.createDirectory(
                    atPath: "\(temporary)/\(subfolder)", withIntermediateDirectories: false,
                    attributes: [.posixPermissions: 0o750])
            }
        } catch let error as PopstatErrors {
            throw error
        } catch {
            throw Self.failure(path, error)
        }
    }

    /// Folders that runs to `path` left when they died, and those that runs are writing.
    private static func temporaries(of path: String) throws -> [String] {
        let parent = (path as NSString).deletingLastPathComponent
        let start = ".\((path as NSString).lastPathComponent).tmp-"
        return try FileManager.default.contentsOfDirectory(atPath: parent)
            .filter { $0.hasPrefix(start) }.map { "\(parent)/\($0)" }
    }

    /// Foretells the fault of a leftover that a run could not remove, as those are that a run of
    /// another account left.
    static func checkLeftovers(of path: String) throws(PopstatErrors) {
        // A run makes the folder above.
        guard FileStatus(of: (path as NSString).deletingLastPathComponent) != nil else { return }
        let folders: [String]
        do { folders = try temporaries(of: path) } catch { throw failure(path, error) }
        for folder in folders.sorted() where !FolderClaim.isHeld(ofFolder: folder) {
            if let obstacle = obstacle(toRemoving: folder) {
                throw PopstatErrors(.cannotPublish(path: folder, reason: obstacle.reason))
            }
        }
    }

    /// Why what is in a folder could not be removed; an empty one goes with the rights of the folder
    /// above, and of a link only the link goes.
    private static func obstacle(toRemoving folder: String) -> SystemFailure? {
        guard FileStatus(ofLinkOr: folder)?.isFolder == true else { return nil }
        // What cannot be listed is gone meanwhile, or cannot be emptied either.
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
        if names?.isEmpty == true { return nil }
        if access(folder, R_OK | W_OK | X_OK) != 0 {
            let failure = SystemFailure()
            return failure.number == ENOENT ? nil : failure
        }
        return (names ?? []).lazy.compactMap { obstacle(toRemoving: "\(folder)/\($0)") }.first
    }

    /// Only what popstat published may be replaced: the old folder is removed as a whole, and
    /// neither a stranger's file nor the private work folder may go with it.
    static func checkReplaceable(_ path: String, besides work: String) throws(PopstatErrors) {
        let (output, hidden) = (resolved(path), resolved(work))
        guard !"\(hidden)/".hasPrefix("\(output)/"), !"\(output)/".hasPrefix("\(hidden)/") else {
            throw PopstatErrors(.foldersOverlap(output: path, work: work))
        }
        try checkReplaceable(path, contents: .ofRun)
    }

    /// The path with the links of what is there already followed.
    private static func resolved(_ path: String) -> String {
        if let whole = PlanReader.resolved(path) { return whole }
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return path }
        return resolved(String(path[..<slash])) + path[slash...]
    }

    static func checkReplaceable(_ path: String, contents: Contents) throws(PopstatErrors) {
        // The folder is put in its place by its name: the link would be gone, and what it leads to old.
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK {
            throw PopstatErrors(.outputIsLink(path: path))
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue else { throw PopstatErrors(.outputIsFile(path: path)) }
        // A folder that cannot be listed cannot be replaced either; that error comes later.
        let found = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let isOurs =
            found.contains(contents.marker)
            && found.allSatisfy { contents.names.contains($0) || isLeftover($0) }
        guard found.isEmpty || isOurs else {
            throw PopstatErrors(.notAPublication(path: path))
        }
        if contents.marker == Contents.ofRun.marker { try checkTables(path) }
    }

    /// What a `popstat report` that died leaves goes with the folder.
    private static func isLeftover(_ name: String) -> Bool {
        name.hasPrefix(".") && name.hasSuffix(".new")
    }

    /// Somebody's own file among the tables would go with the old folder as well.
    private static func checkTables(_ path: String) throws(PopstatErrors) {
        guard let data = FileManager.default.contents(atPath: "\(path)/manifest.json"),
            // One that cannot be read, or of a version that lists no files, tells of no strangers.
            let manifest = try? Manifest(bytes: Array(data)), let files = manifest.files
        else { return }
        let known = Set(files.map(\.path))
        for scope in TableScope.allCases.map(\.rawValue) {
            let names =
                // There are no public tables without protection.
                (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(scope)")) ?? []
            for name in names.sorted() where !name.hasPrefix(".") {
                let file = "\(scope)/\(name)"
                guard known.contains(file) else {
                    throw PopstatErrors(.notAPublication(path: "\(path)/\(file)"))
                }
            }
        }
    }

    /// Makes a folder in the new one; without a mode it is not for publication.
    func makeFolder(_ name: String, mode: UInt32 = 0o750) throws(PopstatErrors) {
        // The mask of the process shall not take away what others may read.
        guard mkdir("\(temporary)/\(name)", mode) == 0, chmod("\(temporary)/\(name)", mode) == 0
        else { throw Self.failure(path) }
    }

    /// Syncs a folder of the new one, so that the names in it last.
    func syncFolder(_ name: String) throws(PopstatErrors) {
        try Self.sync("\(temporary)/\(name)")
    }

    package func write(_ bytes: [UInt8], to name: String, mode: UInt32 = 0o644)
        throws(PopstatErrors)
    {
        try write(to: name, mode: mode) { append throws(PopstatErrors) in try append(bytes) }
    }

    /// The same for a file that is too large to be in memory as a whole: `body` is given what appends
    /// a piece.
    func write(
        to name: String, mode: UInt32 = 0o644,
        _ body: (_ append: ([UInt8]) throws(PopstatErrors) -> Void) throws(PopstatErrors) -> Void
    ) throws(PopstatErrors) {
        let file = "\(temporary)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw Self.failure(path) }
        defer { close(descriptor) }
        // The mask of the process shall not take away what others may read.
        guard fchmod(descriptor, mode) == 0 else { throw Self.failure(path) }
        var digest = InputDigest.Running()
        var byteCount = 0
        try body { bytes throws(PopstatErrors) in
            try Self.append(bytes, to: descriptor, path)
            digest.update(bytes)
            byteCount += bytes.count
        }
        guard fsync(descriptor) == 0 else { throw Self.failure(path) }
        files.add(.init(path: name, bytes: byteCount, sha256: digest.finish()))
    }

    private static func append(_ bytes: [UInt8], to descriptor: Int32, _ path: String)
        throws(PopstatErrors)
    {
        do throws(SystemFailure) { try WholeFile.append(bytes, to: descriptor) } catch {
            throw PopstatErrors(.cannotPublish(path: path, reason: error.reason))
        }
    }

    /// A file that a library writes: `body` is given the path of a file that is not there yet.
    func make(
        _ name: String, mode: UInt32, _ body: (String) throws(PopstatErrors) -> Void
    ) throws(PopstatErrors) {
        let file = "\(temporary)/\(name)"
        try body(file)
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path) }
        defer { close(descriptor) }
        guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else {
            throw Self.failure(path)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.failure(path) }
        let digest = try InputDigest.ofFile(file, label: name)
        files.add(.init(path: name, bytes: Int(status.st_size), sha256: digest))
    }

    /// Every file written so far, by path.
    var written: [PublishedFiles.File] { files.sorted }

    /// Puts the new folder in the place of the old one, which is removed after that.
    package func publish() throws(PopstatErrors) {
        try removeStrangers()
        for subfolder in contents.subfolders { try Self.sync("\(temporary)/\(subfolder)") }
        try Self.sync(temporary)
        if FileManager.default.fileExists(atPath: path) {
            guard exchange() else { throw Self.failure(path) }
            try Self.sync((path as NSString).deletingLastPathComponent)
            // The old folder is out of sight already; a rest is removed by the next run.
            try? FileManager.default.removeItem(atPath: temporary)
        } else {
            guard rename(temporary, path) == 0 else { throw Self.failure(path) }
            try Self.sync((path as NSString).deletingLastPathComponent)
        }
    }

    /// What a library left behind when it could not remove its temporary files is not published.
    private func removeStrangers() throws(PopstatErrors) {
        do {
            for name in try FileManager.default.contentsOfDirectory(atPath: temporary)
            where !contents.names.contains(name) {
                try FileManager.default.removeItem(atPath: "\(temporary)/\(name)")
            }
        } catch {
            throw Self.failure(path, error)
        }
    }

    /// One atomic step where the file system can; else two renames, the old folder first.
    private func exchange() -> Bool {
        if LinuxCalls.exchange(temporary, path) { return true }
        guard errno == EINVAL || errno == ENOSYS else { return false }
        let aside = temporary + "-old"
        return rename(path, aside) == 0 && rename(temporary, path) == 0
    }

    /// Leaves nothing behind of a folder that is not published.
    func discard() {
        // What cannot be removed now is removed by the next run.
        try? FileManager.default.removeItem(atPath: temporary)
    }

    private static func sync(_ folder: String) throws(PopstatErrors) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(folder) }
    }

    private static func failure(_ path: String, _ error: (any Error)? = nil) -> PopstatErrors {
        let reason =
            error.map { ($0 as NSError).localizedDescription } ?? String(cString: strerror(errno))
        return PopstatErrors(.cannotPublish(path: path, reason: reason))
    }
}

/// Says, as long as its run lives, that a folder is being written. Not by the number of the process:
/// those of the dead are given out again, and their folders would stay for good.
private final class FolderClaim: Sendable {
    private let descriptor: Int32

    init(onFolder path: String) {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // A file system without locks: then a run that begins now takes this folder for a leftover.
        // Whoever looks whether it is held holds it for a moment.
        if descriptor >= 0 { _ = flock(descriptor, LOCK_EX) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Whether a living run writes the folder; also when that cannot be told.
    static func isHeld(ofFolder path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) != 0
    }
}
