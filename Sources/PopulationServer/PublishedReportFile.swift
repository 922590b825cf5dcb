import Foundation
import Glibc

/// The report of a published folder, and whether everybody may read it: one that was made from exact
/// tables, because the folder has no public ones, is for the bureau itself.
///
/// The folder is opened once: a run that puts another in its place meanwhile may have made the page
/// of that one from exact tables.
struct PublishedReportFile {
    let isPublic: Bool
    let bytes: Data

    /// `nil` when there is none to read.
    init?(folder path: String) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return nil }
        defer { close(folder) }
        isPublic = faccessat(folder, "public", F_OK, 0) == 0
        let page = openat(folder, "report.html", O_RDONLY | O_CLOEXEC)
        guard page >= 0 else { return nil }
        let file = FileHandle(fileDescriptor: page, closeOnDealloc: true)
        // What cannot be read is not there for the reader either.
        guard let bytes = try? file.readToEnd() else { return nil }
        self.bytes = bytes
    }
}
