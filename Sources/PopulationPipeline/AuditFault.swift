import PopulationModel

/// What can be wrong with an audit log, with its wording.
package enum AuditFault: Equatable, Sendable {
    case noLog(path: String)
    case cannotWrite(path: String, reason: String)
    case openToOthers(path: String, mode: String)
    case changed(path: String, line: Int)
    case missing(path: String, line: Int, number: Int)
    case cut(path: String, line: Int)
    case endMissing(path: String, found: Int, expected: Int)
    case noHead(path: String)
    case notInLog(path: String)

    package var error: PopstatError {
        let (code, kind, place, message, remedy) = wording
        return PopstatError(
            code: "AUDIT-\(code)", kind: kind, message: message, remedy: remedy, place: place)
    }

    private typealias Wording = (
        code: String, kind: PopstatError.Kind, place: Place, message: Bilingual, remedy: Bilingual
    )

    private static let lookInto = Bilingual(
        "请与另存的副本核对，并查明谁可以写入它。",
        "Compare it with a copy that was kept elsewhere, and find out who could write to it.")

    private var wording: Wording {
        switch self {
        case .noLog, .cannotWrite, .openToOthers: wordingOfFile
        case .changed(let path, let line):
            (
                "004", .dataBeyondLimits, Place(file: path, line: line),
                Bilingual("该条目不是当时写入的内容", "the entry is not the one that was written"),
                Self.lookInto
            )
        case .missing(let path, let line, let number):
            (
                "005", .dataBeyondLimits, Place(file: path, line: line),
                Bilingual(
                    "条目 \(number) 与前一条不衔接：有条目被取走或插入",
                    "entry \(number) does not follow on the one before it: an entry was taken "
                        + "out or put in"), Self.lookInto
            )
        case .cut(let path, let line):
            (
                "006", .dataBeyondLimits, Place(file: path, line: line),
                Bilingual(
                    "最后一行不完整，像是因崩溃中断", "the last line is cut off, as by a crash"),
                Bilingual(
                    "下一个写日志的命令会将其删去；它还不是条目。",
                    "The next command that writes to the log removes it; it was no entry yet.")
            )
        case .endMissing(let path, let found, let expected):
            (
                "007", .dataBeyondLimits, Place(file: path),
                Bilingual(
                    "日志止于条目 \(found)，而条目 \(expected) 曾经写入",
                    "the log ends with entry \(found), and entry \(expected) was written"),
                Self.lookInto
            )
        case .noHead(let path):
            (
                "008", .dataBeyondLimits, Place(file: path),
                Bilingual(
                    "记录日志结尾的文件缺失或已损坏",
                    "what says how the log ends is missing or damaged"), Self.lookInto
            )
        case .notInLog(let path):
            (
                "009", .dataBeyondLimits, Place(file: path),
                Bilingual(
                    "没有条目的摘要与另处记下的相同",
                    "no entry has the digest that was noted elsewhere"), Self.lookInto
            )
        }
    }

    private var wordingOfFile: Wording {
        switch self {
        case .noLog(let path):
            (
                "001", .inputMissing, Place(file: path),
                Bilingual("没有审计日志", "there is no audit log"),
                Bilingual(
                    "请给出计划、其输出文件夹或日志的文件夹。",
                    "Name a plan, its output folder, or the folder of the log.")
            )
        case .cannotWrite(let path, let reason):
            (
                "002", .cannotCreate, Place(file: path),
                Bilingual(
                    "审计日志无法写入：\(reason)", "the audit log cannot be written: \(reason)"),
                Bilingual(
                    "请腾出空间或改正其文件夹的权限，或用 POPSTAT_AUDIT 另指一个。",
                    "Free space or mend the rights of its folder, or name another with "
                        + "POPSTAT_AUDIT.")
            )
        case .openToOthers(let path, let mode):
            (
                "003", .cannotCreate, Place(file: path),
                Bilingual(
                    "审计日志对他人开放（权限 \(mode)）",
                    "the audit log is open to others (mode \(mode))"),
                Bilingual("请对它执行 `chmod go-rwx`。", "Run `chmod go-rwx` on it.")
            )
        default: preconditionFailure("no fault of the file")
        }
    }
}

extension PopstatErrors {
    init(_ fault: AuditFault) { self.init([fault.error]) }
}
