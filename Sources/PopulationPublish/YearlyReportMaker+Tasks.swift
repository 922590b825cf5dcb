import PopulationFigures
import PopulationModel

extension YearlyReportMaker {
    /// The 24 tasks with offices, indicator and the value at the last two dates.
    var tasks: ReportSection? {
        let name = Bilingual("重点任务", "Tasks")
        guard tables.has("tasks") else { return absent("tasks", name, table: "tasks") }
        let values = taskValues
        let plan = TaskPlan.embedded.tasks
        let measured = plan.count { TaskIndicator(task: $0.number) != nil }
        var table = ReportTable(
            id: "tasks-table",
            caption: Bilingual(
                "重点任务及其人口指标，\(ReportNumber.date(lastDate).zh)",
                "Tasks and what population data say of them, \(ReportNumber.date(lastDate).en)"),
            columns: [
                .text("序号", "No."), .text("任务", "Task"), .text("牵头单位", "Lead"),
                .text("责任单位", "Responsible"), .text("指标", "Indicator"),
            ])
        if let previousDate {
            table.columns.append(valueColumn(at: previousDate))
        }
        table.columns.append(valueColumn(at: lastDate))
        table.columns += [.text("单位", "Unit"), .text("状态", "Status")]
        table.rows = plan.map { row(of: $0, values) }
        table.footnotes = [
            Bilingual(
                "“\(TaskIndicator.textOnly)”即仅文字跟踪：该任务无法用人口数据衡量。",
                "“\(TaskIndicator.textOnly)”: population data cannot measure this task.")
        ]
        return ReportSection(
            id: "tasks",
            heading: Bilingual(
                "重点任务：\(plan.count)项中有\(measured)项可用人口数据衡量",
                "Tasks: population data measure \(measured) of \(plan.count)"),
            name: name,
            sentences: [
                Bilingual(
                    "每项任务用一个指标衡量，按同一统计口径计算；各时点的数值见tasks.csv。",
                    "Each task is measured by one indicator within one statistical scope; "
                        + "tasks.csv has the values of all dates.")
            ], tables: [table])
    }

    private func valueColumn(at date: CalendarDate) -> ReportTable.Column {
        ReportTable.Column(
            head: Bilingual(both: ReportNumber.shortDate(date)), unit: nil, isNumeric: true)
    }

    /// Rows of the table by number and date.
    private var taskValues: [String: ReportRow] {
        Dictionary(
            tables.rows("tasks").map { ("\($0["number"].text) \($0["reference_date"].text)", $0) },
            uniquingKeysWith: { first, _ in first })
    }

    private func row(
        of task: TaskPlan.Task, _ values: [String: ReportRow]
    ) -> ReportTable.Row {
        let indicator = TaskIndicator(task: task.number)
        var cells: [ReportTable.Cell] = [
            .text("\(task.number)"), .text(task.title), offices(task.lead),
            offices(task.responsible),
            .text(indicator?.name ?? Bilingual("仅文字跟踪", TaskIndicator.textOnly)),
        ]
        for date in [previousDate, lastDate].compactMap({ $0 }) {
            let value = values["\(task.number) \(date)"]?["value"] ?? .empty
            cells.append(
                value.isEmpty
                    ? .shorthand(indicator == nil ? .notApplicable : .notAvailable)
                    : .count(value))
        }
        let status = values["\(task.number) \(lastDate)"]
            .flatMap { ProgressStatus(rawValue: $0["status"].text) }
        cells += [
            indicator.map { .text(unitName($0.unit)) } ?? .shorthand(.notApplicable),
            status.map { .text($0.mark) } ?? .shorthand(.notApplicable),
        ]
        return ReportTable.Row(cells)
    }

    private func offices(_ offices: [Bilingual]) -> ReportTable.Cell {
        offices.isEmpty
            ? .shorthand(.notApplicable)
            : .text(
                Bilingual(
                    offices.map(\.zh).joined(separator: "、"),
                    offices.map(\.en).joined(separator: ", ")))
    }

    private func unitName(_ unit: String) -> Bilingual {
        switch unit {
        case "persons": .persons
        case "percent": .percent
        default: Bilingual("公顷", "ha")
        }
    }
}
