import Foundation
import PopulationModel
import PopulationPipeline

/// The end of a run in words: rows, balances, rates, where the results are.
struct SummaryText {
    let summary: RunSummary
    let language: MessageLanguage
    let isVerbose: Bool

    init(_ summary: RunSummary, in language: MessageLanguage, isVerbose: Bool = false) {
        self.summary = summary
        self.language = language
        self.isVerbose = isVerbose
    }

    var text: String {
        let endings = outcomeLines + (isVerbose ? secondLines : [])
        return (rowLines + rateLines + endings).joined(separator: "\n")
    }

    private var rowLines: [String] {
        var lines: [Bilingual] = []
        for source in Source.allCases {
            guard let rows = summary.rows[source] else { continue }
            lines.append(
                Bilingual(
                    "\(source.words.zh)：\(rows.read) 行，接受 \(rows.accepted) 行，"
                        + "拒绝 \(rows.rejectedTotal) 行，已撤销 \(rows.revoked) 行，"
                        + "超出范围 \(rows.outOfScope) 行；libcsv 读 \(rows.readByLibCSV) 行",
                    "\(source.words.en): \(rows.read) rows, \(rows.accepted) accepted, "
                        + "\(rows.rejectedTotal) rejected, \(rows.revoked) revoked, "
                        + "\(rows.outOfScope) out of scope; \(rows.readByLibCSV) read by libcsv"))
        }
        let reused = summary.reusedCount
        let fresh = summary.extractCount - reused
        lines.append(
            Bilingual(
                "数据文件：读入 \(fresh) 个，\(reused) 个没有变化，不再读入",
                "extracts: \(fresh) ingested, \(reused) unchanged and not ingested again"))
        if !summary.balanceLines.isEmpty {
            lines.append(Bilingual("核对的等式，全部成立：", "balances, all of them hold:"))
            lines += summary.balanceLines.map { Bilingual(both: "  \($0)") }
        }
        return lines.map { $0[language] }
    }

    private var rateLines: [String] {
        if summary.rates.isEmpty { return [] }
        var lines = [Bilingual("全域城镇化率，%：", "urbanization rate of the area, percent:")]
        for figure in summary.rates where figure.concept == .resident {
            let registered = summary.rates.first {
                $0.date == figure.date && $0.concept == .registered
            }
            let (resident, other) = (figure.rate.percentText, registered?.rate.percentText ?? "")
            lines.append(
                Bilingual(
                    "  \(figure.date)  常住人口 \(resident)  户籍人口 \(other)",
                    "  \(figure.date)  resident \(resident)  registered \(other)"))
        }
        return lines.map { $0[language] }
    }

    private var outcomeLines: [String] {
        var lines = summary.gates.filter { $0.result != .notApplicable }.map { gate in
            let end = gate.reason.map { Bilingual("；批准理由：\($0)", "; accepted: \($0)") }
            return gate.words + (end ?? Bilingual(both: ""))
        }
        lines += summary.remarks.map { Bilingual("说明：", "remark: ") + $0 }
        if summary.isPublished {
            lines += summary.publishedFiles.map { file in
                let path = "\(summary.output)/\(file.path)"
                return Bilingual("\(file.what.zh)：\(path)", "\(file.what.en): \(path)")
            }
        }
        if let edition = summary.edition {
            lines.append(
                Bilingual(
                    "存储库：发布版本 \(edition.id)（修订号 \(edition.revision)）"
                        + "\(edition.isNew ? "" : "，与以前相同")：\(edition.store)",
                    "store: edition \(edition.id), revision \(edition.revision)"
                        + "\(edition.isNew ? "" : ", as before"): \(edition.store)"))
        }
        return lines.map { $0[language] }
    }

    private var secondLines: [String] {
        summary.stageSeconds.sorted { $0.key < $1.key }.map { stage, seconds in
            let time = String(format: "%.2f", seconds)
            let words = Bilingual(
                "\(stage.words.zh)：\(time) 秒", "\(stage.words.en): \(time) s")
            return words[language]
        }
    }
}
