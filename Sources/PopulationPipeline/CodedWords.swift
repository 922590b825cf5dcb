import PopulationModel

/// Codes and words of registry systems that a plan has to translate, and what they most likely
/// mean. Only proposals: they get into a plan as comments.
///
/// Source: the list ywnr (业务内容) of a provincial registry system, and common Chinese words.
enum CodedWords {
    static func proposal(for value: String, of column: String) -> String? {
        proposals[column]?[value]
    }

    static func known(of column: String) -> Set<String> {
        Set((proposals[column] ?? [:]).keys)
    }

    private static let proposals: [String: [String: String]] = [
        "event": [
            "101": "birth", "102": "death", "105": "move_in", "106": "move_out",
            "107": "correction", "108": "supplement", "109": "deletion", "112": "restore",
            "400": "rezoning", "出生": "birth", "出生登记": "birth", "死亡": "death",
            "死亡注销": "death", "迁入": "move_in", "迁入登记": "move_in", "迁出": "move_out",
            "迁出注销": "move_out", "市内移居": "move_within", "住址变动": "move_within",
            "变更更正": "correction", "更正": "correction", "补录": "supplement", "恢复": "restore",
            "区划调整": "rezoning", "复员": "discharge", "退伍": "discharge", "回国": "return",
            "入伍": "military", "参军": "military", "出国": "emigration", "定居国外": "emigration",
            "删除": "deletion", "注销": "deletion", "初始登记": "initial",
        ],
        "sex": ["male": "1", "female": "2", "男性": "1", "女性": "2", "m": "1", "f": "2"],
        "revoked": ["y": "1", "TRUE": "1", "True": "1", "已撤销": "1"],
        "title": ["中级": "intermediate", "高级": "senior", "副高": "senior", "正高": "senior"],
        "household_type": ["家庭": "family", "集体": "collective"],
        "dwelling": [
            "自有": "own", "自购": "own", "自建": "own", "租赁": "rent", "租住": "rent",
            "出租屋": "rent", "单位宿舍": "dormitory", "宿舍": "dormitory", "投亲靠友": "kin",
            "其他": "other",
        ],
        "cause": [
            "招生": "student", "录用": "employment", "聘用": "employment", "务工经商": "business",
            "投资": "investment", "购房": "housing", "租房": "housing", "夫妻投靠": "kin_spouse",
            "人才引进": "talent", "移民搬迁": "resettlement", "城中村改造": "redevelopment",
            "城乡属性调整": "reclassification", "其他": "other",
        ],
    ]
}
