internal import Crypto
import Foundation
import PopulationFigures
import PopulationModel
import Synchronization

/// A published folder as a store of one edition, for a bureau that keeps no database: `internal/`
/// and `public/` with the manifest beside them.
///
/// A run puts its folder in the place of the old one in one step; the new one is read when it is
/// there, under the next number. All rows are held in memory.
package final class PublishedFolderFigures: FigureReader {
    private let folder: String
    private let state: Mutex<State>

    private struct State {
        var inode: UInt64
        var edition: Int
        var figures: FiguresInMemory
        /// What was there before, for requests that began with it.
        var before: (edition: Int, figures: FiguresInMemory)?
    }

    package init(folder: String) throws(PopstatError) {
        self.folder = folder
        let inode = try Self.inode(of: folder)
        state = Mutex(
            State(inode: inode, edition: 1, figures: try Self.load(folder, edition: 1)))
    }

    package func editions() throws -> [EditionRecord] { try current().editions() }

    package func tables(ofEdition id: Int) throws -> [StoredTable] {
        try figures(ofEdition: id).tables(ofEdition: id)
    }

    package func read(_ query: FigureQuery, row: ([String]) throws -> Void) throws {
        try figures(ofEdition: query.edition).read(query, row: row)
    }

    /// An edition that is not held any more has no rows to give: who asks for it asks again.
    private func figures(ofEdition id: Int) throws -> FiguresInMemory {
        try state.withLock { state in
            if state.edition == id { return state.figures }
            if let before = state.before, before.edition == id { return before.figures }
            throw StoreFault.busy(place: folder).error
        }
    }

    private func current() throws -> FiguresInMemory {
        let inode = try Self.inode(of: folder)
        return try state.withLock { state in
            if state.inode != inode {
                let next = state.edition + 1
                state = State(
                    inode: inode, edition: next,
                    figures: try Self.load(folder, edition: next),
                    before: (state.edition, state.figures))
            }
            return state.figures
        }
    }

    private static func inode(of folder: String) throws(PopstatError) -> UInt64 {
        do {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: "\(folder)/manifest.json")
            return (attributes[.systemFileNumber] as? NSNumber)?.uint64Value ?? 0
        } catch {
            throw FolderFault.noManifest(folder: folder).error
        }
    }

    /// What the edition takes from the manifest.
    private struct Manifest: Decodable {
        var plan: String
        var area: String
        var planDigest: String
        var programVersion: String
        var referenceDates: [String]
        var inputs: [Input]
        var files: [File]?

        struct File: Decodable {
            var path: String
            var sha256: String
        }

        struct Input: Decodable {
            var role: String?
            var file: String?
            var sha256: String?
        }

        /// SHA-256 over what tells one set of inputs from another.
        var inputsDigest: String {
            let lines = inputs.map {
                "\($0.role ?? "")\t\($0.file ?? "")\t\($0.sha256 ?? "")\n"
            }
            return PublishedFolderFigures.sha256(of: Data(lines.joined().utf8))
        }
    }

    private static func sha256(of data: Data) -> String {
        Hexadecimal.text(SHA256.hash(data: data))
    }

    private static func load(_ folder: String, edition: Int) throws(PopstatError)
        -> FiguresInMemory
    {
        let path = "\(folder)/manifest.json"
        let manifest: Manifest
        let modified: Date
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            manifest = try decoder.decode(
                Manifest.self, from: try Data(contentsOf: URL(fileURLWithPath: path)))
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            modified = attributes[.modificationDate] as? Date ?? Date(timeIntervalSince1970: 0)
        } catch {
            throw FolderFault.badManifest(folder: folder).error
        }
        let record = EditionRecord(
            id: edition, plan: manifest.plan, area: manifest.area, revision: edition,
            // The manifest holds no time, so that equal runs are equal; the file system knows.
            validFrom: modified.formatted(.iso8601),
            lastReferenceDate: manifest.referenceDates.last ?? "",
            planDigest: manifest.planDigest,
            inputsDigest: manifest.inputsDigest,
            programVersion: manifest.programVersion)
        let digests = Dictionary(
            (manifest.files ?? []).map { ($0.path, $0.sha256) },
            uniquingKeysWith: { first, _ in first })
        var tables: [PublishedTable] = []
        for scope in TableScope.allCases {
            for meaning in DataDictionary.tables {
                let name = "\(scope.rawValue)/\(meaning.name).csv"
                guard let digest = digests[name] else { continue }
                let file = "\(folder)/\(name)"
                guard let data = FileManager.default.contents(atPath: file),
                    Self.sha256(of: data) == digest
                else { throw FolderFault.otherTable(file: file).error }
                tables.append(
                    PublishedTable(
                        try table(Array(data), meaning: meaning, file: file), scope: scope))
            }
        }
        return FiguresInMemory([FiguresInMemory.Edition(record, tables: tables)])
    }

    private static func table(
        _ bytes: [UInt8], meaning: DataDictionary.TableMeaning, file: String
    ) throws(PopstatError) -> Table {
        let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
        let columns = String(decoding: bytes[..<end], as: UTF8.self).split(separator: ",")
            .map(String.init)
        do {
            let needed = columns.map { $0.lowercased() }
            let read = try ReferenceTable(bytes, label: file, needing: needed, stage: .publish)
            return Table(
                name: meaning.name, columns: columns, keyCount: meaning.keyCount,
                rows: read.rows.map { row in needed.map { read.field($0, of: row) } })
        } catch {
            throw error.errors[0]
        }
    }
}

/// What can be wrong with a published folder that is served; the wording is made here.
package enum FolderFault: Sendable, Equatable {
    case noManifest(folder: String)
    case badManifest(folder: String)
    case otherTable(file: String)

    package var error: PopstatError {
        switch self {
        case .noManifest(let folder):
            PopstatError(
                code: "SERVE-001", kind: .inputMissing,
                message: Bilingual(
                    "该文件夹不是发布结果：其中没有可读取的 manifest.json",
                    "the folder is no publication: it holds no manifest.json that can be read"),
                remedy: Bilingual(
                    "请给出运行的发布文件夹，即计划的 publish.output。",
                    "Give the published folder of a run, a plan's publish.output."),
                place: Place(file: folder))
        case .badManifest(let folder):
            PopstatError(
                code: "SERVE-002", kind: .usage,
                message: Bilingual(
                    "清单无法作为 popstat 的清单读取",
                    "the manifest cannot be read as one of popstat"),
                remedy: Bilingual(
                    "请用 `popstat run` 重新发布该文件夹。",
                    "Publish the folder again with `popstat run`."),
                place: Place(file: "\(folder)/manifest.json"))
        case .otherTable(let file):
            PopstatError(
                code: "SERVE-003", kind: .readOrWriteFailed,
                message: Bilingual(
                    "表无法读取，或不是当时发布的表",
                    "the table cannot be read, or it is not the one that was published"),
                remedy: Bilingual(
                    "请用有权读取 internal/ 的账户运行，或重新发布该文件夹。",
                    "Run as an account that may read internal/, or publish the folder again."),
                place: Place(file: file))
        }
    }
}
