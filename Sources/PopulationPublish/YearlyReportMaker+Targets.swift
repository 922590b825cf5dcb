import PopulationFigures
import PopulationModel

extension YearlyReportMaker {
    /// Targets at a glance: one row per indicator that has a target, at the last date.
    var targets: YearlyReport.TargetOverview? {
        let rows = progressRows.filter { $0.date == lastDate }.sorted(by: comesFirst)
        guard !rows.isEmpty else { return nil }
        return YearlyReport.TargetOverview(glance: glance(rows), paces: paces(rows))
    }

    /// The whole area before its parts, which stand in the order of their codes; residents first.
    private func comesFirst(_ a: ProgressRow, _ b: ProgressRow) -> Bool {
        if a.areaCode == b.areaCode { return a.concept == .resident && b.concept != .resident }
        if a.areaCode == area.code { return true }
        return b.areaCode != area.code && a.areaCode < b.areaCode
    }

    private func glance(_ rows: [ProgressRow]) -> ReportTable {
        let date = ReportNumber.date(lastDate)
        var table = ReportTable(
            id: "targets",
            caption: Bilingual(
                "各项城镇化率目标的进展，\(date.zh)",
                "Progress towards each target of the urbanization rate, \(date.en)"),
            columns: [
                .text("指标", "Indicator"),
                .number("现值", "Now", .percent),
                .number("目标", "Target", .percent),
                .text("目标日期", "Target date"),
                .text("现值与目标，0–100%", "Now and target, 0–100 %"),
                .number("与目标之差", "Distance", .percentagePoints),
                .number("尚差城镇人口", "Urban, short", .persons),
                .text("评价", "Status"),
            ])
        table.rows = rows.map { progress in
            let aim = progress.target.percentHundredths
            let latest = figure(progress.concept, at: lastDate, areaCode: progress.areaCode)
            let gap = latest?.percent.map { ReportNumber.points($0 - Fraction(aim, 100)) }
            let reason = latest?.shorthand ?? .notAvailable
            let short = latest?.rate.map { $0.urbanShort(percentHundredths: aim) }
            return ReportTable.Row([
                .text(indicator(progress)),
                .decimal(progress.latest),
                .number(Decimal2.text(hundredths: aim)),
                .text(progress.target.date.description),
                bullet(progress),
                .number(gap, else: reason),
                .number(short.map(ReportNumber.count), else: reason),
                .text(progress.status.mark),
            ])
        }
        table.footnotes = [
            Bilingual(
                "图中深色条为现值，\(previousDate == nil ? "" : "浅色条为上一时点，")竖线为目标。是否达到按未舍入的数判定。",
                "Dark bar: now. \(previousDate == nil ? "" : "Light bar: the date before. ")Upright tick: "
                    + "target. Whether a target is reached is tested on unrounded numbers.")
        ]
        let sources = Set(rows.map(\.target.source)).filter { !$0.isEmpty }.sorted()
        if !sources.isEmpty {
            let list = Bilingual(sources.joined(separator: "；"), sources.joined(separator: "; "))
            table.footnotes.append(Bilingual("目标来源：", "Source of targets: ") + list)
        }
        return table
    }

    /// The arithmetic behind the status.
    private func paces(_ rows: [ProgressRow]) -> ReportTable {
        var table = ReportTable(
            id: "paces",
            caption: Bilingual("速度与外推", "Paces and projections"),
            columns: [
                .text("指标", "Indicator"),
                .number("基期", "Base", .percent),
                .number("所需速度", "Required pace", .pointsPerYear),
                .number("实际速度", "Observed pace", .pointsPerYear),
                .number("实际比所需", "Observed to required", .percent),
                .number("今后每年需要", "Needed from now", .pointsPerYear),
                .number("直线外推", "Projected, linear", .percent),
                .number("增长率差外推", "Projected, growth difference", .percent),
                .number("达到年份", "Met in", Bilingual("年", "year")),
            ])
        table.rows = rows.map { progress in
            let texts = [
                progress.base, progress.paceRequired, progress.paceObserved,
                progress.ratioPercent, progress.neededPerYear, progress.projectedLinear,
                progress.projectedURGD, progress.crossingYear,
            ]
            return ReportTable.Row(
                [.text(indicator(progress))]
                    + texts.map { .decimal($0) })
        }
        let base = ReportNumber.since(rows[0].baseDate)
        table.footnotes = [
            Bilingual(
                "基期为\(base.zh)；外推到目标日期。增长率差外推：城镇与乡村人口的增长率之差保持不变（URGD）；"
                    + "达到年份按此推算，小数为该年已过的部分，2026.0即2025年末。",
                "The base is \(base.en); projections are for the date of the target. Growth difference: "
                    + "that of urban and rural population stays as it was (URGD); the year in which the "
                    + "target is met by it is given with its part gone, 2026.0 for the end of 2025."
            ),
            Bilingual(
                "评价按实际速度与所需速度之比：不低于95%为进度正常，60%至95%为需加快，0至60%为进展有限，低于0为偏离目标；"
                    + "没有该比值时（首个时点、总数为0、基期已达到目标等）无法评估。",
                "Status by observed over required pace: 95 % or more on track, 60 to 95 % faster pace "
                    + "needed, 0 to 60 % limited, below 0 moving away; not assessable where there is "
                    + "no such ratio (first date, no population, target met at the base)."),
        ]
        return table
    }

    private func indicator(_ progress: ProgressRow) -> Bilingual {
        let latest = figure(progress.concept, at: lastDate, areaCode: progress.areaCode)
        let place = name(of: progress.areaCode, chinese: latest?.areaName ?? "")
        return Bilingual(
            "\(place.zh)\(progress.concept.rateName.zh)",
            "\(place.en), \(progress.concept.populationName.en.lowercased())")
    }

    private func bullet(_ progress: ProgressRow) -> ReportTable.Cell {
        let latest = figure(progress.concept, at: lastDate, areaCode: progress.areaCode)
        guard let latest, let percent = latest.percent else {
            return .shorthand(latest?.shorthand ?? .notAvailable)
        }
        let aim = Fraction(progress.target.percentHundredths, 100)
        let previous = previousDate.flatMap {
            self.percent(progress.concept, at: $0, areaCode: progress.areaCode)
        }
        let now = latest.percentText
        let target = Decimal2.text(hundredths: progress.target.percentHundredths)
        let before = previous.map { $0.text(decimals: 2) }
        return .bullet(
            BulletChart(
                id: "bullet-\(progress.areaCode)-\(progress.concept.rawValue)",
                title: indicator(progress),
                description: Bilingual(
                    "现值\(now)%，\(before.map { "上一时点\($0)%，" } ?? "")目标\(target)%",
                    "now \(now) %, \(before.map { "before \($0) %, " } ?? "")target \(target) %"),
                percent: percent.approximately, previousPercent: previous?.approximately,
                targetPercent: aim.approximately))
    }
}
