import Foundation

/// A naive model's input laid out on disk as extracts, reference files and a plan.
public struct UglyCase {
    public let folder: URL
    public var plan: URL { folder.appendingPathComponent("plan.yaml") }
    public var output: URL { folder.appendingPathComponent("out") }
    public var work: URL { folder.appendingPathComponent("work") }

    /// Writes the files below `folder`; `shares` are wide open, because the model knows no gates.
    public init(_ input: NaiveInput, in folder: URL) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        func write(_ bytes: [UInt8], _ name: String) throws {
            try Data(bytes).write(to: folder.appendingPathComponent(name))
        }
        for file in input.registration + input.residency { try write(file.bytes, file.name) }
        for edition in input.divisions {
            try write(edition.bytes, "divisions-\(edition.edition).csv")
        }
        var lines = [
            "plan: ugly", "area: \"\(input.area)\"",
            "reference-dates: [\(input.referenceDates.joined(separator: ", "))]",
        ]
        if let knownAt = input.knownAt { lines.append("known-at: \(knownAt)") }
        lines.append("ingest:")
        lines.append(
            Self.source(
                "registration", input.registration, input.registrationEncoding,
                input.registrationColumns, input.registrationValues))
        lines.append(
            Self.source(
                "residency", input.residency, input.residencyEncoding, input.residencyColumns,
                input.residencyValues))
        lines.append(
            "deduplicate: { residence-months: \(input.residenceMonths), "
                + "stay-gap-days: \(input.stayGapDays) }")
        let divisions = input.divisions.map {
            "{ edition: \($0.edition), file: divisions-\($0.edition).csv }"
        }
        lines.append("classify:")
        lines.append("  divisions: [ \(divisions.joined(separator: ", ")) ]")
        if let changes = input.changes {
            try write(changes, "changes.csv")
            lines.append("  changes: changes.csv")
        }
        lines.append("  unclassified-share-max: 1")
        if let counties = input.counties {
            try write(counties, "counties.csv")
            lines.append("aggregate: { counties: counties.csv }")
        }
        lines.append("publish:")
        lines.append("  output: out")
        if let targets = input.targets {
            try write(targets, "targets.csv")
            lines.append("  targets: targets.csv")
        }
        try write(Array((lines.joined(separator: "\n") + "\n").utf8), "plan.yaml")
    }

    private static func source(
        _ name: String, _ files: [NaiveFile], _ encoding: String, _ columns: [String: String],
        _ values: [String: [String: String]]
    ) -> String {
        func map(_ pairs: [String: String]) -> String {
            let sorted = pairs.sorted { $0.key < $1.key }
            return "{ " + sorted.map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ") + " }"
        }
        let lists = values.sorted { $0.key < $1.key }.map { "\($0): \(map($1))" }
        return "  \(name): { files: [\(files.map(\.name).joined(separator: ", "))], "
            + "encoding: \(encoding), rejected-share-max: 1, columns: \(map(columns)), "
            + "values: { \(lists.joined(separator: ", ")) } }"
    }
}
