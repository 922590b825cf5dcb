package import PopulationModel

/// What can be wrong with the files of divisions, changes and counties, with its wording.
package enum ClassifyFault: Equatable {
    case unknownClass(label: String, line: Int?, found: String)
    case badCode(label: String, line: Int?, column: String)
    case badDate(label: String, line: Int, column: String)
    case codeTwice(label: String, line: Int?, code: String)
    case badKind(label: String, line: Int, found: String)
    case noUnits(label: String)
    case unknownUnit(label: String, line: Int?, code: String)

    package var error: PopstatError {
        let (code, label, line, column, message, remedy) = wording
        return PopstatError(
            code: "CLASSIFY-\(code)", kind: .usage, message: message, remedy: remedy,
            place: Place(file: label, line: line, column: column))
    }

    private typealias Wording = (
        code: String, label: String, line: Int?, column: String?, message: String, remedy: String
    )

    private var wording: Wording {
        switch self {
        case .unknownClass(let label, let line, let found):
            (
                "001", label, line, "class",
                "\(Self.shown(found)) is no urban-rural class, expected 111, 112, 121, 122, 123, "
                    + "210 or 220",
                "Take the class from the library of the edition."
            )
        case .badCode(let label, let line, let column):
            (
                "002", label, line, column, "the code does not have the right number of digits",
                "Write all digits; leading zeros count."
            )
        case .badDate(let label, let line, let column):
            (
                "003", label, line, column, "this is no date, expected yyyy-mm-dd",
                "Write the day from which the change holds."
            )
        case .codeTwice(let label, let line, let code):
            (
                "004", label, line, "code", "the code \(code) stands twice",
                "Keep the row that is right."
            )
        case .badKind(let label, let line, let found):
            (
                "005", label, line, "kind",
                "'\(found)' is no kind, expected district, county_city or county",
                "Write what the county is."
            )
        case .noUnits(let label):
            (
                "006", label, nil, nil, "the edition has no unit with a 12-digit code",
                "Give the full list of units of the edition."
            )
        case .unknownUnit(let label, let line, let code):
            (
                "007", label, line, "code",
                "no edition of the run has the unit \(code) in its area",
                "Name a unit of the table units; a new one needs a run with new divisions."
            )
        }
    }

    /// A text that is no longer than a class; of a longer one nobody knows what it is, so it is not
    /// repeated.
    private static func shown(_ text: String) -> String {
        text.count <= 3 ? "'\(text)'" : "a text of \(text.count) characters"
    }
}
