/// A column of an extract: its canonical name, the headers it may bear, and whether it is needed.
/// Source: SPEC 2.1 and 2.2; the order of a list is the order in which section 4 compares.
public struct Column: Sendable {
    public let name: String
    public let aliases: [String]
    public let isNeeded: Bool
    /// Canonical words, and the values that extracts use for them; empty when the column is free.
    public let values: [String: String]

    init(_ name: String, _ aliases: String..., needed: Bool = false, values: [String: String] = [:])
    {
        self.name = name
        self.aliases = aliases
        self.isNeeded = needed
        self.values = values
    }

    /// The columns of a source, in the order of the contract.
    public static func all(of source: Source) -> [Column] {
        source == .registration ? registration : residency
    }

    public static let registration: [Column] = [
        Column("citizen_id", "gmsfhm", "公民身份号码", "身份证号码", "身份证号", needed: true),
        Column("record_id", "rynbid", "ywlsh", "记录编号"),
        Column("name", "xm", "姓名"),
        Column("sex", "xb", "性别", values: sexValues),
        Column("birth_date", "csrq", "出生日期"),
        Column("household_no", "hh", "户号"),
        Column(
            "household_type", "hlx", "户类型",
            values: words(HouseholdType.allCases.map(\.word)).merging(
                ["家庭户": "family", "集体户": "collective", "社区公共户": "community"]) { $1 }),
        Column("relation", "yhzgx", "与户主关系"),
        Column(
            "division_code", "jcwhdm", "村居委会代码", "统计用区划代码", "户籍地区划代码", needed: true),
        Column(
            "event", "bdlx", "变动类型", needed: true,
            values: words(RegistrationEvent.allCases.map(\.word))),
        Column("event_date", "bdrq", "变动日期", needed: true),
        Column(
            "cause", "bdyy", "变动原因", "落户原因",
            values: words(SettlementCause.allCases.map(\.word))),
        Column("origin_code", "qcd", "迁出地区划代码"),
        Column("origin_class", "lzd_cxfldm", "迁出地城乡分类代码"),
        Column("education", "whcd", "文化程度"),
        Column(
            "title", "zyjszc", "职称", values: words(ProfessionalTitle.allCases.map(\.word))),
        Column("revoked", "cxbz", "撤销标志", values: revokedValues),
        Column("updated_at", "gxsj", "更新时间", needed: true),
    ]

    public static let residency: [Column] = [
        Column("citizen_id", "gmsfhm", "公民身份号码", "身份证号码", "身份证号", needed: true),
        Column("record_id", "rynbid", "ywlsh", "记录编号"),
        Column("name", "xm", "姓名"),
        Column("sex", "xb", "性别", values: sexValues),
        Column("birth_date", "csrq", "出生日期"),
        Column("revoked", "cxbz", "撤销标志", values: revokedValues),
        Column("updated_at", "gxsj", "更新时间", needed: true),
        Column("registered_code", "hjd", "户籍地区划代码"),
        Column("residence_code", "jzdz", "居住地区划代码", needed: true),
        Column("arrival_date", "qlrrq", "来本地日期", "入住日期", needed: true),
        Column("departure_date", "qlcrq", "离开日期"),
        Column("count_from", "jznxjsqsrq", "居住年限起算日期"),
        Column("permit_no", "jzzh", "居住证号"),
        Column("permit_issued", "qfrq", "签发日期"),
        Column("permit_valid_to", "yxqz", "有效期至"),
        Column("employed_since", "jyqsrq", "就业起始日期"),
        Column("insured_since", "cbqsrq", "参保起始日期"),
        Column("dwelling", "zslx", "住所类型", values: words(Dwelling.allCases.map(\.word))),
        Column("education", "whcd", "文化程度"),
        Column(
            "title", "zyjszc", "职称", values: words(ProfessionalTitle.allCases.map(\.word))),
    ]

    private static let sexValues = [
        "1": "1", "2": "2", "男": "1", "女": "2", "M": "1", "F": "2",
    ]
    private static let revokedValues = ["1": "1", "true": "1", "Y": "1", "是": "1"]

    private static func words(_ list: [String]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: list.map { ($0, $0) })
    }
}
