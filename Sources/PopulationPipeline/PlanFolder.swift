import Glibc
import PopulationModel

/// The folder of a plan: turns what the plan writes into paths, and patterns into files.
struct PlanFolder {
    /// Absolute, with a closing slash.
    let path: String

    init(ofPlan file: String) {
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        path = folder.hasPrefix("/") ? folder : Self.workingFolder + folder
    }

    private static var workingFolder: String {
        guard let buffer = getcwd(nil, 0) else { return "" }
        defer { free(buffer) }
        let folder = String(cString: buffer)
        return folder.hasSuffix("/") ? folder : folder + "/"
    }

    /// What a text of the plan names, without patterns.
    func resolve(_ written: String) -> PlanPath {
        let tidy = tidied(written)
        if !tidy.hasPrefix("/") { return PlanPath(path: path + tidy, label: tidy) }
        let isBelow = tidy.hasPrefix(path) && tidy != path
        return PlanPath(path: tidy, label: isBelow ? String(tidy.dropFirst(path.count)) : tidy)
    }

    /// What a pattern matches, sorted by the bytes of the labels. Folders are passed over; what else is
    /// no file is not, so that nobody believes that it was read.
    func expand(_ pattern: String) throws(PlanFault) -> [PlanPath] {
        var found = [tidied(pattern).hasPrefix("/") ? "/" : ""]
        let components = tidied(pattern).split(separator: "/")
        for (index, component) in components.enumerated() {
            let isLast = index == components.count - 1
            var next: [String] = []
            for start in found {
                let names =
                    PlanGlob.isPattern(component)
                    ? try names(in: start, matching: component, of: pattern) : [String(component)]
                next += names.map { start + $0 + (isLast ? "" : "/") }
            }
            found = next
        }
        // A link to nothing stays, and what cannot be looked at: that is a file that is missing, not
        // one that was never named.
        return found.map(resolve)
            .filter { path in
                FileStatus(of: path.path).map { !$0.isFolder } ?? FileStatus.isUntold(path.path)
            }
            .sorted { $0.label.utf8.lexicographicallyPrecedes($1.label.utf8) }
    }

    private func names(
        in start: String, matching component: Substring, of pattern: String
    ) throws(PlanFault) -> [String] {
        let folder = start.hasPrefix("/") ? start : path + start
        guard let stream = opendir(folder) else {
            // A folder that is not there has no match; one that cannot be read may have some.
            if errno == ENOENT || errno == ENOTDIR { return [] }
            throw .fileUnreadable(label: folder, reason: SystemFailure().reason)
        }
        defer { closedir(stream) }
        let glob = PlanGlob(component)
        var names: [String] = []
        while true {
            // The end of a folder and a failure are told apart by this alone.
            errno = 0
            guard let entry = readdir(stream) else {
                if errno == 0 { return names }
                throw .fileUnreadable(label: folder, reason: SystemFailure().reason)
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { text in
                    (exact: String(validatingCString: text), shown: String(cString: text))
                }
            }
            guard name.shown != ".", name.shown != "..", glob.matches(name.shown) else { continue }
            guard let exact = name.exact else { throw .fileNameNotUTF8(pattern: pattern) }
            names.append(exact)
        }
    }

    /// Without `./` and doubled or closing slashes. `..` stays: a folder before it may be a link.
    private func tidied(_ written: String) -> String {
        let parts = written.split(separator: "/").filter { $0 != "." }
        let joined = parts.joined(separator: "/")
        if written.hasPrefix("/") { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }
}

/// What the system says about a path, links followed.
struct FileStatus {
    let isFile: Bool
    let isFolder: Bool
    /// Device and inode: the same for two names of one file.
    let identity: Identity

    /// One file of this machine, whatever its names.
    struct Identity: Hashable {
        let device: UInt64
        let inode: UInt64
    }

    /// Something stands here that cannot be looked at, or a link, wherever it leads.
    static func isUntold(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 || !SystemFailure().isAbsence
    }

    /// `nil` when nothing is there, or when it cannot be told.
    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// The same of a link itself, which is neither file nor folder.
    init?(ofLinkOr path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// `nil` when nothing is there; throws when it cannot be told.
    init?(lookingAt path: String) throws(PopstatErrors) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let failure = SystemFailure()
            if failure.isAbsence { return nil }
            throw PopstatErrors(.cannotRead(path: path, reason: failure.reason, isMissing: false))
        }
        self.init(status)
    }

    private init(_ status: stat) {
        isFile = status.st_mode & S_IFMT == S_IFREG
        isFolder = status.st_mode & S_IFMT == S_IFDIR
        identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }
}
