import PopulationModel

/// What can go wrong while a sample is written; the wording of every case stands here alone.
package enum SampleFault {
    case citizensOutOfRange(found: Int, least: Int, most: Int)
    case unitsOutOfRange(found: Int, least: Int, most: Int)
    case filesOutOfRange(source: Source, found: Int, least: Int, most: Int)
    case folderNotCreated(path: String, reason: String)
    case fileNotCreated(path: String, reason: String)
    case fileNotWritten(path: String, reason: String)
    case percentOutOfRange(found: Int, least: Int, most: Int)
    case notASample(path: String)

    package var error: PopstatError {
        switch self {
        case .citizensOutOfRange, .unitsOutOfRange, .filesOutOfRange, .percentOutOfRange:
            errorOfRange
        case .folderNotCreated(let path, let reason):
            PopstatError(
                code: "SAMPLE-004", kind: .cannotCreate,
                message: Bilingual(
                    "文件夹无法建立：\(reason)",
                    "the folder cannot be made: \(reason)"),
                remedy: Bilingual(
                    "请给出上级文件夹已存在且可写的文件夹。",
                    "Name a folder whose parent exists and can be written."),
                place: Place(file: path))
        case .fileNotCreated(let path, let reason):
            PopstatError(
                code: "SAMPLE-005", kind: .cannotCreate,
                message: Bilingual(
                    "文件无法建立：\(reason)",
                    "the file cannot be made: \(reason)"),
                remedy: Bilingual("请检查文件夹的权限。", "Check the folder's rights."),
                place: Place(file: path))
        case .fileNotWritten(let path, let reason):
            PopstatError(
                code: "SAMPLE-006", kind: .readOrWriteFailed,
                message: Bilingual(
                    "文件无法完整写入：\(reason)",
                    "the file cannot be written to its end: \(reason)"),
                remedy: Bilingual("请检查磁盘剩余空间。", "Check the space left on the disk."),
                place: Place(file: path))
        case .notASample(let path):
            PopstatError(
                code: "SAMPLE-008", kind: .cannotCreate,
                message: Bilingual(
                    "文件夹中已有文件，但不是样本",
                    "the folder holds files that are no sample"),
                remedy: Bilingual(
                    "请用 --output 给出空的或新的文件夹。",
                    "Give an empty or new folder with --output."),
                place: Place(file: path))
        }
    }

    private var errorOfRange: PopstatError {
        switch self {
        case .citizensOutOfRange(let found, let least, let most):
            PopstatError(
                code: "SAMPLE-001", kind: .usage,
                message: Bilingual(
                    "要求 \(found) 个公民，可以是 \(least) 至 \(most) 个",
                    "\(found) citizens are asked for, \(least) to \(most) are possible"),
                remedy: least > 1
                    ? Bilingual(
                        "请增加公民数，使每种预置缺陷只占很小份额；或生成无缺陷的样本。",
                        "Ask for more citizens, so that every planted defect stays a small share, "
                            + "or for a clean sample.") : Self.stayInRange)
        case .unitsOutOfRange(let found, let least, let most):
            PopstatError(
                code: "SAMPLE-002", kind: .usage,
                message: Bilingual(
                    "要求 \(found) 个统计单位，可以是 \(least) 至 \(most) 个",
                    "\(found) statistical units are asked for, "
                        + "\(least) to \(most) are possible"),
                remedy: Self.stayInRange)
        case .filesOutOfRange(let source, let found, let least, let most):
            PopstatError(
                code: "SAMPLE-003", kind: .usage,
                message: Bilingual(
                    "要求 \(found) 个\(source.words.zh)文件，可以是 \(least) 至 \(most) 个",
                    "\(found) files of \(source.words.en) are asked for, "
                        + "\(least) to \(most) are possible"),
                remedy: Self.stayInRange)
        case .percentOutOfRange(let found, let least, let most):
            PopstatError(
                code: "SAMPLE-007", kind: .usage,
                message: Bilingual(
                    "要求更新 \(found)%，可以是 \(least) 至 \(most)%",
                    "news of \(found) per cent are asked for, "
                        + "\(least) to \(most) are possible"),
                remedy: Self.stayInRange)
        default: preconditionFailure("a fault of another kind")
        }
    }

    private static let stayInRange = Bilingual(
        "请给出此范围内的数。", "Ask for a number in this range.")
}
