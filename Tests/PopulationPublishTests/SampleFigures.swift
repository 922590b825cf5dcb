import PopulationFigures
import PopulationModel
import PopulationPublish

func day(_ year: Int32, _ month: Int32 = 12, _ day: Int32 = 31) -> CalendarDate {
    CalendarDate(year: year, month: month, day: day)!
}

/// A small prefecture 4499 of three counties with two townships each.
struct SampleFigures {
    var dates = (2015...2020).map { day($0) }
    var areaName = "云州市"
    var countyNames = ["城中区", "和平县", "兴南市"]
    var target: Target? = Target(
        concept: .resident, areaCode: "4499", percentHundredths: 5_000, date: day(2020),
        source: "计划第1项")
    /// Persons of a township; 0 empties the prefecture.
    var persons = 10_000
    var emptyCounty: Int?
    /// Transfer payments in two revisions, land and published figures.
    var hasFinance = false

    var figures: Figures {
        var figures = Figures(
            area: Area(code: "4499")!, areaName: areaName, referenceDates: dates)
        let targets = [target].compactMap { $0 }
        figures.targets = targets
        figures.englishNames = ["4499": "Yunzhou"]
        for (index, date) in dates.enumerated() {
            for concept in Concept.allCases {
                figures.urbanization += rows(date, concept, step: index)
            }
            figures.migration.append(
                MigrationFigure(
                    date: date, countyCode: "449902",
                    counts: Array(1...MigrationMeasure.allCases.count)))
        }
        figures.progress = ProgressCalculator(targets: targets, firstDate: dates[0])
            .progress(of: figures.urbanization)
        figures.quality = Self.quality
        if hasFinance { addFinance(to: &figures) }
        figures.tasks = TaskCalculator(figures: figures).tasks(of: .embedded)
        return figures
    }

    private func addFinance(to figures: inout Figures) {
        let counts = ["449902", "449921"].map {
            TransferFixture.counts(2020, $0, settled: [12, 3, 1, 0], permits: 1_200, children: 4)
        }
        let factors = [TransferFixture.factor(2020, "449902", land: 1_000_000)]
        let edition = Self.edition(of: counts, factors)
        figures.transferEditions = [edition, edition.numbered(2)]
        figures.land = LandCalculator(
            bands: [.init(upToMillionths: nil, standardMillionths: 80_000_000)],
            adjustmentMillionths: 0, factors: factors
        ).figures(of: counts)
        figures.official = OfficialFile.compared(
            ["4499", "449999"].map {
                OfficialFigure(
                    areaCode: $0, date: day(2020), concept: .resident,
                    official: Rate(urban: 10_000, total: 29_000), source: "公报 <2020>")
            }, with: figures.urbanization)
        figures.absences = [TableAbsence(table: "ladder", reason: .noKey("publish.ladder"))]
    }

    /// A year's edition as a plan of the fixture delivers it.
    static func edition(
        of counts: [CountyYearCounts], _ factors: [FinanceFactor],
        rule: TransferRule = TransferFixture.rule()
    ) -> TransferEdition {
        // A fixture in which nobody scores is an empty edition, which a test shows.
        let figures = try? TransferCalculator(rule: rule, factors: factors).figures(of: counts)
        return TransferEdition(
            figures ?? [], year: counts.last?.year ?? 0, rule: rule,
            origin: .init(
                knownAt: "2021-01-31 00:00:00", divisionsEdition: "2020-06-30",
                planDigest: "0123456789abcdef"))
    }

    var report: YearlyReport {
        YearlyReportMaker(figures: figures, provenance: Self.provenance).report
    }

    var page: String { get throws { try HTMLReport().page(report) } }

    private func rows(
        _ date: CalendarDate, _ concept: Concept, step: Int
    ) -> [UrbanizationFigure] {
        var rows: [UrbanizationFigure] = []
        func add(_ level: AreaLevel, _ code: String, _ name: String, _ total: Int, _ urban: Int) {
            rows.append(
                UrbanizationFigure(
                    date: date, level: level, areaCode: code, concept: concept, areaName: name,
                    total: total, urban: urban, rural: total - urban, unclassified: 0,
                    target: code == "4499" && concept == .resident ? target : nil))
        }
        var whole = (total: 0, urban: 0)
        for (county, code) in ["449902", "449921", "449981"].enumerated() {
            let total = county == emptyCounty ? 0 : persons
            let share = [80, 30, 33][county] + step * 2 - (concept == .registered ? 8 : 0)
            let urban = total * share / 100
            for (suffix, name) in [("001", "东街道"), ("100", "南镇")] {
                add(.township, code + suffix, name, total / 2, urban / 2)
            }
            add(.county, code, countyNames[county], total / 2 * 2, urban / 2 * 2)
            whole = (whole.total + total / 2 * 2, whole.urban + urban / 2 * 2)
        }
        add(.prefecture, "4499", areaName, whole.total, whole.urban)
        return rows
    }

    static let quality = [
        QualityFigure(source: "registration", measure: "read", reason: "", rows: 65_688),
        QualityFigure(source: "registration", measure: "rejected", reason: "id-check", rows: 13),
        QualityFigure(source: "registration", measure: "out_of_scope", reason: "", rows: 4),
        QualityFigure(source: "registration", measure: "revoked", reason: "", rows: 65),
        QualityFigure(source: "registration", measure: "accepted", reason: "", rows: 65_606),
        QualityFigure(source: "registration", measure: "exact_duplicate", reason: "", rows: 196),
        QualityFigure(source: "registration", measure: "voided", reason: "", rows: 65),
        QualityFigure(source: "registration", measure: "superseded", reason: "", rows: 18_283),
        QualityFigure(
            source: "registration", measure: "superseded", reason: "future", rows: 10),
        QualityFigure(source: "registration", measure: "in_force", reason: "", rows: 47_052),
        QualityFigure(
            source: "all", measure: "unknown_division", reason: "449902001999", rows: 17),
    ]

    static var provenance: ReportProvenance {
        var provenance = ReportProvenance(
            planName: "sample", areaCode: "4499", planDigest: "ab12", programVersion: "0.1.0")
        provenance.editions = [day(2016, 6, 30)]
        provenance.inputs = [
            ReportProvenance.Input(
                role: "registration", label: "registration-1.csv", sha256: "cd34",
                rowCount: 65_688)
        ]
        provenance.balances = [
            ReportProvenance.Balance(equation: "separated = a + b", left: 3, right: [1, 2])
        ]
        return provenance
    }
}
