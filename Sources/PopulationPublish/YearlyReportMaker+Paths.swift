import PopulationFigures
import PopulationModel

extension YearlyReportMaker {
    /// A line for each concept with a target for the whole area; residents without one as well.
    var paths: [ReportFigure] {
        Concept.allCases.reversed().compactMap { concept in
            if progress(concept) == nil, concept != .resident { return nil }
            return path(concept)
        }
    }

    private func path(_ concept: Concept) -> ReportFigure {
        let progress = progress(concept)
        let name = concept.rateName
        let subtitle = Bilingual(
            "\(name.zh)，\(areaName.zh)，%；实线为实际，虚线为从基期到目标的路径",
            "The \(name.en), \(areaName.en), %; solid: actual, dashed: from the base to the target")
        var figure = ReportFigure(
            id: "path-\(concept.rawValue)",
            name: Bilingual(
                "\(concept.populationName.zh)目标路径", "Path, \(concept.rawValue)"),
            headline: pathHeadline(concept), subtitle: subtitle,
            chart: pathChart(concept), table: pathTable(concept))
        if let progress { figure.sentences = projection(progress) }
        return figure
    }

    private func pathHeadline(_ concept: Concept) -> Bilingual {
        let name = concept.rateName
        guard let rate = figure(concept, at: lastDate)?.rate, rate.total > 0 else {
            return Bilingual("\(name.zh)无法计算", "The \(name.en) cannot be computed")
        }
        let now = Bilingual(
            "\(name.zh)\(rate.percentText)%", "The \(name.en) is \(rate.percentText) %")
        guard let target = progress(concept)?.target else { return now }
        return now + Bilingual("，", ", ") + distance(of: rate, to: target)
    }

    private func pathChart(_ concept: Concept) -> ReportChart? {
        var points = dates.compactMap { date -> PathChart.Point? in
            guard let rate = figure(concept, at: date)?.rate, let percent = rate.percent
            else { return nil }
            return PathChart.Point(
                date: date, percent: percent.approximately, text: rate.percentText)
        }
        // The base is public with the progress, also where its date is not released.
        if let first = points.first, let progress = progress(concept),
            progress.baseDate < first.date, let base = progress.base.decimal
        {
            points.insert(
                PathChart.Point(
                    date: progress.baseDate, percent: base.approximately,
                    text: progress.base.text), at: 0)
        }
        guard let first = points.first, let last = points.last else { return nil }
        let target = progress(concept).map {
            PathChart.TargetPath(
                date: $0.target.date, percent: Double($0.target.percentHundredths) / 100,
                text: Decimal2.text(hundredths: $0.target.percentHundredths),
                projected: projected(of: $0))
        }
        let name = concept.rateName
        let (start, end) = (ReportNumber.at(first.date), ReportNumber.at(last.date))
        var description = Bilingual(
            "\(start.zh)\(first.text)%,\(end.zh)\(last.text)%",
            "\(first.text) % \(start.en), \(last.text) % \(end.en)")
        if let target {
            description =
                description
                + Bilingual(
                    "；目标为\(target.date)达到\(target.text)%",
                    "; target \(target.text) % by \(target.date)")
        }
        return .path(
            PathChart(
                title: Bilingual(
                    "\(areaName.zh)\(name.zh)与目标路径",
                    "\(areaName.en): \(name.en) and path to the target"),
                description: description, points: points, target: target))
    }

    /// Where the pace since the base leads; `nil` once the target's date has come.
    private func projected(of progress: ProgressRow) -> PathChart.Projection? {
        guard progress.target.date > lastDate, let percent = progress.projectedLinear.decimal
        else { return nil }
        return PathChart.Projection(
            percent: percent.approximately, text: progress.projectedLinear.text)
    }

    private func pathTable(_ concept: Concept) -> ReportTable {
        let name = concept.rateName
        let progress = progress(concept)
        var table = ReportTable(
            id: "table-path-\(concept.rawValue)",
            caption: Bilingual("\(name.zh)与目标路径", "The \(name.en) and the path to the target"),
            columns: [
                .text("时点", "Date"),
                .number("实际", "Actual", .percent),
                .number("比上一时点", "Change", .percentagePoints),
            ])
        if progress != nil {
            table.columns += [
                .number("目标路径", "Path to target", .percent),
                .number("与路径之差", "Actual less path", .percentagePoints),
            ]
        }
        for (index, date) in dates.enumerated() {
            let now = percent(concept, at: date)
            let before = index > 0 ? percent(concept, at: dates[index - 1]) : nil
            let reason = figure(concept, at: date)?.shorthand ?? .notAvailable
            var cells: [ReportTable.Cell] = [
                .text(ReportNumber.date(date)),
                .number(now?.text(decimals: 2), else: reason),
                .number(
                    now.flatMap { now in before.map { ReportNumber.points(now - $0) } },
                    else: .notApplicable),
            ]
            if let progress {
                let path = pathPercent(of: progress, at: date)
                cells += [
                    .number(path?.text(decimals: 2), else: .notApplicable),
                    .number(
                        now.flatMap { now in path.map { ReportNumber.points(now - $0) } },
                        else: .notApplicable),
                ]
            }
            table.rows.append(ReportTable.Row(cells))
        }
        return table
    }

    /// The straight path from base to target; `nil` after the target's date.
    private func pathPercent(of progress: ProgressRow, at date: CalendarDate) -> Fraction? {
        let exact = percent(progress.concept, at: progress.baseDate, areaCode: progress.areaCode)
        guard let base = exact ?? progress.base.decimal, date <= progress.target.date,
            progress.target.date > progress.baseDate
        else { return nil }
        let gap = Fraction(progress.target.percentHundredths, 100) - base
        let done = Int(date.dayNumber) - Int(progress.baseDate.dayNumber)
        let whole = Int(progress.target.date.dayNumber) - Int(progress.baseDate.dayNumber)
        return base + gap * Fraction(done, whole)
    }

    /// Where both ways of looking ahead lead; nothing when the target's date has come.
    private func projection(_ progress: ProgressRow) -> [Bilingual] {
        var sentences: [Bilingual] = []
        if progress.target.date > lastDate, !progress.projectedLinear.text.isEmpty {
            let date = ReportNumber.at(progress.target.date)
            let linear = ReportNumber.decimal(progress.projectedLinear.text)
            let urgd = progress.projectedURGD.text
            sentences.append(
                Bilingual(
                    "按基期以来的速度直线外推，\(date.zh)为\(linear)%"
                        + (urgd.isEmpty ? "。" : "；按城乡增长率差不变外推为\(urgd)%。"),
                    "At the pace since the base it would be \(linear) % \(date.en)"
                        + (urgd.isEmpty
                            ? "."
                            : ", by a constant urban-rural growth difference \(urgd) %.")))
        }
        if progress.status != .achieved, let crossing = Self.part(ofYear: progress.crossingYear) {
            sentences.append(
                Bilingual(
                    "按城乡增长率差不变推算，约在\(crossing.zh)达到目标线。",
                    "By a constant urban-rural growth difference the target line is met about "
                        + "\(crossing.en)."))
        }
        return sentences
    }

    /// A year with one decimal in words: 2026.0 is the end of 2025, 2020.3 the first half of 2020.
    private static func part(ofYear value: ReportValue) -> Bilingual? {
        guard let decimal = value.decimal else { return nil }
        let number = decimal.approximately
        let year = Int(number)
        return switch number - Double(year) {
        case ..<0.05: Bilingual("\(year - 1)年末", "the end of \(year - 1)")
        case ..<0.5: Bilingual("\(year)年上半年", "the first half of \(year)")
        case ..<0.95: Bilingual("\(year)年下半年", "the second half of \(year)")
        default: Bilingual("\(year)年末", "the end of \(year)")
        }
    }
}
