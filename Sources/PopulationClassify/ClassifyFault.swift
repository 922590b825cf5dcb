import Glibc
internal import PopulationModel

/// What can be wrong with the files of divisions, changes and counties, with its wording.
enum ClassifyFault: Equatable {
    case cannotRead(label: String, errno: Int32)
    case notUTF8(label: String)
    case missingColumns(label: String, expected: [String], found: [String])
    case fieldCount(label: String, line: Int, expected: Int, found: Int)
    case unknownClass(label: String, line: Int, found: String)
    case badCode(label: String, line: Int, column: String)
    case badDate(label: String, line: Int, column: String)
    case codeTwice(label: String, line: Int, code: String)
    case badKind(label: String, line: Int, found: String)
    case noUnits(label: String)

    var error: PopstatError {
        let (code, label, line, column, message, remedy) = wording
        return PopstatError(
            code: "CLASSIFY-\(code)", kind: kind, message: message, remedy: remedy,
            place: Place(file: label, line: line, column: column))
    }

    private var kind: PopstatError.Kind {
        if case .cannotRead(_, let number) = self {
            return number == ENOENT ? .inputMissing : .readOrWriteFailed
        }
        return .usage
    }

    private typealias Wording = (
        code: String, label: String, line: Int?, column: String?, message: String, remedy: String
    )

    private var wording: Wording {
        switch self {
        case .cannotRead(let label, let number):
            ("001", label, nil, nil, "the file cannot be read: \(String(cString: strerror(number)))",
                "Check the path in the plan and the rights of the file.")
        case .notUTF8(let label):
            ("002", label, nil, nil, "the file is not valid UTF-8", "Save it as UTF-8.")
        case .missingColumns(let label, let expected, let found):
            ("003", label, 1, nil,
                "columns are missing; expected: \(expected.joined(separator: ", ")); "
                    + "found: \(found.joined(separator: ", "))",
                "Name the columns in the first line.")
        case .fieldCount(let label, let line, let expected, let found):
            ("004", label, line, nil, "the row has \(found) fields, \(expected) are expected",
                "Mend the row.")
        case .unknownClass(let label, let line, let found):
            ("005", label, line, "class",
                "'\(found)' is no urban-rural class, expected 111, 112, 121, 122, 123, 210 or 220",
                "Take the class from the library of the edition.")
        case .badCode(let label, let line, let column):
            ("006", label, line, column, "the code does not have the right number of digits",
                "Write all digits; leading zeros count.")
        case .badDate(let label, let line, let column):
            ("007", label, line, column, "this is no date, expected yyyy-mm-dd",
                "Write the day from which the change holds.")
        case .codeTwice(let label, let line, let code):
            ("008", label, line, "code", "the code \(code) stands twice",
                "Keep the row that is right.")
        case .badKind(let label, let line, let found):
            ("009", label, line, "kind",
                "'\(found)' is no kind, expected district, county_city or county",
                "Write what the county is.")
        case .noUnits(let label):
            ("010", label, nil, nil, "the edition has no unit with a 12-digit code",
                "Give the full list of units of the edition.")
        }
    }
}
