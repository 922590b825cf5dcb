import PopulationFigures
import PopulationModel

/// Makes the yearly report from the tables of one publication; it counts nothing, reads no clock,
/// and knows of a hidden number only that it is hidden.
package struct YearlyReportMaker: Sendable {
    let tables: ReportTables
    let provenance: ReportProvenance
    let area: Area
    let urbanization: [AreaFigure]
    let progressRows: [ProgressRow]
    let qualityRows: [QualityRow]
    /// In order of time.
    let dates: [CalendarDate]
    private let byPlace: [Place: AreaFigure]

    fileprivate struct Place: Hashable {
        let date: CalendarDate
        let areaCode: String
        let concept: Concept
    }

    /// One line of the quality account.
    struct QualityRow: Sendable {
        var source: String
        var measure: String
        var reason: String
        var rows: ReportValue
    }

    /// `nil` without a reference date in the table `urbanization`.
    package init?(tables: ReportTables, provenance: ReportProvenance) {
        let urbanization = tables.rows("urbanization").compactMap(AreaFigure.init)
        guard let area = Area(code: provenance.areaCode), !urbanization.isEmpty else {
            return nil
        }
        self.tables = tables
        self.provenance = provenance
        self.area = area
        self.urbanization = urbanization
        dates = Set(urbanization.map(\.date)).sorted()
        progressRows = tables.rows("progress").compactMap {
            ProgressRow($0, sources: provenance.targets)
        }
        qualityRows = tables.rows("quality").map {
            QualityRow(
                source: $0["source"].text, measure: $0["measure"].text, reason: $0["reason"].text,
                rows: $0["rows"])
        }
        byPlace = Dictionary(
            urbanization.map { ($0.place, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package var report: YearlyReport {
        YearlyReport(
            title: title, subtitle: subtitle, release: release, scope: scopeStatement,
            mainPoints: mainPoints, targets: targets, paths: paths, rates: rates,
            regions: regions, years: years, details: details, sections: sections,
            quality: quality, method: method, data: data, notes: notes,
            provenance:
                provenanceAccount, residenceMonths: provenance.residenceMonths)
    }

    var lastDate: CalendarDate { dates.last! }
    var previousDate: CalendarDate? { dates.dropLast().last }

    func figure(
        _ concept: Concept, at date: CalendarDate, areaCode: String? = nil
    ) -> AreaFigure? {
        byPlace[Place(date: date, areaCode: areaCode ?? area.code, concept: concept)]
    }

    func percent(
        _ concept: Concept, at date: CalendarDate, areaCode: String? = nil
    ) -> Fraction? {
        figure(concept, at: date, areaCode: areaCode)?.percent
    }

    /// The area's own progress at the last date.
    func progress(_ concept: Concept) -> ProgressRow? {
        progressRows.first {
            $0.date == lastDate && $0.areaCode == area.code && $0.concept == concept
        }
    }

    var chineseAreaName: String { figure(.resident, at: lastDate)?.areaName ?? "" }
    var areaName: Bilingual { name(of: area.code, chinese: chineseAreaName) }

    /// English where the counties file gives it, else the Chinese; the code where there is neither.
    func name(of code: String, chinese: String) -> Bilingual {
        let en = provenance.englishNames[code] ?? ""
        if chinese.isEmpty { return Bilingual("地区\(code)", en.isEmpty ? "Area \(code)" : en) }
        return Bilingual(chinese, en.isEmpty ? chinese : en)
    }

    /// The name that the last date with the area gives it.
    func name(of code: String) -> Bilingual {
        name(of: code, chinese: urbanization.last { $0.areaCode == code }?.areaName ?? "")
    }

    /// The level that is ranked: the one below the area.
    var regionLevel: AreaLevel { area.levels[1] }
}

extension AreaFigure {
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
