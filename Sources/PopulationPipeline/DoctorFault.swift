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
    case noCertificate(path: String, reason: String, isMissing: Bool)
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
                "001", .unavailable, "there are only \(ByteText.of(bytes)) of memory",
                "Give `popstat run --memory-limit` half of it.")
        case .fewFiles(let limit, let needed):
            Self.error(
                "002", .unavailable,
                "a process may have \(limit) open files, a run of this plan needs \(needed)",
                "Raise the limit: LimitNOFILE of the service, or `ulimit -Hn`.")
        case .noGB18030:
            Self.error(
                "003", .unavailable, "the C library of this machine has no GB18030",
                "Install Debian's libc-bin with its gconv modules.")
        case .clockNotSynchronised:
            Self.error(
                "004", .unavailable, "the clock is not synchronised with any other",
                "Run `timedatectl set-ntp true`.")
        case .clockBehind(let file, let time):
            Self.error(
                "005", .unavailable, "the clock is behind: this file is of \(time)",
                "Set the clock, or find out which machine wrote the file.", file)
        case .noPrinter:
            Self.error(
                "016", .unavailable, "weasyprint is not on the PATH, and --pdf needs it",
                "Install Debian's weasyprint, if PDF is wanted.")
        case .noFonts:
            Self.error(
                "017", .unavailable, "there is no font with Chinese characters for --pdf",
                "Install Debian's fonts-noto-cjk, if PDF is wanted.")
        default: preconditionFailure("a fault of another kind")
        }
    }

    private var folderError: PopstatError {
        switch self {
        case .littleSpace(let path, let free, let needed):
            Self.error(
                "006", .cannotCreate,
                "\(ByteText.of(free)) are free, and about \(ByteText.of(needed)) are needed",
                "Free space, or name a folder on another disk.", path)
        case .otherOwner(let path, let owner):
            Self.error(
                "007", .cannotCreate, "it belongs to \(owner), not to who runs this",
                "Run popstat as that user, or give another folder.", path)
        case .cannotMake(let path, let reason):
            Self.error(
                "008", .cannotCreate, "it cannot be made or written: \(reason)",
                "Mend the rights of the folder above, or give another one.", path)
        case .noExchange(let path):
            Self.error(
                "009", .cannotCreate,
                "this file system cannot exchange two folders in one step, so that readers find "
                    + "no folder for a moment when a run publishes",
                "Publish to ext4, XFS or Btrfs.", path)
        default: preconditionFailure("a fault of another kind")
        }
    }

    private var accessError: PopstatError {
        switch self {
        case .tokenExpires(let path, let name, let day):
            Self.error(
                "010", .usage, "the token \(name) holds until \(day)",
                "Give its holder a new one: `popstat token add`.", path)
        case .tokenExpired(let path, let name, let day):
            Self.error(
                "011", .usage, "the token \(name) held until \(day)",
                "Give its holder a new one, or revoke it: `popstat token revoke`.", path)
        case .noCertificate(let path, let reason, let isMissing):
            Self.error(
                "012", isMissing ? .inputMissing : .usage,
                "no certificate can be read: \(reason)", "Give a PEM file of certificates.", path)
        case .certificateExpires(let path, let time):
            Self.error(
                "013", .usage, "a certificate holds until \(time)", "Renew it before.", path)
        case .certificateExpired(let path, let time):
            Self.error(
                "014", .usage, "a certificate held until \(time)",
                "Renew it, and start the server again.", path)
        case .certificateNotYet(let path, let time):
            Self.error(
                "015", .usage, "a certificate does not hold before \(time)",
                "Look at the clock, or wait.", path)
        default: preconditionFailure("a fault of another kind")
        }
    }

    private static func error(
        _ number: String, _ kind: PopstatError.Kind, _ message: String, _ remedy: String,
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
