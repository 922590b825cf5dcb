import PopulationFigures
import PopulationModel

extension YearlyReportMaker {
    /// Who settled in towns and cities in the last year: causes, places, where from.
    var settlement: ReportSection? {
        let name = Bilingual("进城落户", "Settlement")
        let all = tables.rows("settlement")
        guard let year = all.last?["year"].text else {
            return absent("settlement", name, table: "settlement")
        }
        let rows = all.filter { $0["year"].text == year }
        let total = ReportSum(rows.map { $0["persons"] })
        let family = ReportSum(rows.map { $0["with_family"] })
        var section = ReportSection(
            id: "settlement",
            heading: total.exact.map {
                Bilingual(
                    "\(year)年\($0)人由乡村到城镇落户", "\($0) people settled from rural areas in \(year)")
            } ?? Bilingual("\(year)年由乡村到城镇落户的人", "People who settled from rural areas in \(year)"),
            name: name)
        let ofThem = family.exact.flatMap { family in
            total.exact == nil
                ? nil
                : Bilingual("其中与家人同户落户\(family)人。", "\(family) of them settled with family. ")
        }
        section.sentences = [
            (ofThem ?? Bilingual(both: ""))
                + Bilingual(
                    "城乡属性调整的人不算落户。",
                    "People whose unit was reclassified have not settled.")
        ]
        let causes = sums(of: rows, by: "cause", value: "persons").sorted {
            $0.sum.known == $1.sum.known
                ? $0.word < $1.word : $0.sum.known > $1.sum.known
        }
        section.drawings = [
            bars(
                "settlement",
                subtitle: Bilingual(
                    "落户人数，按原因，\(areaName.zh)，\(year)年，由多到少",
                    "People settled by cause, \(areaName.en), \(year), most first"),
                title: Bilingual("落户原因", "Causes of settlement"),
                causes.map { (label("cause", $0.word), $0.sum) })
        ].compactMap { $0 }
        section.tables = [
            cross(
                rows, id: "settlement-causes",
                caption: Bilingual("落户人数，按原因和来源地，\(year)年", "Settled by cause and origin, \(year)"),
                down: ("cause", Bilingual("原因", "Cause")), across: "origin_tier"),
            cross(
                rows, id: "settlement-places",
                caption: Bilingual(
                    "落户人数，按落户地和来源地，\(year)年", "Settled by place and origin, \(year)"),
                down: ("place", Bilingual("落户地", "Place")), across: "origin_tier"),
        ]
        if all.first?["year"].text != year { section.tables.append(settlementYears(all)) }
        return section
    }

    private func settlementYears(_ all: [ReportRow]) -> ReportTable {
        cross(
            all, id: "settlement-years", caption: Bilingual("落户人数，按年", "Settled by year"),
            down: ("year", Bilingual("年份", "Year")), across: "origin_tier")
    }

    /// How the urban registered population grew and shrank in the last year, county by county.
    var balance58: ReportSection? {
        let name = Bilingual("城镇户籍人口增减", "Urban registered, balance")
        let all = tables.rows("balance58")
        guard let year = all.last?["year"].text else {
            return absent("balance58", name, table: "balance58")
        }
        let columns: [(String, Bilingual)] = [
            ("c1", Bilingual("年末人口", "Year's end")), ("c2", Bilingual("增加", "Increase")),
            ("c3", Bilingual("其中出生", "born")), ("c8", Bilingual("其中由乡村转入", "from rural")),
            ("c20", Bilingual("其中城乡属性调整", "reclassified")),
            ("c23", Bilingual("减少", "Decrease")), ("c24", Bilingual("其中死亡", "died")),
        ]
        let rows = all.filter { $0["year"].text == year }
        var table = ReportTable(
            id: "balance58-table",
            caption: Bilingual("城镇户籍人口增减，\(year)年", "Urban registered population, \(year)"),
            columns: [.text("地区", "Area")]
                + columns.map { .number($0.1.zh, $0.1.en, .persons) })
        func cells(_ own: [ReportRow]) -> [ReportTable.Cell] {
            columns.map { column in
                let values = own.map { $0[column.0] }
                return values.allSatisfy(\.isEmpty)
                    ? .shorthand(.notApplicable) : ReportSum(values).cell
            }
        }
        table.rows = rows.map {
            ReportTable.Row([.text(self.name(of: $0["county_code"].text))] + cells([$0]))
        }
        if rows.count > 1 {
            table.rows.append(ReportTable.Row([.text(areaName)] + cells(rows), kind: .total))
        }
        table.footnotes = [
            Bilingual(
                "按公业58表；县之间的转移计入两地的增减，合计的增减含县间转移。",
                "After form 58; a move between counties is in the increase of one and the decrease "
                    + "of the other, and so twice in the totals.")
        ]
        let total = ReportSum(rows.map { $0["c1"] }).exact
        var section = ReportSection(
            id: "balance58",
            heading: total.map {
                Bilingual(
                    "\(year)年末城镇户籍人口\($0)人",
                    "\($0) people are registered in towns and cities at the end of \(year)")
            }
                ?? Bilingual(
                    "\(year)年末城镇户籍人口",
                    "Registered in towns and cities at the end of \(year)"), name: name)
        section.tables = [table]
        return section
    }

    /// A word of a closed list as people read it.
    func label(_ column: String, _ word: String) -> Bilingual {
        FigureWords.label(of: word, column: column, table: "")
    }

    /// Sums of a column for each word of another, in the order of the closed list.
    func sums(
        of rows: [ReportRow], by column: String, value: String
    ) -> [(word: String, sum: ReportSum)] {
        let groups = Dictionary(grouping: rows) { $0[column].text }
        return ordered(groups.keys, of: column).map { word in
            (word, ReportSum(groups[word]!.map { $0[value] }))
        }
    }

    /// Words in the order of their closed list; others after them by bytes.
    func ordered(_ words: some Sequence<String>, of column: String) -> [String] {
        let list = FigureWords.lists[column]?.map(\.word) ?? []
        return Set(words).sorted {
            let (a, b) = (list.firstIndex(of: $0) ?? .max, list.firstIndex(of: $1) ?? .max)
            return a == b ? $0 < $1 : a < b
        }
    }

    /// A table of sums of `persons`, with totals in the last column and row.
    func cross(
        _ rows: [ReportRow], id: String, caption: Bilingual,
        down: (column: String, head: Bilingual), across: String, value: String = "persons"
    ) -> ReportTable {
        let heads = ordered(rows.map { $0[across].text }, of: across)
        var table = ReportTable(
            id: id, caption: caption,
            columns: [.text(down.head.zh, down.head.en)]
                + heads.map {
                    let head = label(across, $0)
                    return .number(head.zh, head.en, .persons)
                } + [.number("合计", "Total", .persons)])
        func cells(_ own: [ReportRow]) -> [ReportTable.Cell] {
            heads.map { head in
                ReportSum(own.filter { $0[across].text == head }.map { $0[value] }).cell
            } + [ReportSum(own.map { $0[value] }).cell]
        }
        let groups = Dictionary(grouping: rows) { $0[down.column].text }
        table.rows = ordered(groups.keys, of: down.column).map { word in
            let name = down.column == "county_code" ? self.name(of: word) : label(down.column, word)
            return ReportTable.Row([.text(name)] + cells(groups[word]!))
        }
        if groups.count > 1, down.column != "year" {
            table.rows.append(
                ReportTable.Row([.text(Bilingual("合计", "Total"))] + cells(rows), kind: .total))
        }
        return table
    }

    /// A bar chart of sums; `nil` where protection leaves no two bars to compare.
    func bars(
        _ id: String, subtitle: Bilingual, title: Bilingual,
        _ rows: [(name: Bilingual, sum: ReportSum)], unit: Bilingual = .persons
    ) -> ReportSection.Drawing? {
        guard
            rows.allSatisfy({ $0.sum.hiddenCount == 0 })
                || rows.count(where: { $0.sum.length != nil }) > 1
        else { return nil }
        let most = rows.max { $0.sum.known < $1.sum.known }
        return ReportSection.Drawing(
            subtitle: subtitle,
            chart: .bars(
                BarChart(
                    title: title,
                    description: most.map {
                        Bilingual(
                            "最多为\($0.name.zh)：\($0.sum.text ?? "[c]")",
                            "most: \($0.name.en), \($0.sum.text ?? "[c]")")
                    } ?? title, series: [title], unit: unit,
                    rows: rows.map { row in
                        BarChart.Row(
                            name: row.name,
                            bars: [.init(length: row.sum.length, text: row.sum.text ?? "[c]")])
                    })))
    }
}
