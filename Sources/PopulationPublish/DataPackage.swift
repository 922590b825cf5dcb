import Foundation
import PopulationFigures
import PopulationModel

/// `datapackage.json`: what the CSV files beside it are, so that a program can read and check them
/// (Frictionless Data Package 1.0 with Table Schema, which readers of version 2 take as well).
///
/// One folder, one package: who may see `public` needs nothing of `internal`.
package struct DataPackage: Sendable {
    private let descriptor: Descriptor

    /// A CSV file of the folder.
    package struct File: Sendable {
        package var table: String
        package var columns: [String]
        package var byteCount: Int
        package var sha256: String

        package init(table: String, columns: [String], byteCount: Int, sha256: String) {
            self.table = table
            self.columns = columns
            self.byteCount = byteCount
            self.sha256 = sha256
        }
    }

    /// Only the plan, area, digests, version and dates of the publication are looked at.
    package init(_ publication: Publication, scope: TableScope, files: [File]) {
        descriptor = Descriptor(
            profile: "tabular-data-package",
            name: "popstat-\(publication.area)-\(scope.rawValue)",
            title: Words("人口统计表", "Population tables", publication.area),
            version: publication.programVersion, plan: publication.plan,
            planSha256: publication.planDigest, inputsSha256: publication.inputsDigest,
            referenceDates: publication.referenceDates, scope: scope.rawValue,
            resources: files.map { Self.resource($0, scope) })
    }

    package func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return Array(try encoder.encode(descriptor)) + [0x0A]
    }

    private static func resource(_ file: File, _ scope: TableScope) -> Resource {
        let meaning = DataDictionary.meaning(of: file.table)
        let title = meaning?.title ?? Bilingual(both: file.table)
        let fields = file.columns.map { name -> Field in
            guard let meaning, let column = meaning.columns.first(where: { $0.name == name })
            else { return statusField(name) }
            return field(column, of: meaning)
        }
        return Resource(
            profile: "tabular-data-resource", name: file.table, path: "\(file.table).csv",
            title: Words(title.zh, title.en),
            description: meaning.map { "One row per \($0.grain)." } ?? "", format: "csv",
            mediatype: "text/csv", encoding: "utf-8", bytes: file.byteCount,
            hash: "sha256:\(file.sha256)",
            dialect: Dialect(delimiter: ",", quoteChar: "\"", lineTerminator: "\n"),
            schema: Schema(
                fields: fields,
                primaryKey: meaning.map { $0.columns.filter(\.isKey).map(\.name) } ?? [],
                missingValues: scope == .public ? ["", TableScope.hidden] : [""]))
    }

    private static func field(
        _ column: DataDictionary.ColumnMeaning, of table: DataDictionary.TableMeaning
    ) -> Field {
        let label = table.label(of: column)
        var field = Field(
            name: column.name, type: "string", title: Words(label.zh, label.en),
            description: column.meaning, unit: column.unitOfMeasure?.label.en)
        switch column.kind {
        case .integer: field.type = "integer"
        case .decimal:
            field.type = "number"
            field.decimalChar = "."
        case .date:
            field.type = "date"
            field.format = "%Y-%m-%d"
        case .code:
            field.constraints = Constraints(
                pattern: column.name == "class" ? nil : #"[0-9]{2,12}"#)
        case .word, .text: break
        }
        var constraints = field.constraints ?? Constraints()
        if let words = FigureWords.list(of: column.name, in: table.name) {
            constraints.allowed = words.map(\.word)
        }
        // The reason of a quality row may be empty: it has none.
        if column.isKey, column.name != "reason" { constraints.required = true }
        field.constraints = constraints.isEmpty ? nil : constraints
        return field
    }

    private static func statusField(_ name: String) -> Field {
        Field(
            name: name, type: "string", title: Words("观测状态", "observation status"),
            description: "Q in a row that hides a number, else A", unit: nil,
            constraints: Constraints(required: true, allowed: ["A", "Q"]))
    }
}

extension DataPackage {
    /// A text in both languages, Chinese first, since a title of the standard is one text.
    fileprivate struct Words: Encodable {
        var text: String

        init(_ parts: String...) { text = parts.joined(separator: " ") }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(text)
        }
    }

    fileprivate struct Descriptor: Encodable {
        var profile: String
        var name: String
        var title: Words
        var version: String
        var plan: String
        var planSha256: String
        var inputsSha256: String
        var referenceDates: [String]
        var scope: String
        var resources: [Resource]
    }

    fileprivate struct Resource: Encodable {
        var profile: String
        var name: String
        var path: String
        var title: Words
        var description: String
        var format: String
        var mediatype: String
        var encoding: String
        var bytes: Int
        var hash: String
        var dialect: Dialect
        var schema: Schema
    }

    fileprivate struct Dialect: Encodable {
        var delimiter: String
        var quoteChar: String
        var lineTerminator: String
    }

    fileprivate struct Schema: Encodable {
        var fields: [Field]
        var primaryKey: [String]
        var missingValues: [String]
    }

    fileprivate struct Field: Encodable {
        var name: String
        var type: String
        var title: Words
        var description: String
        var unit: String?
        var format: String?
        var decimalChar: String?
        var constraints: Constraints?
    }

    fileprivate struct Constraints: Encodable {
        var required: Bool?
        var pattern: String?
        var allowed: [String]?

        var isEmpty: Bool { required == nil && pattern == nil && allowed == nil }

        enum CodingKeys: String, CodingKey {
            case required, pattern
            case allowed = "enum"
        }
    }
}
