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
            return FileManager.default.fileExists(atPath: inside)
                ? try ReopenedStore(path: inside)
                : try PublishedFolderFigures(folder: store)
        }
        let location = try StoreLocation(commandLine: store)
        if case .sqlite(let path) = location, !FileManager.default.fileExists(atPath: path) {
            throw ServerFault.unknownStore(store: store).error
        }
        if case .sqlite(let path) = location { return try ReopenedStore(path: path) }
        return try location.reader()
    }
}
