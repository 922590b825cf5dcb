import PopulationModel

/// Why a published number cannot be explained, with its wording.
package enum ExplainFault: Equatable, Sendable {
    case noTable(table: String, known: [String])
    case noColumn(table: String, column: String, known: [String])
    /// Not exactly one row; `open` are the columns of the key in which the rows differ.
    case noSingleRow(
        table: String, words: [String], keys: [String], rowCount: Int, open: [String])

    package var error: PopstatError {
        switch self {
        case .noTable(let table, let known):
            PopstatError(
                code: "PUBLISH-063", kind: .usage,
                message: Bilingual(
                    "“\(table)”不是表；现有：\(known.joined(separator: "、"))",
                    "'\(table)' is no table; there are: \(known.joined(separator: ", "))"),
                remedy: Bilingual("请给出其中一个。", "Name one of them."))
        case .noColumn(let table, let column, let known):
            PopstatError(
                code: "PUBLISH-064", kind: .usage,
                message: Bilingual(
                    "“\(column)”不是表 \(table) 中的数；现有：\(known.joined(separator: "、"))",
                    "'\(column)' is no number of the table \(table); there are: "
                        + known.joined(separator: ", ")),
                remedy: Bilingual("请在最后写其中一个。", "Name one of them last."))
        case .noSingleRow(let table, let words, let keys, let rowCount, let open):
            Self.noSingleRow(table, words.joined(separator: " "), keys, rowCount, open)
        }
    }

    private static func noSingleRow(
        _ table: String, _ key: String, _ keys: [String], _ rowCount: Int, _ open: [String]
    ) -> PopstatError {
        PopstatError(
            code: "PUBLISH-062", kind: .usage,
            message: Bilingual(
                "表 \(table) 中\(rowCount == 0 ? "没有" : "有 \(rowCount) ")行的关键字为 \(key)",
                "\(rowCount == 0 ? "no row" : "\(rowCount) rows") of \(table) "
                    + "\(rowCount == 0 ? "has" : "have") the key \(key)"),
            remedy: rowCount == 0
                ? Bilingual(
                    "请给出其关键字的值：\(keys.joined(separator: "、"))。",
                    "Give values of its key: \(keys.joined(separator: ", ")).")
                : Bilingual(
                    "请再写明：\(open.joined(separator: "、"))。",
                    "Name also: \(open.joined(separator: ", "))."))
    }
}

extension PopstatErrors {
    init(_ fault: ExplainFault) { self.init([fault.error]) }
}
