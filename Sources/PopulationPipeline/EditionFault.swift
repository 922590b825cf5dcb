import PopulationModel

/// What can be wrong with delivered editions, with its wording.
package enum EditionFault: Equatable, Sendable {
    /// The file is not what was delivered.
    case damaged(file: String, reason: Bilingual)
    /// Nothing to explain; `known` are the years that there are.
    case notThere(folder: String, year: Int, countyCode: String?, known: [String])

    /// The same year and revision were delivered with other figures.
    case revisionTaken(folder: String, year: Int, revision: Int, recipient: String)
    /// A later revision than that of the folder was delivered.
    case revisionBehind(folder: String, year: Int, revision: Int, delivered: Int)
    /// The run that published the folder reckoned no transfer.
    case noTransfer(folder: String)

    package var error: PopstatError {
        switch self {
        case .damaged(let file, let reason):
            PopstatError(
                code: "PUBLISH-050", kind: .readOrWriteFailed,
                message: Bilingual(
                    "已交付的版本已损坏：\(reason.zh)",
                    "the delivered edition is damaged: \(reason.en)"),
                remedy: Bilingual(
                    "请从副本恢复该文件；popstat 从不改动或删除已交付的版本。没有发布任何内容。",
                    "Restore the file from a copy; popstat never changes or drops an edition "
                        + "that was delivered. Nothing was published."), place: Place(file: file))
        case .notThere(let folder, let year, let countyCode, let known):
            PopstatError(
                code: "PUBLISH-051", kind: .usage,
                message: Bilingual(
                    "\(year) 年转移支付没有"
                        + (countyCode.map { "含县 \($0) 的" } ?? "") + "版本；"
                        + (known.isEmpty
                            ? "目前没有任何版本" : "现有：" + known.joined(separator: "、")),
                    "no edition of the transfer of \(year)"
                        + (countyCode.map { " holds county \($0)" } ?? "") + "; there "
                        + (known.isEmpty
                            ? "is no edition" : "are: " + known.joined(separator: ", "))),
                remedy: Bilingual(
                    "请用 --run 给出含 publish.transfer 的计划或其发布文件夹，并给出其中的年份和县。",
                    "Give a plan with publish.transfer, or its published folder, with --run, and "
                        + "a year and county of it."), place: Place(file: folder))
        case .revisionTaken(let folder, let year, let revision, let recipient):
            PopstatError(
                code: "PUBLISH-056", kind: .cannotCreate,
                message: Bilingual(
                    "\(year) 年转移支付第 \(revision) 版已以其他数字交付 \(recipient)："
                        + "该文件夹没有接续已交付的版本",
                    "revision \(revision) of the transfer of \(year) was delivered to \(recipient) "
                        + "with other figures: this folder does not go on from what was delivered"),
                remedy: Bilingual(
                    "请从副本恢复交付时的整个输出文件夹，然后重新运行。没有交付任何内容。",
                    "Restore the whole output folder that the delivery was made from and run again. "
                        + "Nothing was delivered."),
                place: Place(file: folder))
        case .revisionBehind(let folder, let year, let revision, let delivered):
            PopstatError(
                code: "PUBLISH-057", kind: .cannotCreate,
                message: Bilingual(
                    "\(year) 年转移支付已交付到第 \(delivered) 版，而该文件夹只到第 \(revision) 版",
                    "revision \(delivered) of the transfer of \(year) was delivered, and this folder "
                        + "stands at revision \(revision)"),
                remedy: Bilingual(
                    "请从副本恢复交付时的整个输出文件夹，然后重新运行。没有交付任何内容。",
                    "Restore the whole output folder that the delivery was made from and run again. "
                        + "Nothing was delivered."),
                place: Place(file: folder))
        case .noTransfer(let folder):
            PopstatError(
                code: "PUBLISH-058", kind: .usage,
                message: Bilingual(
                    "最近一次运行没有计算转移支付",
                    "the run that published this folder reckoned no transfer"),
                remedy: Bilingual(
                    "请在计划中写明 publish.transfer 及相邻两年末，然后运行。没有交付任何内容。",
                    "Put publish.transfer and the ends of two years into the plan and run it. Nothing "
                        + "was delivered."),
                place: Place(file: folder))
        }
    }
}
