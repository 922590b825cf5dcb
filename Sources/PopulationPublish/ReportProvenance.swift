import PopulationFigures
import PopulationModel

/// Where the figures of a report come from: what a reader needs to trace a number back to a plan,
/// a program and inputs. It holds no clock time and no path of the machine.
package struct ReportProvenance: Sendable {
    package var planName: String
    /// The code of the plan's area.
    package var areaCode: String
    /// SHA-256 of the plan file, in hexadecimal.
    package var planDigest: String
    package var programVersion: String
    /// Rows written later than this do not exist for the run.
    package var knownAt: Timestamp?
    package var inputs: [Input] = []
    /// Dates of the editions of the division table, ascending.
    package var editions: [CalendarDate] = []
    /// The assertions that the run made; every one held, else there were no report.
    package var balances: [Balance] = []
    package var readings: [Reading] = []
    /// Months after which a stay makes a resident.
    package var residenceMonths = 6

    /// Rules of the plan that were broken and let through, in the order in which they were looked at.
    package var acceptedGates: [AcceptedGate] = []
    /// Names in English by area code, as far as the counties file gives them.
    package var englishNames: [String: String] = [:]
    /// The targets of the plan, for the documents that set them.
    package var targets: [Target] = []
    /// Tables that the run did not make.
    package var absences: [Absence] = []
    /// `yuan` or `wan_yuan`; `nil` without transfer payments.
    package var moneyUnit: String?
    /// What was hidden; `nil` where nothing was: then the tables are exact, and the report internal.
    package var protection: ReportProtection?

    package init(
        planName: String, areaCode: String, planDigest: String, programVersion: String
    ) {
        self.planName = planName
        self.areaCode = areaCode
        self.planDigest = planDigest
        self.programVersion = programVersion
    }

    /// A rule of the plan that was broken, and why the figures are published all the same.
    package struct AcceptedGate: Codable, Sendable, Equatable {
        package var gate: String
        package var reason: String

        package init(gate: String, reason: String) {
            self.gate = gate
            self.reason = reason
        }
    }

    /// A table that the run did not make, and why.
    package struct Absence: Sendable, Equatable {
        package var table: String
        package var reason: Bilingual

        package init(table: String, reason: Bilingual) {
            self.table = table
            self.reason = reason
        }
    }

    /// One input file.
    package struct Input: Sendable, Equatable {
        /// What the file is for: `registration`, `residency`, `divisions`, `targets` …
        package var role: String
        /// As messages call it, relative to the plan.
        package var label: String
        package var sha256: String
        /// Rows without the header; `nil` where nobody counted.
        package var rowCount: Int?

        package init(role: String, label: String, sha256: String, rowCount: Int?) {
            self.role = role
            self.label = label
            self.sha256 = sha256
            self.rowCount = rowCount
        }
    }

    /// An equation that the run asserted: `left` equals the sum of `right`.
    package struct Balance: Sendable, Equatable {
        /// Such as `resident = registered_resident + resident_unregistered_local + separated`.
        package var equation: String
        package var left: Int
        package var right: [Int]

        package init(equation: String, left: Int, right: [Int]) {
            self.equation = equation
            self.left = left
            self.right = right
        }
    }

    /// How many rows of a source each of the two readers took.
    package struct Reading: Sendable, Equatable {
        package var source: Source
        package var byScanner: Int
        package var byLibCSV: Int

        package init(source: Source, byScanner: Int, byLibCSV: Int) {
            self.source = source
            self.byScanner = byScanner
            self.byLibCSV = byLibCSV
        }
    }
}

/// What was protected in the public tables, and how much detail it cost (SPEC 6.4).
package struct ReportProtection: Sendable, Equatable {
    /// Counts of 1 up to one less than this are hidden.
    package var threshold: Int
    /// By table and date; empty where nobody counted.
    package var lines: [Line]

    package init(threshold: Int, lines: [Line] = []) {
        self.threshold = threshold
        self.lines = lines
    }

    /// Numbers of one table at one date, and how many of them are hidden.
    package struct Line: Sendable, Equatable {
        package var table: String
        /// ISO date, or a year.
        package var date: String
        package var cells: Int
        package var hidden: Int

        package init(table: String, date: String, cells: Int, hidden: Int) {
            self.table = table
            self.date = date
            self.cells = cells
            self.hidden = hidden
        }
    }
}

extension ReportProvenance.Absence {
    /// What the run says of a table that it did not make.
    package init(_ absence: TableAbsence) {
        let (zh, en): (String, String) =
            switch absence.reason {
            case .noYearlyDate: ("没有12月31日的统计时点", "no reference date is a 31 December")
            case .noYearlyPair:
                (
                    "没有相邻两年12月31日的统计时点",
                    "no two reference dates are 31 December of consecutive years"
                )
            case .notAskedFor:
                ("本次运行只要求主要表", "the run was asked for the main tables only")
            // Readers of the report have no plan; the log names its key.
            case .noKey: ("计划未要求", "the plan does not ask for it")
            case .noColumn(let columns):
                (
                    "数据文件没有\(columns.joined(separator: "或"))栏",
                    "no extract has the column \(columns.joined(separator: " or "))"
                )
            }
        self.init(table: absence.table, reason: Bilingual(zh, en))
    }
}

extension ReportProvenance {
    /// Takes over what the figures of the run say beyond their tables.
    package mutating func take(_ figures: Figures) {
        areaCode = figures.area.code
        englishNames = figures.englishNames
        targets = figures.targets
        absences = figures.absences.map(Absence.init)
        let edition = figures.transferEditions?.last
        moneyUnit = edition.flatMap { edition in
            edition.rows.first.map { edition.field("unit", of: $0) }
        }
    }
}
