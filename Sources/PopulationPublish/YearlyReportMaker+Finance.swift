import PopulationFigures
import PopulationModel

extension YearlyReportMaker {
    /// The latest revision of the last year's transfer, county by county.
    var transfer: ReportSection? {
        let name = Bilingual("转移支付", "Transfer payments")
        let all = tables.rows("transfer")
        guard let year = all.compactMap({ $0["year"].number }).max() else {
            return absent("transfer", name, table: "transfer")
        }
        let ofYear = all.filter { $0["year"].number == year }
        let revision = ofYear.compactMap { $0["revision"].number }.max() ?? 1
        let rows = ofYear.filter { $0["revision"].number == revision }
        let unit =
            provenance.moneyUnit == "yuan"
            ? Bilingual("元", "yuan") : Bilingual("万元", "10,000 yuan")
        let pool = ReportSum(rows.map { $0["amount"] })
        let heading =
            pool.hiddenCount > 0
            ? Bilingual(
                "转移支付：\(year)年按市民化因素分配", "Transfer payments of \(year) by population factors")
            : Bilingual(
                "转移支付：\(year)年\(pool.words)\(unit.zh)按市民化因素分配",
                "Transfer payments: \(pool.words) "
                    + "\(unit.en == "yuan" ? "yuan" : "× 10,000 yuan") of \(year) by population "
                    + "factors")
        var section = ReportSection(id: "transfer", heading: heading, name: name)
        section.sentences = [
            Bilingual(
                "已交付的版本不再改动：更正另出新版，各版都在transfer.csv中。",
                "A delivered edition is never changed: a correction is a new revision, and "
                    + "transfer.csv holds all of them.")
        ]
        section.drawings = [transferBars(rows, year, unit)].compactMap { $0 }
        section.tables = [
            transferTable(rows, year, revision, unit), settledByTier(rows, year),
        ]
        return section
    }

    private func transferBars(
        _ rows: [ReportRow], _ year: Int, _ unit: Bilingual
    ) -> ReportSection.Drawing? {
        guard rows.contains(where: { $0["amount"].number != nil }) else { return nil }
        let title = Bilingual("金额", "Amount")
        let ranked = rows.sorted {
            let (a, b) = ($0["amount"].number ?? -1, $1["amount"].number ?? -1)
            return a == b ? $0["county_code"].text < $1["county_code"].text : a > b
        }
        func text(_ row: ReportRow) -> String {
            guard let amount = row["amount"].number else { return "[c]" }
            let share = row["share_percent"].text
            return ReportNumber.count(amount) + (share.isEmpty ? "" : " · \(share) %")
        }
        let first = ranked[0]
        let place = countyName(first["county_code"].text)
        return ReportSection.Drawing(
            subtitle: Bilingual(
                "各地区的金额和份额，\(year)年，由多到少", "Amount and share by area, \(year), most first"),
            chart: .bars(
                BarChart(
                    title: Bilingual("转移支付金额", "Transfer payments"),
                    description: Bilingual(
                        "最多为\(place.zh)：\(text(first))", "most: \(place.en), \(text(first))"),
                    series: [title], unit: unit,
                    rows: ranked.map { row in
                        BarChart.Row(
                            name: countyName(row["county_code"].text),
                            bars: [
                                .init(
                                    length: row["amount"].number.map(Double.init), text: text(row))
                            ])
                    })))
    }

    private func transferTable(
        _ rows: [ReportRow], _ year: Int, _ revision: Int, _ unit: Bilingual
    ) -> ReportTable {
        var table = ReportTable(
            id: "transfer-table",
            caption: Bilingual(
                "\(year)年转移支付测算，第\(revision)版",
                "Transfer of \(year), revision \(revision)"),
            columns: [
                .text("地区", "Area"), .number("当年落户", "Settled", .persons),
                .number("往年落户（折算）", "Settled before, faded", .persons),
                .number("居住证持有人", "Permit holders", .persons),
                .number("6至14岁流动儿童", "Floating children 6 to 14", .persons),
                .number("得分", "Score", Bilingual("分", "points")), .number("份额", "Share", .percent),
                .number("金额", "Amount", unit),
            ])
        table.rows = rows.map { row in
            ReportTable.Row([
                .text(countyName(row["county_code"].text)),
                ReportSum(Self.tiers.map { row["settled_\($0)"] }).cell,
                .decimal(row["settled_prior"]), .count(row["permit_holders"]),
                .count(row["children_6_14"]), .decimal(row["score"]),
                .decimal(row["share_percent"]), .count(row["amount"]),
            ])
        }
        table.footnotes = [
            Bilingual(
                "金额按最大余数法分配，合计等于总额；份额各自舍入，合计不一定是100。",
                "Amounts are shared out by largest remainder and sum to the pool; shares are "
                    + "rounded one by one and need not sum to 100.")
        ]
        return table
    }

    private static let tiers = ["own_prefecture", "own_province", "other_province", "unknown"]

    private func settledByTier(_ rows: [ReportRow], _ year: Int) -> ReportTable {
        var table = ReportTable(
            id: "transfer-tiers",
            caption: Bilingual("\(year)年落户人数，按来源地", "Settled in \(year) by origin"),
            columns: [.text("地区", "Area")]
                + Self.tiers.map {
                    let name = label("origin_tier", $0)
                    return .number(name.zh, name.en, .persons)
                })
        table.rows = rows.map { row in
            ReportTable.Row(
                [.text(countyName(row["county_code"].text))]
                    + Self.tiers.map { .count(row["settled_\($0)"]) })
        }
        return table
    }

    private func countyName(_ code: String) -> Bilingual { name(of: code) }

    /// The land of the last year.
    var land: ReportSection? {
        let name = Bilingual("建设用地", "Land")
        let land = tables.rows("land")
        guard let year = land.compactMap({ $0["year"].number }).max() else {
            return absent("land", name, table: "land")
        }
        var table = ReportTable(
            id: "land-table",
            caption: Bilingual(
                "\(year)年落户人数对应的新增建设用地", "New building land for the settled of \(year)"),
            columns: [
                .text("地区", "Area"), .number("落户", "Settled", .persons),
                .number("人均城镇建设用地", "Urban land per head", .squareMetres),
                .number("标准", "Standard", .squareMetres), .number("用地", "Quota", .hectares),
            ])
        table.rows = land.filter { $0["year"].number == year }.map { row in
            ReportTable.Row([
                .text(countyName(row["county_code"].text)), .count(row["settled"]),
                .decimal(row["land_per_head_m2"]), .decimal(row["standard_m2"]),
                .decimal(row["quota_ha"]),
            ])
        }
        return ReportSection(
            id: "land",
            heading: Bilingual("建设用地与落户挂钩", "Building land tied to settled people"),
            name: name,
            sentences: [
                Bilingual(
                    "用地＝落户人数×按现有人均用地分档的标准，再按省的调整；城乡属性调整的人不算落户。",
                    "The quota is the settled times a standard by present land per head, then the "
                        + "province's adjustment; people whose unit was reclassified have not "
                        + "settled.")
            ], tables: [table])
    }

    /// Published figures of the last date that has any, beside our own.
    var official: ReportSection? {
        let name = Bilingual("公布数", "Published figures")
        let official = tables.rows("official")
        guard let date = official.compactMap({ $0.date("date") }).max() else {
            return absent("official", name, table: "official")
        }
        let day = ReportNumber.date(date)
        var table = ReportTable(
            id: "official-table",
            caption: Bilingual(
                "与公布数的比较，\(day.zh)", "Beside the published figures, \(day.en)"),
            columns: [
                .text("地区", "Area"), .text("口径", "Concept"),
                .number("本报告", "This report", .persons), .number("公布数", "Published", .persons),
                .number("差", "Difference", .persons),
                .number("率之差", "Difference of the rates", .percentagePoints),
                .text("来源", "Source"),
            ])
        table.rows = official.filter { $0.date("date") == date }.map { row in
            ReportTable.Row([
                .text(countyName(row["area_code"].text)),
                .text(label("concept", row["concept"].text)),
                .count(row["total"]), .count(row["official_total"]),
                .number(
                    row["difference_total"].number.map(ReportNumber.change),
                    else: row["difference_total"].isHidden ? .hidden : .notAvailable),
                .number(
                    row["difference_points"].decimal.map(ReportNumber.points),
                    else: row["difference_points"].isHidden ? .hidden : .notAvailable),
                .number(row["source"].text, else: .notAvailable),
            ])
        }
        return ReportSection(
            id: "official",
            heading: Bilingual("与公布数比较", "Beside the published figures"),
            name: name,
            sentences: [Self.registerLimit], tables: [table])
    }
}

extension Bilingual {
    fileprivate static let squareMetres = Bilingual("平方米", "m²")
    fileprivate static let hectares = Bilingual("公顷", "ha")
}
