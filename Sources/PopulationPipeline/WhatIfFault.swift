import PopulationModel

/// What can stop a reader of a published folder, a what-if or an export, with its wording.
package enum WhatIfFault: Equatable, Sendable {
    case noRun(path: String)
    case noCube(path: String)
    case cannotRead(path: String, reason: String, isMissing: Bool)
    case notACube(path: String)
    case otherVersion(path: String, found: String, expected: String)
    case damaged(path: String, part: String)
    case noManifest(path: String, reason: Bilingual)
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

    private static let runAgain = Bilingual(
        "请用本版本的 popstat 重新运行计划。", "Run the plan again with this version of popstat.")

    private typealias Wording = (
        code: String, kind: PopstatError.Kind, path: String, message: Bilingual, remedy: Bilingual
    )

    private var wording: Wording {
        switch self {
        case .noRun, .noCube, .cannotRead, .notACube, .otherVersion, .damaged: wordingOfCube
        case .noManifest(let path, let reason):
            (
                "046", .usage, path,
                Bilingual(
                    "清单不是本版本的清单：\(reason.zh)",
                    "the manifest is none of this version: \(reason.en)"), Self.runAgain
            )
        case .otherTable(let path, let table):
            (
                "047", .usage, path,
                Bilingual(
                    "由该数据立方体得不出一同发布的表 \(table)",
                    "the cube does not give the table \(table) that was published beside it"),
                Self.runAgain
            )
        case .foldersOverlap(let output, let run):
            (
                "048", .usage, output,
                Bilingual(
                    "该文件夹与运行的文件夹 \(run) 一个在另一个之内，而下次运行会将后者整体替换",
                    "this folder and the folder of the run \(run) lie in one another, and the "
                        + "next run replaces that as a whole"),
                Bilingual("请用 --output 另给文件夹。", "Give another folder with --output.")
            )
        case .noPublicTables(let path):
            (
                "071", .usage, path,
                Bilingual("该次运行没有公开表", "the run published no public tables"),
                Bilingual(
                    "请在 publish.protection 中写明公布时点并重新运行计划，或用 --scope internal。",
                    "Name release dates in publish.protection and run the plan again, or take "
                        + "--scope internal.")
            )
        case .tableChanged(let path):
            (
                "072", .readOrWriteFailed, path,
                Bilingual("该表不是清单所列的表", "the table is not the one that the manifest names"),
                Bilingual("请重新运行计划。", "Run the plan again.")
            )
        }
    }

    private var wordingOfCube: Wording {
        switch self {
        case .noRun(let path):
            (
                "040", .inputMissing, path, Bilingual("没有这个文件夹", "there is no such folder"),
                Bilingual(
                    "请给出运行的输出文件夹或其计划。", "Name the output folder of a run, or its plan.")
            )
        case .noCube(let path):
            (
                "041", .inputMissing, path,
                Bilingual("文件夹中没有运行的数据立方体", "the folder holds no cube of a run"),
                Bilingual("请给出运行的输出文件夹。", "Name the output folder of a run. ")
                    + Self.runAgain
            )
        case .cannotRead(let path, let reason, let isMissing):
            (
                "042", isMissing ? .inputMissing : .readOrWriteFailed, path,
                Bilingual("文件无法读取：\(reason)", "the file cannot be read: \(reason)"),
                Bilingual("请检查其路径和权限。", "Check its path and its rights.")
            )
        case .notACube(let path):
            (
                "043", .usage, path,
                Bilingual("该文件不是 popstat 的数据立方体", "the file is no cube of popstat"),
                Self.runAgain
            )
        case .otherVersion(let path, let found, let expected):
            (
                "044", .usage, path,
                Bilingual(
                    "数据立方体的版本为 \(found)，应为 \(expected)",
                    "the cube is of version \(found), expected \(expected)"), Self.runAgain
            )
        case .damaged(let path, let part):
            (
                "045", .readOrWriteFailed, path,
                Bilingual("数据立方体已损坏：\(part)", "the cube is damaged: \(part)"),
                Self.runAgain
            )
        default: preconditionFailure("no fault of a cube")
        }
    }
}

extension PopstatErrors {
    init(_ fault: WhatIfFault) { self.init([fault.error]) }
}
