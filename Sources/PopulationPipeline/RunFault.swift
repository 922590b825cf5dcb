import PopulationModel

/// What can stop a run outside the stages, with its wording; the gates are in it.
package enum RunFault: Equatable, Sendable {
    case cannotReadInput(label: String, reason: String, isMissing: Bool)
    case workFolder(path: String, reason: String)
    case workFolderOpen(path: String, mode: String)
    case workFileOpen(path: String, mode: String)
    case lockHeld(path: String, holder: String)
    case noWorkFolder(path: String)
    case rejectedShare(
        source: Source, rejected: Int, read: Int, limit: String, dominant: String,
        dominantRows: Int, file: String)
    case unclassifiedShare(concept: String, unclassified: Int, total: Int, limit: String)
    case cannotPublish(path: String, reason: String)
    case notAPublication(path: String)
    case foldersOverlap(output: String, work: String)
    case storeInOutput(store: String, output: String)
    case balance(equation: String, left: Int, right: Int, where: String)
    case rateParts(area: String, year: Int, change: String, parts: String)

    package var error: PopstatError {
        switch self {
        case .cannotReadInput(let label, let reason, let isMissing):
            PopstatError(
                code: "PLAN-090", kind: isMissing ? .inputMissing : .readOrWriteFailed,
                message: "the file cannot be read: \(reason)",
                remedy: "Check the path in the plan and the rights of the file.",
                place: Place(file: label))
        case .workFolder, .workFolderOpen, .workFileOpen, .lockHeld, .noWorkFolder: errorOfWork
        case .rejectedShare(
            let source, let rejected, let read, let limit, let dominant, let rows, let file):
            PopstatError(
                code: "INGEST-030", kind: .dataBeyondLimits,
                message: "\(rejected) of \(read) \(source.rawValue) rows are rejected, more than "
                    + "the share \(limit); most of them for \(dominant) (\(rows) rows)",
                remedy: "Look at \(file) in the work folder; mend the extract or raise "
                    + "ingest.\(source.rawValue).rejected-share-max. Nothing was published.")
        case .unclassifiedShare(let concept, let unclassified, let total, let limit):
            PopstatError(
                code: "CLASSIFY-030", kind: .dataBeyondLimits,
                message: "\(unclassified) of \(total) \(concept) persons at the last date are in "
                    + "units without a class, more than the share \(limit)",
                remedy: "Add the missing codes to the divisions or the changes, or raise "
                    + "classify.unclassified-share-max. Nothing was published.")
        case .cannotPublish(let path, let reason):
            PopstatError(
                code: "PUBLISH-020", kind: .cannotCreate,
                message: "the results cannot be written: \(reason)",
                remedy: "Free space or mend the rights of the folder.", place: Place(file: path))
        case .notAPublication(let path):
            PopstatError(
                code: "PUBLISH-021", kind: .cannotCreate,
                message: "the output folder holds files that popstat did not publish",
                remedy: "Give an empty or new folder with --output or publish.output.",
                place: Place(file: path))
        case .foldersOverlap(let output, let work):
            PopstatError(
                code: "PUBLISH-022", kind: .usage,
                message: "the output folder and the work folder \(work) lie in one another, and "
                    + "the work folder is private",
                remedy: "Give a folder of its own to each, with --output and --work.",
                place: Place(file: output))
        case .storeInOutput(let store, let output): Self.storeInOutput(store, output)
        case .balance(let equation, let left, let right, let place):
            Self.ours(
                "AGGREGATE-001",
                "the balance \(equation) does not hold for \(place): \(left) against \(right)")
        case .rateParts(let area, let year, let change, let parts):
            Self.partsNotTheChange(area, year, change, parts)
        }
    }

    private var errorOfWork: PopstatError {
        switch self {
        case .workFolder(let path, let reason):
            PopstatError(
                code: "INGEST-020", kind: .cannotCreate,
                message: "the work folder cannot be used: \(reason)",
                remedy: "Give a folder that popstat may write with --work.",
                place: Place(file: path))
        case .workFolderOpen(let path, let mode):
            PopstatError(
                code: "INGEST-021", kind: .cannotCreate,
                message: "the work folder is open to others (mode \(mode), 0700 is needed), "
                    + "and it holds personal data",
                remedy: "Run `chmod 700` on it, or give another folder with --work.",
                place: Place(file: path))
        case .workFileOpen(let path, let mode):
            PopstatError(
                code: "INGEST-024", kind: .cannotCreate,
                message: "a file or folder in the work folder is open to others (mode \(mode)), "
                    + "and it may hold personal data",
                remedy: "Run `chmod -R go-rwx` on the work folder.", place: Place(file: path))
        case .lockHeld(let path, let holder):
            PopstatError(
                code: "INGEST-022", kind: .lockHeld,
                message: "another run holds the work folder (\(holder))",
                remedy: "Wait for it to end, or give another folder with --work.",
                place: Place(file: path))
        case .noWorkFolder(let path):
            PopstatError(
                code: "INGEST-023", kind: .inputMissing, message: "there is no work folder",
                remedy: "Give the one that the runs were given with --work.",
                place: Place(file: path))
        default: preconditionFailure("a fault of another kind")
        }
    }

    private static func storeInOutput(_ store: String, _ output: String) -> PopstatError {
        PopstatError(
            code: "PUBLISH-023", kind: .usage,
            message: "the store lies in the output folder \(output), which a run replaces",
            remedy: "Name a file outside of it in publish.store.", place: Place(file: store))
    }

    private static func partsNotTheChange(
        _ area: String, _ year: Int, _ change: String, _ parts: String
    ) -> PopstatError {
        ours(
            "AGGREGATE-003",
            "the parts of the change of the rate of \(area) in \(year) come to \(parts), not "
                + "to the change \(change)")
    }

    /// Figures that contradict themselves.
    private static func ours(_ code: String, _ message: String) -> PopstatError {
        PopstatError(
            code: code, kind: .internalFault, message: message,
            remedy: "This is a fault of popstat: report it with this line. Nothing was published.")
    }
}

extension PopstatErrors {
    init(_ fault: RunFault) { self.init([fault.error]) }
}
