import PopulationModel

/// What can keep a night from its end, besides what can keep a run from it.
package enum NightFault: Equatable, Sendable {
    case noNewExtract(plan: String, sources: [Source], by: TimeOfDay, since: String)
    case noExtract(place: String, reason: String, by: TimeOfDay)
    case unfinished(labels: [String], by: TimeOfDay?, rule: Plan.Nightly.Inbox.Rule)
    case late(plan: String, by: TimeOfDay)
    case olderNight(output: String, published: String, asked: String)
    case notYet(night: String)
    case cannotWriteMetrics(path: String, reason: String)
    case hookFailed(hook: String, reason: String)

    package var error: PopstatError {
        let (code, kind, place, message, remedy) = wording
        return PopstatError(
            code: "NIGHT-\(code)", kind: kind, message: message, remedy: remedy,
            place: Place(file: place))
    }

    private typealias Wording = (
        code: String, kind: PopstatError.Kind, place: String, message: String, remedy: String
    )

    private var wording: Wording {
        switch self {
        case .noNewExtract(let plan, let sources, let by, let since):
            (
                "001", .inputMissing, plan,
                "no new extract of \(sources.map(\.rawValue).joined(separator: " and of ")) by \(by): none was written since \(since)",
                "Ask the supplier; then run the night again. Nothing was published."
            )
        case .noExtract(let place, let reason, let by):
            (
                "002", .inputMissing, place, "no extract by \(by): \(reason)",
                "Ask the supplier; then run the night again. Nothing was published."
            )
        case .unfinished(let labels, let by, let rule):
            (
                "003", .inputMissing, labels[0],
                "the extract is still being written"
                    + (labels.count > 1 ? ", and \(labels.count - 1) more" : "")
                    + (by.map { " at \($0)" } ?? "") + ": "
                    + Self.words(of: rule),
                "Run the night again when the supplier has finished. Nothing was published."
            )
        case .late(let plan, let by):
            (
                "004", .dataBeyondLimits, plan, "the night is not finished by \(by)",
                "It goes on; look into the work folder's run.log for where it stands."
            )
        case .olderNight(let output, let published, let asked):
            (
                "005", .dataBeyondLimits, output,
                "figures of the night of \(published) are published, and those of \(asked) are "
                    + "older",
                "Name another output folder, or say --replace-newer. Nothing was published."
            )
        case .notYet(let night):
            (
                "006", .usage, night, "this night has not ended yet",
                "Name a night that is over, or leave --night out for the one that is now."
            )
        case .cannotWriteMetrics(let path, let reason):
            (
                "007", .cannotCreate, path, "the metrics cannot be written: \(reason)",
                "Make its folder, or mend its rights."
            )
        case .hookFailed(let hook, let reason):
            (
                "008", .unavailable, "nightly.hooks.\(hook)", "the command failed: \(reason)",
                "Run it by hand as this user; the night went on without it."
            )
        }
    }

    private static func words(of rule: Plan.Nightly.Inbox.Rule) -> String {
        switch rule {
        case .marker(let ending): "there is no file beside it that ends in \(ending) and is as new"
        case .quiet(let minutes): "it changed within the last \(minutes) minutes"
        }
    }
}

extension PopstatErrors {
    init(_ fault: NightFault) { self.init([fault.error]) }
}
