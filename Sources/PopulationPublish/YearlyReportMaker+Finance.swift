import PopulationFigures
import PopulationModel

extension YearlyReportMaker {
    /// The latest revision of the last year's transfer, county by county.
    var transfer: ReportSection? {
        guard let editions = figures.transferEditions, let year = editions.map(\.year).max(),
            let edition = editions.filter({ $0.year == year }).max(by: {
                $0.revision < $1.revision
            }), let first = edition.rows.first
        else { return nil }
        let unit =
            edition.field("unit", of: first) == "yuan"
            ? Bilingual("元", "yuan") : Bilingual("万元", "10,000 yuan")
        var table = ReportTable(
            id: "transfer-table",
            caption: Bilingual(
                "\(year)年转移支付测算，第\(edition.revision)版",
                "Transfer of \(year), revision \(edition.revision)"),
            columns: [
                .text("地区", "Area"), .number("当年落户", "Settled", .persons),
                .number("以往落户（折算）", "Settled before, faded", .persons),
                .number("居住证持有人", "Permit holders", .persons),
                .number("6至14岁流动儿童", "Floating children 6 to 14", .persons),
                .number("得分", "Score", Bilingual("分", "points")), .number("份额", "Share", .percent),
                .number("金额", "Amount", unit),
            ])
        table.rows = edition.rows.map { transferRow(edition, $0) }
        let pool = ReportNumber.count(Int(edition.field("pool", of: first)) ?? 0)
        table.footnotes = [
            Bilingual(
                "金额按最大余数法分配，合计等于总额；份额各自舍入，合计不一定是100。",
                "Amounts are shared out by largest remainder and sum to the pool; shares are "
                    + "rounded one by one and need not sum to 100.")
        ]
        return ReportSection(
            id: "transfer",
            heading: Bilingual(
                "转移支付：\(year)年\(pool)\(unit.zh)按市民化因素分配",
                "Transfer payments: \(pool) \(unit.en == "yuan" ? "yuan" : "× 10,000 yuan") of "
                    + "\(year) by population factors"),
            name: Bilingual("转移支付", "Transfer payments"),
            sentences: [
                Bilingual(
                    "已交付的版本不再改动：更正另出新版，各版都在transfer.csv中。",
                    "A delivered edition is never changed: a correction is a new revision, and "
                        + "transfer.csv holds all of them.")
            ], tables: [table])
    }

    private func transferRow(_ edition: TransferEdition, _ row: [String]) -> ReportTable.Row {
        func count(_ column: String) -> String {
            let text = edition.field(column, of: row)
            return Int(text).map(ReportNumber.count) ?? text
        }
        let tiers = ["own_prefecture", "own_province", "other_province", "unknown"]
        let settled = tiers.reduce(0) {
            $0 + (Int(edition.field("settled_\($1)", of: row)) ?? 0)
        }
        return ReportTable.Row([
            .text(countyName(edition.field("county_code", of: row))),
            .number(ReportNumber.count(settled)), .number(edition.field("settled_prior", of: row)),
            .number(count("permit_holders")), .number(count("children_6_14")),
            .number(edition.field("score", of: row)), .number(count("share_percent")),
            .number(count("amount")),
        ])
    }

    /// The land of the last year.
    var land: ReportSection? {
        guard let land = figures.land, let year = land.map(\.year).max() else { return nil }
        var table = ReportTable(
            id: "land-table",
            caption: Bilingual(
                "\(year)年落户人数对应的新增建设用地", "New building land for the settled of \(year)"),
            columns: [
                .text("地区", "Area"), .number("落户", "Settled", .persons),
                .number("人均城镇建设用地", "Urban land per head", .squareMetres),
                .number("标准", "Standard", .squareMetres), .number("用地", "Quota", .hectares),
            ])
        table.rows = land.filter { $0.year == year }.map { row in
            ReportTable.Row([
                .text(countyName(row.countyCode)), .number(ReportNumber.count(row.settled)),
                .number(row.landPerHead?.text(decimals: 2), else: .notAvailable),
                .number(row.standard, else: .notAvailable),
                .number(row.quota?.text(decimals: 4), else: .notAvailable),
            ])
        }
        return ReportSection(
            id: "land",
            heading: Bilingual("建设用地与落户挂钩", "Building land tied to settled people"),
            name: Bilingual("建设用地", "Land"),
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
        guard let official = figures.official, let date = official.map(\.date).max() else {
            return nil
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
        table.rows = official.filter { $0.date == date }.map { row in
            ReportTable.Row([
                .text(countyName(row.areaCode)), .text(row.concept.populationName),
                .number(row.own.map { ReportNumber.count($0.total) }, else: .notAvailable),
                .number(ReportNumber.count(row.official.total)),
                .number(row.differenceTotal.map(ReportNumber.change), else: .notAvailable),
                .number(row.differencePoints.map(ReportNumber.points), else: .notAvailable),
                .text(row.source),
            ])
        }
        return ReportSection(
            id: "official",
            heading: Bilingual("与公布数比较", "Beside the published figures"),
            name: Bilingual("公布数", "Published figures"),
            sentences: [Self.registerLimit], tables: [table])
    }

    /// What register-based residents cannot be, in one sentence; the log says its English.
    package static let registerLimit = Bilingual(
        "本报告的常住人口由登记推算，未登记的居住和离开都看不到，因此与普查和抽样调查的公布数有差异，不能替代它们。",
        "Residents here are derived from registers, which see neither unregistered stays nor "
            + "unregistered departures, so they differ from published census and survey figures "
            + "and do not replace them.")

    private func countyName(_ code: String) -> Bilingual {
        let chinese = figures.urbanization.last { $0.areaCode == code }?.areaName ?? ""
        return name(of: code, chinese: chinese)
    }
}

extension Bilingual {
    fileprivate static let squareMetres = Bilingual("平方米", "m²")
    fileprivate static let hectares = Bilingual("公顷", "ha")
}
