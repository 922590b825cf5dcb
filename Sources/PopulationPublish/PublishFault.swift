import PopulationModel

/// What can be wrong with what the bureau gives to the publish stage; the wording is made here.
package enum PublishFault: Sendable, Equatable {
    /// A template that cannot be read as mustache.
    case templateBroken(name: String, line: Int, reason: String)
    /// A template that no part of the page uses.
    case templateUnknown(name: String, known: [String])
    /// No county of a year has a score, so that the pool cannot be shared out.
    case noScore(year: Int, hasFactors: Bool)
    /// The amounts of a year are not the pool.
    case poolNotShared(year: Int, pool: Int, amounts: Int)
    /// The workbook cannot be written.
    case workbookFailed(reason: String)

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
        case .noScore(let year, let hasFactors):
            PopstatError(
                code: "PUBLISH-060", kind: .dataBeyondLimits,
                message: "transfer \(year): every county's score is 0, so the pool cannot be "
                    + "shared out"
                    + (hasFactors ? "" : "; the factors file has no row of a county of this year"),
                remedy: hasFactors
                    ? "Look at the weights of publish.transfer and at the year's settlements. "
                        + "Nothing was published."
                    : "Add the year to the factors file. Nothing was published.")
        case .poolNotShared(let year, let pool, let amounts):
            PopstatError(
                code: "PUBLISH-061", kind: .internalFault,
                message: "transfer \(year): the amounts sum to \(amounts), and the pool is \(pool)",
                remedy: "This is a fault of popstat: report it with this line. Nothing was "
                    + "published.")
        case .workbookFailed(let reason):
            PopstatError(
                code: "PUBLISH-070", kind: .cannotCreate,
                message: "the workbook cannot be written: \(reason)",
                remedy: "Free space beside the output folder. Nothing was published.",
                place: Place(file: "report.xlsx"))
        }
    }
}
