import PopulationModel

/// What `popstat doctor` finds that no run would tell by itself, with its wording.
package enum DoctorFault: Equatable, Sendable {
    case littleMemory(bytes: Int)
    case fewFiles(limit: Int, needed: Int)
    case noGB18030
    case clockNotSynchronised
    case clockBehind(file: String, time: String)
    case littleSpace(path: String, free: Int, needed: Int)
    case otherOwner(path: String, owner: String)
    case cannotMake(path: String, reason: String)
    case noExchange(path: String)
    case tokenExpires(path: String, name: String, day: String)
    case tokenExpired(path: String, name: String, day: String)
    case noCertificate(path: String, reason: Bilingual, isMissing: Bool)
    case certificateExpires(path: String, time: String)
    case certificateExpired(path: String, time: String)
    case certificateNotYet(path: String, time: String)
    case noPrinter
    case noFonts

    package var error: PopstatError {
        switch self {
        case .littleMemory, .fewFiles, .noGB18030, .clockNotSynchronised, .clockBehind, .noPrinter,
            .noFonts:
            machineError
        case .littleSpace, .otherOwner, .cannotMake, .noExchange: folderError
        default: accessError
        }
    }

    private var machineError: PopstatError {
        switch self {
        case .littleMemory(let bytes):
            Self.error(
                "001", .unavailable,
                Bilingual(
                    "内存只有 \(ByteText.of(bytes))", "there are only \(ByteText.of(bytes)) of memory"),
                Bilingual(
                    "请给 `popstat run --memory-limit` 其中的一半。",
                    "Give `popstat run --memory-limit` half of it."))
        case .fewFiles(let limit, let needed):
            Self.error(
                "002", .unavailable,
                Bilingual(
                    "一个进程可打开 \(limit) 个文件，该计划的运行需要 \(needed) 个",
                    "a process may have \(limit) open files, a run of this plan needs \(needed)"),
                Bilingual(
                    "请提高限额：服务的 LimitNOFILE，或 `ulimit -Hn`。",
                    "Raise the limit: LimitNOFILE of the service, or `ulimit -Hn`."))
        case .noGB18030:
            Self.error(
                "003", .unavailable,
                Bilingual(
                    "本机的 C 库没有 GB18030", "the C library of this machine has no GB18030"),
                Bilingual(
                    "请安装 Debian 的 libc-bin 及其 gconv 模块。",
                    "Install Debian's libc-bin with its gconv modules."))
        case .clockNotSynchronised:
            Self.error(
                "004", .unavailable,
                Bilingual("时钟没有与任何时钟同步", "the clock is not synchronised with any other"),
                Bilingual(
                    "请执行 `timedatectl set-ntp true`。", "Run `timedatectl set-ntp true`."))
        case .clockBehind(let file, let time):
            Self.error(
                "005", .unavailable,
                Bilingual(
                    "时钟偏慢：该文件的时间是 \(time)", "the clock is behind: this file is of \(time)"),
                Bilingual(
                    "请校准时钟，或查明是哪台机器写的该文件。",
                    "Set the clock, or find out which machine wrote the file."), file)
        case .noPrinter, .noFonts: printError
        default: preconditionFailure("a fault of another kind")
        }
    }

    private var printError: PopstatError {
        switch self {
        case .noPrinter:
            Self.error(
                "016", .unavailable,
                Bilingual(
                    "weasyprint 不在 PATH 中，而 --pdf 需要它",
                    "weasyprint is not on the PATH, and --pdf needs it"),
                Bilingual(
                    "需要 PDF 的，请安装 Debian 的 weasyprint。",
                    "Install Debian's weasyprint, if PDF is wanted."))
        case .noFonts:
            Self.error(
                "017", .unavailable,
                Bilingual(
                    "没有可供 --pdf 使用的中文字体",
                    "there is no font with Chinese characters for --pdf"),
                Bilingual(
                    "需要 PDF 的，请安装 Debian 的 fonts-noto-cjk。",
                    "Install Debian's fonts-noto-cjk, if PDF is wanted."))
        default: preconditionFailure("a fault of another kind")
        }
    }

    private var folderError: PopstatError {
        switch self {
        case .littleSpace(let path, let free, let needed):
            Self.error(
                "006", .cannotCreate,
                Bilingual(
                    "剩余 \(ByteText.of(free))，约需 \(ByteText.of(needed))",
                    "\(ByteText.of(free)) are free, and about \(ByteText.of(needed)) are needed"),
                Bilingual(
                    "请腾出空间，或另给其他磁盘上的文件夹。",
                    "Free space, or name a folder on another disk."), path)
        case .otherOwner(let path, let owner):
            Self.error(
                "007", .cannotCreate,
                Bilingual(
                    "它属于 \(owner)，不属于当前运行者",
                    "it belongs to \(owner), not to who runs this"),
                Bilingual(
                    "请以该用户运行 popstat，或另给文件夹。",
                    "Run popstat as that user, or give another folder."), path)
        case .cannotMake(let path, let reason):
            Self.error(
                "008", .cannotCreate,
                Bilingual(
                    "它无法建立或写入：\(reason)", "it cannot be made or written: \(reason)"),
                Bilingual(
                    "请改正上级文件夹的权限，或另给一个。",
                    "Mend the rights of the folder above, or give another one."), path)
        case .noExchange(let path):
            Self.error(
                "009", .cannotCreate,
                Bilingual(
                    "该文件系统不能一步交换两个文件夹，发布时读者会有一瞬间找不到文件夹",
                    "this file system cannot exchange two folders in one step, so that readers "
                        + "find no folder for a moment when a run publishes"),
                Bilingual("请发布到 ext4、XFS 或 Btrfs。", "Publish to ext4, XFS or Btrfs."), path)
        default: preconditionFailure("a fault of another kind")
        }
    }

    private var accessError: PopstatError {
        switch self {
        case .tokenExpires(let path, let name, let day):
            Self.error(
                "010", .usage,
                Bilingual("令牌 \(name) 有效至 \(day)", "the token \(name) holds until \(day)"),
                Bilingual(
                    "请给持有者发放新令牌：`popstat token add`。",
                    "Give its holder a new one: `popstat token add`."), path)
        case .tokenExpired(let path, let name, let day):
            Self.error(
                "011", .usage,
                Bilingual("令牌 \(name) 已于 \(day) 到期", "the token \(name) held until \(day)"),
                Bilingual(
                    "请给持有者发放新令牌，或将其吊销：`popstat token revoke`。",
                    "Give its holder a new one, or revoke it: `popstat token revoke`."), path)
        case .noCertificate(let path, let reason, let isMissing):
            Self.error(
                "012", isMissing ? .inputMissing : .usage,
                Bilingual(
                    "读不到证书：\(reason.zh)", "no certificate can be read: \(reason.en)"),
                Bilingual("请给出证书的 PEM 文件。", "Give a PEM file of certificates."), path)
        case .certificateExpires(let path, let time):
            Self.error(
                "013", .usage,
                Bilingual("有一份证书有效至 \(time)", "a certificate holds until \(time)"),
                Bilingual("请在此之前换新。", "Renew it before."), path)
        case .certificateExpired(let path, let time):
            Self.error(
                "014", .usage,
                Bilingual("有一份证书已于 \(time) 到期", "a certificate held until \(time)"),
                Bilingual("请换新，并重新启动服务器。", "Renew it, and start the server again."),
                path)
        case .certificateNotYet(let path, let time):
            Self.error(
                "015", .usage,
                Bilingual(
                    "有一份证书在 \(time) 之前无效", "a certificate does not hold before \(time)"),
                Bilingual("请查看时钟，或等待。", "Look at the clock, or wait."), path)
        default: preconditionFailure("a fault of another kind")
        }
    }

    private static func error(
        _ number: String, _ kind: PopstatError.Kind, _ message: Bilingual, _ remedy: Bilingual,
        _ place: String? = nil
    ) -> PopstatError {
        PopstatError(
            code: "DOCTOR-" + number, kind: kind, message: message, remedy: remedy,
            place: place.map { Place(file: $0) })
    }
}

/// A number of bytes in words.
enum ByteText {
    static func of(_ bytes: Int) -> String {
        let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
        var number = bytes
        var unit = 0
        while number >= 10_240, unit < units.count - 1 {
            number /= 1_024
            unit += 1
        }
        return "\(number) \(units[unit])"
    }
}
