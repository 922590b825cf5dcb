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
        if let official = input.official {
            try write(official, "official.csv")
            lines.append("  official: official.csv")
        }
        if let ladder = input.ladder { lines.append(UglySections.ladder(ladder)) }
        if let transfer = input.transfer {
            try write(transfer.factors, "finance-factors.csv")
            lines.append(UglySections.transfer(transfer, factors: "finance-factors.csv"))
        }
        if let land = input.land { lines.append(UglySections.land(land)) }
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

/// The sections of `publish` as lines of a plan.
private enum UglySections {
    static func ladder(_ ladder: NaiveLadder) -> String {
        var parts: [String] = []
        func add(_ name: String, _ yearly: NaiveLadder.Yearly?) {
            guard let yearly else { return }
            parts.append("\(name): { points: \(yearly.points), cap: \(yearly.cap) }")
        }
        add("residence", ladder.residence)
        add("insurance", ladder.insurance)
        parts.append("fixed: \(map(ladder.fixed))")
        let groups = ladder.alternatives.mapValues(map)
        parts.append("alternatives: \(map(groups))")
        let tiers = ladder.tiers.map { "{ name: \($0.name), from: \($0.from) }" }
        parts.append("tiers: [ \(tiers.joined(separator: ", ")) ]")
        return "  ladder: { \(parts.joined(separator: ", ")) }"
    }

    static func transfer(_ transfer: NaiveTransfer, factors: String) -> String {
        "  transfer: { factors: \(factors), pool: \(transfer.pool), unit: \(transfer.unit), "
            + "weights: \(map(transfer.weights)), decay: \(transfer.decay), "
            + "years-back: \(transfer.yearsBack), permit-weight: \(transfer.permitWeight), "
            + "children-weight: \(transfer.childrenWeight) }"
    }

    static func land(_ land: NaiveLand) -> String {
        let bands = land.bands.map { band in
            let bound = band.upTo.map { "up-to: \($0), " } ?? ""
            return "{ \(bound)standard: \(band.standard) }"
        }
        return "  land: { bands: [ \(bands.joined(separator: ", ")) ], "
            + "adjustment: \(land.adjustment) }"
    }

    private static func map(_ pairs: [String: String]) -> String {
        let sorted = pairs.sorted { $0.key < $1.key }
        return "{ " + sorted.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + " }"
    }
}
