import Foundation
import PopulationFigures
import PopulationModel

/// The tables of a run in a format of exchange, in a folder of their own.
///
/// Reads the published folder only. Memory: one table's file and one piece of the new one.
public struct Export {
    /// What the tables are written as.
    public enum Format: String, CaseIterable, Sendable {
        /// SDMX-CSV 2.0: one line per number, `ACTION` `I`.
        case sdmxCSV = "sdmx-csv"
    }

    /// What an export came to, for the command line.
    public struct Summary: Sendable, Equatable {
        public var files: Int
        public var observations: Int
        public var scope: String
        public var output: String
    }

    private let run: String
    private let scope: TableScope?

    /// `run` is the output folder of a run, or its plan. `scope` is `internal` or `public`; `nil`
    /// takes the public tables where the run has them.
    public init(run: String, scope: String?) {
        self.run = run
        self.scope = scope.flatMap(TableScope.init(rawValue:))
    }

    private static let contents = PublishedFolder.Contents(
        marker: marker,
        names: Set(
            [marker] + DataDictionary.tables.map { "\(SDMXStructure.identifier($0.name)).csv" }),
        mode: 0o755, subfolders: [])
    private static let marker = "export.json"

    public func write(to output: String) throws(PopstatErrors) -> Summary {
        let source = try RunTables(run, scope: scope)
        guard !"\(source.path)/".hasPrefix("\(output)/"), !"\(output)/".hasPrefix("\(source.path)/")
        else { throw PopstatErrors(.foldersOverlap(output: output, run: source.path)) }
        var contents = Self.contents
        if source.scope == .internal { contents.mode = 0o750 }
        let folder = try PublishedFolder(path: output, contents: contents)
        do throws(PopstatErrors) {
            var summary = Summary(
                files: 0, observations: 0, scope: source.scope.rawValue, output: output)
            for structure in SDMXStructure.all {
                guard let csv = try source.csv(of: structure.table.name) else { continue }
                summary.observations += try write(structure, csv, source, to: folder)
                summary.files += 1
            }
            try writeMarker(source, to: folder)
            try folder.publish()
            return summary
        } catch {
            folder.discard()
            throw error
        }
    }

    /// One file; gives the number of its lines.
    private func write(
        _ structure: SDMXStructure, _ csv: [UInt8], _ source: RunTables, to folder: PublishedFolder
    ) throws(PopstatErrors) -> Int {
        var writer = SDMXCSVWriter(structure: structure)
        var reader: SDMXRowReader?
        var count = 0
        try folder.write(
            to: "\(structure.dataflowID).csv", mode: source.scope == .internal ? 0o640 : 0o644
        ) { append throws(PopstatErrors) in
            try append(writer.takeBytes())
            try TableText.forEachRow(of: csv[...]) { row throws(PopstatErrors) in
                guard let rows = reader else {
                    reader = SDMXRowReader(
                        structure: structure, columns: row,
                        lastReferenceDate: source.manifest.referenceDates.last ?? "")
                    return
                }
                for observation in rows.observations(of: row) {
                    writer.append(observation)
                    count += 1
                }
                if writer.byteCount > 1 << 20 { try append(writer.takeBytes()) }
            }
            try append(writer.takeBytes())
        }
        return count
    }

    /// What the files were made from.
    private func writeMarker(_ source: RunTables, to folder: PublishedFolder)
        throws(PopstatErrors)
    {
        let account = Account(
            area: source.manifest.area, files: folder.written, format: Format.sdmxCSV.rawValue,
            inputsDigest: source.manifest.inputsDigest, plan: source.manifest.plan,
            planDigest: source.manifest.planDigest, programVersion: ProgramVersion.text,
            referenceDates: source.manifest.referenceDates, scope: source.scope.rawValue)
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let bytes: [UInt8]
        do { bytes = Array(try encoder.encode(account)) + [0x0A] } catch {
            throw PopstatErrors(.cannotPublish(path: Self.marker, reason: "\(error)"))
        }
        try folder.write(bytes, to: Self.marker)
    }

    private struct Account: Encodable {
        var area: String
        var files: [PublishedFiles.File]
        var format: String
        var inputsDigest: String?
        var plan: String
        var planDigest: String
        var programVersion: String
        var referenceDates: [String]
        var scope: String
    }
}

/// SDMX-CSV 2.0: a header, then one line per observation.
struct SDMXCSVWriter {
    private let start: String
    private var bytes: [UInt8] = []

    init(structure: SDMXStructure) {
        start =
            "dataflow,\(SDMXStructure.agency):\(structure.dataflowID)(\(SDMXStructure.version)),I"
        let columns =
            ["STRUCTURE", "STRUCTURE_ID", "ACTION"] + structure.dimensions.map(\.id)
            + [SDMXStructure.measure] + structure.attributes.map(\.id)
        bytes.append(contentsOf: (columns.joined(separator: ",") + "\n").utf8)
    }

    var byteCount: Int { bytes.count }

    mutating func append(_ observation: SDMXObservation) {
        bytes.append(contentsOf: start.utf8)
        for code in observation.key { append(code) }
        append(observation.value)
        for text in observation.attributes { append(text) }
        bytes.append(0x0A)
    }

    /// What was appended since the last call.
    mutating func takeBytes() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    private mutating func append(_ field: String) {
        bytes.append(0x2C)
        let needsQuotes = field.utf8.contains { [0x2C, 0x22, 0x0A, 0x0D].contains($0) }
        guard needsQuotes else { return bytes.append(contentsOf: field.utf8) }
        bytes.append(0x22)
        for byte in field.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }
}
