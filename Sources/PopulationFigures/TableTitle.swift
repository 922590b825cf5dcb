import PopulationModel

extension DataDictionary.TableMeaning {
    /// How the table is called where people read it.
    package var title: Bilingual { Self.titles[name] ?? Bilingual(both: name) }

    private static let titles: [String: Bilingual] = [
        "urbanization": Bilingual("城镇化率", "Urbanization"),
        "population": Bilingual("按城乡、性别、年龄分的人口", "Population by class, sex and age"),
        "units": Bilingual("村级单位人口", "Population of village-level units"),
        "migration": Bilingual("人户分离与流动人口", "Registration, residence and migration"),
        "households": Bilingual("户数与户籍人口", "Households of the registered"),
        "settlement": Bilingual("农业转移人口落户", "Settlement in towns"),
        "balance58": Bilingual("城镇户籍人口变动（公业58表）", "Urban registered population, form 58"),
        "permits": Bilingual("居住证", "Residence permits"),
        "ladder": Bilingual("公共服务阶梯（按积分）", "Ladder of services by points"),
        "eligibility": Bilingual("符合条件未落户人口", "Eligible for settlement, not settled"),
        "services": Bilingual("公共服务对象", "People by group of services"),
        "transfer": Bilingual("转移支付", "Transfer payments"),
        "land": Bilingual("新增城镇建设用地", "Land for new urban residents"),
        "decomposition": Bilingual("城镇化率变动分解", "What changed the urbanization rate"),
        "progress": Bilingual("目标进度", "Progress to the targets"),
        "official": Bilingual("与公布数对照", "Comparison with published figures"),
        "tasks": Bilingual("二十四项任务", "The 24 tasks"),
        "quality": Bilingual("数据质量", "Quality of the extracts"),
    ]
}
