import PopulationFigures
import PopulationModel

/// The 24 tasks of the plan that popstat reports on: short titles and offices, in our own words.
///
/// They ship with the program as `Reports/tasks/tasks.csv`; a plan file names no tasks, because
/// SPEC 7 fixes its keys.
package struct TaskPlan: Sendable, Equatable {
    /// By number.
    package let tasks: [Task]

    /// The tasks inside the program.
    package static let embedded: TaskPlan = {
        do throws(PopstatErrors) {
            return try TaskPlan(PackageResources.tasks_csv, label: "tasks.csv")
        } catch {
            preconditionFailure("a test reads the tasks of the program: \(error)")
        }
    }()

    /// All faults at once.
    package init(_ bytes: [UInt8], label: String) throws(PopstatErrors) {
        let table = try ReferenceTable(
            bytes, label: label,
            needing: [
                "number", "title_zh", "title_en", "lead_zh", "lead_en", "responsible_zh",
                "responsible_en",
            ], stage: .publish)
        var tasks: [Task] = []
        var faults: [PopstatError] = []
        for row in table.rows {
            var fields = ReferenceRow(
                row, of: table, codeStart: "PUBLISH-14", fileName: Bilingual("任务", "tasks"))
            let next = tasks.count + 1
            let number = fields.read(
                1, "number", as: Bilingual("下一个序号 \(next)", "\(next), the next number")
            ) {
                ReferenceRow.count($0) == next ? next : nil
            }
            let lead = Self.offices("lead", 2, of: &fields)
            let responsible = Self.offices("responsible", 3, of: &fields)
            faults += fields.faults
            guard let number else { continue }
            tasks.append(
                Task(
                    number: number,
                    title: Bilingual(fields.text("title_zh"), fields.text("title_en")),
                    lead: lead, responsible: responsible))
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
        self.tasks = tasks
    }

    /// One row of the plan.
    package struct Task: Sendable, Equatable {
        package var number: Int
        package var title: Bilingual
        package var lead: [Bilingual]
        /// Empty where the plan names none.
        package var responsible: [Bilingual]
    }

    /// The offices of a column in both languages, side by side.
    private static func offices(
        _ column: String, _ number: Int, of fields: inout ReferenceRow
    ) -> [Bilingual] {
        let zh = fields.text(column + "_zh").split(separator: ";").map(String.init)
        let en = fields.text(column + "_en").split(separator: ";").map(String.init)
        if zh.count != en.count {
            fields.add(
                number, column + "_en",
                isNot: Bilingual("与中文相同个数的单位", "as many offices as in Chinese"))
        }
        return zip(zh, en).map { Bilingual($0, $1) }
    }
}
