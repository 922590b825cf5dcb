import PopulationFigures

/// The charts of the workbook beside the cells that they are drawn from: the path of the area's rate
/// to its target, and the counties at the last date.
struct WorkbookCharts {
    private let path: [Point]
    private let counties: [Point]
    private let lastDate: String

    /// Texts of the table; a hidden or missing number is `nil`.
    private struct Point {
        var name: String
        var resident: Double?
        var registered: Double?
        var target: Double?
    }

    init(_ tables: [PublishedTable]) {
        guard let table = tables.first(where: { $0.table.name == "urbanization" })?.table else {
            path = []
            counties = []
            lastDate = ""
            return
        }
        let places = Dictionary(
            table.columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        func cell(_ row: [String], _ column: String) -> String {
            places[column].map { row[$0] } ?? ""
        }
        // The area is the only one of the shortest code.
        var shortest = Int.max
        var last = ""
        table.forEachRow { row in
            shortest = min(shortest, cell(row, "area_code").utf8.count)
            last = max(last, cell(row, "reference_date"))
        }
        var path: [Point] = []
        var counties: [Point] = []
        table.forEachRow { row in
            let date = cell(row, "reference_date")
            let code = cell(row, "area_code")
            if code.utf8.count == shortest {
                Self.add(row, named: date, to: &path, cell)
            } else if cell(row, "area_level") == "county", date == last {
                let name = cell(row, "area_name")
                Self.add(row, named: name.isEmpty ? code : name, to: &counties, cell)
            }
        }
        self.path = path
        self.counties = counties
        lastDate = last
    }

    /// Rows of one area and date differ in their concept.
    private static func add(
        _ row: [String], named name: String, to points: inout [Point],
        _ cell: ([String], String) -> String
    ) {
        if !points.contains(where: { $0.name == name }) { points.append(Point(name: name)) }
        guard let index = points.lastIndex(where: { $0.name == name }) else { return }
        let rate = Double(cell(row, "rate_percent"))
        if cell(row, "concept") == "resident" {
            points[index].resident = rate
            points[index].target = Double(cell(row, "target_percent"))
        } else {
            points[index].registered = rate
        }
    }

    var hasContent: Bool { !path.isEmpty || !counties.isEmpty }

    func write(to sheet: WorkbookFile.Sheet) {
        sheet.setRow(0, height: 24)
        sheet.write("图表  Charts", 0, 0, CellStyle(isTitle: true))
        sheet.writeLink(to: Workbook.contentsName, 1, 0, text: "← 说明 Contents")
        for (column, width) in [20.0, 25, 28, 18].enumerated() {
            sheet.setColumn(column, width: width)
        }
        var row = 3
        if !path.isEmpty {
            writePath(to: sheet, from: row)
            row += max(path.count + 2, 23)
        }
        if !counties.isEmpty { writeCounties(to: sheet, from: row) }
        sheet.hideGridlines()
        sheet.setUpPrint(repeating: nil)
    }

    private func writePath(to sheet: WorkbookFile.Sheet, from row: Int) {
        write(path, named: "时点 date", to: sheet, from: row)
        var chart = WorkbookChart(
            title: "城镇化率与目标 Urbanization rate and target",
            xName: "时点 Reference date", yName: "城镇化率 Urbanization rate (%)",
            isOfColumns: false, series: series(of: path, below: row))
        let lowest = path.flatMap { [$0.resident, $0.registered, $0.target] }.compactMap(\.self)
            .min()
        chart.minimum = lowest.map { max(0, ($0 / 10).rounded(.down) * 10 - 10) }
        sheet.insert(chart, cellsOf: Workbook.chartsName, row, 5)
    }

    private func writeCounties(to sheet: WorkbookFile.Sheet, from row: Int) {
        write(counties, named: "县（市、区） county", to: sheet, from: row)
        var chart = WorkbookChart(
            title: "县（市、区）城镇化率 Urbanization rate by county, \(lastDate)",
            xName: "县（市、区） County", yName: "城镇化率 Urbanization rate (%)",
            isOfColumns: true, series: series(of: counties, below: row))
        chart.minimum = 0
        sheet.insert(chart, cellsOf: Workbook.chartsName, row, 5)
    }

    private func write(
        _ points: [Point], named name: String, to sheet: WorkbookFile.Sheet, from first: Int
    ) {
        let names = [
            name, "常住人口 resident (%)", "户籍人口 registered (%)", "目标 target (%)",
        ]
        for (column, name) in names.enumerated() {
            sheet.write(
                name, first, column, CellStyle(isBold: true, isHeader: true, isRight: column > 0))
        }
        for (index, point) in points.enumerated() {
            let row = first + 1 + index
            sheet.write(point.name, row, 0, CellStyle(numberFormat: "@"))
            let numbers = [point.resident, point.registered, point.target]
            for (column, number) in numbers.enumerated() {
                guard let number else { continue }
                sheet.write(number, row, column + 1, CellStyle(numberFormat: "0.00"))
            }
        }
    }

    private func series(of points: [Point], below row: Int) -> [WorkbookChart.Series] {
        let rows = (row + 1)...(row + points.count)
        func series(_ name: String, _ color: UInt32, column: Int) -> WorkbookChart.Series {
            WorkbookChart.Series(
                name: name, isTarget: column == 3, color: color,
                categories: CellRange(rows: rows, columns: 0...0),
                values: CellRange(rows: rows, columns: column...column))
        }
        var all = [
            series("常住人口 resident", 0x1F5F99, column: 1),
            series("户籍人口 registered", 0x9AA7B4, column: 2),
        ]
        if points.contains(where: { $0.target != nil }) {
            all.append(series("目标 target", 0xD98880, column: 3))
        }
        return all
    }
}
