import PopulationFigures
import PopulationModel

/// Where the figures of a report come from: what a reader needs to trace a number back to a plan,
/// a program and inputs. It holds no clock time and no path of the machine.
package struct ReportProvenance: Sendable {
    package var planName: String
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

    package init(planName: String, planDigest: String, programVersion: String) {
        self.planName = planName
        self.planDigest = planDigest
        self.programVersion = programVersion
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
