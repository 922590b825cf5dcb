import PopulationFigures
import PopulationModel

extension YearlyReportMaker {
    /// The parts of the page that tables beyond the rates give, in the order of the page. A table
    /// that is not there leaves one line that says why.
    var sections: [ReportSection] {
        [
            change, ages, decomposition, migration, settlement, balance58, permits, ladder,
            eligibility,
            services, tasks, transfer, land, households, official,
        ].compactMap { $0 }
    }

    /// A section that has no table to be made from.
    func absent(_ id: String, _ name: Bilingual, table: String) -> ReportSection {
        ReportSection(id: id, heading: name, name: name, absence: absence(of: table))
    }

    /// What moved in the regions since the date before.
    private var change: ReportSection? {
        guard let previousDate else { return nil }
        let regions = regionFigures(.resident)
        let pairs = regions.compactMap { now -> (AreaFigure, Fraction, Fraction)? in
            let before = figure(.resident, at: previousDate, areaCode: now.areaCode)
            guard let end = now.percent, let start = before?.percent else { return nil }
            return (now, start, end)
        }.sorted {
            let (a, b) = ($0.2 - $0.1, $1.2 - $1.1)
            return a == b ? $0.0.areaCode < $1.0.areaCode : a > b
        }
        // More rows than this do not stand on a page; the table of regions has all.
        let shown = Array(pairs.prefix(30))
        let (before, now) = (
            ReportNumber.shortDate(previousDate), ReportNumber.shortDate(lastDate)
        )
        let risen = pairs.count { $0.2 > $0.1 }
        let since = ReportNumber.since(previousDate)
        let level = regionLevel.regionName
        var section = ReportSection(
            id: "change",
            heading: Bilingual(
                "\(since.zh)以来，\(pairs.count)个\(level.zh)中\(risen)个的城镇化率提高",
                "The rate rose in \(risen) of \(pairs.count) \(level.en) since \(since.en)"),
            name: Bilingual("比上一时点的变动", "Change"))
        guard let first = shown.first, let last = shown.last else { return nil }
        let names = (name(of: first.0.areaCode), name(of: last.0.areaCode))
        let ends = (
            ReportNumber.points(first.2 - first.1), ReportNumber.points(last.2 - last.1)
        )
        section.drawings = [
            ReportSection.Drawing(
                subtitle: Bilingual(
                    "\(level.zh)常住人口城镇化率，\(before)与\(now)，%，变动以百分点计，由大到小",
                    "Urbanization rate of residents in \(level.en), \(before) and \(now), %, change "
                        + "in percentage points, largest first"),
                chart: .dumbbell(
                    DumbbellChart(
                        title: Bilingual(
                            "\(level.zh)城镇化率的变动", "Change of the rate by \(level.en)"),
                        description: Bilingual(
                            "从\(names.0.zh)\(ends.0)到\(names.1.zh)\(ends.1)个百分点",
                            "from \(names.0.en) \(ends.0) to \(names.1.en) \(ends.1) points"),
                        beforeName: before, nowName: now, rows: shown.map(dumbbellRow))))
        ]
        section.tables = [changeTable(pairs, before, now)]
        let missing = regions.count - pairs.count
        if missing > 0 { section.sentences = [Self.leftOut(missing)] }
        return section
    }

    /// What the figure says of areas that it does not draw.
    private static func leftOut(_ count: Int) -> Bilingual {
        Bilingual(
            "另有\(count)个地区在其中一个时点没有可公布的率，图表中略去。",
            count == 1
                ? "One area has no rate to show at one of the two dates and is left out."
                : "\(count) areas have no rate to show at one of the two dates and are left out.")
    }

    private func dumbbellRow(
        _ pair: (area: AreaFigure, before: Fraction, now: Fraction)
    ) -> DumbbellChart.Row {
        DumbbellChart.Row(
            name: name(of: pair.area.areaCode), before: pair.before.approximately,
            now: pair.now.approximately, beforeText: pair.before.text(decimals: 2),
            nowText: pair.now.text(decimals: 2),
            change: ReportNumber.points(pair.now - pair.before))
    }

    private func changeTable(
        _ pairs: [(area: AreaFigure, before: Fraction, now: Fraction)], _ before: String,
        _ now: String
    ) -> ReportTable {
        var table = ReportTable(
            id: "change-table",
            caption: Bilingual(
                "城镇化率的变动，\(before)至\(now)", "Change of the rate, \(before) to \(now)"),
            columns: [
                .text("地区", "Area"), .text("代码", "Code"), .number(before, before, .percent),
                .number(now, now, .percent), .number("变动", "Change", .percentagePoints),
            ])
        table.rows = pairs.sorted { $0.area.areaCode < $1.area.areaCode }.map { pair in
            ReportTable.Row([
                .text(name(of: pair.area.areaCode)), .text(pair.area.areaCode),
                .number(pair.before.text(decimals: 2)), .number(pair.now.text(decimals: 2)),
                .number(ReportNumber.points(pair.now - pair.before)),
            ])
        }
        return table
    }
}

extension YearlyReportMaker {
    private static let partColumns = ["reclassification", "migration", "natural"]
    private static let partNames = [
        Bilingual("城乡属性调整", "Reclassification"), Bilingual("迁移和流动", "Migration"),
        Bilingual("出生与死亡", "Births and deaths"),
    ]

    /// Why the rate changed, by year for the area, and for its parts in the last year.
    private var decomposition: ReportSection? {
        let name = Bilingual("变动的分解", "Decomposition")
        guard tables.has("decomposition") else {
            return absent("decomposition", name, table: "decomposition")
        }
        let rows = tables.rows("decomposition")
        let own = rows.filter { $0["area_code"].text == area.code }
        guard let last = own.last else {
            return absent("decomposition", name, table: "decomposition")
        }
        let year = last["year"].text
        var section = ReportSection(
            id: "decomposition", heading: decompositionHeading(last, year), name: name)
        section.sentences = [
            Bilingual(
                "三部分相加恰为变动：单位由乡村改为城镇（或相反）的影响；出生与死亡；其余为迁移和流动。",
                "Three parts add up to the change exactly: units that turned urban or rural; births "
                    + "and deaths; migration is the rest.")
        ]
        section.drawings = [
            ReportSection.Drawing(
                subtitle: Bilingual(
                    "\(areaName.zh)常住人口城镇化率比上年的变动及其构成，百分点",
                    "Change of the rate of residents since the year before and its parts, "
                        + "\(areaName.en), percentage points"),
                chart: .parts(
                    PartsChart(
                        title: Bilingual("城镇化率变动的分解", "Why the rate changed"),
                        description: decompositionHeading(last, year), names: Self.partNames,
                        groups: own.suffix(8).map { row in
                            PartsChart.Group(
                                label: row["year"].text,
                                parts: Self.partColumns.map {
                                    row[$0].decimal?.approximately
                                }, text: Self.points(row["change"]))
                        })))
        ]
        section.tables = [
            decompositionTable(
                "decomposition-years",
                Bilingual("\(areaName.zh)，按年", "\(areaName.en) by year"), own,
                .text("年份", "Year")
            ) { .text($0["year"].text) },
            decompositionTable(
                "decomposition-areas", Bilingual("各地区，\(year)年", "Areas, \(year)"),
                rows.filter { $0["year"].text == year && $0["area_code"].text != area.code },
                .text("地区", "Area")
            ) { .text(self.name(of: $0["area_code"].text)) },
        ]
        return section
    }

    private func decompositionHeading(_ row: ReportRow, _ year: String) -> Bilingual {
        let parts = Self.partColumns.compactMap { row[$0].decimal }
        guard let change = row["change"].decimal, parts.count == 3,
            let largest = parts.indices.max(by: { parts[$0].magnitude < parts[$1].magnitude })
        else { return Bilingual("城镇化率变动的分解", "Why the rate changed") }
        let name = Self.partNames[largest]
        let (whole, part) = (ReportNumber.points(change), ReportNumber.points(parts[largest]))
        return Bilingual(
            "\(year)年城镇化率变动\(whole)个百分点，其中\(name.zh)\(part)",
            "The rate moved by \(whole) points in \(year), \(part) by \(name.en.lowercased())")
    }

    private func decompositionTable(
        _ id: String, _ caption: Bilingual, _ rows: [ReportRow], _ head: ReportTable.Column,
        first: (ReportRow) -> ReportTable.Cell
    ) -> ReportTable {
        let names = Self.partNames
        var table = ReportTable(
            id: id, caption: Bilingual("城镇化率变动的分解：", "Parts of the change: ") + caption,
            columns: [
                head, .number("期初", "Start", .percent), .number("期末", "End", .percent),
                .number("变动", "Change", .percentagePoints),
            ] + names.map { .number($0.zh, $0.en, .percentagePoints) })
        table.rows = rows.map { row in
            let rates = ["rate_start", "rate_end"].map { column in
                row[column].decimal.map { ReportTable.Cell.number($0.text(decimals: 2)) }
                    ?? .decimal(row[column])
            }
            let parts = (["change"] + Self.partColumns).map { column in
                row[column].decimal.map { ReportTable.Cell.number(ReportNumber.points($0)) }
                    ?? .decimal(row[column])
            }
            return ReportTable.Row([first(row)] + rates + parts)
        }
        table.footnotes = [roundingNote]
        return table
    }

    static func points(_ value: ReportValue) -> String {
        value.decimal.map(ReportNumber.points)
            ?? (value.isHidden ? ReportTable.Shorthand.hidden : .notApplicable).rawValue
    }
}

extension Fraction {
    fileprivate var magnitude: Fraction { self < Fraction(0) ? Fraction(0) - self : self }
}
