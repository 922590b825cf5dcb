import PopulationModel

/// What the words and classes in tables are called where people read them: code lists for web
/// clients, workbook and report. A word that is not listed stands for itself.
package enum FigureWords {
    /// The closed lists, by column; `status` of two tables and names given by a plan are not in it.
    package static let lists: [String: [(word: String, label: Bilingual)]] = [
        "concept": [
            ("resident", Bilingual("常住人口", "resident population")),
            ("registered", Bilingual("户籍人口", "registered population")),
        ],
        "area_level": [
            ("province", Bilingual("省级", "province")),
            ("prefecture", Bilingual("地级", "prefecture")),
            ("county", Bilingual("县级", "county")),
            ("township", Bilingual("乡级", "township")),
        ],
        "sex": [
            ("female", Bilingual("女", "female")), ("male", Bilingual("男", "male")),
        ],
        "class": [
            ("000", Bilingual("未归类", "unclassified")),
            ("111", Bilingual("主城区", "main urban district")),
            ("112", Bilingual("城乡结合区", "urban-rural fringe")),
            ("121", Bilingual("镇中心区", "town centre")),
            ("122", Bilingual("镇乡结合区", "town fringe")),
            ("123", Bilingual("特殊区域", "special area")),
            ("210", Bilingual("乡中心区", "township centre")),
            ("220", Bilingual("村庄", "village")),
        ],
        "reached": [("no", Bilingual("否", "no")), ("yes", Bilingual("是", "yes"))],
        "household_type": [
            ("family", Bilingual("家庭户", "family household")),
            ("collective", Bilingual("集体户", "collective household")),
            ("community", Bilingual("社区公共户", "community household")),
            ("unknown", Bilingual("未知", "unknown")),
        ],
        "place": [
            ("central_city", Bilingual("中心城区", "central city")),
            ("county_city", Bilingual("县级市市区", "county-level city")),
            ("town", Bilingual("镇区", "town")), ("other", Bilingual("其他", "other")),
        ],
        "cause": [
            ("student", Bilingual("大中专招生", "student")),
            ("employment", Bilingual("就业", "employment")),
            ("business", Bilingual("经商", "business")),
            ("investment", Bilingual("投资", "investment")),
            ("housing", Bilingual("购房", "housing")),
            ("kin_spouse", Bilingual("投靠配偶", "joining a spouse")),
            ("kin_child", Bilingual("投靠子女", "joining a child")),
            ("kin_parent", Bilingual("投靠父母", "joining a parent")),
            ("kin_other", Bilingual("投靠其他亲属", "joining other kin")),
            ("talent", Bilingual("人才引进", "talent")),
            ("resettlement", Bilingual("搬迁安置", "resettlement")),
            ("redevelopment", Bilingual("城中村改造", "redevelopment")),
            ("reclassification", Bilingual("城乡属性调整", "reclassification")),
            ("other", Bilingual("其他", "other")),
        ],
        "origin_tier": [
            ("own_prefecture", Bilingual("本市", "own prefecture")),
            ("own_province", Bilingual("省内其他市", "own province")),
            ("other_province", Bilingual("外省", "other province")),
            ("unknown", Bilingual("不明", "unknown")),
        ],
        "residence_years": ["0", "1", "2", "3", "4", "5+"].map { ($0, Bilingual(both: $0)) },
        "insured_years": ["0", "1", "2", "3+"].map { ($0, Bilingual(both: $0)) },
        "age_group": (0..<21).map { index in
            let word = index == 20 ? "100+" : "\(index * 5)-\(index * 5 + 4)"
            return (word, Bilingual(index == 20 ? "100岁及以上" : "\(word)岁", word))
        },
        "channel": [
            ("town", Bilingual("城镇落户", "town")),
            ("central_city_work", Bilingual("中心城区就业", "central city, work")),
            ("central_city_property", Bilingual("中心城区购房", "central city, property")),
            ("talent", Bilingual("人才", "talent")), ("any", Bilingual("任一途径", "any channel")),
        ],
        "group": [
            ("children_0_6", Bilingual("0—6岁儿童", "children of 0 to 6")),
            ("children_6_11", Bilingual("6—11岁儿童", "children of 6 to 11")),
            ("children_12_14", Bilingual("12—14岁少年", "children of 12 to 14")),
            ("women_15_49", Bilingual("15—49岁妇女", "women of 15 to 49")),
            ("working_16_59", Bilingual("16—59岁劳动年龄人口", "working age, 16 to 59")),
            ("aged_60_plus", Bilingual("60岁及以上", "60 and over")),
            ("aged_65_plus", Bilingual("65岁及以上", "65 and over")),
        ],
        "progress_status": [
            ("achieved", Bilingual("已达到", "achieved")),
            ("on_track", Bilingual("进度正常", "on track")),
            ("faster_pace_needed", Bilingual("需加快", "faster pace needed")),
            ("limited", Bilingual("进展有限", "limited progress")),
            ("moving_away", Bilingual("偏离目标", "moving away")),
            ("not_assessable", Bilingual("无法评估", "not assessable")),
        ],
    ]

    /// The closed list of a column; `nil` for columns of open words.
    package static func list(of column: String, in table: String)
        -> [(word: String, label: Bilingual)]?
    {
        column == "status" && table == "progress" || column == "status" && table == "tasks"
            ? lists["progress_status"] : lists[column]
    }

    package static func label(of word: String, column: String, table: String) -> Bilingual {
        list(of: column, in: table)?.first { $0.word == word }?.label ?? Bilingual(both: word)
    }
}
