import PopulationFigures
import PopulationModel

/// Gives every task of the plan its value at every reference date, from figures that are there
/// already (SPEC 6 `tasks`). A value that the run does not have is empty, never 0.
package struct TaskCalculator: Sendable {
    private let figures: Figures

    /// Progress, land and person measures must be filled in.
    package init(figures: Figures) {
        self.figures = figures
    }

    /// By number and date.
    package func tasks(of plan: TaskPlan) -> [TaskFigure] {
        plan.tasks.flatMap { task in
            figures.referenceDates.map { date in figure(task.number, at: date) }
        }
    }

    private func figure(_ number: Int, at date: CalendarDate) -> TaskFigure {
        guard let indicator = TaskIndicator(task: number) else {
            return TaskFigure(
                number: number, date: date, indicator: TaskIndicator.textOnly, value: "",
                unit: "", status: "")
        }
        return TaskFigure(
            number: number, date: date, indicator: indicator.rawValue,
            value: value(of: indicator, at: date) ?? "", unit: indicator.unit,
            status: status(of: indicator, at: date))
    }

    /// Only task 1 has a target (`domain.md` 10.1).
    private func status(of indicator: TaskIndicator, at date: CalendarDate) -> String {
        guard indicator == .residentUrbanizationRate else { return "" }
        let progress = figures.progress.first {
            $0.date == date && $0.areaCode == figures.area.code && $0.concept == .resident
        }
        return progress?.status.rawValue ?? ""
    }

    private func value(of indicator: TaskIndicator, at date: CalendarDate) -> String? {
        if let measure = indicator.personMeasure {
            return figures.personMeasures.first { $0.date == date && $0.measure == measure }
                .map { "\($0.persons)" }
        }
        switch indicator {
        case .residentUrbanizationRate: return area(.resident, at: date)?.rate.percentText
        case .classCoverage:
            return area(.resident, at: date).flatMap {
                percent($0.total - $0.unclassified, of: $0.total)
            }
        case .residentsPerRegistered:
            guard let resident = area(.resident, at: date),
                let registered = area(.registered, at: date)
            else { return nil }
            return percent(resident.total, of: registered.total)
        case .communityHouseholdPersons:
            return persons(
                figures.households.filter {
                    $0.date == date && $0.householdType == HouseholdType.community.word
                }.map(\.persons))
        case .residentWomen15To49:
            // Groups of five years: 15-19 is the fourth, 45-49 the tenth.
            return persons(
                figures.population.filter {
                    $0.date == date && $0.concept == .resident && $0.sex == .female
                        && (3...9).contains($0.ageGroup.index)
                }.map(\.persons))
        case .floatingPopulation:
            return persons(figures.migration.filter { $0.date == date }.map { $0[.floating] })
        case .validIdentityNumbers: return validIdentityNumbers(at: date)
        case .landQuota: return landQuota(at: date)
        default: return nil
        }
    }

    private func area(_ concept: Concept, at date: CalendarDate) -> UrbanizationFigure? {
        figures.urbanization.first {
            $0.date == date && $0.areaCode == figures.area.code && $0.concept == concept
        }
    }

    private func persons(_ counts: [Int]) -> String { "\(counts.reduce(0, +))" }

    private func percent(_ part: Int, of whole: Int) -> String? {
        whole == 0 ? nil : Decimal2.text(numerator: part * 100, denominator: whole)
    }

    /// Of all rows read, those not rejected for their number. Rows belong to a run and not to a
    /// date, so the last date has it.
    private func validIdentityNumbers(at date: CalendarDate) -> String? {
        guard date == figures.referenceDates.last else { return nil }
        func rows(_ isMeant: (QualityFigure) -> Bool) -> Int {
            figures.quality.reduce(0) { $0 + (isMeant($1) ? $1.rows : 0) }
        }
        let read = rows { $0.measure == "read" }
        let wrong = rows { $0.measure == "rejected" && $0.reason.hasPrefix("id-") }
        return percent(read - wrong, of: read)
    }

    /// The exact quotas of the counties, added before they are rounded. Where people settled in a
    /// county without a quota (its land is unknown), a sum of the others would pass for the whole.
    private func landQuota(at date: CalendarDate) -> String? {
        guard let land = figures.land, figures.referenceDates.endsOfPairs.contains(date) else {
            return nil
        }
        let year = Int(date.components.year)
        let ofYear = land.filter { $0.year == year }
        let quotas = ofYear.compactMap(\.quota)
        guard quotas.count == ofYear.count else { return nil }
        return quotas.reduce(Fraction(0), +).text(decimals: 4)
    }
}
