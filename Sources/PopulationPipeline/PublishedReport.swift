import Foundation
import PopulationFigures
import PopulationModel
import PopulationPublish

/// The report of a folder that was published before, written again from its tables alone: no plan,
/// no extract, no personal data.
public struct PublishedReport {
    private let folder: String
    private let manifest: Manifest
    private let manifestBytes: [UInt8]
    private let writer: ReportWriter

    /// `run` is a published folder, or a plan whose folder is meant. A table that is not what the
    /// manifest says is refused.
    public init(run: String) throws(PopstatErrors) {
        folder = try StoreFinder.output(run)
        let path = "\(folder)/manifest.json"
        guard try FileStatus(lookingAt: path) != nil else {
            throw PopstatErrors(.notPublished(folder: folder))
        }
        manifestBytes = try RunFolder.readFile(path)
        do { manifest = try Manifest(bytes: manifestBytes) } catch {
            throw PopstatErrors(
                .manifestDamaged(
                    file: path,
                    reason: Bilingual(
                        "它不是本版本的清单", "it is no manifest of this version")))
        }
        var tables: [PublishedTable] = []
        for scope in TableScope.allCases {
            tables += try Self.tables(of: scope, in: folder, manifest)
        }
        writer = ReportWriter(manifest: manifest, tables: tables)
    }

    /// Writes the page, and its print beside it; each file appears in one step. `templates` is a
    /// folder with the bureau's own, in place of those of the program. Gives the paths.
    public func write(
        language: ReportLanguage?, templates: String?, pdf: Bool, to output: String?
    ) throws(PopstatErrors) -> [String] {
        let printer = pdf ? try PDFPrinter() : nil
        let lock = output == nil ? try OutputLock(output: folder) : nil
        defer { withExtendedLifetime(lock) {} }
        // A run may have ended between the reading and the lock.
        if lock != nil, try RunFolder.readFile("\(folder)/manifest.json") != manifestBytes {
            throw PopstatErrors(.outputHeld(path: folder))
        }
        let own = try Self.templates(templates)
        let language = language ?? manifest.report?.language ?? .both
        let page = try writer.page(of: ReportWriter.html(own, language))
        let file = output ?? "\(folder)/report.html"
        let printed = (file as NSString).deletingPathExtension + ".pdf"
        try Self.checkReplaceable(file, marker: "<!DOCTYPE html>")
        var written = [(file, page)]
        if let printer {
            try Self.checkReplaceable(printed, marker: "%PDF-")
            written.append((printed, try printer.pdf(of: page)))
        }
        for (file, bytes) in written { try write(bytes, to: file, mode: writer.mode) }
        if output == nil { try noteInManifest(written) }
        return written.map(\.0)
    }

    /// A path given by mistake shall not cost a plan, an extract or a store.
    private static func checkReplaceable(_ path: String, marker: String) throws(PopstatErrors) {
        guard try FileStatus(lookingAt: path) != nil else { return }
        // What cannot be read cannot be known as a report either.
        let beginning = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            .read(upToCount: marker.utf8.count)
        guard beginning.map(Array.init) == Array(marker.utf8) else {
            throw PopstatErrors(.isNoReport(file: path))
        }
    }

    /// The manifest goes on telling the digests of what lies beside it.
    private func noteInManifest(_ written: [(file: String, bytes: [UInt8])])
        throws(PopstatErrors)
    {
        let files = PublishedFiles()
        let fresh = Set(written.map { ($0.file as NSString).lastPathComponent })
        for file in manifest.files ?? [] where !fresh.contains(file.path) { files.add(file) }
        for (file, bytes) in written {
            files.add(
                PublishedFiles.File(
                    path: (file as NSString).lastPathComponent, bytes: bytes.count,
                    sha256: InputDigest.of(bytes)))
        }
        var manifest = manifest
        manifest.files = files.sorted
        guard manifest.files != self.manifest.files else { return }
        try write(
            Pipeline.bytes(of: manifest), to: "\(folder)/manifest.json", mode: Pipeline.manifestMode
        )
    }

    private static func tables(
        of scope: TableScope, in folder: String, _ manifest: Manifest
    ) throws(PopstatErrors) -> [PublishedTable] {
        let digests = Dictionary(
            (manifest.files ?? []).map { ($0.path, $0.sha256) },
            uniquingKeysWith: { first, _ in first })
        var tables: [PublishedTable] = []
        for meaning in DataDictionary.tables where ReportWriter.reads(meaning.name) {
            let file = "\(folder)/\(scope.rawValue)/\(meaning.name).csv"
            guard let digest = digests["\(scope.rawValue)/\(meaning.name).csv"] else { continue }
            guard let data = FileManager.default.contents(atPath: file) else {
                throw PopstatErrors(
                    .tableDamaged(file: file, reason: Bilingual("它不存在", "it is not there")))
            }
            let bytes = Array(data)
            guard digest == InputDigest.of(bytes) else {
                throw PopstatErrors(
                    .tableDamaged(
                        file: file,
                        reason: Bilingual(
                            "其 SHA-256 与 manifest.json 中的不同",
                            "its SHA-256 is not that of manifest.json")))
            }
            guard let table = Table(name: meaning.name, csv: bytes) else {
                throw PopstatErrors(
                    .tableDamaged(file: file, reason: Bilingual("它不是表", "it is no table")))
            }
            tables.append(PublishedTable(table, scope: scope))
        }
        return tables
    }

    private static func templates(_ folder: String?) throws(PopstatErrors) -> ReportTemplates {
        guard let folder else { return .embedded }
        var own: [String: String] = [:]
        do {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder)
            where name.hasSuffix(".mustache") {
                own[String(name.dropLast(".mustache".count))] = try String(
                    contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            }
        } catch {
            throw PopstatErrors(
                .templates(
                    folder: folder,
                    reason: Bilingual(both: (error as NSError).localizedDescription)))
        }
        if own.isEmpty {
            throw PopstatErrors(
                .templates(
                    folder: folder,
                    reason: Bilingual("没有 .mustache 文件", "there is no .mustache file")))
        }
        do throws(PopstatError) { return try ReportTemplates.embedded.replacing(own) } catch {
            throw PopstatErrors([error])
        }
    }

    private func write(_ bytes: [UInt8], to file: String, mode: UInt32) throws(PopstatErrors) {
        let parent = (file as NSString).deletingLastPathComponent
        let name = (file as NSString).lastPathComponent
        let aside = "\(parent.isEmpty ? "." : parent)/.\(name).new"
        do throws(SystemFailure) {
            try WholeFile.write(bytes, to: file, aside: aside, mode: mode, isLasting: true)
        } catch {
            throw PopstatErrors(.cannotWrite(file: file, reason: error.reason))
        }
    }
}
