import PopulationModel
import PopulationPublish

/// What can stop a run outside the stages, with its wording; the gates are in it.
package enum RunFault: Equatable, Sendable {
    case cannotReadInput(label: String, reason: Bilingual, isMissing: Bool)
    case workFolder(path: String, reason: String)
    case workFolderOpen(path: String, mode: String)
    case workFileOpen(path: String, mode: String)
    case lockHeld(path: String, holder: String)
    case noWorkFolder(path: String)
    case notAWorkFolder(path: String)
    case rejectedShare(
        source: Source, rejected: Int, read: Int, limit: String, dominant: RejectReason,
        dominantRows: Int, file: String)
    case unclassifiedShare(concept: Concept, unclassified: Int, total: Int, limit: String)
    case cannotPublish(path: String, reason: String)
    case notAPublication(path: String)
    case outputIsFile(path: String)
    case outputIsLink(path: String)
    case outputHeld(path: String)
    case foldersOverlap(output: String, work: String)
    case storeInOutput(store: String, output: String)
    /// What was printed did not arrive.
    case outputLost(reason: String)
    case balance(equation: String, left: Int, right: Int, where: String)
    case rateParts(area: String, year: Int, change: String, parts: String)

    /// An extract that is not what it was when it was first looked at.
    static func changedDuringRun(label: String) -> RunFault {
        .cannotReadInput(
            label: label, reason: Bilingual("它在运行期间被改动", "it changed during the run"),
            isMissing: false)
    }

    package var error: PopstatError {
        switch self {
        case .cannotReadInput(let label, let reason, let isMissing):
            PopstatError(
                code: "PLAN-090", kind: isMissing ? .inputMissing : .readOrWriteFailed,
                message: Bilingual(
                    "文件无法读取：\(reason.zh)", "the file cannot be read: \(reason.en)"),
                remedy: Bilingual(
                    "请检查计划中的路径和文件的权限。",
                    "Check the path in the plan and the rights of the file."),
                place: Place(file: label))
        case .workFolder, .workFolderOpen, .workFileOpen, .lockHeld, .noWorkFolder,
            .notAWorkFolder:
            errorOfWork
        case .cannotPublish, .notAPublication, .foldersOverlap, .storeInOutput, .outputLost:
            errorOfOutput
        case .outputIsFile, .outputIsLink, .outputHeld: errorOfOutputPlace
        case .rejectedShare, .unclassifiedShare, .balance, .rateParts: errorOfFigures
        }
    }

    private var errorOfWork: PopstatError {
        switch self {
        case .workFolder(let path, let reason):
            PopstatError(
                code: "INGEST-020", kind: .cannotCreate,
                message: Bilingual(
                    "工作文件夹无法使用：\(reason)", "the work folder cannot be used: \(reason)"),
                remedy: Bilingual(
                    "请用 --work 给出 popstat 可以写入的文件夹。",
                    "Give a folder that popstat may write with --work."),
                place: Place(file: path))
        case .workFolderOpen(let path, let mode):
            PopstatError(
                code: "INGEST-021", kind: .cannotCreate,
                message: Bilingual(
                    "工作文件夹对他人开放（权限 \(mode)，应为 0700），而其中有个人信息",
                    "the work folder is open to others (mode \(mode), 0700 is needed), "
                        + "and it holds personal data"),
                remedy: Bilingual(
                    "请对它执行 `chmod 700`，或用 --work 另给文件夹。",
                    "Run `chmod 700` on it, or give another folder with --work."),
                place: Place(file: path))
        case .workFileOpen(let path, let mode):
            PopstatError(
                code: "INGEST-024", kind: .cannotCreate,
                message: Bilingual(
                    "工作文件夹中有文件或文件夹对他人开放（权限 \(mode)），其中可能有个人信息",
                    "a file or folder in the work folder is open to others (mode \(mode)), "
                        + "and it may hold personal data"),
                remedy: Bilingual(
                    "请对工作文件夹执行 `chmod -R go-rwx`。",
                    "Run `chmod -R go-rwx` on the work folder."), place: Place(file: path))
        case .lockHeld(let path, let holder):
            PopstatError(
                code: "INGEST-022", kind: .lockHeld,
                message: Bilingual(
                    "另一次运行正在使用该工作文件夹（\(holder.replacing("process", with: "进程"))）",
                    "another run holds the work folder (\(holder))"),
                remedy: Bilingual(
                    "请等它结束。", "Wait for it to end."),
                place: Place(file: path))
        case .noWorkFolder(let path):
            PopstatError(
                code: "INGEST-023", kind: .inputMissing,
                message: Bilingual("没有工作文件夹", "there is no work folder"),
                remedy: Bilingual(
                    "请用 --work 给出各次运行所用的工作文件夹。",
                    "Give the one that the runs were given with --work."),
                place: Place(file: path))
        case .notAWorkFolder(let path):
            PopstatError(
                code: "INGEST-025", kind: .cannotCreate,
                message: Bilingual(
                    "工作文件夹中有不是 popstat 的文件",
                    "the work folder holds files that are not popstat's"),
                remedy: Bilingual(
                    "请用 --work 给出空的或新的文件夹。",
                    "Give an empty or new folder with --work."), place: Place(file: path))
        default: preconditionFailure("a fault of another kind")
        }
    }

    /// What stands where the output folder is to be.
    private var errorOfOutputPlace: PopstatError {
        switch self {
        case .outputIsFile(let path):
            PopstatError(
                code: "PUBLISH-024", kind: .cannotCreate,
                message: Bilingual(
                    "应是输出文件夹，却是一个文件",
                    "this is a file, and the output folder would take its place"),
                remedy: Bilingual(
                    "请用 --output 或 publish.output 给出空的或新的文件夹。",
                    "Give an empty or new folder with --output or publish.output."),
                place: Place(file: path))
        case .outputIsLink(let path):
            PopstatError(
                code: "PUBLISH-025", kind: .cannotCreate,
                message: Bilingual(
                    "这是一个符号链接，而输出文件夹会取代它",
                    "this is a symbolic link, and the output folder would take its place"),
                remedy: Bilingual(
                    "请用 --output 或 publish.output 给出它所指的文件夹。",
                    "Give the folder that it leads to with --output or publish.output."),
                place: Place(file: path))
        case .outputHeld(let path):
            PopstatError(
                code: "PUBLISH-027", kind: .lockHeld,
                message: Bilingual(
                    "另一次运行正在向该输出文件夹发布", "another run publishes into this folder"),
                remedy: Bilingual("请等它结束。", "Wait for it to end."), place: Place(file: path))
        default: preconditionFailure("a fault of another kind")
        }
    }

    private var errorOfOutput: PopstatError {
        switch self {
        case .cannotPublish(let path, let reason):
            PopstatError(
                code: "PUBLISH-020", kind: .cannotCreate,
                message: Bilingual(
                    "结果无法写入：\(reason)", "the results cannot be written: \(reason)"),
                remedy: Bilingual(
                    "请腾出空间或改正文件夹的权限。", "Free space or mend the rights of the folder."),
                place: Place(file: path))
        case .notAPublication(let path):
            PopstatError(
                code: "PUBLISH-021", kind: .cannotCreate,
                message: Bilingual(
                    "输出文件夹中有不是 popstat 发布的文件",
                    "the output folder holds files that popstat did not publish"),
                remedy: Bilingual(
                    "请移走它们，或用 --output 或 publish.output 给出空的或新的文件夹。",
                    "Move them away, or give an empty or new folder with --output or "
                        + "publish.output."),
                place: Place(file: path))
        case .outputLost(let reason):
            PopstatError(
                code: "PUBLISH-026", kind: .readOrWriteFailed,
                message: Bilingual(
                    "标准输出无法写入：\(reason)", "standard output cannot be written: \(reason)"),
                remedy: Bilingual(
                    "请看它所指的文件或程序；运行本身已完成。",
                    "Look at the file or program that it leads to; the work itself was done."))
        case .foldersOverlap(let output, let work):
            PopstatError(
                code: "PUBLISH-022", kind: .usage,
                message: Bilingual(
                    "输出文件夹与工作文件夹 \(work) 一个在另一个之内，而工作文件夹不得公开",
                    "the output folder and the work folder \(work) lie in one another, and "
                        + "the work folder is private"),
                remedy: Bilingual(
                    "请用 --output 和 --work 各给单独的文件夹。",
                    "Give a folder of its own to each, with --output and --work."),
                place: Place(file: output))
        case .storeInOutput(let store, let output):
            PopstatError(
                code: "PUBLISH-023", kind: .usage,
                message: Bilingual(
                    "存储库在输出文件夹 \(output) 之内，而每次运行会替换该文件夹",
                    "the store lies in the output folder \(output), which a run replaces"),
                remedy: Bilingual(
                    "请在 publish.store 中给出该文件夹之外的文件。",
                    "Name a file outside of it in publish.store."), place: Place(file: store))
        default: preconditionFailure("a fault of another kind")
        }
    }

    private var errorOfFigures: PopstatError {
        switch self {
        case .rejectedShare(
            let source, let rejected, let read, let limit, let dominant, let rows, let file):
            PopstatError(
                code: "INGEST-030", kind: .dataBeyondLimits,
                message: Bilingual(
                    "\(read) 行\(source.words.zh)中有 \(rejected) 行被拒绝，超过允许的比例 \(limit)；"
                        + "最多的原因是\(ReasonWords.meaning(of: dominant.word).zh)（\(dominant.word)，\(rows) 行）",
                    "\(rejected) of \(read) \(source.words.en) rows are rejected, more than "
                        + "the share \(limit); most of them for \(dominant.word), "
                        + "\(ReasonWords.meaning(of: dominant.word).en) (\(rows) rows)"),
                remedy: (dominant == .idDamaged ? Self.spreadsheet : Bilingual(both: ""))
                    + Bilingual(
                        "请查看工作文件夹中的 \(file)；请改正数据文件，或提高 "
                            + "ingest.\(source.rawValue).rejected-share-max。没有发布任何内容。",
                        "Look at \(file) in the work folder; mend the extract or raise "
                            + "ingest.\(source.rawValue).rejected-share-max. Nothing was published."
                    ))
        case .unclassifiedShare(let concept, let unclassified, let total, let limit):
            PopstatError(
                code: "CLASSIFY-030", kind: .dataBeyondLimits,
                message: Bilingual(
                    "末时点 \(total) \(concept.words.zh)中有 \(unclassified) 人所在单位未归类，"
                        + "超过允许的比例 \(limit)",
                    "\(unclassified) of \(total) \(concept.words.en) at the last date are in "
                        + "units without a class, more than the share \(limit)"),
                remedy: Bilingual(
                    "请在区划代码或区划变更文件中补上缺少的代码，或提高 "
                        + "classify.unclassified-share-max。没有发布任何内容。",
                    "Add the missing codes to the divisions or the changes, or raise "
                        + "classify.unclassified-share-max. Nothing was published."))
        case .balance(let equation, let left, let right, let place):
            Self.ours(
                "AGGREGATE-001",
                Bilingual(
                    "等式 \(equation) 在 \(place) 不成立：\(left) 对 \(right)",
                    "the balance \(equation) does not hold for \(place): \(left) against "
                        + "\(right)"))
        case .rateParts(let area, let year, let change, let parts):
            Self.ours(
                "AGGREGATE-003",
                Bilingual(
                    "\(area) 在 \(year) 年城镇化率变动的各部分之和为 \(parts)，不等于变动 \(change)",
                    "the parts of the change of the rate of \(area) in \(year) come to \(parts), "
                        + "not to the change \(change)"))
        default: preconditionFailure("a fault of another kind")
        }
    }

    private static let spreadsheet = Bilingual(
        "号码经电子表格打开后已失去末几位，请提供方重新导出。",
        "A spreadsheet took away the last digits of the numbers: have them exported again. ")

    /// Figures that contradict themselves.
    private static func ours(_ code: String, _ message: Bilingual) -> PopstatError {
        PopstatError(
            code: code, kind: .internalFault, message: message,
            remedy: Bilingual(
                "这是 popstat 的故障：请附上本行报告。没有发布任何内容。",
                "This is a fault of popstat: report it with this line. Nothing was published."))
    }
}

extension PopstatErrors {
    init(_ fault: RunFault) { self.init([fault.error]) }
}
