import PopulationFigures
import PopulationModel

internal import Mustache

/// What the templates see: dictionaries, lists, texts and yes or no. A template looks for a missing
/// name in what surrounds it, so every name is always given; `false` stands for nothing.
extension HTMLReport {
    typealias Values = [String: Any]

    func context(of report: YearlyReport) -> Values {
        [
            "lang": language.tag,
            "showsZH": language.showsChinese,
            "showsEN": language.showsEnglish,
            "hasOneLanguage": language != .both,
            "title": values(report.title),
            "isInternal": report.scope.isInternal,
            "scope": values(report.scope.sentence),
            "protection": optional(report.scope.protection.map { values($0) }),
            "subtitle": values(report.subtitle),
            "release": ["facts": report.release.map { values($0) }],
            "mainPoints": report.mainPoints.map { values($0) },
            "targets": optional(
                report.targets.map { ["glance": values($0.glance), "paces": values($0.paces)] }),
            "paths": report.paths.map { values($0) },
            "rates": values(report.rates),
            "regions": optional(report.regions.map { values($0) }),
            "years": report.years.map { values($0) },
            "hasDetails": !report.details.isEmpty,
            "details": report.details.map {
                ["summary": values($0.summary), "table": values($0.table)]
            },
            "sections": report.sections.map { values($0) },
            "quality": optional(report.quality.map { values($0) }),
            "method": report.method.map {
                ["stage": values($0.stage), "sentence": values($0.sentence)]
            },
            "data": report.data.map { ["path": $0.path, "content": values($0.content)] },
            "hasNotes": !report.notes.isEmpty,
            "notes": report.notes.map { ["number": $0.number, "text": values($0.text)] },
            "provenance": values(report.provenance),
            "residenceMonths": report.residenceMonths,
        ]
    }

    private func optional(_ values: Values?) -> Any { values ?? false }

    private func values(_ text: Bilingual) -> Values {
        let text = language.text(text)
        // A per cent sign does not begin a line.
        let en = text.en.utf8.contains(0x25) ? text.en.replacing(" %", with: "\u{A0}%") : text.en
        let isSame = text.zh == text.en
        return [
            "zh": text.zh, "en": en, "isSame": isSame,
            "words": Markup(renderText: isSame ? text.zh.markupEscaped : spans(text.zh, en)),
        ]
    }

    /// What a template inserts as it is. Pages have hundreds of texts in two languages: this takes a
    /// third of the time that tags for their parts do.
    private struct Markup: MustacheCustomRenderable {
        let renderText: String
        let isNull = false
    }

    private func spans(_ zh: String, _ en: String) -> String {
        "<span class=\"zh\" lang=\"zh-Hans\">\(zh.markupEscaped)</span> "
            + "<span class=\"en\" lang=\"en\">\(en.markupEscaped)</span>"
    }

    private func values(_ fact: YearlyReport.Fact) -> Values {
        ["label": values(fact.label), "value": values(fact.value)]
    }

    private func values(_ point: YearlyReport.MainPoint) -> Values {
        [
            "number": point.number, "unit": values(point.unit),
            "sentence": values(point.sentence),
        ]
    }

    private func values(_ figure: ReportFigure) -> Values {
        let drawings = drawings(of: figure)
        return [
            "id": figure.id,
            "name": values(figure.name),
            "headline": values(figure.headline),
            "subtitle": values(figure.subtitle),
            "hasDrawings": !drawings.isEmpty,
            "drawings": drawings,
            "table": values(figure.table),
            "sentences": figure.sentences.map { values($0) },
        ]
    }

    private func drawings(of figure: ReportFigure) -> [String] {
        figure.chart.map { drawings(of: $0, id: "\(figure.id)-drawing") } ?? []
    }

    private func drawings(of chart: ReportChart, id: String) -> [String] {
        switch chart {
        case .path(let chart): [chart.svg(id: id, language)]
        case .pairs(let chart): [chart.svg(id: id, language)]
        case .rank(let panels):
            panels.enumerated().map { $1.svg(id: "\(id)-\($0 + 1)", language) }
        case .dumbbell(let chart): [chart.svg(id: id, language)]
        case .pyramid(let chart): [chart.svg(id: id, language)]
        case .parts(let chart): [chart.svg(id: id, language)]
        case .bars(let chart): [chart.svg(id: id, language)]
        }
    }

    private func values(_ section: ReportSection) -> Values {
        [
            "id": section.id,
            "heading": values(section.heading),
            "name": values(section.name),
            "absence": optional(section.absence.map { values($0) }),
            "sentences": section.sentences.map { values($0) },
            "figures": section.drawings.enumerated().map { index, drawing in
                [
                    "subtitle": values(drawing.subtitle),
                    "drawings": drawings(
                        of: drawing.chart, id: "\(section.id)-drawing-\(index + 1)"),
                ] as Values
            },
            "tables": section.tables.map { values($0) },
        ]
    }

    private func values(_ account: YearlyReport.QualityAccount) -> Values {
        [
            "ledger": values(account.ledger),
            "balances": account.balances.map { values($0) },
            "warnings": optional(account.warnings.map { values($0) }),
            "persons": optional(account.persons.map { values($0) }),
            "unknownDivisions": optional(account.unknownDivisions.map { values($0) }),
        ]
    }

    private func values(_ account: YearlyReport.ProvenanceAccount) -> Values {
        [
            "facts": account.facts.map { values($0) },
            "inputs": optional(account.inputs.map { values($0) }),
            "balances": optional(account.balances.map { values($0) }),
        ]
    }

    private func values(_ line: YearlyReport.BalanceLine) -> Values {
        ["equation": values(line.equation), "numbers": line.numbers, "isHeld": line.isHeld]
    }
}

extension HTMLReport {
    private func values(_ table: ReportTable) -> Values {
        let legend = table.shorthandUsed
        return [
            "id": table.id,
            "caption": values(table.caption),
            // Short enough not to be split over two pages of paper; columns of words make rows tall.
            "isShort": table.rows.count <= 24 && table.columns.count { !$0.isNumeric } <= 3,
            "hasLegend": !legend.isEmpty,
            "legend": legend.map { ["mark": $0.rawValue, "meaning": values($0.meaning)] },
            "columns": table.columns.map {
                [
                    "head": values($0.head), "unit": optional($0.unit.map { values($0) }),
                    "form": form(of: $0),
                ]
            },
            "body": body(of: table),
            "footnotes": table.footnotes.map { values($0) },
        ]
    }

    private func form(of column: ReportTable.Column) -> String {
        column.isNumeric ? "number" : "text"
    }

    /// The rows as markup. Reports have thousands of cells: this takes a tenth of the time that a
    /// template for each of them does.
    private func body(of table: ReportTable) -> String {
        var body = ""
        for row in table.rows {
            body += "<tr class=\"\(row.kind.rawValue)\">"
            for (index, (cell, column)) in zip(row.cells, table.columns).enumerated() {
                let (form, markup) = markup(of: cell, in: column)
                body +=
                    index == 0
                    ? "<th scope=\"row\" class=\"text\">\(markup)</th>"
                    : "<td class=\"\(form)\">\(markup)</td>"
            }
            body += "</tr>\n"
        }
        return body
    }

    private func markup(of cell: ReportTable.Cell, in column: ReportTable.Column)
        -> (form: String, markup: String)
    {
        switch cell {
        case .text(let text): (form(of: column), markup(of: text))
        case .number(let text): (form(of: column), text.markupEscaped)
        case .shorthand(let shorthand): (form(of: column), shorthand.rawValue.markupEscaped)
        case .bullet(let chart): ("drawing", chart.svg(language))
        }
    }

    private func markup(of text: Bilingual) -> String {
        let text = language.text(text)
        return text.zh == text.en ? text.zh.markupEscaped : spans(text.zh, text.en)
    }
}
