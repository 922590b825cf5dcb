import PopulationFigures
import PopulationModel

extension YearlyReportMaker {
    var title: Bilingual {
        guard let rate = figure(.resident, at: lastDate)?.rate, rate.total > 0 else {
            return areaName + Bilingual("城镇化率报告", ": urbanization report")
        }
        let start =
            areaName
            + Bilingual(
                "常住人口城镇化率\(rate.percentText)%",
                ": \(rate.percentText) % of residents live in urban areas")
        guard let target = progress(.resident)?.target else { return start }
        return start + Bilingual("，", ", ") + distance(of: rate, to: target)
    }

    var subtitle: Bilingual {
        let first = ReportNumber.date(dates[0])
        let last = ReportNumber.date(lastDate)
        let time =
            dates.count == 1
            ? last : Bilingual("\(first.zh)至\(last.zh)", "\(first.en) to \(last.en)")
        let measure = Bilingual(
            "城镇化率（常住人口与户籍人口），",
            "Urbanization rates of residents and registered population, ")
        return measure + areaName + Bilingual("，", ", ") + time
    }

    var release: [YearlyReport.Fact] {
        let known = provenance.knownAt.map {
            let moment = $0.description
            return Bilingual("写入时间不晚于\(moment)的记录", "rows written up to \(moment)")
        }
        let all = Bilingual("全部已读入的记录", "all rows read")
        return [
            fact("地区", "Area", areaWithCode),
            fact("统计时点", "Reference date", ReportNumber.date(lastDate)),
            fact(
                "数据时点", "Dates covered", datesCovered),
            fact("资料范围", "Data used", known ?? all),
            fact("计划", "Plan", Bilingual(both: provenance.planName)),
            fact("程序版本", "Program", Bilingual(both: "popstat \(provenance.programVersion)")),
        ]
    }

    private var areaWithCode: Bilingual {
        chineseAreaName.isEmpty
            ? areaName
            : Bilingual(
                "\(areaName.zh)（\(area.code)）", "\(areaName.en) (\(area.code))")
    }

    private var datesCovered: Bilingual {
        let texts = dates.map(ReportNumber.shortDate)
        let isYearly = dates.allSatisfy(ReportNumber.isEndOfYear)
        return Bilingual(
            texts.joined(separator: "、") + (isYearly ? "年末" : ""),
            (isYearly ? "end of " : "") + texts.joined(separator: ", "))
    }

    func fact(_ zh: String, _ en: String, _ value: Bilingual) -> YearlyReport.Fact {
        YearlyReport.Fact(label: Bilingual(zh, en), value: value)
    }

    /// One sentence each: number, change, distance to the target.
    var mainPoints: [YearlyReport.MainPoint] {
        [
            ratePoint(.resident), ratePoint(.registered), pacePoint, urbanPoint, regionPoint,
            migrationPoint,
        ].compactMap { $0 }
    }

    /// Above or below a target by how much; by persons when two decimals cannot show it.
    func distance(of rate: Rate, to target: Target) -> Bilingual {
        let aim = Decimal2.text(hundredths: target.percentHundredths)
        guard let percent = rate.percent else {
            return Bilingual("无法与\(aim)%的目标比较", "not comparable with the target of \(aim) %")
        }
        let gap = percent - Fraction(target.percentHundredths, 100)
        let points = ReportNumber.magnitude(gap)
        if rate.reaches(percentHundredths: target.percentHundredths) == true {
            return points == "0.00"
                ? Bilingual("恰达到\(aim)%的目标", "just reaching the target of \(aim) %")
                : Bilingual(
                    "比\(aim)%的目标高\(points)个百分点",
                    "\(points) percentage points above the target of \(aim) %")
        }
        let short = ReportNumber.count(
            rate.urbanShort(percentHundredths: target.percentHundredths))
        return points == "0.00"
            ? Bilingual(
                "未达到\(aim)%的目标，舍入前尚差城镇人口\(short)人",
                "below the target of \(aim) %: \(short) urban persons short before rounding")
            : Bilingual(
                "比\(aim)%的目标低\(points)个百分点",
                "\(points) percentage points below the target of \(aim) %")
    }

    /// Up or down since the date before, from unrounded rates; `nil` on the first date.
    private func change(_ concept: Concept) -> Bilingual? {
        guard let previousDate, let now = percent(concept, at: lastDate),
            let before = percent(concept, at: previousDate)
        else { return nil }
        let change = now - before
        let points = ReportNumber.magnitude(change)
        let since = ReportNumber.since(previousDate)
        if points == "0.00" { return Bilingual("与\(since.zh)持平", "unchanged since \(since.en)") }
        let isUp = change > Fraction(0)
        return Bilingual(
            "比\(since.zh)\(isUp ? "提高" : "下降")\(points)个百分点",
            "\(isUp ? "up" : "down") \(points) percentage points since \(since.en)")
    }

    private func ratePoint(_ concept: Concept) -> YearlyReport.MainPoint? {
        guard let rate = figure(concept, at: lastDate)?.rate, rate.total > 0 else { return nil }
        let date = ReportNumber.at(lastDate)
        let name = concept.rateName
        var sentence = Bilingual(
            "\(date.zh)\(name.zh)为\(rate.percentText)%",
            "The \(name.en) was \(rate.percentText) % \(date.en)")
        if let change = change(concept) { sentence = sentence + Bilingual("，", ", ") + change }
        if let target = progress(concept)?.target {
            sentence = sentence + Bilingual("，", ", ") + distance(of: rate, to: target)
        } else if concept == .registered, let resident = percent(.resident, at: lastDate) {
            sentence = sentence + Bilingual("，", ", ") + difference(resident - rate.percent!)
        }
        return point(rate.percentText, .percent, sentence)
    }

    /// Registered against residents.
    private func difference(_ gap: Fraction) -> Bilingual {
        let points = ReportNumber.magnitude(gap)
        let isLower = gap > Fraction(0)
        return Bilingual(
            "比常住人口城镇化率\(isLower ? "低" : "高")\(points)个百分点",
            "\(points) percentage points \(isLower ? "below" : "above") that of residents")
    }

    private func point(
        _ number: String, _ unit: Bilingual, _ sentence: Bilingual
    ) -> YearlyReport.MainPoint {
        YearlyReport.MainPoint(
            number: number, unit: unit, sentence: sentence + Bilingual("。", "."))
    }

    private var pacePoint: YearlyReport.MainPoint? {
        guard let progress = progress(.resident), !progress.paceObserved.text.isEmpty else {
            return nil
        }
        let since = ReportNumber.since(progress.baseDate)
        let pace = ReportNumber.decimal(progress.paceObserved.text)
        var sentence = Bilingual(
            "\(since.zh)以来，常住人口城镇化率年均变动\(pace)个百分点",
            "Since \(since.en) the rate of residents moved by \(pace) percentage points a year")
        if !progress.ratioPercent.text.isEmpty {
            let ratio = ReportNumber.decimal(progress.ratioPercent.text)
            sentence =
                sentence
                + Bilingual(
                    "，为所需速度（\(progress.paceRequired.text)）的\(ratio)%",
                    ", \(ratio) % of the required pace of \(progress.paceRequired.text)")
        }
        let mark = progress.status.mark
        sentence = sentence + Bilingual("：\(mark.zh.dropFirst(2))", ": \(mark.en)")
        if progress.status != .achieved, !progress.neededPerYear.text.isEmpty {
            sentence =
                sentence
                + Bilingual(
                    "，今后每年需提高\(progress.neededPerYear.text)个百分点",
                    "; \(progress.neededPerYear.text) points a year are needed from now on")
        }
        return point(pace, Bilingual("百分点/年", "points a year"), sentence)
    }
}

extension YearlyReportMaker {
    private var urbanPoint: YearlyReport.MainPoint? {
        guard let now = figure(.resident, at: lastDate)?.rate, now.total > 0 else { return nil }
        let urban = ReportNumber.count(now.urban)
        let total = ReportNumber.count(now.total)
        var sentence = Bilingual(
            "城镇常住人口\(urban)人，占常住人口\(total)人",
            "\(urban) of \(total) residents live in urban areas")
        if let previousDate, let before = figure(.resident, at: previousDate)?.rate {
            let since = ReportNumber.since(previousDate)
            let change = now.urban - before.urban
            let persons = ReportNumber.count(abs(change))
            sentence =
                sentence
                + Bilingual(
                    "，比\(since.zh)\(change < 0 ? "减少" : "增加")\(persons)人",
                    ", \(persons) \(change < 0 ? "fewer" : "more") than at \(since.en)")
        }
        if let target = progress(.resident)?.target {
            let aim = target.percentHundredths
            let short = now.urbanShort(percentHundredths: aim)
            let over = now.urban - (aim * now.total + 9_999) / 10_000
            sentence =
                sentence
                + (short > 0
                    ? Bilingual(
                        "，距目标尚差\(ReportNumber.count(short))人",
                        ", \(ReportNumber.count(short)) short of the target")
                    : Bilingual(
                        "，比目标所需多\(ReportNumber.count(over))人",
                        ", \(ReportNumber.count(over)) more than the target asks for"))
        }
        return point(urban, .persons, sentence)
    }

    private var regionPoint: YearlyReport.MainPoint? {
        let ranked = rankedRegions
        guard ranked.count > 1, let top = ranked.first, let bottom = ranked.last else {
            return nil
        }
        let level = regionLevel.regionName
        let highest = name(of: top.areaCode, chinese: top.areaName)
        let lowest = name(of: bottom.areaCode, chinese: bottom.areaName)
        let ends = Bilingual(
            "最高为\(highest.zh)（\(top.percentText)%），最低为\(lowest.zh)（\(bottom.percentText)%）",
            "highest in \(highest.en) (\(top.percentText) %), "
                + "lowest in \(lowest.en) (\(bottom.percentText) %)")
        guard let target = progress(.resident)?.target else {
            let start = Bilingual(
                "\(ranked.count)个\(level.zh)中，", "Of \(ranked.count) \(level.en), ")
            return point("\(ranked.count)", level, start + ends)
        }
        let aim = Decimal2.text(hundredths: target.percentHundredths)
        let reached = ranked.count {
            $0.rate?.reaches(percentHundredths: target.percentHundredths) == true
        }
        return point(
            "\(reached) / \(ranked.count)", level,
            Bilingual(
                "\(ranked.count)个\(level.zh)中\(reached)个不低于\(aim)%，",
                "\(reached) of \(ranked.count) \(level.en) stand at \(aim) % or above, ") + ends)
    }

    private var migrationPoint: YearlyReport.MainPoint? {
        let now = tables.rows("migration").filter { $0.date() == lastDate }
        func sum(_ measure: MigrationMeasure) -> String? {
            ReportSum(now.map { $0[measure.word] }).exact
        }
        guard !now.isEmpty, let separated = sum(.separated), let within = sum(.intra_district),
            let floating = sum(.floating)
        else { return nil }
        return point(
            floating, .persons,
            Bilingual(
                "人户分离人口\(separated)人，其中市辖区内人户分离\(within)人，流动人口\(floating)人",
                "\(separated) residents live apart from their registration: \(within) within the "
                    + "city's districts, \(floating) floating population"))
    }
}
