import PopulationFigures
import PopulationModel

extension YearlyReportMaker {
    /// More pairs than this do not fit side by side with their numbers; the table holds all.
    private static let pairsMax = 8

    /// Both rates and their difference.
    var rates: ReportFigure {
        ReportFigure(
            id: "rates", name: Bilingual("两个城镇化率", "Both rates"), headline: ratesHeadline,
            subtitle: Bilingual(
                "常住人口与户籍人口城镇化率，\(areaName.zh)，%"
                    + (dates.count > Self.pairsMax ? "，最近\(Self.pairsMax)个时点" : ""),
                "Urbanization rates of residents and registered population, \(areaName.en), %"
                    + (dates.count > Self.pairsMax ? ", last \(Self.pairsMax) dates" : "")),
            chart: ratesChart, table: ratesTable)
    }

    private var ratesHeadline: Bilingual {
        guard let resident = percent(.resident, at: lastDate),
            let registered = percent(.registered, at: lastDate)
        else { return Bilingual("两个城镇化率", "The two urbanization rates") }
        let gap = resident - registered
        let points = ReportNumber.magnitude(gap)
        let isAbove = gap >= Fraction(0)
        var headline = Bilingual(
            "常住人口城镇化率比户籍人口城镇化率\(isAbove ? "高" : "低")\(points)个百分点",
            "The rate of residents is \(points) points \(isAbove ? "above" : "below") "
                + "that of the registered population")
        if let first = difference(at: dates[0]), dates.count > 1 {
            let date = ReportNumber.at(dates[0])
            let then = ReportNumber.points(first)
            headline =
                headline
                + Bilingual("（\(date.zh)为\(then)）", " (\(then) \(date.en))")
        }
        return headline
    }

    private func difference(at date: CalendarDate) -> Fraction? {
        guard let resident = percent(.resident, at: date),
            let registered = percent(.registered, at: date)
        else { return nil }
        return resident - registered
    }

    /// Why there is no difference of the two rates.
    private func reason(at date: CalendarDate) -> ReportTable.Shorthand {
        Concept.allCases.contains { figure($0, at: date)?.shorthand == .hidden }
            ? .hidden : .notApplicable
    }

    private var ratesChart: ReportChart? {
        func bar(_ concept: Concept, _ date: CalendarDate) -> PairedBarChart.Bar? {
            percent(concept, at: date).map {
                PairedBarChart.Bar(percent: $0.approximately, text: $0.text(decimals: 2))
            }
        }
        let groups = dates.suffix(Self.pairsMax).map { date in
            PairedBarChart.Group(
                date: date, first: bar(.resident, date), second: bar(.registered, date),
                difference: difference(at: date).map(ReportNumber.points))
        }
        guard groups.contains(where: { $0.first != nil || $0.second != nil }) else { return nil }
        return .pairs(
            PairedBarChart(
                title: Bilingual(
                    "\(areaName.zh)常住人口与户籍人口城镇化率",
                    "\(areaName.en): urbanization rates of residents and registered population"),
                description: ratesHeadline, firstName: Concept.resident.populationName,
                secondName: Concept.registered.populationName, groups: groups))
    }

    private var ratesTable: ReportTable {
        var table = ReportTable(
            id: "table-rates",
            caption: Bilingual("两个城镇化率及其差", "Both urbanization rates and their difference"),
            columns: [
                .text("时点", "Date"),
                .number("常住人口城镇化率", "Residents", .percent),
                .number("户籍人口城镇化率", "Registered population", .percent),
                .number("两率之差", "Difference", .percentagePoints),
            ])
        table.rows = dates.map { date in
            ReportTable.Row([
                .text(ReportNumber.date(date)),
                figure(.resident, at: date)?.rateCell ?? .shorthand(.notAvailable),
                figure(.registered, at: date)?.rateCell ?? .shorthand(.notAvailable),
                .number(
                    difference(at: date).map(ReportNumber.points), else: reason(at: date)),
            ])
        }
        table.footnotes = [roundingNote]
        return table
    }

    var roundingNote: Bilingual {
        Bilingual(
            "率由未舍入的人数计算，差由未舍入的率计算，各自只舍入一次，故与表内已舍入数之差可能相差0.01。",
            "Rates come from persons and differences from unrounded rates, each rounded once; they "
                + "may differ by 0.01 from differences of printed rates.")
    }
}

extension YearlyReportMaker {
    /// Counts by date, one table per concept, then the rates of the regions by date.
    var years: [ReportTable] {
        var tables = [yearTable(.resident), yearTable(.registered)]
        if let regions = regionYears { tables.append(regions) }
        return tables
    }

    /// A change of persons; hidden where one of the two is.
    private func change(_ before: ReportValue?, _ now: ReportValue) -> ReportTable.Cell {
        guard let before else { return .shorthand(.notApplicable) }
        guard let start = before.number, let end = now.number else {
            return .shorthand(before.isHidden || now.isHidden ? .hidden : .notApplicable)
        }
        return .number(ReportNumber.change(end - start))
    }

    private func yearTable(_ concept: Concept) -> ReportTable {
        let name = concept.populationName
        var table = ReportTable(
            id: "years-\(concept.rawValue)",
            caption: Bilingual(
                "\(areaName.zh)\(name.zh)，按时点",
                "\(name.en) of \(areaName.en) by date") + mark(.earlyEdition),
            columns: [
                .text("时点", "Date"),
                .number("总人口", "Total", .persons),
                .number("城镇", "Urban", .persons),
                .number("乡村", "Rural", .persons),
                .number("未归类", "Unclassified", .persons),
                .number("城镇化率", "Rate", .percent),
                .number("城镇人口增减", "Urban, change", .persons),
                .number("乡村人口增减", "Rural, change", .persons),
            ])
        for (index, date) in dates.enumerated() {
            guard let now = figure(concept, at: date) else { continue }
            let before = index > 0 ? figure(concept, at: dates[index - 1]) : nil
            table.rows.append(
                ReportTable.Row([
                    .text(ReportNumber.date(date)),
                    .count(now.total),
                    .count(now.urban),
                    .count(now.rural),
                    .count(now.unclassified),
                    now.rateCell,
                    change(before?.urban, now.urban), change(before?.rural, now.rural),
                ]))
        }
        return table
    }
}
