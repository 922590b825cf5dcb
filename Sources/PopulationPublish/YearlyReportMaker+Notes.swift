import PopulationFigures
import PopulationModel

/// What a note of the page is about.
enum NoteTopic: CaseIterable {
    case registers, acceptedGates, earlyEdition, nobody
}

extension YearlyReportMaker {
    /// Numbered in the order of the topics; a topic that does not arise has no number.
    var notes: [YearlyReport.Note] {
        notedTopics.enumerated().map { YearlyReport.Note(number: $0 + 1, text: $1.text) }
    }

    /// ` [note 1]` for what the note belongs to; empty where it does not arise.
    func mark(_ topic: NoteTopic) -> Bilingual {
        guard let index = notedTopics.firstIndex(where: { $0.topic == topic }) else {
            return Bilingual(both: "")
        }
        return Bilingual(" [注\(index + 1)]", " [note \(index + 1)]")
    }

    private var notedTopics: [(topic: NoteTopic, text: Bilingual)] {
        NoteTopic.allCases.compactMap { topic in text(of: topic).map { (topic, $0) } }
    }

    private func text(of topic: NoteTopic) -> Bilingual? {
        switch topic {
        case .registers: return Self.registerLimit
        case .acceptedGates:
            let gates = provenance.acceptedGates.map { "\($0.gate)（\($0.reason)）" }
            guard !gates.isEmpty else { return nil }
            return Bilingual(
                "下列质量规则未通过，经批准仍予发布：\(gates.joined(separator: "；"))。",
                "Broken quality rules, accepted for this publication: "
                    + provenance.acceptedGates.map { "\($0.gate) (\($0.reason))" }
                    .joined(separator: "; ") + ".")
        case .earlyEdition:
            guard let first = provenance.editions.first, dates[0] < first else { return nil }
            return Bilingual(
                "\(first)版区划代码之前的时点用该版代码，早期城乡划分因此是近似的。",
                "Dates before the division edition of \(first) use that edition, so early "
                    + "classes are approximate.")
        case .nobody:
            let empty = urbanization.count {
                $0.date == lastDate && $0.concept == .resident && $0.total == .written("0")
            }
            guard empty > 0 else { return nil }
            return Bilingual(
                "\(empty)个地区没有常住人口，其城镇化率不适用。",
                "\(empty) areas have no residents; a rate does not apply to them.")
        }
    }

    /// Exact tables: not for publication. Protected ones: what was hidden.
    var scopeStatement: YearlyReport.ScopeStatement {
        guard let account = provenance.protection else {
            return YearlyReport.ScopeStatement(
                isInternal: true,
                sentence: Bilingual(
                    "内部资料，不得公开：本报告由精确数表编制，未作过小数值保护。",
                    "Internal, not for publication: this report is made from exact tables, in "
                        + "which no small number is hidden."), protection: nil)
        }
        return YearlyReport.ScopeStatement(
            isInternal: false,
            sentence: Bilingual(
                "公开资料：小于\(account.threshold)人的数，以及能据以推算出它们的数，以[c]代替；图中不画，合计只含可见的数，前加≥。",
                "For publication: counts below \(account.threshold), and numbers from which they "
                    + "could be worked out, are replaced by [c]; charts leave them out, and a sum "
                    + "of what can be seen is written with ≥."),
            protection: protectionTable(account))
    }

    /// One row per table, all its dates together.
    private func protectionTable(_ account: ReportProtection) -> ReportTable? {
        guard !account.lines.isEmpty else { return nil }
        var table = ReportTable(
            id: "protection-table",
            caption: Bilingual("过小数值保护及其代价", "What was protected, and how much detail it cost"),
            columns: [
                .text("表", "Table"), .number("时点", "Dates", Bilingual("个", "dates")),
                .number("数字个数", "Numbers", Bilingual("个", "cells")),
                .number("其中隐去", "Hidden", Bilingual("个", "cells")),
                .number("隐去比例", "Share hidden", .percent),
            ])
        var names: [String] = []
        for line in account.lines where !names.contains(line.table) { names.append(line.table) }
        table.rows = names.map { name in
            let lines = account.lines.filter { $0.table == name }
            let cells = lines.reduce(0) { $0 + $1.cells }
            let hidden = lines.reduce(0) { $0 + $1.hidden }
            return ReportTable.Row([
                .text(name), .number(ReportNumber.count(lines.count)),
                .number(ReportNumber.count(cells)), .number(ReportNumber.count(hidden)),
                .number(
                    cells == 0 ? nil : Decimal2.text(numerator: hidden * 100, denominator: cells),
                    else: .notApplicable),
            ])
        }
        return table
    }

    /// Why a table is not in the publication, in one line.
    func absence(of table: String) -> Bilingual {
        let title =
            DataDictionary.tables.first { $0.name == table }?.title ?? Bilingual(both: table)
        if tables.has(table) {
            return Bilingual(
                "“\(title.zh)”表在本报告的时点没有行。",
                "The table “\(title.en)” has no row for the dates of this report.")
        }
        guard let absence = provenance.absences.first(where: { $0.table == table }) else {
            return Bilingual(
                "本次发布没有“\(title.zh)”表。", "This publication has no table “\(title.en)”.")
        }
        return Bilingual(
            "未编制“\(title.zh)”表：\(absence.reason.zh)。",
            "No table “\(title.en)”: \(absence.reason.en).")
    }

    /// What register-based residents cannot be, in one sentence; the log says its English.
    package static let registerLimit = Bilingual(
        "本报告的常住人口由登记资料计数得出，未登记的居住和离开都看不到，因此与普查和抽样调查的公布数有差异，不能替代它们。",
        "Residents here are derived from registers, which see neither unregistered stays nor "
            + "unregistered departures, so they differ from published census and survey figures "
            + "and do not replace them.")
}
