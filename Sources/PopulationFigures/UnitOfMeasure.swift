import PopulationModel

/// What a number counts or measures, as people read it and as clients of the pull know it.
package struct UnitOfMeasure: Sendable, Equatable {
    /// Stable, upper case: the code of `UNIT_MEASURE`.
    package var code: String
    package var label: Bilingual

    /// Every unit that a table uses.
    package static let all: [UnitOfMeasure] = [
        .init("PERSONS", "人", "persons"),
        .init("HOUSEHOLDS", "户", "households"),
        .init("ROWS", "条（或人）", "rows or citizens"),
        .init("NUMBER", "数", "number"),
        .init("PERCENT", "%", "percent"),
        .init("PERCENTAGE_POINTS", "百分点", "percentage points"),
        .init("PERCENTAGE_POINTS_PER_YEAR", "百分点/年", "percentage points a year"),
        .init("POINTS", "分", "points of the ladder"),
        .init("WEIGHTED_PERSONS", "加权人数", "weighted persons"),
        .init("SCORE", "得分", "score"),
        .init("POOL_UNIT", "资金池单位（元或万元，见发布计划）", "unit of the pool, as the plan says"),
        .init("M2_PER_PERSON", "平方米/人", "m² per person"),
        .init("HECTARES", "公顷", "hectares"),
        .init("YEAR", "年份", "year"),
    ]

    private init(_ code: String, _ zh: String, _ en: String) {
        self.code = code
        label = Bilingual(zh, en)
    }

    /// The unit that a word of the data dictionary, or of a cell of `tasks.unit`, stands for.
    package static func named(_ word: String) -> UnitOfMeasure? {
        codes[word].flatMap { code in all.first { $0.code == code } }
    }

    private static let codes = [
        "persons": "PERSONS", "households": "HOUSEHOLDS", "rows or citizens": "ROWS",
        "number": "NUMBER", "percent": "PERCENT", "points": "PERCENTAGE_POINTS",
        "points a year": "PERCENTAGE_POINTS_PER_YEAR", "weighted persons": "WEIGHTED_PERSONS",
        "score": "SCORE", "unit of the pool": "POOL_UNIT", "m² per person": "M2_PER_PERSON",
        "hectares": "HECTARES", "ha": "HECTARES", "year": "YEAR",
    ]
}

extension DataDictionary.ColumnMeaning {
    /// `nil` for words, codes and dates, and where the unit differs from row to row.
    package var unitOfMeasure: UnitOfMeasure? {
        // The points of the ladder are no points of a percentage.
        if name == "points_sum" { return UnitOfMeasure.all.first { $0.code == "POINTS" } }
        return UnitOfMeasure.named(unit)
    }
}
