import PopulationFigures
import PopulationModel

/// Grades how far areas have come towards their targets (SPEC 6 `progress`, `report.md` 8d).
///
/// Base is the plan's first date. Paces are percentage points per year of 365.25 days. A status
/// other than `achieved` needs a ratio, and there is none when the date is the first one, when a
/// total is 0 or the area did not exist at the first date, when the target's date is not after
/// the first date, and when the required pace is not positive: the base already equalled or passed
/// the target, so that no pace towards it can be too slow.
///
/// Everything rational is exact until its one rounding; only the URGD path is floating point.
package struct ProgressCalculator: Sendable {
    private struct Subject: Hashable {
        let areaCode: String
        let concept: Concept
    }

    private let targets: [Subject: [Target]]
    private let firstDate: CalendarDate

    package init(targets: [Target], firstDate: CalendarDate) {
        self.targets = Dictionary(grouping: targets) {
            Subject(areaCode: $0.areaCode, concept: $0.concept)
        }
        self.firstDate = firstDate
    }

    /// One row per figure whose area and concept have a target, in the order of the figures.
    package func progress(of figures: [UrbanizationFigure]) -> [ProgressFigure] {
        var bases: [Subject: Rate] = [:]
        for figure in figures where figure.date == firstDate {
            let subject = Subject(areaCode: figure.areaCode, concept: figure.concept)
            if targets[subject] != nil { bases[subject] = figure.rate }
        }
        return figures.compactMap { figure in
            let subject = Subject(areaCode: figure.areaCode, concept: figure.concept)
            let target = targets[subject]?.inForce(
                concept: figure.concept, areaCode: figure.areaCode, at: figure.date)
            guard let target else { return nil }
            return progress(
                of: figure, from: bases[subject] ?? Rate(urban: 0, total: 0), to: target)
        }
    }

    private func progress(
        of figure: UrbanizationFigure, from base: Rate, to target: Target
    ) -> ProgressFigure {
        let latest = figure.rate
        let targetPercent = Fraction(target.percentHundredths, 100)
        let required = pace(
            from: base.percent, at: firstDate, to: targetPercent, at: target.date)
        let observed = pace(
            from: base.percent, at: firstDate, to: latest.percent, at: figure.date)
        var ratio: Fraction?
        if let required, let observed, required > Fraction(0) {
            ratio = observed / required * Fraction(100)
        }
        let isAchieved = latest.reaches(percentHundredths: target.percentHundredths) == true
        // From the target's date on nothing is ahead, and no pace is needed.
        var needed = pace(
            from: latest.percent, at: figure.date, to: targetPercent, at: target.date)
        if isAchieved, needed != nil { needed = Fraction(0) }
        var linear: Fraction?
        if let start = base.percent, let observed {
            linear = start + observed * Self.years(from: firstDate, to: target.date)
        }
        let path = path(from: base, to: latest, at: figure.date)
        return ProgressFigure(
            date: figure.date, areaCode: figure.areaCode, concept: figure.concept, target: target,
            baseDate: firstDate, base: base, latest: latest, paceRequired: Self.text(required),
            paceObserved: Self.text(observed), ratioPercent: Self.text(ratio),
            status: Self.status(isAchieved: isAchieved, ratioPercent: ratio),
            neededPerYear: Self.text(needed), projectedLinear: Self.text(linear),
            projectedURGD: projected(
                path, to: target, from: figure.date, base: base, latest: latest),
            crossingYear: crossingYear(of: path, base: base, target: target))
    }

    /// Percentage points per year between two rates; `nil` when a rate is missing or no time lies
    /// between the dates.
    private func pace(
        from start: Fraction?, at startDate: CalendarDate, to end: Fraction?,
        at endDate: CalendarDate
    ) -> Fraction? {
        guard let start, let end, endDate > startDate else { return nil }
        return (end - start) / Self.years(from: startDate, to: endDate)
    }

    /// Days/365.25 = 4 days/1461.
    private static func years(from start: CalendarDate, to end: CalendarDate) -> Fraction {
        Fraction((Int(end.dayNumber) - Int(start.dayNumber)) * 4, 1_461)
    }

    private static func text(_ fraction: Fraction?) -> String {
        fraction?.text(decimals: 2) ?? ""
    }

    /// The grades of `report.md` 8d: 95, 60 and 0 per cent of the required pace.
    private static func status(isAchieved: Bool, ratioPercent: Fraction?) -> ProgressStatus {
        if isAchieved { return .achieved }
        guard let ratioPercent else { return .notAssessable }
        if ratioPercent >= Fraction(95) { return .onTrack }
        if ratioPercent >= Fraction(60) { return .fasterPaceNeeded }
        return ratioPercent >= Fraction(0) ? .limited : .movingAway
    }
}

extension ProgressCalculator {
    /// The logistic path through base and latest; unclassified persons count as rural here, as
    /// they do in the rate.
    private func path(
        from base: Rate, to latest: Rate, at date: CalendarDate
    ) -> GrowthDifference? {
        GrowthDifference(
            urbanAtStart: base.urban, ruralAtStart: base.total - base.urban,
            urbanAtEnd: latest.urban, ruralAtEnd: latest.total - latest.urban,
            years: yearsSinceFirst(date))
    }

    private func yearsSinceFirst(_ date: CalendarDate) -> Double {
        Double(date.dayNumber - firstDate.dayNumber) / 365.25
    }

    /// Percent at the target's date; an exact rate, and rounded as one, on the days that the path
    /// begins and ends on and where it is level.
    private func projected(
        _ path: GrowthDifference?, to target: Target, from date: CalendarDate, base: Rate,
        latest: Rate
    ) -> String {
        guard let path else { return "" }
        if date == target.date { return latest.percentText }
        if firstDate == target.date || path.perYear == 0 { return base.percentText }
        return Self.text(path.share(afterYears: yearsSinceFirst(target.date)) * 100, decimals: 2)
    }

    /// The calendar year, with one decimal, in which the path meets the target; empty when it does
    /// not from the first date on. A path that hardly rises meets it in a far year, which is said.
    private func crossingYear(of path: GrowthDifference?, base: Rate, target: Target) -> String {
        let share = Double(target.percentHundredths) / 10_000
        guard let found = path?.years(untilShare: share) else { return "" }
        // A base that is the target is met on its day, whatever a logarithm comes to.
        let isMetAtBase = base.percent == Fraction(target.percentHundredths, 100)
        let years = isMetAtBase ? 0 : found
        guard years >= 0 else { return "" }
        let crossing = Self.calendarYear(atEndOf: firstDate) + years
        // Beyond a billion years a Double no longer holds the decimal.
        return crossing < 1e9 ? Self.text(crossing, decimals: 1) : ""
    }

    /// 2016.0 for 2015-12-31: a reference date is the end of its day.
    private static func calendarYear(atEndOf date: CalendarDate) -> Double {
        let year = date.components.year
        let isLeap = CalendarDate.dayCount(year: year, month: 2) == 29
        let newYear = CalendarDate(year: year, month: 1, day: 1)!
        let days = Double(date.dayNumber - newYear.dayNumber + 1)
        return Double(year) + days / (isLeap ? 366 : 365)
    }

    /// Half away from zero, one or two decimals.
    private static func text(_ number: Double, decimals: Int) -> String {
        let scale = decimals == 1 ? 10 : 100
        let scaled = (number * Double(scale)).rounded(.toNearestOrAwayFromZero)
        return Fraction(Int(scaled), scale).text(decimals: decimals)
    }
}
