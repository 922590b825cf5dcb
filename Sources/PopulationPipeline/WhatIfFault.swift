import PopulationModel

/// What can stop a reader of a published folder, a what-if or an export, with its wording.
package enum WhatIfFault: Equatable, Sendable {
    case noRun(path: String)
    case noCube(path: String)
    case cannotRead(path: String, reason: String, isMissing: Bool)
    case notACube(path: String)
    case otherVersion(path: String, found: String, expected: String)
    case damaged(path: String, part: String)
    case noManifest(path: String, reason: String)
    case otherTable(path: String, table: String)
    case foldersOverlap(output: String, run: String)
    case noPublicTables(path: String)
    case tableChanged(path: String)

    package var error: PopstatError {
        let (code, kind, path, message, remedy) = wording
        return PopstatError(
            code: "PUBLISH-\(code)", kind: kind, message: message, remedy: remedy,
            place: Place(file: path))
    }

    private static let runAgain = "Run the plan again with this version of popstat."

    private typealias Wording = (
        code: String, kind: PopstatError.Kind, path: String, message: String, remedy: String
    )

    private var wording: Wording {
        switch self {
        case .noRun(let path):
            (
                "040", .inputMissing, path, "there is no such folder",
                "Name the output folder of a run, or its plan."
            )
        case .noCube(let path):
            (
                "041", .inputMissing, path, "the folder holds no cube of a run",
                "Name the output folder of a run. " + Self.runAgain
            )
        case .cannotRead(let path, let reason, let isMissing):
            (
                "042", isMissing ? .inputMissing : .readOrWriteFailed, path,
                "the file cannot be read: \(reason)", "Check its path and its rights."
            )
        case .notACube(let path):
            ("043", .usage, path, "the file is no cube of popstat", Self.runAgain)
        case .otherVersion(let path, let found, let expected):
            (
                "044", .usage, path, "the cube is of version \(found), expected \(expected)",
                Self.runAgain
            )
        case .damaged(let path, let part):
            ("045", .readOrWriteFailed, path, "the cube is damaged: \(part)", Self.runAgain)
        case .noManifest(let path, let reason):
            (
                "046", .usage, path, "the manifest is none of this version: \(reason)",
                Self.runAgain
            )
        case .otherTable(let path, let table):
            (
                "047", .usage, path,
                "the cube does not give the table \(table) that was published beside it",
                Self.runAgain
            )
        case .foldersOverlap(let output, let run):
            (
                "048", .usage, output,
                "this folder and the folder of the run \(run) lie in one another, and the next "
                    + "run replaces that as a whole",
                "Give another folder with --output."
            )
        case .noPublicTables(let path):
            (
                "071", .usage, path, "the run published no public tables",
                "Name release dates in publish.protection and run the plan again, or take "
                    + "--scope internal."
            )
        case .tableChanged(let path):
            (
                "072", .readOrWriteFailed, path,
                "the table is not the one that the manifest names", "Run the plan again."
            )
        }
    }
}

extension PopstatErrors {
    init(_ fault: WhatIfFault) { self.init([fault.error]) }
}
