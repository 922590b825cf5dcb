import PopulationModel

/// What can be wrong with what the bureau gives to the publish stage; the wording is made here.
package enum PublishFault: Sendable, Equatable {
    /// A template that cannot be read as mustache.
    case templateBroken(name: String, line: Int, reason: String)
    /// A template that no part of the page uses.
    case templateUnknown(name: String, known: [String])

    package var error: PopstatError {
        switch self {
        case .templateBroken(let name, let line, let reason):
            PopstatError(
                code: "PUBLISH-001", kind: .usage,
                message: "the template is no valid mustache: \(reason)",
                remedy: "Mend the template, or take it away to use the one inside the program.",
                place: Place(file: "\(name).mustache", line: line))
        case .templateUnknown(let name, let known):
            PopstatError(
                code: "PUBLISH-002", kind: .usage,
                message: "no part of the report is called \(name); expected one of "
                    + known.joined(separator: ", "),
                remedy: "Rename the template after the part that it replaces.",
                place: Place(file: "\(name).mustache"))
        }
    }
}
