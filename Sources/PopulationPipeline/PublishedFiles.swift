import Synchronization

/// The files of a folder that is being written, with their digests.
final class PublishedFiles: Sendable {
    /// One file; its path is below the folder.
    struct File: Codable, Equatable, Sendable {
        var path: String
        var bytes: Int
        var sha256: String
    }

    private let files = Mutex<[File]>([])

    func add(_ file: File) { files.withLock { $0.append(file) } }

    /// By path, as bytes.
    var sorted: [File] {
        files.withLock { $0 }.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}
