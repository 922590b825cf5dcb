import Foundation
import Glibc
import PopulationFigures
import PopulationModel

/// The published folder of a run, read again: its cube and what its manifest says of the tables.
///
/// The folder is opened once and its files are opened in it, so that a run which puts another folder
/// in its place meanwhile does not mix the two.
struct RunFolder {
    /// Absolute.
    let path: String
    let cube: StoredCube
    /// SHA-256 of the cube's file.
    let cubeDigest: String
    let manifest: Manifest

    static let cubeName = "internal/cube.popcube"

    /// `given` is the output folder of a run, or a plan whose output folder is meant.
    static func read(_ given: String) throws(PopstatErrors) -> RunFolder {
        let path = try folder(of: given)
        let before = FileStatus(of: path)?.identity
        do throws(PopstatErrors) {
            return try RunFolder(path: path, given: given)
        } catch {
            // A run that ended just now has put another folder in its place and taken this one away.
            guard FileStatus(of: path)?.identity != before else { throw error }
            return try RunFolder(path: path, given: given)
        }
    }

    private init(path: String, given: String) throws(PopstatErrors) {
        self.path = path
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else {
            throw errno == ENOENT
                ? PopstatErrors(.noRun(path: given)) : Self.failure(path)
        }
        defer { close(folder) }
        let cubePath = "\(path)/\(Self.cubeName)"
        guard let cubeBytes = try Self.read(Self.cubeName, in: folder, label: cubePath),
            let manifestBytes = try Self.read(
                "manifest.json", in: folder, label: "\(path)/manifest.json")
        else { throw PopstatErrors(.noCube(path: path)) }
        cube = try Self.cube(cubeBytes, path: cubePath)
        cubeDigest = InputDigest.of(cubeBytes)
        do { manifest = try Manifest(bytes: manifestBytes) } catch {
            throw PopstatErrors(
                .noManifest(path: "\(path)/manifest.json", reason: Self.reason(error)))
        }
    }

    /// Whether the tables that the cube gives are those that were published.
    func check(_ table: Manifest.Table) throws(PopstatErrors) {
        guard manifest.tables.contains(where: { $0 == table }) else {
            throw PopstatErrors(
                .otherTable(path: "\(path)/\(Self.cubeName)", table: table.name))
        }
    }

    static func folder(of given: String) throws(PopstatErrors) -> String {
        guard let status = try FileStatus(lookingAt: given) else {
            throw PopstatErrors(.noRun(path: given))
        }
        guard status.isFile else { return URL(fileURLWithPath: given).standardizedFileURL.path }
        return try PlanReader.read(file: given).publish.output.standardizedPath
    }

    private static func cube(_ bytes: [UInt8], path: String) throws(PopstatErrors) -> StoredCube {
        do throws(CubeFormatFault) { return try StoredCube(bytes: bytes) } catch {
            switch error {
            case .notACube: throw PopstatErrors(.notACube(path: path))
            case .otherVersion(let found):
                throw PopstatErrors(
                    .otherVersion(path: path, found: found, expected: CubeFormat.versionText))
            case .damaged(let part): throw PopstatErrors(.damaged(path: path, part: part))
            }
        }
    }

    /// Which key of the manifest is missing or of another kind; no value of it.
    static func reason(_ error: any Error) -> Bilingual {
        switch error {
        case DecodingError.keyNotFound(let key, _):
            Bilingual("缺少“\(key.stringValue)”", "'\(key.stringValue)' is missing")
        case DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context):
            Self.otherKind(context.codingPath.last?.stringValue ?? "")
        default: Bilingual("它不是 JSON", "it is no JSON")
        }
    }

    private static func otherKind(_ key: String) -> Bilingual {
        Bilingual("“\(key)”的类型不对", "'\(key)' is of another kind")
    }

    /// A file below an open folder; `nil` when it is not there.
    static func read(_ name: String, in folder: Int32, label: String)
        throws(PopstatErrors) -> [UInt8]?
    {
        let descriptor = openat(folder, name, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return nil }
        return try bytes(of: descriptor, label: label)
    }

    /// A whole file that the command line names.
    static func readFile(_ path: String) throws(PopstatErrors) -> [UInt8] {
        try bytes(of: open(path, O_RDONLY | O_CLOEXEC), label: path)
    }

    private static func bytes(of descriptor: Int32, label: String) throws(PopstatErrors) -> [UInt8]
    {
        guard descriptor >= 0 else { throw failure(label) }
        defer { close(descriptor) }
        do throws(SystemFailure) { return try WholeFile.read(descriptor) } catch {
            throw failure(label, error)
        }
    }

    private static func failure(_ path: String, _ failure: SystemFailure = SystemFailure())
        -> PopstatErrors
    {
        PopstatErrors(
            .cannotRead(
                path: path, reason: failure.reason, isMissing: failure.number == ENOENT))
    }
}
