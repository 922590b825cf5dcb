import PopulationFigures
import PopulationModel
import PopulationStore

internal import Mustache

/// The page for people at `/`: the latest rates and targets, a drawing of their path, and where the
/// data are. No script, nothing loaded from anywhere.
struct LandingPage: Sendable {
    private let library: MustacheLibrary

    init() throws(PopstatError) {
        var library = MustacheLibrary()
        do {
            try library.register(
                String(decoding: PackageResources.landing_mustache, as: UTF8.self),
                named: "landing")
        } catch {
            throw ServerFault.templateBroken(reason: "\(error)").error
        }
        self.library = library
    }

    func page(_ figures: LandingFigures, language: PageLanguage, hasReport: Bool) -> String {
        let context = Self.context(figures, language: language, hasReport: hasReport)
        guard let page = library.render(context, withTemplate: "landing") else {
            preconditionFailure("the template is registered")
        }
        return page
    }

    private static func context(
        _ figures: LandingFigures, language: PageLanguage, hasReport: Bool
    ) -> [String: Any] {
        let name = figures.areaName.isEmpty ? figures.area : figures.areaName
        var context: [String: Any] = [
            "lang": language.tag, "zh": language == .zh, "en": language == .en, "area": name,
            "hasArea": !name.isEmpty,
            "hasFigures": !figures.series.isEmpty, "hasReport": hasReport,
            "isProtected": figures.tables.contains { $0.scope == .public },
            "hasTables": !figures.tables.isEmpty,
            "rates": figures.series.map { rate($0, language: language) },
            "tables": figures.tables.map { table($0, language: language) },
        ]
        let chart = RateChart(figures.series, area: name, language: language)
        if let drawing = chart?.svg { context["chart"] = drawing }
        if let edition = figures.edition {
            context["edition"] =
                [
                    "id": "\(edition.id)", "date": edition.lastReferenceDate,
                    "published": edition.validFrom.replacing("T", with: " ")
                        .replacing("Z", with: " UTC"),
                    "plan": edition.plan, "revision": "\(edition.revision)",
                    "version": edition.programVersion,
                ] as [String: Any]
        }
        return context
    }

    private static func rate(_ series: LandingFigures.Series, language: PageLanguage)
        -> [String: Any]
    {
        let last = series.points[series.points.count - 1]
        return [
            "label": label(of: series.concept, language), "rate": last.rate, "date": last.date,
            "total": grouped(last.total), "urban": grouped(last.urban),
            "hasTarget": !last.target.isEmpty, "target": last.target,
            "isReached": last.reached == "yes",
        ]
    }

    private static func table(_ table: StoredTable, language: PageLanguage) -> [String: Any] {
        let meaning = DataDictionary.meaning(of: table.name)
        return [
            "name": table.name, "rows": grouped("\(table.rowCount)"),
            "title": language.text(TableTitles.title(of: table.name)),
            "grain": meaning.map { "one row per \($0.grain)" } ?? "",
            "isExact": table.scope == .internal,
        ]
    }

    static func label(of concept: String, _ language: PageLanguage) -> String {
        language.text(FigureWords.label(of: concept, column: "concept", table: "urbanization"))
    }

    /// `25911` as people read it; a hidden number stays as it is.
    static func grouped(_ digits: String) -> String {
        guard digits.utf8.count > 4, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return digits
        }
        var result = ""
        for (index, digit) in digits.enumerated() {
            // A thin space: neither a comma nor a point means the same to all readers.
            if index > 0, (digits.count - index) % 3 == 0 { result += "\u{202F}" }
            result.append(digit)
        }
        return result
    }
}

/// What the tables are called where people choose one.
enum TableTitles {
    static func title(of table: String) -> Bilingual {
        titles[table] ?? Bilingual(both: table)
    }

    private static let titles: [String: Bilingual] = [
        "urbanization": Bilingual("城镇化率", "Urbanization rates"),
        "population": Bilingual("人口：县、城乡、性别、年龄", "Population by county, class, sex and age"),
        "units": Bilingual("村级单位人口", "Population of village-level units"),
        "migration": Bilingual("人户分离与流动人口", "Separated and floating population"),
        "households": Bilingual("户数与户内人口", "Households"),
        "settlement": Bilingual("农业转移人口落户", "Settlement of rural people in towns"),
        "balance58": Bilingual("城镇户籍人口变动平衡", "Balance of urban registration"),
        "permits": Bilingual("居住证", "Residence permits"),
        "ladder": Bilingual("公共服务阶梯", "Ladder of public services"),
        "eligibility": Bilingual("符合条件未落户", "Eligible and not settled"),
        "services": Bilingual("公共服务对象", "People that services are for"),
        "transfer": Bilingual("转移支付因素与金额", "Transfer payments and their factors"),
        "land": Bilingual("建设用地指标", "Quotas of urban land"),
        "decomposition": Bilingual("城镇化率变动分解", "Decomposition of the change of rates"),
        "progress": Bilingual("目标进度", "Progress towards the target"),
        "official": Bilingual("与公布数比较", "Comparison with published figures"),
        "tasks": Bilingual("24项任务指标", "Indicators of the 24 tasks"),
        "quality": Bilingual("数据质量账目", "The quality account"),
    ]
}
