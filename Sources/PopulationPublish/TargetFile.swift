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
            func fault(_ number: String, _ column: String, _ expected: Bilingual) {
                faults.append(
                    PopstatError(
                        code: "PUBLISH-11\(number)", kind: .usage,
                        message: table.shown(column, of: row) + Bilingual("不是", " is not ")
                            + expected,
                        remedy: Bilingual(
                            "请改正目标文件中的该行。", "Mend the row of the targets file."),
                        place: Place(file: label, line: row.line, column: column)))
            }
            let concept = Concept(rawValue: table.field("concept", of: row))
            if concept == nil {
                fault(
                    "1", "concept",
                    Bilingual("概念（`resident` 或 `registered`）", "`resident` or `registered`"))
            }
            let code = table.field("area_code", of: row)
            let isCode =
                [2, 4, 6, 9].contains(code.utf8.count)
                && code.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            if !isCode {
                fault(
                    "2", "area_code",
                    Bilingual("地区代码（2、4、6 或 9 位数字）", "an area code of 2, 4, 6 or 9 digits"))
            }
            let percent = Target.percentHundredths(table.field("percent", of: row))
            if percent == nil {
                fault(
                    "3", "percent",
                    Bilingual(
                        "百分数（0 至 100，至多 2 位小数）",
                        "a percentage from 0 to 100 with at most 2 decimals"
                    ))
            }
            let date = CalendarDate(iso: table.field("date", of: row))
            if date == nil {
                fault("4", "date", Bilingual("日期（yyyy-mm-dd）", "a date yyyy-mm-dd"))
            }
            guard let concept, isCode, let percent, let date else { continue }
            if targets.contains(where: {
                $0.concept == concept && $0.areaCode == code && $0.date == date
            }) {
                fault(
                    "5", "date",
                    Bilingual("该概念、地区和日期唯一的目标", "the only target of this concept, area and date"))
            }
            targets.append(
                Target(
                    concept: concept, areaCode: code, percentHundredths: percent, date: date,
                    source: table.field("source", of: row)))
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
        return targets
    }
}
