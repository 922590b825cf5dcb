import Foundation

/// Every file below a folder by its path, to compare folders byte for byte.
public struct FolderContents: Equatable, Sendable {
    public private(set) var files: [String: Data] = [:]

    /// An absent folder has no files. Only names that `isTaken` are read.
    public init(of folder: URL, where isTaken: (String) -> Bool = { _ in true }) throws {
        guard let paths = FileManager.default.enumerator(atPath: folder.path) else { return }
        for case let path as String in paths where isTaken(path) {
            let file = folder.appendingPathComponent(path)
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(
                atPath: file.path, isDirectory: &isFolder)
            if isThere, !isFolder.boolValue { files[path] = try Data(contentsOf: file) }
        }
    }

    /// The tables of a published folder, without their description, which names the inputs.
    public static func tables(of output: URL) throws -> FolderContents {
        try FolderContents(of: output.appendingPathComponent("internal")) {
            $0 != "datapackage.json"
        }
    }

    /// In what files two folders differ; names only, because files may hold personal values.
    public func differences(from other: FolderContents) -> [String] {
        Set(files.keys).union(other.files.keys).sorted().compactMap { path in
            switch (files[path], other.files[path]) {
            case (nil, _): "\(path) is missing"
            case (_, nil): "\(path) is too many"
            case (let mine, let others) where mine != others: "\(path) differs"
            default: nil
            }
        }
    }

    /// Paths and permission bits of a folder and all that is below it.
    public static func modes(of folder: URL) throws -> [String: Int] {
        let below =
            FileManager.default.enumerator(atPath: folder.path)?
            .compactMap { $0 as? String } ?? []
        let paths = ["."] + below
        return Dictionary(
            uniqueKeysWithValues: try paths.map { path in
                let file = folder.appendingPathComponent(path).path
                let attributes = try FileManager.default.attributesOfItem(atPath: file)
                return (path, attributes[.posixPermissions] as? Int ?? -1)
            })
    }
}
