import Foundation
import Glibc
import PopulationFigures
import PopulationModel

/// The tables of a published folder of one scope, read again and held to the digests of the manifest.
///
/// The folder is opened once and its files are opened in it, as `RunFolder` does.
final class RunTables {
    let path: String
    let scope: TableScope
    let manifest: Manifest
    let hasPublicTables: Bool
    private let folder: Int32
    private let digests: [String: String]

    /// `given` is the output folder of a run, or a plan whose output folder is meant.
    init(_ given: String, scope: TableScope?) throws(PopstatErrors) {
        path = try RunFolder.folder(of: given)
        folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw PopstatErrors(.noRun(path: given)) }
        let label = "\(path)/manifest.json"
        guard let bytes = try RunFolder.read("manifest.json", in: folder, label: label) else {
            throw PopstatErrors(
                .noManifest(path: label, reason: Bilingual("它不存在", "it is not there")))
        }
        do { manifest = try Manifest(bytes: bytes) } catch {
            throw PopstatErrors(.noManifest(path: label, reason: RunFolder.reason(error)))
        }
        guard let files = manifest.files else {
            throw PopstatErrors(
                .noManifest(
                    path: label,
                    reason: Bilingual("缺少“files”", "'files' is missing")))
        }
        let digests = Dictionary(
            files.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
        hasPublicTables = digests.keys.contains {
            $0.hasPrefix("\(TableScope.public.rawValue)/")
        }
        self.digests = digests
        self.scope = scope ?? (hasPublicTables ? .public : .internal)
        if self.scope == .public, !hasPublicTables {
            throw PopstatErrors(.noPublicTables(path: path))
        }
    }

    deinit { if folder >= 0 { close(folder) } }

    /// The file of a table; `nil` when the run published none.
    func csv(of table: String) throws(PopstatErrors) -> [UInt8]? {
        let name = "\(scope.rawValue)/\(table).csv"
        guard let digest = digests[name] else { return nil }
        let label = "\(path)/\(name)"
        guard let bytes = try RunFolder.read(name, in: folder, label: label),
            InputDigest.of(bytes) == digest
        else { throw PopstatErrors(.tableChanged(path: label)) }
        return bytes
    }
}
