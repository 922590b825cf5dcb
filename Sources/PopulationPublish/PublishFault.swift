import PopulationModel

/// What can be wrong with what the bureau gives to the publish stage; the wording is made here.
package enum PublishFault: Sendable, Equatable {
    /// A template that cannot be read as mustache.
    case templateBroken(name: String, line: Int, reason: String)
    /// A template that no part of the page uses.
    case templateUnknown(name: String, known: [String])
    /// No county of a year has a score, so that the pool cannot be shared out.
    case noScore(year: Int, ScoreLack)
    /// The amounts of a year are not the pool.
    case poolNotShared(year: Int, pool: Int, amounts: Int)
    /// The workbook cannot be written.
    case workbookFailed(reason: Bilingual)

    /// Why nobody has a score.
    package enum ScoreLack: Sendable {
        case noPeople, noFactors, noWeight
    }

    package var error: PopstatError {
        switch self {
        case .templateBroken(let name, let line, let reason):
            PopstatError(
                code: "PUBLISH-001", kind: .usage,
                message: Bilingual(
                    "模板不是有效的 mustache：\(reason)",
                    "the template is no valid mustache: \(reason)"),
                remedy: Bilingual(
                    "请改正模板；也可将其移走，改用程序自带的模板。",
                    "Mend the template, or take it away to use the one inside the program."),
                place: Place(file: "\(name).mustache", line: line))
        case .templateUnknown(let name, let known):
            PopstatError(
                code: "PUBLISH-002", kind: .usage,
                message: Bilingual(
                    "报告中没有名为 \(name) 的部分；应为下列之一：\(known.joined(separator: "、"))",
                    "no part of the report is called \(name); expected one of "
                        + known.joined(separator: ", ")),
                remedy: Bilingual(
                    "请按它所替换的部分给模板改名。",
                    "Rename the template after the part that it replaces."),
                place: Place(file: "\(name).mustache"))
        case .noScore(let year, let lack): Self.noScore(year, lack)
        case .poolNotShared(let year, let pool, let amounts):
            PopstatError(
                code: "PUBLISH-061", kind: .internalFault,
                message: Bilingual(
                    "\(year) 年转移支付：各地区金额合计 \(amounts)，而资金池为 \(pool)",
                    "transfer \(year): the amounts sum to \(amounts), and the pool is \(pool)"),
                remedy: Bilingual(
                    "这是 popstat 的故障：请附上本行报告。没有发布任何内容。",
                    "This is a fault of popstat: report it with this line. Nothing was "
                        + "published."))
        case .workbookFailed(let reason):
            PopstatError(
                code: "PUBLISH-070", kind: .cannotCreate,
                message: Bilingual(
                    "工作簿无法写入：\(reason.zh)", "the workbook cannot be written: \(reason.en)"),
                remedy: Bilingual(
                    "请在输出文件夹所在磁盘腾出空间。没有发布任何内容。",
                    "Free space beside the output folder. Nothing was published."),
                place: Place(file: "report.xlsx"))
        }
    }

    private static func noScore(_ year: Int, _ lack: ScoreLack) -> PopstatError {
        let reason: Bilingual
        let remedy: Bilingual
        switch lack {
        case .noPeople:
            reason = Bilingual("；该年各县没有任何人数", "; no county has anybody in this year")
            remedy = Bilingual(
                "请查看该年的数据文件，或去掉该年的基准日。",
                "Look at the extracts of the year, or take its reference date out.")
        case .noFactors:
            reason = Bilingual(
                "；因素文件没有该年任何县的行",
                "; the factors file has no row of a county of this year")
            remedy = Bilingual("请在因素文件中补上该年。", "Add the year to the factors file.")
        case .noWeight:
            reason = Bilingual(both: "")
            remedy = Bilingual(
                "请查看 publish.transfer 的权重和当年的落户数据。",
                "Look at the weights of publish.transfer and at the year's settlements.")
        }
        return PopstatError(
            code: "PUBLISH-060", kind: .dataBeyondLimits,
            message: Bilingual(
                "\(year) 年转移支付：各县得分均为 0，资金池无法分配\(reason.zh)",
                "transfer \(year): every county's score is 0, so the pool cannot be shared out"
                    + reason.en),
            remedy: Bilingual(
                "\(remedy.zh)没有发布任何内容。", "\(remedy.en) Nothing was published."))
    }
}
