import PopulationFigures
import PopulationModel
import PopulationPipeline
import PopulationPublish

/// A what-if in words and two tables: the area at every date, its counties at the last.
struct WhatIfText {
    private let summary: WhatIfSummary
    private let language: MessageLanguage

    /// Changes that are listed one by one; a file of classes may hold thousands.
    private static let changesListedMax = 20

    init(_ summary: WhatIfSummary, _ language: MessageLanguage) {
        self.summary = summary
        self.language = language
    }

    var text: String {
        let area = [summary.areaName, summary.areaCode].filter { !$0.isEmpty }
        let place = area.joined(separator: " ")
        var lines = [
            Bilingual(
                "假设测算：计划 \(summary.plan)，地区 \(place)",
                "what if: plan \(summary.plan), area \(place)")[language]
        ]
        lines += changeLines
        lines.append(targetLine)
        lines += ["", Bilingual("全域，按时点：", "the area, by date:")[language]]
        lines += table(of: summary.ofArea, first: Bilingual("时点", "date")) {
            [$0.published.date.description]
        }
        let counties = summary.ofCounties
        if let date = counties.first?.published.date {
            lines += ["", Bilingual("\(date) 各县：", "its counties at \(date):")[language]]
            lines += table(of: counties, first: Bilingual("县级", "county")) {
                [$0.published.areaCode + " " + $0.published.areaName]
            }
        }
        if let output = summary.output {
            lines += ["", Bilingual("表：\(output)/", "tables: \(output)/")[language]]
        }
        return lines.joined(separator: "\n")
    }

    /// In English as in the tables.
    private func concept(_ concept: Concept) -> String {
        language == .en ? concept.rawValue : word(concept.rawValue, of: "concept")
    }

    private func word(_ word: String, of column: String) -> String {
        FigureWords.label(of: word, column: column, table: TableName.urbanization.rawValue)[
            language]
    }

    private func reached(_ side: UrbanizationFigure) -> String {
        word(side.reachedText, of: "reached")
    }

    private static let before = Bilingual("前", "before")
    private static let after = Bilingual("后", "after")

    private var changeLines: [String] {
        let changes = summary.changes
        if changes.isEmpty {
            return [Bilingual("城乡分类：与发布时相同", "classes: as published")[language]]
        }
        var table = TerminalTable(
            headers: [
                [
                    Bilingual("  单位", "  unit"), Bilingual("名称", "name"),
                    Bilingual("版本", "edition"), Self.before, Self.after,
                ]
            ], in: language, [.left, .left, .left, .right, .right])
        for change in changes.prefix(Self.changesListedMax) {
            table.append([
                "  \(change.unitCode)", change.name, change.edition.description,
                "\(change.published)", "\(change.assumed)",
            ])
        }
        let units = Set(changes.map(\.unitCode)).count
        let head = Bilingual(
            "城乡分类：\(units) 个单位有变动",
            "classes: \(units) unit\(units == 1 ? "" : "s") changed")
        var lines = [head[language]] + table.lines
        let rest = changes.count - Self.changesListedMax
        if rest > 0 {
            lines.append(Bilingual("  另有 \(rest) 个", "  and \(rest) more")[language])
        }
        return lines
    }

    private var targetLine: String {
        func percent(_ target: Target?) -> Bilingual {
            guard let target else { return Bilingual("无", "none") }
            let text = Decimal2.text(hundredths: target.percentHundredths)
            return Bilingual("\(text)%", "\(text) %")
        }
        let (before, after) = (percent(summary.publishedTarget), percent(summary.assumedTarget))
        guard let date = summary.assumedTarget?.date else {
            return Bilingual("目标：无", "target: none")[language]
        }
        let change =
            before == after
            ? Bilingual("\(before.zh)，与发布时相同", "\(before.en), as published")
            : Bilingual(
                "原为 \(before.zh)，现为 \(after.zh)", "\(before.en) before, \(after.en) after")
        return Bilingual(
            "全域常住人口 \(date) 的目标：\(change.zh)",
            "target of the area's residents at \(date): \(change.en)")[language]
    }

    private func table(
        of rows: [ComparisonFigure], first: Bilingual,
        _ start: (ComparisonFigure) -> [String]
    ) -> [String] {
        let none = Bilingual(both: "")
        var table = TerminalTable(
            headers: [
                [
                    none, none, none, Bilingual("城镇人口", "urban"), none,
                    Bilingual("城镇化率 %", "rate, %"), none, none,
                    Bilingual("目标 %", "target, %"), none, Bilingual("达到", "reached"), none,
                    Bilingual("尚缺", "short"), none,
                ],
                [
                    first, Bilingual("口径", "concept"), Bilingual("人口", "total"), Self.before,
                    Self.after, Self.before, Self.after, Bilingual("百分点", "points"),
                    Self.before, Self.after, Self.before, Self.after, Self.before, Self.after,
                ],
            ], in: language,
            [.left, .left] + Array(repeating: .right, count: 12))
        for row in rows {
            let (a, b) = (row.published, row.assumed)
            table.append(
                start(row) + [
                    concept(a.concept), "\(a.total)", "\(a.urban)", "\(b.urban)",
                    a.rate.percentText, b.rate.percentText, row.pointsText, a.targetText,
                    b.targetText, reached(a), reached(b), a.urbanShortText, b.urbanShortText,
                ])
        }
        return table.lines
    }
}
