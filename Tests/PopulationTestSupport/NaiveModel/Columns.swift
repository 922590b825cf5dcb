/// The two sources of SPEC 1.
enum Source: String {
    case registration
    case residency
}

/// How the text of a column is read (SPEC 2.1, 2.2, 2.4).
enum ColumnKind {
    case identity
    case text
    case code
    case word
    case date
    case time
}

/// One canonical column with its aliases (SPEC 2.1, 2.2).
struct Column {
    var name: String
    var needed = false
    var kind: ColumnKind
    var aliases: [String]
}

enum Columns {
    static let citizen = Column(
        name: "citizen_id", needed: true, kind: .identity,
        aliases: ["gmsfhm", "公民身份号码", "身份证号码", "身份证号"])
    static let record = Column(
        name: "record_id", kind: .code, aliases: ["rynbid", "ywlsh", "记录编号"])
    static let name = Column(name: "name", kind: .text, aliases: ["xm", "姓名"])
    static let sex = Column(name: "sex", kind: .word, aliases: ["xb", "性别"])
    static let birth = Column(name: "birth_date", kind: .date, aliases: ["csrq", "出生日期"])
    static let education = Column(name: "education", kind: .word, aliases: ["whcd", "文化程度"])
    static let title = Column(name: "title", kind: .word, aliases: ["zyjszc", "职称"])
    static let revoked = Column(name: "revoked", kind: .word, aliases: ["cxbz", "撤销标志"])
    static let updated = Column(
        name: "updated_at", needed: true, kind: .time, aliases: ["gxsj", "更新时间"])

    /// In the order of SPEC 2.1.
    static let registration: [Column] = [
        citizen, record, name, sex, birth,
        Column(name: "household_no", kind: .code, aliases: ["hh", "户号"]),
        Column(name: "household_type", kind: .word, aliases: ["hlx", "户类型"]),
        Column(name: "relation", kind: .word, aliases: ["yhzgx", "与户主关系"]),
        Column(
            name: "division_code", needed: true, kind: .code,
            aliases: ["jcwhdm", "村居委会代码", "统计用区划代码", "户籍地区划代码"]),
        Column(name: "event", needed: true, kind: .word, aliases: ["bdlx", "变动类型"]),
        Column(name: "event_date", needed: true, kind: .date, aliases: ["bdrq", "变动日期"]),
        Column(name: "cause", kind: .word, aliases: ["bdyy", "变动原因", "落户原因"]),
        Column(name: "origin_code", kind: .code, aliases: ["qcd", "迁出地区划代码"]),
        Column(
            name: "origin_class", kind: .code, aliases: ["lzd_cxfldm", "迁出地城乡分类代码"]),
        education, title, revoked, updated,
    ]

    /// In the order of SPEC 2.2.
    static let residency: [Column] = [
        citizen, record, name, sex, birth, revoked, updated,
        Column(name: "registered_code", kind: .code, aliases: ["hjd", "户籍地区划代码"]),
        Column(
            name: "residence_code", needed: true, kind: .code,
            aliases: ["jzdz", "居住地区划代码"]),
        Column(
            name: "arrival_date", needed: true, kind: .date,
            aliases: ["qlrrq", "来本地日期", "入住日期"]),
        Column(name: "departure_date", kind: .date, aliases: ["qlcrq", "离开日期"]),
        Column(name: "count_from", kind: .date, aliases: ["jznxjsqsrq", "居住年限起算日期"]),
        Column(name: "permit_no", kind: .code, aliases: ["jzzh", "居住证号"]),
        Column(name: "permit_issued", kind: .date, aliases: ["qfrq", "签发日期"]),
        Column(name: "permit_valid_to", kind: .date, aliases: ["yxqz", "有效期至"]),
        Column(name: "employed_since", kind: .date, aliases: ["jyqsrq", "就业起始日期"]),
        Column(name: "insured_since", kind: .date, aliases: ["cbqsrq", "参保起始日期"]),
        Column(name: "dwelling", kind: .word, aliases: ["zslx", "住所类型"]),
        education, title,
    ]

    static func of(_ source: Source) -> [Column] {
        source == .registration ? registration : residency
    }

    /// For each canonical column its place in the header (SPEC 2, third paragraph).
    static func places(
        header: [String], columns: [Column], extra: [String: String], file: String
    ) throws -> [String: Int] {
        var meaning: [String: String] = [:]
        for column in columns {
            for alias in [column.name] + column.aliases { meaning[key(alias)] = column.name }
        }
        for column in columns {
            if let alias = extra[column.name] { meaning[key(alias)] = column.name }
        }
        for name in extra.keys.sorted() where !columns.contains(where: { $0.name == name }) {
            throw NaiveFault("\(file): the plan names an unknown column \(name)")
        }
        var places: [String: Int] = [:]
        var seen: Set<String> = []
        for (place, text) in header.enumerated() {
            let name = key(text)
            if name.isEmpty { continue }
            if !seen.insert(name).inserted { throw NaiveFault("\(file): header \(name) twice") }
            guard let column = meaning[name] else { continue }
            if places[column] != nil { throw NaiveFault("\(file): two headers for \(column)") }
            places[column] = place
        }
        for column in columns where column.needed && places[column.name] == nil {
            throw NaiveFault("\(file): no column \(column.name)")
        }
        return places
    }

    private static func key(_ header: String) -> String {
        Texts.trimmed(header).lowercased()
    }
}
