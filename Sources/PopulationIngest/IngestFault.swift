import Glibc
package import PopulationModel

/// Everything that can make an extract unreadable as a whole, with its wording.
package enum IngestFault: Equatable {
    case cannotOpen(label: String, errno: Int32)
    case cannotRead(label: String, errno: Int32)
    case changedWhileRead(label: String)
    case noHeader(label: String)
    case header(label: String, HeaderFault)
    case damagedGzip(label: String)
    case noGB18030(label: String)
    case utf16(label: String)
    case cannotWrite(path: String, errno: Int32)
    case recordTooLong(label: String, byteOffset: Int)
    case zeroBytes(label: String)
    case otherForm(label: String, form: OtherForm)
    case otherSeparator(label: String, separator: OtherSeparator)
    case unpacksTooFar(label: String, ratioMax: Int)
    /// The mark at the beginning and the plan name different encodings.
    case otherMark(label: String, mark: String, plan: String)

    package var error: PopstatError {
        switch self {
        case .cannotOpen, .cannotRead, .changedWhileRead, .damagedGzip, .cannotWrite: errorOfSystem
        case .header(let label, let fault): Self.headerError(label, fault)
        case .noHeader, .noGB18030, .utf16, .recordTooLong, .zeroBytes, .unpacksTooFar, .otherMark:
            errorOfContent
        case .otherForm(let label, let form): form.error(label: label)
        case .otherSeparator(let label, let separator):
            Self.error(
                "017", .usage, Place(file: label, line: 1),
                Bilingual(
                    "各列似以\(separator.name.zh)分隔，应为逗号",
                    "the fields look separated by \(separator.name.en), and commas are expected"),
                OtherForm.saveAsCSV)
        }
    }

    private var errorOfSystem: PopstatError {
        switch self {
        case .cannotOpen(let label, let number):
            Self.error(
                "001", number == ENOENT ? .inputMissing : .readOrWriteFailed, Place(file: label),
                Bilingual(
                    "数据文件无法打开：\(Self.text(number))",
                    "the extract cannot be opened: \(Self.text(number))"),
                number == EMFILE
                    ? Bilingual(
                        "请提高可打开文件数的限额，例如 `ulimit -n 4096`。",
                        "Raise the limit of open files, such as by `ulimit -n 4096`.")
                    : Bilingual(
                        "请确认文件存在，且 popstat 有权读取。",
                        "Check that the file is there and that popstat may read it."))
        case .cannotRead(let label, let number):
            Self.error(
                "002", .readOrWriteFailed, Place(file: label),
                Bilingual(
                    "读取失败：\(Self.text(number))", "reading failed: \(Self.text(number))"),
                Bilingual(
                    "请检查磁盘或网络共享，然后重新运行。",
                    "Check the disk or the network share, then run again."))
        case .changedWhileRead(let label):
            Self.error(
                "003", .readOrWriteFailed, Place(file: label),
                Bilingual("数据文件在读取时被改动", "the extract changed while it was read"),
                Bilingual(
                    "请在提供方写完后重新运行。",
                    "Run again when the supplier has finished writing it."))
        case .damagedGzip(let label):
            Self.error(
                "008", .readOrWriteFailed, Place(file: label),
                Bilingual("gzip 文件已损坏或不完整", "the gzip file is damaged or cut short"),
                Bilingual("请向提供方重新复制。", "Copy it again from the supplier."))
        case .cannotWrite(let path, let number):
            Self.error(
                "011", .readOrWriteFailed, Place(file: path),
                Bilingual(
                    "写入工作文件夹失败：\(Self.text(number))",
                    "writing the work folder failed: \(Self.text(number))"),
                Bilingual(
                    "请腾出空间，或改正 --work 所指文件夹的权限。",
                    "Free space or mend the rights of the folder given by --work."))
        default: preconditionFailure("a fault of another kind")
        }
    }

    private var errorOfContent: PopstatError {
        switch self {
        case .noHeader(let label):
            Self.error(
                "004", .usage, Place(file: label, line: 1),
                Bilingual("数据文件没有表头行", "the extract has no header line"),
                Bilingual(
                    "请重新导出，第一行写列名。",
                    "Export it again with the column names in the first line."))
        case .noGB18030(let label):
            Self.error(
                "009", .internalFault, Place(file: label),
                Bilingual(
                    "本机的 C 库没有 GB18030", "the C library of this machine has no GB18030"),
                Bilingual(
                    "请安装 Debian 的 libc-bin 及其 gconv 模块，或改交 UTF-8。",
                    "Install Debian's libc-bin with its gconv modules, or deliver UTF-8."))
        case .utf16(let label):
            Self.error(
                "010", .usage, Place(file: label),
                Bilingual(
                    "数据文件是 UTF-16，应为 UTF-8 或 GB18030",
                    "the extract is UTF-16, expected UTF-8 or GB18030"), Self.exportAgain)
        case .recordTooLong(let label, let byteOffset):
            Self.error(
                "012", .dataBeyondLimits, Place(file: label, byteOffset: byteOffset),
                Bilingual(
                    "有一条记录超过 128 MiB：这不是 CSV 数据文件",
                    "a record is longer than 128 MiB: this is no CSV extract"),
                Bilingual(
                    "请从该字节起查看文件，并重新导出。",
                    "Look at the file from that byte on; export it again."))
        case .zeroBytes(let label):
            Self.error(
                "013", .usage, Place(file: label, line: 1),
                Bilingual(
                    "表头含零字节：这是 UTF-16 或不是文本，应为 UTF-8 或 GB18030",
                    "the header holds zero bytes: this is UTF-16 or no text, "
                        + "expected UTF-8 or GB18030"), Self.exportAgain)
        case .unpacksTooFar(let label, let ratioMax):
            Self.error(
                "014", .dataBeyondLimits, Place(file: label),
                Bilingual(
                    "gzip 文件解压后超过自身大小的 \(ratioMax) 倍，登记数据不会如此",
                    "the gzip file unpacks to more than \(ratioMax) times its size, which no "
                        + "register does"),
                Bilingual(
                    "请查看其内容；确为数据文件的，解压后再交。",
                    "Look at what it holds; deliver it unpacked if it is an extract."))
        case .otherMark(let label, let mark, let plan):
            Self.error(
                "015", .usage, Place(file: label),
                Bilingual(
                    "数据文件以 \(mark) 的标记开头，而计划写明 \(plan)",
                    "the extract begins with the mark of \(mark), and the plan says \(plan)"),
                Bilingual(
                    "请在计划中写 `encoding: auto`，或重新导出。",
                    "Write `encoding: auto` in the plan, or export it again."))
        default: preconditionFailure("a fault of another kind")
        }
    }

    private static let exportAgain = Bilingual(
        "请重新导出为 UTF-8 或 GB18030。", "Export it again as UTF-8 or GB18030.")

    private static func headerError(_ label: String, _ fault: HeaderFault) -> PopstatError {
        let place = Place(file: label, line: 1)
        switch fault {
        case .isRow: return IngestFault.noHeader(label: label).error
        case .namedTwice(let header):
            let name = shown(header)
            return error(
                "005", .usage, place,
                Bilingual("表头“\(name.zh)”出现两次", "the header '\(name.en)' stands twice"),
                Bilingual("请重新导出，每列只出现一次。", "Export the extract with each column once."))
        case .twoHeaders(let column, let first, let second):
            let (one, other) = (shown(first), shown(second))
            return error(
                "006", .usage, place,
                Bilingual(
                    "列 \(column) 有两个表头：“\(one.zh)”和“\(other.zh)”",
                    "two headers stand for the column \(column): '\(one.en)' and "
                        + "'\(other.en)'"),
                Bilingual(
                    "请只导出其中一个，或在计划中为它另指一列。",
                    "Export only one of them, or name another column for it in the plan."))
        case .missing(let expected, let found, let missing, let additional):
            if missing == expected, let separator = OtherSeparator(in: found) {
                return IngestFault.otherSeparator(label: label, separator: separator).error
            }
            // Not one is known: it may not be the header at all.
            let titles =
                missing == expected
                ? Bilingual(
                    "表头之上如有标题行，请去掉。",
                    " If title rows stand above the header, take them out.") : Bilingual(both: "")
            let (needed, absent) = (list(expected), list(missing))
            var (present, further) = (list(found), list(additional))
            if !additional.isEmpty, additional.count == found.count(where: { !$0.isEmpty }) {
                (present, further) = (Self.unknown(additional.count), Self.notShown)
            }
            return error(
                "007", .usage, place,
                Bilingual(
                    "缺少列；应有：\(needed.zh)；现有：\(present.zh)；缺少：\(absent.zh)；"
                        + "多出：\(further.zh)",
                    "columns are missing; expected: \(needed.en); found: \(present.en); "
                        + "missing: \(absent.en); additional: \(further.en)"),
                Bilingual(
                    "请在 `columns` 下为每个缺少的列写明数据文件的表头。",
                    "Name the extract's header for each missing column under `columns`.") + titles)
        }
    }

    /// Of a line none of whose words is known: it may be a title, or a row with a person's name.
    private static func unknown(_ count: Int) -> Bilingual {
        Bilingual("\(count) 个不认识的", "\(count) unknown")
    }

    private static let notShown = Bilingual(
        "不显示，因可能是个人信息", "not shown, as they may be of a person")

    private static func list(_ headers: [String]) -> Bilingual {
        let names = headers.map { shown($0) }
        return headers.isEmpty
            ? Bilingual("无", "none")
            : Bilingual(
                names.map(\.zh).joined(separator: "、"), names.map(\.en).joined(separator: ", "))
    }

    private static func error(
        _ number: String, _ kind: PopstatError.Kind, _ place: Place, _ message: Bilingual,
        _ remedy: Bilingual
    ) -> PopstatError {
        PopstatError(
            code: "INGEST-" + number, kind: kind, message: message, remedy: remedy, place: place)
    }

    /// A header as messages may print it: what holds a number may be a value of a row.
    private static func shown(_ header: String) -> Bilingual {
        HeaderMatcher.holdsNumber(header)
            ? Bilingual("（数字）", "(a number)") : Bilingual(both: header)
    }

    private static func text(_ number: Int32) -> String { String(cString: strerror(number)) }
}

extension PopstatErrors {
    init(_ fault: IngestFault) { self.init([fault.error]) }
}
