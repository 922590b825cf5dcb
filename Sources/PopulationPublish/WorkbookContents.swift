import PopulationFigures
import PopulationModel

/// The first sheet: what the workbook is, what it was made from, and what stands in it.
struct WorkbookContents {
    let workbook: Workbook
    let hasCharts: Bool

    func write(to sheet: WorkbookFile.Sheet) {
        let publication = workbook.publication
        sheet.hideGridlines()
        sheet.setRow(0, height: 26)
        let area = [workbook.areaName, publication.area].filter { !$0.isEmpty }
            .joined(separator: " ")
        sheet.write("\(area) 人口统计 Population statistics", 0, 0, CellStyle(isTitle: true))
        var row = 2
        for (name, text) in facts(area) {
            sheet.write(name, row, 0, CellStyle(isBold: true))
            sheet.write(text, row, 1, CellStyle(numberFormat: "@"))
            row += 1
        }
        row += 1
        for text in notes {
            sheet.write(text, row, 0)
            row += 1
        }
        row += 1
        writeList(to: sheet, from: row)
        for (column, width) in [26.0, 32, 40, 11, 68].enumerated() {
            sheet.setColumn(column, width: width)
        }
        sheet.setUpPrint(repeating: nil)
    }

    private func facts(_ area: String) -> [(String, String)] {
        let publication = workbook.publication
        return [
            ("发布计划 Plan", publication.plan),
            ("地区 Area", area),
            ("时点 Reference dates", publication.referenceDates.joined(separator: "，")),
            (
                "公开范围 Scope",
                workbook.isPublic
                    ? "公开（过小的数已隐去） public, small cells hidden" : "内部（精确数） internal, exact"
            ),
            ("程序版本 Program", "popstat \(publication.programVersion)"),
            ("计划摘要 Plan SHA-256", publication.planDigest),
            ("输入摘要 Inputs SHA-256", publication.inputsDigest),
        ]
    }

    private var notes: [String] {
        var notes = [
            "空单元格：不适用。代码和日期为文本。 An empty cell is not applicable. Codes and dates are text cells."
        ]
        if workbook.isPublic {
            notes.append(
                "[c]：为保护个人信息而隐去的过小的数；OBS_STATUS：A 正常，Q 该行有隐去的数。 "
                    + "[c]: a small number hidden to protect people; OBS_STATUS: A normal, Q the row "
                    + "hides a number.")
        }
        return notes
    }

    private func writeList(to sheet: WorkbookFile.Sheet, from first: Int) {
        let names = [
            "工作表 Sheet", "表名 Title", "Title", "行数 Rows", "CSV文件摘要 SHA-256 of the CSV file",
        ]
        for (column, name) in names.enumerated() {
            sheet.write(
                name, first, column,
                CellStyle(
                    isBold: true, isHeader: true, isRight: column == 3, isIndented: column == 4))
        }
        var row = first + 1
        for table in workbook.publication.tables.map(\.table) {
            let title = DataDictionary.meaning(of: table.name)?.title ?? Bilingual(both: table.name)
            sheet.writeLink(to: table.name, row, 0, text: table.name)
            sheet.write(title.zh, row, 1)
            sheet.write(title.en, row, 2)
            sheet.write(Double(table.rowCount), row, 3, CellStyle(numberFormat: "#,##0"))
            sheet.write(
                workbook.digests[table.name] ?? "", row, 4,
                CellStyle(isSmall: true, isIndented: true))
            row += 1
        }
        for (name, title) in [
            (Workbook.chartsName, Bilingual("目标路径与各县图", "Path to the target, counties")),
            (Workbook.wordsName, Bilingual("表中词语的中英文", "What the words in the tables mean")),
        ] where name != Workbook.chartsName || hasCharts {
            sheet.writeLink(to: name, row, 0, text: name)
            sheet.write(title.zh, row, 1)
            sheet.write(title.en, row, 2)
            row += 1
        }
    }
}

/// The last sheet: words of the tables in both languages.
struct WorkbookWords {
    private let tables: [Table]

    init(_ tables: [Table]) { self.tables = tables }

    func write(to sheet: WorkbookFile.Sheet) {
        sheet.setRow(0, height: 24)
        sheet.write("词表  Words of the tables", 0, 0, CellStyle(isTitle: true))
        sheet.writeLink(to: Workbook.contentsName, 1, 0, text: "← 说明 Contents")
        for (column, name) in ["列 Column", "词 Word", "中文", "English"].enumerated() {
            sheet.write(name, 2, column, CellStyle(isBold: true, isHeader: true))
        }
        var row = 3
        for (column, list) in lists {
            for (word, label) in list {
                sheet.write(column, row, 0)
                sheet.write(word, row, 1, CellStyle(numberFormat: "@"))
                sheet.write(label.zh, row, 2)
                sheet.write(label.en, row, 3)
                row += 1
            }
        }
        sheet.addFilter(CellRange(rows: 2...(max(row - 1, 3)), columns: 0...3))
        sheet.acceptDigitsAsText("A1:D\(max(row, 4))")
        for (column, width) in [20.0, 26, 26, 34].enumerated() {
            sheet.setColumn(column, width: width)
        }
        sheet.freeze(above: 3)
        sheet.setUpPrint(repeating: 2...2, isLandscape: false)
    }

    /// In the order in which the columns first occur.
    private var lists: [(String, [(word: String, label: Bilingual)])] {
        var lists: [(String, [(word: String, label: Bilingual)])] = []
        for table in tables {
            for column in table.columns where !lists.contains(where: { $0.0 == column }) {
                if let list = FigureWords.list(of: column, in: table.name) {
                    lists.append((column, list))
                }
            }
        }
        return lists
    }
}
