import PopulationModel

/// What can go wrong while a sample is written; the wording of every case stands here alone.
package enum SampleFault {
    case citizensOutOfRange(found: Int, least: Int, most: Int)
    case unitsOutOfRange(found: Int, least: Int, most: Int)
    case filesOutOfRange(source: Source, found: Int, least: Int, most: Int)
    case folderNotCreated(path: String, systemError: Int32)
    case fileNotCreated(path: String, systemError: Int32)
    case fileNotWritten(path: String, systemError: Int32)
    case percentOutOfRange(found: Int, least: Int, most: Int)

    package var error: PopstatError {
        switch self {
        case .citizensOutOfRange(let found, let least, let most):
            PopstatError(
                code: "SAMPLE-001", kind: .usage,
                message: "\(found) citizens are asked for, \(least) to \(most) are possible",
                remedy: least > 1
                    ? "Ask for more citizens, so that every planted defect stays a small share, "
                        + "or for a clean sample." : "Ask for a number in this range.")
        case .unitsOutOfRange(let found, let least, let most):
            PopstatError(
                code: "SAMPLE-002", kind: .usage,
                message: "\(found) statistical units are asked for, "
                    + "\(least) to \(most) are possible",
                remedy: "Ask for a number in this range.")
        case .filesOutOfRange(let source, let found, let least, let most):
            PopstatError(
                code: "SAMPLE-003", kind: .usage,
                message: "\(found) files of \(source.rawValue) are asked for, "
                    + "\(least) to \(most) are possible",
                remedy: "Ask for a number in this range.")
        case .folderNotCreated(let path, let number):
            PopstatError(
                code: "SAMPLE-004", kind: .cannotCreate,
                message: "the folder cannot be made (system error \(number))",
                remedy: "Name a folder whose parent exists and can be written.",
                place: Place(file: path))
        case .fileNotCreated(let path, let number):
            PopstatError(
                code: "SAMPLE-005", kind: .cannotCreate,
                message: "the file cannot be made (system error \(number))",
                remedy: "Check the folder's rights.", place: Place(file: path))
        case .fileNotWritten(let path, let number):
            PopstatError(
                code: "SAMPLE-006", kind: .readOrWriteFailed,
                message: "the file cannot be written to its end (system error \(number))",
                remedy: "Check the space left on the disk.", place: Place(file: path))
        case .percentOutOfRange(let found, let least, let most):
            PopstatError(
                code: "SAMPLE-007", kind: .usage,
                message: "news of \(found) per cent are asked for, "
                    + "\(least) to \(most) are possible",
                remedy: "Ask for a number in this range.")
        }
    }
}
