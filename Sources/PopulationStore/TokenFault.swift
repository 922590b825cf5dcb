import PopulationModel

/// What can be wrong with access tokens and their file; the wording is made here.
package enum TokenFault: Sendable, Equatable {
    case cannotRead(path: String, reason: String, isMissing: Bool)
    case cannotWrite(path: String, reason: String)
    /// Others may read or write the file, or it is none.
    case fileOpen(path: String, mode: String)
    case fileDamaged(path: String)
    case badName
    case badDate(text: String)
    case nameTaken(name: String, path: String)
    case unknownName(path: String, known: [String])

    package var error: PopstatError {
        switch self {
        case .cannotRead(let path, let reason, let isMissing):
            PopstatError(
                code: "TOKEN-001", kind: isMissing ? .inputMissing : .readOrWriteFailed,
                message: "the token file cannot be read: \(reason)",
                remedy: "Check the path and its rights; `popstat token add` makes the file.",
                place: Place(file: path))
        case .cannotWrite(let path, let reason):
            PopstatError(
                code: "TOKEN-002", kind: .cannotCreate,
                message: "the token file cannot be written: \(reason)",
                remedy: "Give a file in a folder that you may write to with --file.",
                place: Place(file: path))
        case .fileOpen(let path, let mode):
            PopstatError(
                code: "TOKEN-003", kind: .usage,
                message: "the token file is open to others or no file (mode \(mode), 0600 is "
                    + "needed)",
                remedy: "Find out who may have changed it, then run `chmod 600` on it.",
                place: Place(file: path))
        case .fileDamaged(let path):
            PopstatError(
                code: "TOKEN-004", kind: .usage,
                message: "the token file is not one that `popstat token` wrote",
                remedy: "Restore it from a copy, or take it away and give out new tokens.",
                place: Place(file: path))
        case .badName:
            PopstatError(
                code: "TOKEN-005", kind: .usage,
                message: "a token's name has 1 to \(AccessToken.nameLengthMax) letters, digits, "
                    + "dots, dashes or underscores",
                remedy: "Give another name, such as finance-bureau.")
        case .badDate(let text):
            PopstatError(
                code: "TOKEN-006", kind: .usage,
                message: "\(text.prefix(32)) is no date, 2021-12-31 is the form",
                remedy: "Give the last day on which the token holds with --expires.")
        case .nameTaken(let name, let path):
            PopstatError(
                code: "TOKEN-007", kind: .usage,
                message: "a token named \(name) is there, in force or revoked, and a name stands "
                    + "for one token for ever",
                remedy: "Give another name, such as \(name)-2.", place: Place(file: path))
        case .unknownName(let path, let known):
            PopstatError(
                code: "TOKEN-008", kind: .usage,
                message: "no token has this name; there "
                    + (known.isEmpty ? "is none" : "are: " + known.joined(separator: ", ")),
                remedy: "Look at `popstat token list`.", place: Place(file: path))
        }
    }
}
