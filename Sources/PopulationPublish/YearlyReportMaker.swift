import PopulationFigures
import PopulationModel

/// Makes the yearly report from figures; it counts nothing, and reads no clock.
package struct YearlyReportMaker: Sendable {
    let figures: Figures
    let provenance: ReportProvenance
    private let byPlace: [Place: UrbanizationFigure]

    fileprivate struct Place: Hashable {
        let date: CalendarDate
        let areaCode: String
        let concept: Concept
    }

    /// The figures need at least one reference date.
    package init(figures: Figures, provenance: ReportProvenance) {
        precondition(!figures.referenceDates.isEmpty, "a report needs a reference date")
        self.figures = figures
        self.provenance = provenance
        byPlace = Dictionary(
            figures.urbanization.map { ($0.place, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package var report: YearlyReport {
        YearlyReport(
            title: title, subtitle: subtitle, release: release, mainPoints: mainPoints,
            targets: targets, paths: paths, rates: rates, regions: regions, years: years,
            details: details, sections: sections, quality: quality, method: method, data: data,
            notes: notes,
            provenance: provenanceAccount, residenceMonths: provenance.residenceMonths)
    }

    var dates: [CalendarDate] { figures.referenceDates }
    var lastDate: CalendarDate { figures.referenceDates.last! }
    var previousDate: CalendarDate? { figures.referenceDates.dropLast().last }

    func figure(
        _ concept: Concept, at date: CalendarDate, areaCode: String? = nil
    ) -> UrbanizationFigure? {
        byPlace[
            Place(date: date, areaCode: areaCode ?? figures.area.code, concept: concept)]
    }

    func percent(
        _ concept: Concept, at date: CalendarDate, areaCode: String? = nil
    ) -> Fraction? {
        figure(concept, at: date, areaCode: areaCode)?.rate.percent
    }

    /// The area's own progress at the last date.
    func progress(_ concept: Concept) -> ProgressFigure? {
        figures.progress.first {
            $0.date == lastDate && $0.areaCode == figures.area.code && $0.concept == concept
        }
    }

    var areaName: Bilingual { name(of: figures.area.code, chinese: figures.areaName) }

    /// English where the counties file gives it, else the Chinese; the code where there is neither.
    func name(of code: String, chinese: String) -> Bilingual {
        let en = figures.englishNames[code] ?? ""
        if chinese.isEmpty { return Bilingual("地区\(code)", en.isEmpty ? "Area \(code)" : en) }
        return Bilingual(chinese, en.isEmpty ? chinese : en)
    }

    /// The level that is ranked: the one below the area.
    var regionLevel: AreaLevel { figures.area.levels[1] }
}

extension UrbanizationFigure {
    fileprivate var place: YearlyReportMaker.Place {
        YearlyReportMaker.Place(date: date, areaCode: areaCode, concept: concept)
    }
}

extension Concept {
    var rateName: Bilingual {
        switch self {
        case .resident: Bilingual("常住人口城镇化率", "urbanization rate of residents")
        case .registered:
            Bilingual("户籍人口城镇化率", "urbanization rate of the registered population")
        }
    }

    var populationName: Bilingual {
        switch self {
        case .resident: Bilingual("常住人口", "Residents")
        case .registered: Bilingual("户籍人口", "Registered population")
        }
    }
}

extension AreaLevel {
    var regionName: Bilingual {
        switch self {
        case .province: Bilingual("省（区、市）", "provinces")
        case .prefecture: Bilingual("市（州）", "prefectures")
        case .county: Bilingual("县（市、区）", "counties and districts")
        case .township: Bilingual("乡镇（街道）", "townships and subdistricts")
        }
    }
}

extension ProgressStatus {
    /// A shape and a word, so that nothing hangs on colour.
    var mark: Bilingual {
        switch self {
        case .achieved: Bilingual("● 已达到", "achieved")
        case .onTrack: Bilingual("◎ 进度正常", "on track")
        case .fasterPaceNeeded: Bilingual("△ 需加快", "faster pace needed")
        case .limited: Bilingual("○ 进展有限", "limited progress")
        case .movingAway: Bilingual("▼ 偏离目标", "moving away")
        case .notAssessable: Bilingual("— 无法评估", "not assessable")
        }
    }
}

extension Fraction {
    /// For geometry only; text is made from the fraction itself.
    var approximately: Double { Double(numerator) / Double(denominator) }
}
