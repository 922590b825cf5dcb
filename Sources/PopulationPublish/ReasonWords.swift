import PopulationFigures
import PopulationModel

/// What the words of the table `quality` mean to a reader.
package enum ReasonWords {
    /// The word itself with its meaning; unknown words stand alone.
    static func text(_ word: String) -> Bilingual {
        guard let meaning = meanings[word] else { return Bilingual(both: word) }
        return Bilingual("\(meaning.zh)", "\(meaning.en) (\(word))")
    }

    /// The meaning alone; the word itself where it has none.
    package static func meaning(of word: String) -> Bilingual {
        meanings[word] ?? Bilingual(both: word)
    }

    static func source(_ word: String) -> Bilingual {
        switch word {
        case "registration": Bilingual("户籍登记", "registration")
        case "residency": Bilingual("居住登记", "residency")
        default: Bilingual("两个来源合计", "all sources")
        }
    }

    private static let meanings: [String: Bilingual] = [
        "row-shape": Bilingual("行结构错误", "fields or quotes"),
        "encoding": Bilingual("编码无效", "invalid bytes"),
        "id-missing": Bilingual("缺公民身份号码", "no identity number"),
        "id-damaged": Bilingual("公民身份号码损坏", "damaged identity number"),
        "id-format": Bilingual("公民身份号码格式错误", "form of the identity number"),
        "id-check": Bilingual("公民身份号码校验码错误", "check character"),
        "id-birth-date": Bilingual("号码中出生日期错误", "birth date in the number"),
        "division-format": Bilingual("区划代码格式错误", "form of the division code"),
        "event-unknown": Bilingual("变动类型未知", "unknown event"),
        "event-date": Bilingual("变动日期错误", "event date"),
        "arrival-date": Bilingual("来本地日期错误", "arrival date"),
        "departure-date": Bilingual("离开日期错误", "departure date"),
        "updated-at": Bilingual("更新时间错误", "time of writing"),
        "sex-mismatch": Bilingual("性别与号码不符", "sex differs from the number"),
        "birth-mismatch": Bilingual("出生日期与号码不符", "birth date differs from the number"),
        "cause-unknown": Bilingual("变动原因未知，按其他计", "unknown cause, counted as other"),
        "origin-format": Bilingual("来源地代码格式错误，按空计", "form of the origin, taken as empty"),
        "optional-date": Bilingual("非必需日期错误，按空计", "optional date, taken as empty"),
        "optional-encoding": Bilingual("非必需列编码无效，按空计", "optional text, taken as empty"),
        "conflict": Bilingual("同一时刻两条记录相抵触的公民", "citizens with two rows that contradict"),
        "name_conflict": Bilingual("同一号码下有两个姓名的公民", "citizens with two names under one number"),
        "closed_but_present": Bilingual(
            "已注销户口但仍有居住登记的公民",
            "citizens closed, yet with an open stay"),
    ]
}
