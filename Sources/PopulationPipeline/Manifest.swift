import Foundation
import PopulationFigures
import PopulationModel
import PopulationPublish

/// `manifest.json` of a published folder: what the figures were made from, by which program, and
/// the balances that held. It names no clock time and no path of the machine.
struct Manifest: Codable {
    /// The plan of a manifest of any version.
    struct Name: Decodable {
        var plan: String
    }

    var manifest = 1
    var plan: String
    var planDigest: String
    var programVersion: String
    var area: String
    var referenceDates: [String]
    var knownAt: String?
    var inputs: [Input]
    var rows: [String: Rows]
    var balances: [Balance]
    var remarks: [String]
    /// Rules that were broken and let through; left out when there are none.
    var acceptedGates: [ReportProvenance.AcceptedGate]?
    var tables: [Table]
    var cube: Cube
    /// Left out when there are no public tables.
    var protection: Protection?
    /// Every file of the folder but this one, by path.
    var files: [PublishedFiles.File]?
    /// SHA-256 over role, name and digest of every input, in their order here.
    var inputsDigest: String?
    /// The delivered editions that the folder carries; left out when there are none.
    var editions: [Edition]?
    var report: Report?

    struct Input: Codable {
        var role: String
        var file: String
        var sha256: String
        var rows: Int?
        var encoding: String?
    }

    struct Rows: Codable {
        var read: Int
        var readByScanner: Int
        var readByLibcsv: Int
    }

    struct Balance: Codable {
        var equation: String
        var left: Int
        var right: [Int]
    }

    /// Read back from the folder that is replaced, so that an edition cannot get lost.
    struct Edition: Codable {
        var file: String
        var sha256: String
    }

    struct Table: Codable, Equatable {
        var name: String
        var rows: Int
        var sha256: String

        init(_ table: PopulationFigures.Table) {
            name = table.name
            rows = table.rowCount
            sha256 = InputDigest.of(table.csv)
        }
    }

    /// What the report says beyond the tables, so that it can be written again from the folder.
    struct Report: Codable {
        var language: ReportLanguage
        var residenceMonths: Int
        /// Dates of the division table's editions.
        var divisions: [String]
        var englishNames: [String: String]
        var targets: [Target]
        var absences: [Absence]
        var moneyUnit: String?

        struct Target: Codable {
            var concept: String
            var areaCode: String
            var percent: String
            var date: String
            var source: String
        }

        struct Absence: Codable {
            var table: String
            var zh: String
            var en: String
        }
    }

    /// The counts that a what-if starts from.
    struct Cube: Codable {
        var file: String
        var version: Int
        var sha256: String
    }

    func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return Array(try encoder.encode(self)) + [0x0A]
    }
}

extension Manifest {
    /// Reads a manifest again; throws a `DecodingError`.
    init(bytes: [UInt8]) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Self.self, from: Data(bytes))
    }
}
