import Foundation

/// The table `progress` (SPEC 6, report.md 8d, domain.md 8.1).
struct ProgressMaker {
    let base: Snapshot
    let targets: [Target]
    var table = Table(
        "reference_date,area_code,concept,base_date,base_percent,latest_percent,target_percent,"
            + "target_date,pace_required,pace_observed,ratio_percent,status,needed_per_year,"
            + "projected_linear,projected_urgd,crossing_year", keys: 3)

    init(base: Snapshot, targets: [Target]) {
        self.base = base
        self.targets = targets
    }

    /// Years between two dates: days / 365.25.
    private func years(_ from: String, _ to: String) -> Fraction {
        Fraction(4 * (Dates.dayNumber(to) - Dates.dayNumber(from)), 1461)
    }

    mutating func add(_ snapshot: Snapshot) {
        var done: Set<[String]> = []
        for row in targets where done.insert([row.area, row.concept]).inserted {
            let aim = target(targets, concept: row.concept, area: row.area, at: snapshot.date)!
            add(snapshot, aim)
        }
    }

    private mutating func add(_ snapshot: Snapshot, _ aim: Target) {
        let start = base.figures(aim.area, aim.concept)
        let now = snapshot.figures(aim.area, aim.concept)
        let percent = Fraction(aim.hundredths, 100)
        let t = snapshot.date
        let isBeforeTarget = t < aim.date

        var required: Fraction?
        if let rate = start.rate, base.date < aim.date {
            required = (percent - rate) / years(base.date, aim.date)
        }
        var observed: Fraction?
        if let from = start.rate, let to = now.rate, base.date < t {
            observed = (to - from) / years(base.date, t)
        }
        var ratio: Fraction?
        if let required, let observed, Fraction(0) < required { ratio = observed / required }

        let isReached = now.total > 0 && now.reaches(aim)
        var needed: Fraction?
        if let rate = now.rate, isBeforeTarget {
            needed = isReached ? Fraction(0) : (percent - rate) / years(t, aim.date)
        }
        var linear: Fraction?
        if let observed, let rate = now.rate {
            linear = rate + observed * years(t, aim.date)
        }
        let growth = Growth(start: start, now: now, years: years(base.date, t).double)
        table.rows.append([
            t, aim.area, aim.concept, base.date, start.rate?.text ?? "", now.rate?.text ?? "",
            percent.text, aim.date, required?.text ?? "", observed?.text ?? "",
            ratio.map { ($0 * Fraction(100)).text } ?? "", status(isReached, ratio),
            needed?.text ?? "", linear?.text ?? "", projected(growth, start, now, t, aim),
            growth?.crossing(
                percent.double / 100, isAtBase: start.rate == percent, from: base.date) ?? "",
        ])
    }

    private func projected(
        _ growth: Growth?, _ start: Figures, _ now: Figures, _ t: String, _ aim: Target
    ) -> String {
        guard let growth else { return "" }
        if t == aim.date { return now.rate!.text }
        if base.date == aim.date || growth.d == 0 { return start.rate!.text }
        return rounded(100 * growth.share(years(base.date, aim.date).double), decimals: 2)
    }

    private func status(_ isReached: Bool, _ ratio: Fraction?) -> String {
        if isReached { return "achieved" }
        guard let ratio else { return "not_assessable" }
        if ratio >= Fraction(95, 100) { return "on_track" }
        if ratio >= Fraction(60, 100) { return "faster_pace_needed" }
        return ratio >= Fraction(0) ? "limited" : "moving_away"
    }
}

/// The constant urban-rural growth difference of domain.md 8.1.
private struct Growth {
    var s0: Double
    var d: Double

    /// nil when one of the four parts is 0 or no time has passed.
    init?(start: Figures, now: Figures, years: Double) {
        let parts = [
            start.urban, start.total - start.urban, now.urban, now.total - now.urban,
        ]
        if parts.contains(0) || years <= 0 { return nil }
        s0 = log(Double(parts[0]) / Double(parts[1]))
        d = (log(Double(parts[2]) / Double(parts[3])) - s0) / years
        if start.urban * (now.total - now.urban) == now.urban * (start.total - start.urban) {
            d = 0
        }
    }

    func share(_ years: Double) -> Double {
        1 / (1 + exp(-(s0 + d * years)))
    }

    /// The year in which the share reaches the aim, as decimal year with 1 decimal.
    func crossing(_ aim: Double, isAtBase: Bool, from base: String) -> String? {
        if d == 0 || aim <= 0 || aim >= 1 { return nil }
        let after = isAtBase ? 0 : (log(aim / (1 - aim)) - s0) / d
        if after < 0 { return nil }
        let (y, _, _) = Dates.parts(base)
        let first = Dates.dayNumber(Dates.iso(y, 1, 1))
        let passed = Double(Dates.dayNumber(base) - first + 1)
        let length = Dates.isLeapYear(y) ? 366.0 : 365.0
        return rounded(Double(y) + passed / length + after, decimals: 1)
    }
}
