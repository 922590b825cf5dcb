import PopulationFigures
import PopulationModel

/// Persons of one concept in one area at one date, as the published table shows them.
struct AreaFigure: Sendable {
    var date: CalendarDate
    var level: AreaLevel
    var areaCode: String
    var concept: Concept
    var areaName: String
    var total: ReportValue
    var urban: ReportValue
    var rural: ReportValue
    var unclassified: ReportValue

    /// `nil` for a row of words that no table has.
    init?(_ row: ReportRow) {
        guard let date = row.date(), let concept = Concept(rawValue: row["concept"].text),
            let level = AreaLevel.allCases.first(where: { $0.rawValue == row["area_level"].text })
        else { return nil }
        self.date = date
        self.level = level
        self.concept = concept
        areaCode = row["area_code"].text
        areaName = row["area_name"].text
        total = row["total"]
        urban = row["urban"]
        rural = row["rural"]
        unclassified = row["unclassified"]
    }

    /// The exact rate; `nil` where a part of it is hidden.
    var rate: Rate? {
        guard let urban = urban.number, let total = total.number else { return nil }
        return Rate(urban: urban, total: total)
    }

    /// `nil` where it is hidden and where nobody lives.
    var percent: Fraction? { rate?.percent }

    /// Empty where there is no rate to see.
    var percentText: String { rate?.percentText ?? "" }

    /// Why there is no rate, where there is none.
    var shorthand: ReportTable.Shorthand {
        urban.isHidden || total.isHidden ? .hidden : .notApplicable
    }

    var rateCell: ReportTable.Cell { .number(percentText, else: shorthand) }
}

/// Progress of one area towards its target at one date, as the published table shows it.
struct ProgressRow: Sendable {
    var date: CalendarDate
    var areaCode: String
    var concept: Concept
    var target: Target
    var baseDate: CalendarDate
    var base: ReportValue
    var latest: ReportValue
    var paceRequired: ReportValue
    var paceObserved: ReportValue
    var ratioPercent: ReportValue
    var status: ProgressStatus
    var neededPerYear: ReportValue
    var projectedLinear: ReportValue
    var projectedURGD: ReportValue
    var crossingYear: ReportValue

    /// `sources` are the targets of the plan: the table does not name the document.
    init?(_ row: ReportRow, sources: [Target]) {
        guard let date = row.date(), let concept = Concept(rawValue: row["concept"].text),
            let targetDate = row.date("target_date"), let baseDate = row.date("base_date"),
            let hundredths = Target.percentHundredths(row["target_percent"].text)
        else { return nil }
        let code = row["area_code"].text
        let source = sources.first {
            $0.concept == concept && $0.areaCode == code && $0.date == targetDate
        }
        self.date = date
        self.concept = concept
        self.baseDate = baseDate
        areaCode = code
        target = Target(
            concept: concept, areaCode: code, percentHundredths: hundredths, date: targetDate,
            source: source?.source ?? "")
        base = row["base_percent"]
        latest = row["latest_percent"]
        paceRequired = row["pace_required"]
        paceObserved = row["pace_observed"]
        ratioPercent = row["ratio_percent"]
        status = ProgressStatus(rawValue: row["status"].text) ?? .notAssessable
        neededPerYear = row["needed_per_year"]
        projectedLinear = row["projected_linear"]
        projectedURGD = row["projected_urgd"]
        crossingYear = row["crossing_year"]
    }
}
