import Foundation
import PopulationFigures
import PopulationModel

/// The delivered editions of the transfer in a published folder: `editions/`, one CSV file per year
/// and revision, and `SHA256SUMS` beside them in the form of `sha256sum -c`.
///
/// Before you change this: money was paid by these files. They are never written again, only copied
/// byte for byte into the folder that takes the place of the old one; a new revision is a new file
/// beside them. Because they travel with the published folder, which appears in one synced step, a
/// run that dies has delivered nothing, and what was published is what is frozen.
package struct EditionStore {
    package static let folderName = "editions"
    private static let sumsName = "SHA256SUMS"
    /// No digest: a file with it is damaged, whatever its bytes.
    private static let disagreement = "SHA256SUMS and manifest.json disagree"

    /// By year and revision.
    package private(set) var editions: [TransferEdition] = []
    /// Bytes by file name.
    private var files: [String: [UInt8]] = [:]

    /// Reads and checks every edition of a published folder; there is none where no folder is.
    /// Every damaged file is named.
    package init(output: String) throws(PopstatErrors) {
        let folder = "\(output)/\(Self.folderName)"
        let delivered = try Self.delivered(in: output)
        guard FileManager.default.fileExists(atPath: folder) else {
            guard delivered.isEmpty else {
                throw Self.damaged(
                    folder,
                    Bilingual(
                        "它不见了，而 manifest.json 列有其中的文件",
                        "it is gone, and manifest.json names files of it"))
            }
            return
        }
        let found: [String]
        do {
            found = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw Self.damaged(folder, Bilingual("无法列出该文件夹", "the folder cannot be listed"))
        }
        // What the manifest names counts as well: a file and its line may both be gone or changed.
        let sums = delivered.merging(try Self.sums(in: folder)) { delivered, listed in
            delivered == listed ? listed : Self.disagreement
        }
        var faults: [PopstatError] = []
        let names = Set(found).union(sums.keys).subtracting([Self.sumsName])
        for name in names.sorted() {
            do throws(PopstatErrors) {
                guard let sum = sums[name] else {
                    throw Self.damaged(
                        "\(folder)/\(name)",
                        Bilingual(
                            "\(Self.sumsName) 没有列出它", "\(Self.sumsName) does not name it"))
                }
                try add(name, in: folder, sha256: sum)
            } catch { faults += error.errors }
        }
        editions.sort { ($0.year, $0.revision) < ($1.year, $1.revision) }
        faults += missingRevisions(in: folder, besides: names)
        if !faults.isEmpty { throw PopstatErrors(faults) }
    }

    var isEmpty: Bool { editions.isEmpty }

    /// The digest of one edition's file; `nil` when there is no such file.
    package func sha256(ofFile name: String) -> String? { files[name].map(InputDigest.of) }

    var manifestEntries: [Manifest.Edition] {
        files.keys.sorted().map {
            Manifest.Edition(file: "\(Self.folderName)/\($0)", sha256: InputDigest.of(files[$0]!))
        }
    }

    /// Delivers a year's figures: the revision that holds already when they are the same, else the
    /// next one. Gives the number of the revision and whether it is new.
    package mutating func deliver(_ figures: TransferEdition) -> (revision: Int, isNew: Bool) {
        let latest = editions.last { $0.year == figures.year }
        if let latest, latest.hasSameFigures(as: figures) { return (latest.revision, false) }
        let edition = figures.numbered((latest?.revision ?? 0) + 1)
        files[Self.name(edition.year, edition.revision)] = Self.bytes(of: edition)
        editions.append(edition)
        editions.sort { ($0.year, $0.revision) < ($1.year, $1.revision) }
        return (edition.revision, true)
    }

    /// Copies every edition into a folder that is about to be published.
    package func write(to folder: PublishedFolder) throws(PopstatErrors) {
        guard !files.isEmpty else { return }
        try folder.makeFolder(Self.folderName)
        var sums = ""
        for name in files.keys.sorted() {
            let bytes = files[name]!
            try folder.write(bytes, to: "\(Self.folderName)/\(name)", mode: 0o640)
            sums += "\(InputDigest.of(bytes))  \(name)\n"
        }
        try folder.write(
            Array(sums.utf8), to: "\(Self.folderName)/\(Self.sumsName)", mode: 0o640)
        try folder.syncFolder(Self.folderName)
    }
}

extension EditionStore {
    static func name(_ year: Int, _ revision: Int) -> String {
        "transfer-\(year)-revision-\(revision).csv"
    }

    private static func bytes(of edition: TransferEdition) -> [UInt8] {
        Table(name: "transfer", columns: edition.columns, keyCount: 3, rows: edition.rows).csv
    }

    /// SHA-256 by file name, as the manifest of the folder says; none where no manifest is.
    private static func delivered(in output: String) throws(PopstatErrors) -> [String: String] {
        struct Editions: Decodable {
            var editions: [Manifest.Edition]?
        }
        let path = "\(output)/manifest.json"
        guard try FileStatus(lookingAt: path) != nil else { return [:] }
        // One that cannot be read is not one that is missing: its editions would be lost.
        let data = Data(try RunFolder.readFile(path))
        do {
            let editions = try JSONDecoder().decode(Editions.self, from: data).editions ?? []
            return Dictionary(
                editions.map { (($0.file as NSString).lastPathComponent, $0.sha256) },
                uniquingKeysWith: { first, _ in first })
        } catch {
            throw damaged(
                path,
                Bilingual("它不是列有各版本的清单", "it is no manifest, which names the editions"))
        }
    }

    /// SHA-256 by file name.
    private static func sums(in folder: String) throws(PopstatErrors) -> [String: String] {
        let path = "\(folder)/\(sumsName)"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw damaged(path, Bilingual("它无法读取", "it cannot be read"))
        }
        var sums: [String: String] = [:]
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard parts.count == 2, parts[0].utf8.count == 64,
                sums.updateValue(String(parts[0]), forKey: String(parts[1])) == nil
            else {
                throw damaged(
                    path,
                    Bilingual(
                        "有一行不是摘要和文件名，或某文件出现两次",
                        "a line is no digest and file name, or names a file twice"))
            }
        }
        return sums
    }

    /// Reads one edition whose digest is known.
    private mutating func add(_ name: String, in folder: String, sha256: String)
        throws(PopstatErrors)
    {
        let path = "\(folder)/\(name)"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Self.damaged(path, Bilingual("它缺失或无法读取", "it is missing or cannot be read"))
        }
        let bytes = Array(data)
        guard sha256 != Self.disagreement else {
            throw Self.damaged(
                path,
                Bilingual("SHA256SUMS 与 manifest.json 不一致", Self.disagreement))
        }
        guard InputDigest.of(bytes) == sha256 else {
            throw Self.damaged(
                path,
                Bilingual(
                    "其 SHA-256 与 \(Self.sumsName) 中的不同",
                    "its SHA-256 is not the one in \(Self.sumsName)"))
        }
        guard let edition = Self.edition(bytes), name == Self.name(edition.year, edition.revision)
        else {
            throw Self.damaged(
                path,
                Bilingual(
                    "无法按其文件名所指的版本读取", "it cannot be read as the edition that its name says"))
        }
        editions.append(edition)
        files[name] = bytes
    }

    private static func edition(_ bytes: [UInt8]) -> TransferEdition? {
        guard let header = Table.header(of: bytes),
            TransferEdition.tableColumns.allSatisfy(header.contains),
            // What is wrong in it does not matter: it was right when it was delivered.
            let table = try? ReferenceTable(
                bytes, label: "", needing: header, stage: .publish),
            let first = table.rows.first, let year = Int(table.field("year", of: first)),
            let revision = Int(table.field("revision", of: first))
        else { return nil }
        return TransferEdition(
            year: year, revision: revision, columns: header,
            rows: table.rows.map { row in header.map { table.field($0, of: row) } })
    }

    /// Revisions count from 1 without a gap; files that were looked for already are not named twice.
    private func missingRevisions(in folder: String, besides names: Set<String>)
        -> [PopstatError]
    {
        Set(editions.map(\.year)).sorted().flatMap { year in
            let last = editions.last { $0.year == year }?.revision ?? 0
            return (1...max(1, last)).map { Self.name(year, $0) }
                .filter { !names.contains($0) }.flatMap {
                    Self.damaged(
                        "\(folder)/\($0)",
                        Bilingual("它缺失，而其后各版仍在", "it is missing before later revisions")
                    ).errors
                }
        }
    }

    private static func damaged(_ file: String, _ reason: Bilingual) -> PopstatErrors {
        PopstatErrors([EditionFault.damaged(file: file, reason: reason).error])
    }
}

extension Table {
    /// The column names of a file that a table wrote.
    fileprivate static func header(of csv: [UInt8]) -> [String]? {
        guard let end = csv.firstIndex(of: 0x0A) else { return nil }
        return String(decoding: csv[..<end], as: UTF8.self).split(separator: ",").map(String.init)
    }
}
