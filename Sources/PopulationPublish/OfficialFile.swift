import PopulationFigures
import PopulationModel

/// The published figures: `area_code,date,concept,total,urban,source` (SPEC 2.3).
package enum OfficialFile {
    /// All faults at once; the run's own persons are not filled in.
    package static func read(_ bytes: [UInt8], label: String)
        throws(PopstatErrors) -> [OfficialFigure]
    {
        let table = try ReferenceTable(
            bytes, label: label, needing: ["area_code", "date", "concept", "total", "urban"],
            stage: .publish)
        var figures: [OfficialFigure] = []
        var known: Set<String> = []
        var faults: [PopstatError] = []
        for row in table.rows {
            var fields = ReferenceRow(
                row, of: table, codeStart: "PUBLISH-13", fileName: Bilingual("公布数", "official"))
            let code = fields.read(
                1, "area_code",
                as: Bilingual("地区代码（2、4、6 或 9 位数字）", "an area code of 2, 4, 6 or 9 digits")
            ) {
                ReferenceRow.code($0, digits: [2, 4, 6, 9])
            }
            let date = fields.read(
                2, "date", as: Bilingual("日期（yyyy-mm-dd）", "a date yyyy-mm-dd")
            ) { CalendarDate(iso: $0) }
            let concept = fields.read(
                3, "concept",
                as: Bilingual("概念（`resident` 或 `registered`）", "`resident` or `registered`")
            ) {
                Concept(rawValue: $0)
            }
            let persons = Bilingual("整数人数", "a whole number of persons")
            let total = fields.read(4, "total", as: persons, ReferenceRow.count)
            let urban = fields.read(5, "urban", as: persons, ReferenceRow.count)
            if let total, let urban, urban > total {
                fields.add(5, "urban", isNot: Bilingual("不大于合计的数", "at most the total"))
            }
            if let code, let date, let concept,
                !known.insert("\(code) \(date) \(concept.rawValue)").inserted
            {
                fields.add(
                    6, "date",
                    isNot: Bilingual(
                        "该地区、时点和概念唯一的行", "the only row of this area, date and concept"))
            }
            faults += fields.faults
            guard let code, let date, let concept, let total, let urban else { continue }
            figures.append(
                OfficialFigure(
                    areaCode: code, date: date, concept: concept,
                    official: Rate(urban: urban, total: total), source: fields.text("source")))
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
        return figures
    }

    /// The published figures with the run's own beside them, where it has that area and date.
    package static func compared(
        _ published: [OfficialFigure], with figures: [UrbanizationFigure]
    ) -> [OfficialFigure] {
        struct Key: Hashable {
            let areaCode: String
            let date: CalendarDate
            let concept: Concept
        }
        let wanted = Set(
            published.map { Key(areaCode: $0.areaCode, date: $0.date, concept: $0.concept) })
        var own: [Key: Rate] = [:]
        for figure in figures {
            let key = Key(
                areaCode: figure.areaCode, date: figure.date, concept: figure.concept)
            if wanted.contains(key) { own[key] = figure.rate }
        }
        return published.map { row in
            var row = row
            row.own = own[Key(areaCode: row.areaCode, date: row.date, concept: row.concept)]
            return row
        }
    }
}
