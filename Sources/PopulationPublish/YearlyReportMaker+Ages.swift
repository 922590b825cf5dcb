import PopulationFigures
import PopulationModel

extension YearlyReportMaker {
    /// Residents by age and sex, urban beside rural.
    var ages: ReportSection? {
        let name = Bilingual("年龄结构", "Ages")
        let date = ReportNumber.date(lastDate)
        guard tables.has("population") else { return absent("ages", name, table: "population") }
        let counts = AgeCounts(tables.rows("population"), at: lastDate)
        guard counts.hasAny else { return absent("ages", name, table: "population") }
        var section = ReportSection(
            id: "ages", heading: agesHeading(counts), name: name)
        let panels = AgeCounts.territories.map { territory in
            PyramidChart.Panel(
                name: territory.name,
                male: counts.sums(territory.isUrban, .male).map(\.length),
                female: counts.sums(territory.isUrban, .female).map(\.length))
        }
        section.drawings = [
            ReportSection.Drawing(
                subtitle: Bilingual(
                    "常住人口，按年龄、性别和城乡，\(areaName.zh)，\(date.zh)，人；左男右女，城乡同一比例",
                    "Residents by age, sex and territory, \(areaName.en), \(date.en), persons; men "
                        + "left, women right, both on one scale"),
                chart: .pyramid(
                    PyramidChart(
                        title: Bilingual("城镇与乡村人口的年龄结构", "Ages of urban and rural residents"),
                        description: agesHeading(counts),
                        ages: AgeCounts.words, panels: panels)))
        ]
        if counts.hiddenCount > 0 {
            section.sentences = [
                Bilingual(
                    "共\(counts.hiddenCount)个数不公布，柱长和合计不含它们。",
                    "\(counts.hiddenCount) numbers are hidden; bars and sums are without them.")
            ]
        }
        section.tables = [agesTable(counts, date)]
        return section
    }

    private func agesHeading(_ counts: AgeCounts) -> Bilingual {
        let plain = Bilingual("城镇与乡村人口的年龄结构", "Ages of urban and rural residents")
        guard let urban = counts.shareOfOld(isUrban: true),
            let rural = counts.shareOfOld(isUrban: false)
        else { return plain }
        return Bilingual(
            "65岁及以上的人占城镇人口的\(urban)%，占乡村人口的\(rural)%",
            "\(urban) % of urban and \(rural) % of rural residents are 65 or older")
    }

    private func agesTable(_ counts: AgeCounts, _ date: Bilingual) -> ReportTable {
        var table = ReportTable(
            id: "ages-table",
            caption: Bilingual(
                "常住人口年龄结构，\(date.zh)", "Residents by age, \(date.en)"),
            columns: [
                .text("年龄", "Age"), .number("城镇男", "Urban, men", .persons),
                .number("城镇女", "Urban, women", .persons),
                .number("乡村男", "Rural, men", .persons),
                .number("乡村女", "Rural, women", .persons),
            ])
        let columns = AgeCounts.territories.flatMap { territory in
            [Sex.male, .female].map { counts.sums(territory.isUrban, $0) }
        }
        table.rows = AgeCounts.words.indices.map { index in
            ReportTable.Row([.text(AgeCounts.words[index])] + columns.map { $0[index].cell })
        }
        table.footnotes = [
            Bilingual(
                "未归类单位的人不在表中。", "People in units without a class are not in the table.")
        ]
        return table
    }
}

/// Residents of the whole area by territory, sex and five-year age group at one date.
private struct AgeCounts {
    static let words = (0..<AgeGroup.count).map { AgeGroup(index: $0).word }
    static let territories: [(name: Bilingual, isUrban: Bool)] = [
        (Bilingual("城镇", "Urban"), true), (Bilingual("乡村", "Rural"), false),
    ]

    private struct Group: Hashable {
        let isUrban: Bool
        let sex: String
        let age: String
    }

    private var values: [Group: [ReportValue]] = [:]

    init(_ rows: [ReportRow], at date: CalendarDate) {
        let day = date.description
        for row in rows
        where row["reference_date"].text == day && row["concept"].text == "resident" {
            let place = row["class"].text
            guard place.hasPrefix("1") || place.hasPrefix("2") else { continue }
            let group = Group(
                isUrban: place.hasPrefix("1"), sex: row["sex"].text, age: row["age_group"].text)
            values[group, default: []].append(row["persons"])
        }
    }

    var hasAny: Bool { !values.isEmpty }
    var hiddenCount: Int { values.values.reduce(0) { $0 + $1.count { $0.isHidden } } }

    func sums(_ isUrban: Bool, _ sex: Sex) -> [ReportSum] {
        Self.words.map {
            ReportSum(values[Group(isUrban: isUrban, sex: sex.word, age: $0)] ?? [])
        }
    }

    /// Per cent of 65 and over; `nil` where a number is hidden or nobody lives there.
    func shareOfOld(isUrban: Bool) -> String? {
        let all = sums(isUrban, .male) + sums(isUrban, .female)
        guard all.allSatisfy({ $0.hiddenCount == 0 }) else { return nil }
        let old = all.enumerated().filter { $0.offset % AgeGroup.count >= 13 }
            .reduce(0) { $0 + $1.element.known }
        let total = all.reduce(0) { $0 + $1.known }
        return total == 0 ? nil : Fraction(old * 100, total).text(decimals: 1)
    }
}
