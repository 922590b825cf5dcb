import PopulationFigures

/// What the templates see: dictionaries, lists, texts and yes or no. A template looks for a missing
/// name in what surrounds it, so every name is always given; `false` stands for nothing.
extension HTMLReport {
    typealias Values = [String: Any]

    static func context(of report: YearlyReport) -> Values {
        [
            "title": values(report.title),
            "subtitle": values(report.subtitle),
            "release": ["facts": report.release.map(values)],
            "mainPoints": report.mainPoints.map(values),
            "targets": optional(
                report.targets.map { ["glance": values($0.glance), "paces": values($0.paces)] }),
            "paths": report.paths.map(values),
            "rates": values(report.rates),
            "regions": optional(report.regions.map(values)),
            "years": report.years.map(values),
            "hasDetails": !report.details.isEmpty,
            "details": report.details.map {
                ["summary": values($0.summary), "table": values($0.table)]
            },
            "sections": report.sections.map(values),
            "quality": values(report.quality),
            "method": report.method.map {
                ["stage": values($0.stage), "sentence": values($0.sentence)]
            },
            "data": report.data.map { ["path": $0.path, "content": values($0.content)] },
            "hasNotes": !report.notes.isEmpty,
            "notes": report.notes.map(values),
            "provenance": values(report.provenance),
            "residenceMonths": report.residenceMonths,
        ]
    }

    private static func optional(_ values: Values?) -> Any { values ?? false }

    private static func values(_ text: Bilingual) -> Values {
        ["zh": text.zh, "en": text.en, "isSame": text.zh == text.en]
    }

    private static func values(_ fact: YearlyReport.Fact) -> Values {
        ["label": values(fact.label), "value": values(fact.value)]
    }

    private static func values(_ point: YearlyReport.MainPoint) -> Values {
        [
            "number": point.number, "unit": values(point.unit),
            "sentence": values(point.sentence),
        ]
    }

    private static func values(_ figure: ReportFigure) -> Values {
        let drawings = drawings(of: figure)
        return [
            "id": figure.id,
            "name": values(figure.name),
            "headline": values(figure.headline),
            "subtitle": values(figure.subtitle),
            "hasDrawings": !drawings.isEmpty,
            "drawings": drawings,
            "table": values(figure.table),
            "sentences": figure.sentences.map(values),
        ]
    }

    private static func drawings(of figure: ReportFigure) -> [String] {
        let id = "\(figure.id)-drawing"
        switch figure.chart {
        case .path(let chart): return [chart.svg(id: id)]
        case .pairs(let chart): return [chart.svg(id: id)]
        case .rank(let panels):
            return panels.enumerated().map { $1.svg(id: "\(id)-\($0 + 1)") }
        case nil: return []
        }
    }

    private static func values(_ section: ReportSection) -> Values {
        [
            "id": section.id,
            "heading": values(section.heading),
            "name": values(section.name),
            "sentences": section.sentences.map(values),
            "tables": section.tables.map(values),
        ]
    }

    private static func values(_ account: YearlyReport.QualityAccount) -> Values {
        [
            "ledger": values(account.ledger),
            "balances": account.balances.map(values),
            "warnings": optional(account.warnings.map(values)),
            "persons": optional(account.persons.map(values)),
            "unknownDivisions": optional(account.unknownDivisions.map(values)),
        ]
    }

    private static func values(_ account: YearlyReport.ProvenanceAccount) -> Values {
        [
            "facts": account.facts.map(values),
            "inputs": optional(account.inputs.map(values)),
            "balances": optional(account.balances.map(values)),
        ]
    }

    private static func values(_ line: YearlyReport.BalanceLine) -> Values {
        ["equation": values(line.equation), "numbers": line.numbers, "isHeld": line.isHeld]
    }
}

extension HTMLReport {
    private static func values(_ table: ReportTable) -> Values {
        let legend = table.shorthandUsed
        return [
            "id": table.id,
            "caption": values(table.caption),
            // Short enough not to be split over two pages of paper.
            "isShort": table.rows.count <= 24,
            "hasLegend": !legend.isEmpty,
            "legend": legend.map { ["mark": $0.rawValue, "meaning": values($0.meaning)] },
            "columns": table.columns.map {
                [
                    "head": values($0.head), "unit": optional($0.unit.map(values)),
                    "form": form(of: $0),
                ]
            },
            "body": body(of: table),
            "footnotes": table.footnotes.map(values),
        ]
    }

    private static func form(of column: ReportTable.Column) -> String {
        column.isNumeric ? "number" : "text"
    }

    /// The rows as markup. Reports have thousands of cells: this takes a tenth of the time that a
    /// template for each of them does.
    private static func body(of table: ReportTable) -> String {
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

    private static func markup(of cell: ReportTable.Cell, in column: ReportTable.Column)
        -> (form: String, markup: String)
    {
        switch cell {
        case .text(let text): (form(of: column), markup(of: text))
        case .number(let text): (form(of: column), text.markupEscaped)
        case .shorthand(let shorthand): (form(of: column), shorthand.rawValue.markupEscaped)
        case .bullet(let chart): ("drawing", chart.svg)
        }
    }

    /// As the template `words` has it.
    private static func markup(of text: Bilingual) -> String {
        let zh = text.zh.markupEscaped
        if text.zh == text.en { return zh }
        return "<span class=\"zh\" lang=\"zh-Hans\">\(zh)</span> "
            + "<span class=\"en\" lang=\"en\">\(text.en.markupEscaped)</span>"
    }
}
