import PopulationModel

/// What can be wrong with delivered editions, with its wording.
package enum EditionFault: Equatable, Sendable {
    /// The file is not what was delivered.
    case damaged(file: String, reason: String)
    /// Nothing to explain; `known` are the years that there are.
    case notThere(folder: String, year: Int, countyCode: String?, known: [String])

    package var error: PopstatError {
        switch self {
        case .damaged(let file, let reason):
            PopstatError(
                code: "PUBLISH-050", kind: .readOrWriteFailed,
                message: "the delivered edition is damaged: \(reason)",
                remedy: "Restore the file from a copy; popstat never changes or drops an edition "
                    + "that was delivered. Nothing was published.", place: Place(file: file))
        case .notThere(let folder, let year, let countyCode, let known):
            PopstatError(
                code: "PUBLISH-051", kind: .usage,
                message: "no edition of the transfer of \(year)"
                    + (countyCode.map { " holds county \($0)" } ?? "") + "; there "
                    + (known.isEmpty ? "is no edition" : "are: " + known.joined(separator: ", ")),
                remedy: "Give the published folder of a plan with publish.transfer with --run, "
                    + "and a year and county of it.", place: Place(file: folder))
        }
    }
}
