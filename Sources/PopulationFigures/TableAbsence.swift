import PopulationModel

/// A table of the contract that a run does not publish, and why.
public struct TableAbsence: Sendable, Equatable {
    /// As in SPEC 6.
    public var table: String
    public var reason: Reason

    public init(table: String, reason: Reason) {
        self.table = table
        self.reason = reason
    }

    /// What a table would need.
    public enum Reason: Sendable, Equatable {
        /// No reference date is a 31 December.
        case noYearlyDate
        /// No two of them are of consecutive years.
        case noYearlyPair
        /// The plan lacks a key.
        case noKey(String)
        /// The run was asked for the tables of the main job only.
        case notAskedFor
        /// No extract has one of the columns.
        case noColumn([String])
    }
}

extension TableAbsence: CustomStringConvertible {
    /// One sentence in English, for the log.
    public var description: String { words.en }

    /// One sentence, for the terminal.
    public var words: Bilingual {
        Bilingual("没有 \(table) 表：", "no table \(table): ") + why
    }

    private var why: Bilingual {
        switch reason {
        case .noYearlyDate:
            Bilingual("没有 12 月 31 日的统计时点", "no reference date is a 31 December")
        case .noYearlyPair:
            Bilingual(
                "没有相邻两年 12 月 31 日的统计时点",
                "no two reference dates are 31 December of consecutive years")
        case .notAskedFor:
            Bilingual("本次运行只要求主要表", "the run was asked for the main tables only")
        case .noKey(let key): Bilingual("计划中没有 \(key)", "the plan has no \(key)")
        case .noColumn(let columns):
            Bilingual(
                "数据文件没有 \(columns.joined(separator: " 或 ")) 列",
                "no extract has the column \(columns.joined(separator: " or "))")
        }
    }
}
