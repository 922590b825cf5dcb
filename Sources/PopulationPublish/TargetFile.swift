import PopulationFigures
import PopulationModel

/// The targets file: `concept,area_code,percent,date,source` (SPEC 2.3).
package enum TargetFile {
    /// All faults at once.
    package static func read(_ bytes: [UInt8], label: String) throws(PopstatErrors) -> [Target] {
        let table = try ReferenceTable(
            bytes, label: label, needing: ["concept", "area_code", "percent", "date"],
            stage: .publish)
        var targets: [Target] = []
        var faults: [PopstatError] = []
        for row in table.rows {
            func fault(_ number: String, _ column: String, _ expected: String) {
                faults.append(
                    PopstatError(
                        code: "PUBLISH-11\(number)", kind: .usage,
                        message: "'\(table.field(column, of: row))' is not \(expected)",
                        remedy: "Mend the row of the targets file.",
                        place: Place(file: label, line: row.line, column: column)))
            }
            let concept = Concept(rawValue: table.field("concept", of: row))
            if concept == nil { fault("1", "concept", "`resident` or `registered`") }
            let code = table.field("area_code", of: row)
            let isCode =
                [2, 4, 6, 9].contains(code.utf8.count)
                && code.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            if !isCode { fault("2", "area_code", "an area code of 2, 4, 6 or 9 digits") }
            let percent = hundredths(table.field("percent", of: row))
            if percent == nil {
                fault("3", "percent", "a percentage from 0 to 100 with at most 2 decimals")
            }
            let date = CalendarDate(iso: table.field("date", of: row))
            if date == nil { fault("4", "date", "a date yyyy-mm-dd") }
            guard let concept, isCode, let percent, let date else { continue }
            if targets.contains(where: {
                $0.concept == concept && $0.areaCode == code && $0.date == date
            }) {
                fault("5", "date", "the only target of this concept, area and date")
            }
            targets.append(
                Target(
                    concept: concept, areaCode: code, percentHundredths: percent, date: date,
                    source: table.field("source", of: row)))
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
        return targets
    }

    /// A decimal number of at most two decimals as hundredths.
    private static func hundredths(_ text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts[0].count <= 3,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }),
            let whole = Int(parts[0])
        else { return nil }
        var value = whole * 100
        if parts.count == 2 {
            guard parts[1].count <= 2, let decimals = Int(parts[1]) else { return nil }
            value += parts[1].count == 1 ? decimals * 10 : decimals
        }
        return value <= 10_000 ? value : nil
    }
}
