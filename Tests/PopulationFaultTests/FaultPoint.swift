import Foundation

/// A place where a command touches a file: what it does there, and to which of its files.
struct FaultPoint: Hashable, Comparable, Sendable {
    /// As Tests/Faults/interpose.c calls it.
    let operation: String
    /// The path below the test's folder, without numbers of processes, digests and chance.
    let role: String

    init(operation: String, role: String) {
        self.operation = operation
        self.role = role
    }

    /// A line of the recording.
    init?(line: Substring) {
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        self.init(operation: parts[0], role: parts[1])
    }

    var line: String { "\(operation) \(role)" }

    static func < (a: FaultPoint, b: FaultPoint) -> Bool { a.line < b.line }

    /// A file that a supplier or the bureau writes, not popstat.
    var isInput: Bool { role.hasPrefix("city/") && role.contains(".") }
    var isExtract: Bool {
        role.hasPrefix("city/registration-") || role.hasPrefix("city/residency-")
    }

    /// Every fault that can happen there.
    var faults: [Fault] {
        switch operation {
        case "read", "pread":
            [.short, .interrupt, .number(EIO), .cut]
                + (isInput ? [.grow, .shrink, .rewrite] : [])
        case "write", "pwrite", "pwritev": [.short, .interrupt, .number(EIO), .number(ENOSPC)]
        case "stream": [.number(ENOSPC)]
        case "fsync", "ftruncate", "fallocate":
            [.interrupt, .number(EIO), .number(ENOSPC)]
        case "open", "opendir": [.interrupt, .number(EACCES), .number(EIO), .number(EMFILE)]
        case "create", "fopen":
            [.interrupt, .number(EACCES), .number(EIO), .number(ENOSPC), .number(EMFILE)]
        case "mkdir", "rename": [.number(EACCES), .number(EIO), .number(ENOSPC)]
        // Some file systems cannot exchange two folders.
        case "exchange": [.number(EACCES), .number(EIO), .number(ENOSPC), .number(EINVAL)]
        case "chmod", "fchmod", "fchown": [.number(EPERM), .number(EIO)]
        case "mmap": [.number(ENOMEM)]
        case "flock": [.interrupt, .number(ENOLCK)]
        case "fcntl-lock": [.number(ENOLCK), .number(EIO)]
        case "close", "fclose": [.interrupt, .number(EIO)]
        case "clock": [.clockBack]
        default: [.number(EACCES), .number(EIO)]
        }
    }
}

/// What goes wrong at a point.
enum Fault: Hashable, Sendable {
    /// Fewer bytes are read or written than were asked for.
    case short
    /// A signal comes in between.
    case interrupt
    case number(Int32)
    /// The file ends too early.
    case cut
    /// The file is changed while it is read.
    case grow, shrink, rewrite
    case clockBack

    var isChange: Bool { [.grow, .shrink, .rewrite].contains(self) }

    /// As Tests/Faults/interpose.c calls it.
    var kind: String {
        switch self {
        case .short: "short"
        case .interrupt: "eintr"
        case .number(let number): "\(number)"
        case .cut: "cut"
        case .grow: "grow"
        case .shrink: "shrink"
        case .rewrite: "rewrite"
        case .clockBack: "back"
        }
    }

    var name: String {
        guard case .number(let number) = self else { return kind }
        let names = [
            EACCES: "EACCES", EINVAL: "EINVAL", EIO: "EIO", EMFILE: "EMFILE", ENOLCK: "ENOLCK",
            ENOMEM: "ENOMEM", ENOSPC: "ENOSPC", EPERM: "EPERM",
        ]
        return names[number] ?? kind
    }

    /// Error numbers are of one kind.
    var isNumber: Bool { if case .number = self { true } else { false } }

    /// Whether a command has to go on as if nothing had happened: bytes that are still to come, and
    /// reads and writes that are repeated.
    func mustSucceed(at point: FaultPoint) -> Bool {
        switch self {
        case .short: true
        case .interrupt:
            ["read", "pread", "write", "pwrite", "pwritev"].contains(point.operation)
        case .clockBack: true
        default: false
        }
    }
}

/// One run of a command with one fault.
struct FaultPair: Hashable, Sendable {
    let command: FaultCommand
    let point: FaultPoint
    /// Which call of the point is struck.
    let call: Int
    let fault: Fault

    var name: String { "\(command) \(point.line) \(call) \(fault.name)" }
}

/// The commands whose file operations are spoilt.
enum FaultCommand: CaseIterable, Sendable {
    /// Neither folder, store nor work folder is there.
    case firstRun
    /// Two extracts are new, one of them packed.
    case run
    case deliver
    case tokenAdd, tokenList, tokenRevoke
}
