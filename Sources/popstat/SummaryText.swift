import Foundation
import PopulationModel
import PopulationPipeline

/// The end of a run in words: rows, balances, rates, where the results are.
struct SummaryText {
    let summary: RunSummary
    let isVerbose: Bool

    init(_ summary: RunSummary, isVerbose: Bool = false) {
        self.summary = summary
        self.isVerbose = isVerbose
    }

    var text: String {
        var lines: [String] = []
        for source in Source.allCases {
            guard let rows = summary.rows[source] else { continue }
            lines.append(
                "\(source.rawValue): \(rows.read) rows, \(rows.accepted) accepted, "
                    + "\(rows.rejectedTotal) rejected, \(rows.revoked) revoked, "
                    + "\(rows.outOfScope) out of scope; \(rows.readByLibCSV) read by libcsv")
        }
        let fresh = summary.extractCount - summary.reusedCount
        lines.append(
            "extracts: \(fresh) ingested, \(summary.reusedCount) unchanged and not ingested again")
        if !summary.balanceLines.isEmpty {
            lines.append("balances, all of them hold:")
            lines += summary.balanceLines.map { "  \($0)" }
        }
        if !summary.rates.isEmpty { lines.append("urbanization rate of the area, percent:") }
        for figure in summary.rates where figure.concept == .resident {
            let registered = summary.rates.first {
                $0.date == figure.date && $0.concept == .registered
            }
            lines.append(
                "  \(figure.date)  resident \(figure.rate.percentText)"
                    + "  registered \(registered?.rate.percentText ?? "")")
        }
        lines += summary.gates.filter { $0.result != .notApplicable }.map { gate in
            let end = gate.reason.map { "; accepted: \($0)" } ?? ""
            return "gate \(gate.gate) is broken: \(gate.found)\(end)"
        }
        lines += summary.remarks.map { "remark: \($0)" }
        if summary.isPublished {
            lines += summary.publishedFiles.map { "\($0.what): \(summary.output)/\($0.path)" }
        }
        if let edition = summary.edition {
            lines.append(
                "store: edition \(edition.id), revision \(edition.revision)"
                    + "\(edition.isNew ? "" : ", as before"): \(edition.store)")
        }
        if isVerbose {
            lines += summary.stageSeconds.sorted { $0.key < $1.key }.map {
                $0.key.rawValue + String(format: ": %.2f s", $0.value)
            }
        }
        return lines.joined(separator: "\n")
    }
}
