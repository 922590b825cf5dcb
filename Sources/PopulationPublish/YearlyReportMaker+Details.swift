import PopulationFigures
import PopulationModel

extension YearlyReportMaker {
    /// The levels below the regions at the last date, one foldable table for each parent.
    var details: [YearlyReport.DetailGroup] {
        let levels = area.levels
        return levels.indices.dropFirst(2).flatMap { index in
            groups(of: levels[index], under: levels[index - 1])
        }
    }

    private func groups(
        of level: AreaLevel, under parent: AreaLevel
    ) -> [YearlyReport.DetailGroup] {
        let own = urbanization.filter {
            $0.date == lastDate && $0.level == level && $0.concept == .resident
        }
        let byParent = Dictionary(grouping: own) {
            String($0.areaCode.prefix(parent.digitCount))
        }
        return byParent.sorted { $0.key < $1.key }.map { code, rows in
            let whole = figure(.resident, at: lastDate, areaCode: code)
            let place = name(of: code, chinese: whole?.areaName ?? "")
            let rate = whole?.percentText ?? ""
            let level = level.regionName
            let ending = rate.isEmpty ? "" : " · \(rate) %"
            return YearlyReport.DetailGroup(
                summary: Bilingual(
                    "\(place.zh) · \(rows.count)个\(level.zh)\(ending)",
                    "\(place.en == place.zh ? code : place.en), \(rows.count) \(level.en)"),
                table: detailTable(
                    id: "details-\(code)", place: place, level: level,
                    rows: rows.sorted { $0.areaCode < $1.areaCode }))
        }
    }

    private func detailTable(
        id: String, place: Bilingual, level: Bilingual, rows: [AreaFigure]
    ) -> ReportTable {
        let date = ReportNumber.date(lastDate)
        var table = ReportTable(
            id: id,
            caption: Bilingual(
                "\(place.zh)各\(level.zh)，\(date.zh)",
                "\(place.en): \(level.en), \(date.en)"),
            columns: [
                .text("地区", "Area"),
                .text("代码", "Code"),
                .number("常住人口", "Residents", .persons),
                .number("城镇", "Urban", .persons),
                .number("乡村", "Rural", .persons),
                .number("城镇化率", "Rate", .percent),
                .number("户籍人口", "Registered", .persons),
                .number("户籍人口城镇化率", "Rate, registered", .percent),
            ])
        table.rows = rows.map { now in
            let registered = figure(.registered, at: lastDate, areaCode: now.areaCode)
            return ReportTable.Row([
                .text(name(of: now.areaCode, chinese: now.areaName)),
                .text(now.areaCode),
                .count(now.total),
                .count(now.urban),
                .count(now.rural),
                now.rateCell,
                registered.map { .count($0.total) } ?? .shorthand(.notAvailable),
                registered?.rateCell ?? .shorthand(.notAvailable),
            ])
        }
        return table
    }
}
