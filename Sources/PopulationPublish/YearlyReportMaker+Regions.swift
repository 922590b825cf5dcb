import PopulationFigures
import PopulationModel

extension YearlyReportMaker {
    /// Rows of one panel of a ranking: what an A4 page holds.
    private static let panelRowsMax = 36
    /// Dates that fit beside each other in a table of regions.
    private static let datesAcrossMax = 8

    /// The regions at the last date that have residents, highest rate first.
    var rankedRegions: [AreaFigure] {
        regionFigures(.resident).filter { $0.percent != nil }.sorted {
            let (a, b) = ($0.percent!, $1.percent!)
            return a == b ? $0.areaCode < $1.areaCode : a > b
        }
    }

    /// The regions at the last date in the order of their codes.
    func regionFigures(_ concept: Concept) -> [AreaFigure] {
        urbanization
            .filter { $0.date == lastDate && $0.level == regionLevel && $0.concept == concept }
            .sorted { $0.areaCode < $1.areaCode }
    }

    var regions: ReportFigure? {
        let residents = regionFigures(.resident)
        guard !residents.isEmpty else { return nil }
        let date = ReportNumber.date(lastDate)
        let level = regionLevel.regionName
        let ranked = rankedRegions
        return ReportFigure(
            id: "regions", name: Bilingual("地区", "Areas"), headline: regionsHeadline(ranked),
            subtitle: Bilingual(
                "\(level.zh)常住人口城镇化率，\(date.zh)，%，由高到低"
                    + (regionTarget == nil ? "" : "；实心为达到全域目标线，空心为未达到"),
                "Urbanization rate of residents in \(level.en), \(date.en), %, highest first"
                    + (regionTarget == nil
                        ? "" : "; filled: at or above the target of the whole area, hollow: below")),
            chart: rankChart(ranked), table: regionTable(residents))
    }

    /// The target of the whole area: the line that regions are held against.
    var regionTarget: Target? { progress(.resident)?.target }

    private func regionsHeadline(_ ranked: [AreaFigure]) -> Bilingual {
        let level = regionLevel.regionName
        guard let target = regionTarget else {
            return Bilingual("各\(level.zh)的城镇化率", "Urbanization rates of \(level.en)")
        }
        let aim = Decimal2.text(hundredths: target.percentHundredths)
        let below = ranked.count {
            $0.rate?.reaches(percentHundredths: target.percentHundredths) == false
        }
        return Bilingual(
            "\(ranked.count)个\(level.zh)中\(below)个低于\(aim)%",
            "\(below) of \(ranked.count) \(level.en) are below \(aim) %")
    }

    private func rankChart(_ ranked: [AreaFigure]) -> ReportChart? {
        guard let first = ranked.first, let last = ranked.last else { return nil }
        let panels = stride(from: 0, to: ranked.count, by: Self.panelRowsMax).map {
            Array(ranked[$0..<min($0 + Self.panelRowsMax, ranked.count)])
        }
        let level = regionLevel.regionName
        let target = regionTarget
        return .rank(
            panels.enumerated().map { index, rows in
                let part = panels.count > 1 ? " (\(index + 1)/\(panels.count))" : ""
                let head = name(of: rows[0].areaCode, chinese: rows[0].areaName)
                let tail = name(of: rows.last!.areaCode, chinese: rows.last!.areaName)
                return RankChart(
                    title: Bilingual(
                        "\(level.zh)常住人口城镇化率排序\(part)",
                        "Urbanization rate of residents, \(level.en) ranked\(part)"),
                    description: Bilingual(
                        "从\(head.zh)\(rows[0].percentText)%到\(tail.zh)\(rows.last!.percentText)%",
                        "from \(head.en) \(rows[0].percentText) % "
                            + "to \(tail.en) \(rows.last!.percentText) %"),
                    rows: rows.map { row(of: $0, target: target) },
                    target: target.map {
                        RankChart.Target(
                            percent: Double($0.percentHundredths) / 100,
                            text: Decimal2.text(hundredths: $0.percentHundredths))
                    },
                    lowest: last.percent!.approximately,
                    highest: first.percent!.approximately)
            })
    }

    private func row(of figure: AreaFigure, target: Target?) -> RankChart.Row {
        RankChart.Row(
            name: figure.areaName.isEmpty
                ? Bilingual(both: figure.areaCode)
                : name(of: figure.areaCode, chinese: figure.areaName),
            percent: figure.percent!.approximately, text: figure.percentText,
            isReached: target.flatMap {
                figure.rate?.reaches(percentHundredths: $0.percentHundredths)
            })
    }
}

extension YearlyReportMaker {
    private func regionTable(_ residents: [AreaFigure]) -> ReportTable {
        let date = ReportNumber.date(lastDate)
        let level = regionLevel.regionName
        var table = ReportTable(
            id: "table-regions",
            caption: Bilingual(
                "\(level.zh)人口与城镇化率，\(date.zh)",
                "Population and urbanization of \(level.en), \(date.en)"),
            columns: [
                .text("地区", "Area"),
                .text("代码", "Code"),
                .number("常住人口", "Residents", .persons),
                .number("城镇", "Urban", .persons),
                .number("乡村", "Rural", .persons),
                .number("常住人口城镇化率", "Rate, residents", .percent),
                .number("比上一时点", "Change", .percentagePoints),
                .number("与目标线之差", "Less target line", .percentagePoints),
                .number("户籍人口城镇化率", "Rate, registered", .percent),
                .number("两率之差", "Difference", .percentagePoints),
            ])
        if regionTarget == nil { table.columns.remove(at: 7) }
        table.rows = residents.map { ReportTable.Row(regionCells($0)) }
        if let whole = figure(.resident, at: lastDate) {
            table.rows.append(ReportTable.Row(regionCells(whole), kind: .total))
        }
        table.footnotes = [roundingNote]
        let unclassified = ReportSum(residents.map(\.unclassified))
        if let count = unclassified.exact, unclassified.known > 0 {
            table.footnotes.append(
                Bilingual(
                    "常住人口含单位未归类的\(count)人，城镇、乡村都不含。",
                    "Residents include \(count) in units without a class, who are neither urban nor "
                        + "rural."))
        }
        if let previousDate,
            residents.contains(where: {
                figure(.resident, at: previousDate, areaCode: $0.areaCode) == nil
            })
        {
            table.footnotes.append(
                Bilingual(
                    "上一时点没有该代码的地区（如县改区）不列变动；按末时点区划比较的，见城镇化率变动的分解。",
                    "An area whose code is new since the date before, as of a county made a district, has "
                        + "no change here; the decomposition compares by the codes of the last date."
                ))
        }
        if let target = regionTarget {
            let aim = Decimal2.text(hundredths: target.percentHundredths)
            table.footnotes.append(
                Bilingual(
                    "目标线\(aim)%是全域的目标，列于此处仅供比较。",
                    "The target line of \(aim) % is that of the whole area, shown for comparison."))
        }
        return table
    }

    private func regionCells(_ now: AreaFigure) -> [ReportTable.Cell] {
        let rate = now.percent
        let reason = now.shorthand
        let before = previousDate.flatMap { figure(.resident, at: $0, areaCode: now.areaCode) }
        let registered = figure(.registered, at: lastDate, areaCode: now.areaCode)
        func less(_ other: Fraction?) -> String? {
            rate.flatMap { rate in other.map { ReportNumber.points(rate - $0) } }
        }
        var cells: [ReportTable.Cell] = [
            .text(name(of: now.areaCode, chinese: now.areaName)),
            .text(now.areaCode),
            .count(now.total),
            .count(now.urban),
            .count(now.rural),
            now.rateCell,
            .number(
                less(before?.percent),
                else: previousDate != nil && before == nil
                    ? .notAvailable : reason == .hidden ? reason : before?.shorthand ?? reason),
        ]
        if let target = regionTarget {
            cells.append(
                .number(less(Fraction(target.percentHundredths, 100)), else: reason))
        }
        cells += [
            registered?.rateCell ?? .shorthand(.notAvailable),
            .number(
                less(registered?.percent),
                else: reason == .hidden ? reason : registered?.shorthand ?? .notAvailable),
        ]
        return cells
    }

    /// Rates of the regions by date; codes that exist at some date only show `[x]` at the others.
    var regionYears: ReportTable? {
        let shown = Array(dates.suffix(Self.datesAcrossMax))
        let own = urbanization.filter {
            $0.level == regionLevel && $0.concept == .resident
        }
        guard dates.count > 1, !own.isEmpty else { return nil }
        var names: [String: String] = [:]
        for figure in own where figure.date >= shown[0] {
            // The latest name stands for the code.
            if !figure.areaName.isEmpty || names[figure.areaCode] == nil {
                names[figure.areaCode] = figure.areaName
            }
        }
        let level = regionLevel.regionName
        var table = ReportTable(
            id: "years-regions",
            caption: Bilingual(
                "\(level.zh)常住人口城镇化率，按时点",
                "Urbanization rate of residents in \(level.en) by date"),
            columns: [.text("地区", "Area"), .text("代码", "Code")]
                + shown.map {
                    let date = ReportNumber.date($0)
                    return .number(date.zh, date.en, .percent)
                })
        func cells(_ code: String, _ chinese: String) -> [ReportTable.Cell] {
            [.text(name(of: code, chinese: chinese)), .text(code)]
                + shown.map { date in
                    let figure = figure(.resident, at: date, areaCode: code)
                    return .number(
                        figure?.percentText, else: figure?.shorthand ?? .notAvailable)
                }
        }
        table.rows = names.sorted { $0.key < $1.key }.map {
            ReportTable.Row(cells($0.key, $0.value))
        }
        table.rows.append(
            ReportTable.Row(cells(area.code, chineseAreaName), kind: .total))
        return table
    }
}
