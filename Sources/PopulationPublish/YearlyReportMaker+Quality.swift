import PopulationFigures
import PopulationModel

extension YearlyReportMaker {
    /// `nil` where the publication has no table `quality`.
    var quality: YearlyReport.QualityAccount? {
        guard tables.has("quality") else { return nil }
        return YearlyReport.QualityAccount(
            ledger: ledger, balances: sources.flatMap(balances), warnings: warnings,
            persons: persons, unknownDivisions: unknownDivisions)
    }

    /// Sources that have rows in the account, in the order of the contract.
    var sources: [String] {
        let present = Set(qualityRows.map(\.source))
        return Source.allCases.map(\.rawValue).filter(present.contains)
    }

    /// Rows of a source under a measure, all reasons together when none is given.
    func rows(_ source: String, _ measure: String, reason: String? = nil) -> ReportSum {
        ReportSum(
            qualityRows.lazy.filter {
                $0.source == source && $0.measure == measure
                    && (reason == nil || $0.reason == reason)
            }.map(\.rows))
    }

    private func reasons(_ measure: String, of sources: [String]) -> [String] {
        let own = qualityRows.filter {
            $0.measure == measure && sources.contains($0.source) && $0.rows != .written("0")
        }
        let order =
            RejectReason.allCases.map(\.word) + WarningReason.allCases.map(\.word)
        return Set(own.map(\.reason)).sorted {
            let (a, b) = (order.firstIndex(of: $0) ?? .max, order.firstIndex(of: $1) ?? .max)
            return a == b ? $0 < $1 : a < b
        }
    }

    /// From rows read to rows in force, each line a count per source.
    private var ledger: ReportTable {
        var table = ReportTable(
            id: "ledger",
            caption: Bilingual("读入记录的去向", "What became of the rows read"),
            columns: [.text("项目", "Item")]
                + sources.map {
                    let name = ReasonWords.source($0)
                    return .number(name.zh, name.en, .rowsRead)
                })
        func line(
            _ zh: String, _ en: String, _ measure: String, reason: String? = nil,
            kind: ReportTable.Row.Kind = .ordinary
        ) {
            table.rows.append(
                ReportTable.Row(
                    [.text(Bilingual(zh, en))]
                        + sources.map { rows($0, measure, reason: reason).cell }, kind: kind))
        }
        line("读入", "Read", "read", kind: .total)
        line("= 拒绝", "= Rejected", "rejected")
        for reason in reasons("rejected", of: sources) {
            let words = ReasonWords.text(reason)
            line("其中：\(words.zh)", "of which \(words.en)", "rejected", reason: reason, kind: .part)
        }
        line("+ 超出范围（港澳台、外国人等证件）", "+ Out of scope (other documents)", "out_of_scope")
        line("+ 已撤销", "+ Revoked", "revoked")
        line("+ 接受", "+ Accepted", "accepted")
        line("接受", "Accepted", "accepted", kind: .total)
        line("= 完全重复", "= Exact duplicates", "exact_duplicate")
        line("+ 被撤销或被新版本作废", "+ Voided", "voided")
        line("+ 被后来的记录取代", "+ Superseded", "superseded")
        if !reasons("superseded", of: sources).filter({ !$0.isEmpty }).isEmpty {
            line(
                "其中：日期晚于末时点或登记过晚", "of which dated or written later (future)", "superseded",
                reason: "future", kind: .part)
        }
        line("+ 有效", "+ In force", "in_force")
        return table
    }

    private func balances(of source: String) -> [YearlyReport.BalanceLine] {
        let name = ReasonWords.source(source)
        func line(
            _ zh: String, _ en: String, _ left: String, _ right: [String]
        ) -> YearlyReport.BalanceLine {
            balanceLine(
                Bilingual("\(name.zh)：\(zh)", "\(name.en): \(en)"), left: rows(source, left),
                right: right.map { rows(source, $0) })
        }
        return [
            line(
                "读入 = 拒绝 + 超出范围 + 已撤销 + 接受",
                "read = rejected + out of scope + revoked + accepted", "read",
                ["rejected", "out_of_scope", "revoked", "accepted"]),
            line(
                "接受 = 完全重复 + 作废 + 被取代 + 有效",
                "accepted = exact duplicates + voided + superseded + in force", "accepted",
                ["exact_duplicate", "voided", "superseded", "in_force"]),
        ]
    }

    /// An equation with a hidden number was asserted by the run, on exact numbers; it has none here.
    func balanceLine(
        _ equation: Bilingual, left: ReportSum, right: [ReportSum]
    ) -> YearlyReport.BalanceLine {
        guard ([left] + right).allSatisfy({ $0.hiddenCount == 0 }) else {
            return YearlyReport.BalanceLine(
                equation: equation, numbers: ReportTable.Shorthand.hidden.rawValue, isHeld: true)
        }
        let isHeld = left.known == right.reduce(0) { $0 + $1.known }
        let sum = right.map { ReportNumber.count($0.known) }.joined(separator: " + ")
        return YearlyReport.BalanceLine(
            equation: equation,
            numbers: "\(ReportNumber.count(left.known)) \(isHeld ? "=" : "≠") \(sum)",
            isHeld: isHeld)
    }

    private var warnings: ReportTable? {
        let reasons = reasons("warning", of: sources)
        guard !reasons.isEmpty else { return nil }
        var table = ReportTable(
            id: "warnings",
            caption: Bilingual("已接受但有疑点的记录", "Rows accepted with a doubt"),
            columns: [.text("疑点", "Doubt")]
                + sources.map {
                    let name = ReasonWords.source($0)
                    return .number(name.zh, name.en, .rowsRead)
                })
        table.rows = reasons.map { reason in
            ReportTable.Row(
                [.text(ReasonWords.text(reason))]
                    + sources.map { rows($0, "warning", reason: reason).cell })
        }
        return table
    }

    private var persons: ReportTable? {
        let measures = ["conflict", "name_conflict", "closed_but_present"]
        let own = measures.flatMap { measure in
            (sources + ["all"]).compactMap { source in
                qualityRows.first {
                    $0.measure == measure && $0.source == source && $0.rows != .written("0")
                }
            }
        }
        guard !own.isEmpty else { return nil }
        var table = ReportTable(
            id: "persons",
            caption: Bilingual("需要核实的公民", "Citizens to be looked into"),
            columns: [
                .text("情形", "Case"), .text("来源", "Source"),
                .number("人数", "Citizens", .persons),
            ])
        table.rows = own.map { row in
            ReportTable.Row([
                .text(ReasonWords.text(row.measure)), .text(ReasonWords.source(row.source)),
                .count(row.rows),
            ])
        }
        return table
    }

    private var unknownDivisions: ReportTable? {
        let own = qualityRows.filter {
            $0.measure == "unknown_division" && $0.rows != .written("0")
        }
        .sorted { $0.reason < $1.reason }
        guard !own.isEmpty else { return nil }
        var table = ReportTable(
            id: "unknown-divisions",
            caption: Bilingual("区划代码表中没有的代码", "Codes that no edition of the division table knows"),
            columns: [.text("代码", "Code"), .number("涉及人数", "Citizens", .persons)])
        table.rows = own.map {
            ReportTable.Row([
                $0.reason.isEmpty
                    ? .text(Bilingual("不公开的代码", "codes that are not public"))
                    : .text($0.reason),
                .count($0.rows),
            ])
        }
        return table
    }
}
