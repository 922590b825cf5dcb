import PopulationFigures
import PopulationModel

/// One table as a sheet: title, what a row is, names in Chinese and English, units, the names that
/// the CSV file has, then the rows.
struct WorkbookSheet {
    private let table: Table
    private let meaning: DataDictionary.TableMeaning
    private let columns: [Column]
    private let isWritten: Bool

    /// Rows above the first row of data; the last of them holds the names of the columns and the
    /// filter.
    static let headerRows = 6
    /// A double holds so many decimal digits for certain; longer numbers are written as texts.
    private static let digitsMax = 15

    private struct Column {
        var name: String
        var label: Bilingual
        var unit: Bilingual
        var isNumber: Bool
        var style: CellStyle
    }

    /// `isWritten`: false for a table that has more rows than a sheet.
    init(_ table: Table, isWritten: Bool) {
        guard let meaning = DataDictionary.meaning(of: table.name) else {
            preconditionFailure("the table \(table.name) is not in the data dictionary")
        }
        self.table = table
        self.meaning = meaning
        self.isWritten = isWritten
        columns = table.columns.map { name in
            guard let column = meaning.columns.first(where: { $0.name == name }) else {
                return Column(
                    name: name, label: ColumnWords.status, unit: Bilingual(both: ""),
                    isNumber: false, style: CellStyle(numberFormat: "@", isIndented: true))
            }
            return Column(
                name: name, label: meaning.label(of: column),
                unit: column.unit == "year"
                    ? Bilingual(both: "") : column.unitOfMeasure?.label ?? Bilingual(both: ""),
                isNumber: column.kind.isNumber,
                style: CellStyle(
                    numberFormat: Self.numberFormat(of: column),
                    isIndented: !column.kind.isNumber))
        }
    }

    static func numberFormat(of column: DataDictionary.ColumnMeaning) -> String? {
        switch column.kind {
        // Years, revisions and numbers of tasks are labels: no separator in them.
        case .integer: column.isKey ? "0" : "#,##0"
        case .decimal(let places?):
            (column.unit == "year" ? "0" : "#,##0") + "." + String(repeating: "0", count: places)
        case .decimal(nil): nil
        case .date, .code, .word, .text: "@"
        }
    }

    func write(to sheet: WorkbookFile.Sheet) {
        var widths = columns.map(Self.headerWidth)
        writeHeader(to: sheet, widths)
        let last = columns.count - 1
        if isWritten {
            var row = Self.headerRows
            table.forEachRow { cells in
                for (index, cell) in cells.enumerated() where !cell.isEmpty {
                    write(cell, columns[index], to: sheet, row, index)
                    widths[index] = max(widths[index], width(of: cell, columns[index]))
                }
                row += 1
            }
            let lastRow = max(row - 1, Self.headerRows)
            sheet.addFilter(
                CellRange(rows: (Self.headerRows - 1)...lastRow, columns: 0...last))
            sheet.acceptDigitsAsText("A1:\(Self.letters(last))\(lastRow + 1)")
        } else {
            sheet.write(
                "本表共\(table.rowCount)行，超出一张工作表的容量，仅见CSV文件。 This table has "
                    + "\(table.rowCount) rows, more than a sheet holds: it is in the CSV file only.",
                Self.headerRows, 0, CellStyle(isBold: true))
        }
        widths = widths.map { min($0 + 2, Self.widthMax) }
        for (index, width) in widths.enumerated() {
            sheet.setColumn(index, width: Double(width))
        }
        sheet.freeze(above: Self.headerRows, leftOf: min(table.keyCount, 2))
        let total = widths.reduce(0, +)
        sheet.setUpPrint(
            repeating: 2...(Self.headerRows - 1), columnCount: min(table.keyCount, 2),
            pagesWide: (total + Self.pageWidth - 1) / Self.pageWidth)
    }

    /// Narrow characters that an A4 page takes across in print that can still be read.
    private static let pageWidth = 190
    private static let widthMax = 42

    /// Wide enough for each word, for names and Chinese labels in two lines.
    private static func headerWidth(_ column: Column) -> Int {
        max(
            8, TextWidth.of(column.label.zh) / 2 + 2, TextWidth.ofLongestWord(column.label.en),
            TextWidth.of(column.label.en) / 4 + 2, TextWidth.of(column.name) / 2 + 2)
    }

    /// The height of a row of texts that are broken at these widths.
    private static func height(_ texts: [String], _ widths: [Int], perLine: Int) -> Double {
        let lines = zip(texts, widths).map { TextWidth.lines(of: $0, width: $1) }.max() ?? 1
        return Double(lines * perLine + 4)
    }

    private func writeHeader(to sheet: WorkbookFile.Sheet, _ widths: [Int]) {
        let title = meaning.title
        sheet.setRow(0, height: 24)
        sheet.write("\(title.zh)  \(title.en)", 0, 0, CellStyle(isTitle: true))
        sheet.writeLink(to: Workbook.contentsName, 1, 0, text: "← 说明 Contents")
        sheet.write("one row per \(meaning.grain)", 1, 2, CellStyle(isSmall: true))
        let units = columns.map {
            $0.unit.zh == $0.unit.en ? $0.unit.zh : "\($0.unit.zh) \($0.unit.en)"
        }
        sheet.setRow(2, height: Self.height(columns.map(\.label.zh), widths, perLine: 16))
        for (index, column) in columns.enumerated() {
            let header = CellStyle(
                isBold: true, isHeader: true, isRight: column.isNumber,
                isIndented: !column.isNumber)
            sheet.write(column.label.zh, 2, index, header)
        }
        sheet.setRow(3, height: Self.height(columns.map(\.label.en), widths, perLine: 15))
        for (index, column) in columns.enumerated() {
            let header = CellStyle(
                isHeader: true, isRight: column.isNumber,
                isIndented: !column.isNumber)
            sheet.write(column.label.en, 3, index, header)
        }
        sheet.setRow(4, height: Self.height(units, widths, perLine: 12))
        for (index, column) in columns.enumerated() {
            let header = CellStyle(
                isHeader: true, isSmall: true, isRight: column.isNumber,
                isIndented: !column.isNumber)
            sheet.write(units[index], 4, index, header)
        }
        sheet.setRow(5, height: 28)
        for (index, column) in columns.enumerated() {
            // On the left: the button of the filter stands on the right.
            sheet.write(
                column.name, 5, index, CellStyle(isHeader: true, isSmall: true, isIndented: true))
        }
    }

    private func write(
        _ cell: String, _ column: Column, to sheet: WorkbookFile.Sheet, _ row: Int, _ index: Int
    ) {
        if column.isNumber {
            if cell.utf8.count(where: { $0 >= 0x30 && $0 <= 0x39 }) <= Self.digitsMax,
                let number = Double(cell)
            {
                return sheet.write(number, row, index, column.style)
            }
            return sheet.write(cell, row, index, CellStyle(numberFormat: "@", isRight: true))
        }
        sheet.write(cell, row, index, column.style)
    }

    /// With the separators of thousands.
    private func width(of cell: String, _ column: Column) -> Int {
        let width = TextWidth.of(cell)
        return column.isNumber ? width + (width - 1) / 3 : width
    }

    /// `A` for 0, `AB` for 27.
    static func letters(_ column: Int) -> String {
        let letter = String(UnicodeScalar(UInt8(65 + column % 26)))
        return column < 26 ? letter : letters(column / 26 - 1) + letter
    }
}

/// The label of the column that a public table ends with.
enum ColumnWords {
    static let status = Bilingual("观测状态", "observation status")
}

/// How many narrow characters a text is wide.
enum TextWidth {
    static func of(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + (isWide($1) ? 2 : 1) }
    }

    static func ofLongestWord(_ text: String) -> Int {
        text.split(separator: " ").map { of(String($0)) }.max() ?? 0
    }

    /// How many lines a text takes in a cell, broken at blanks and within long words.
    static func lines(of text: String, width: Int) -> Int {
        var lines = 1
        var used = 0
        for word in text.split(separator: " ") {
            let length = of(String(word))
            if used > 0, used + 1 + length > width {
                lines += 1
                used = 0
            }
            used += length + (used > 0 ? 1 : 0)
            lines += max(0, used - 1) / width
            used = used > width ? used % width : used
        }
        return lines
    }

    /// Han, full-width forms and their punctuation.
    private static func isWide(_ scalar: UnicodeScalar) -> Bool {
        switch scalar.value {
        case 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
