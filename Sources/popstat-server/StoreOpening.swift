import Foundation
import PopulationModel
import PopulationServer
import PopulationStore

/// Which kind of store a name means, and its reader: the one place that knows them all.
enum StoreOpening {
    static func reader(of store: String) throws(PopstatError) -> any FigureReader {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: store, isDirectory: &isFolder),
            isFolder.boolValue
        {
            let inside = "\(store)/\(StoreLocation.fileName)"
            return try isThere(inside)
                ? try ReopenedStore(path: inside)
                : try PublishedFolderFigures(folder: store)
        }
        let location = try StoreLocation(commandLine: store)
        guard case .sqlite(let path) = location else { return try location.reader() }
        guard try isThere(path) else { throw ServerFault.unknownStore(store: store).error }
        return try ReopenedStore(path: path)
    }

    private static func isThere(_ path: String) throws(PopstatError) -> Bool {
        do throws(SystemFailure) { return try WholeFile.isThere(path) } catch {
            throw ServerFault.cannotLook(path: path, reason: error.reason).error
        }
    }
}
