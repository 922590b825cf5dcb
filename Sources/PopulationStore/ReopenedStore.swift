import Foundation
import PopulationModel
import Synchronization

/// A store in a file that somebody may put another file in the place of, from a backup or by a run
/// that begins anew: each call reads the file that is there.
package final class ReopenedStore: FigureReader {
    private let path: String
    private let open: Mutex<Open>

    private struct Open {
        var file: UInt64
        var store: SQLiteStore
    }

    package init(path: String) throws(PopstatError) {
        self.path = path
        open = Mutex(Open(file: try Self.file(path), store: try SQLiteStore(reading: path)))
    }

    package func editions() throws -> [EditionRecord] { try reader().editions() }

    package func tables(ofEdition id: Int) throws -> [StoredTable] {
        try reader().tables(ofEdition: id)
    }

    package func read(_ query: FigureQuery, row: ([String]) throws -> Void) throws {
        try reader().read(query, row: row)
    }

    private func reader() throws -> any FigureReader {
        let file = try Self.file(path)
        return try open.withLock { open in
            if open.file != file { open = Open(file: file, store: try SQLiteStore(reading: path)) }
            return open.store
        }
    }

    /// The inode of the file.
    private static func file(_ path: String) throws(PopstatError) -> UInt64 {
        var status = stat()
        if stat(path, &status) == 0 { return UInt64(status.st_ino) }
        let failure = SystemFailure()
        throw failure.isAbsence
            ? StoreFault.missing(place: path).error
            : StoreFault.cannotOpen(place: path, reason: failure.reason).error
    }
}
