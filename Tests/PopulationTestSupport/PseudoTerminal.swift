import Foundation

/// A terminal of a given width for the standard error of a program, and what it was sent.
public final class PseudoTerminal {
    private let leader: Int32
    /// The end that the program is given.
    private let follower: FileHandle

    /// `nil` where the system gives none.
    public init?(columns: Int) {
        // The calls of ioctl_tty(2): the C module has neither posix_openpt nor these macros.
        let unlock: UInt = 0x4004_5431
        let numberOfFollower: UInt = 0x8004_5430
        leader = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var isLocked: Int32 = 0
        var number: Int32 = 0
        guard leader >= 0, ioctl(leader, unlock, &isLocked) == 0,
            ioctl(leader, numberOfFollower, &number) == 0
        else { return nil }
        let end = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard end >= 0 else { return nil }
        follower = FileHandle(fileDescriptor: end, closeOnDealloc: true)
        var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        guard ioctl(leader, UInt(TIOCSWINSZ), &size) == 0 else { return nil }
    }

    deinit { close(leader) }

    /// Runs the built popstat on it; what it prints on standard output is not kept.
    public func run(
        _ arguments: [String], folder: URL, environment: [String: String]
    ) throws -> (status: Int32, sent: String) {
        let process = Process()
        process.executableURL = BuiltProgram.file
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = BuiltProgram.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = follower
        try process.run()
        try follower.close()
        let sent = readToEnd()
        process.waitUntilExit()
        return (process.terminationStatus, sent)
    }

    /// All that is written until nobody has the other end any more.
    private func readToEnd() -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(leader, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer[..<count]
            } else if count == 0 || errno != EINTR {
                return String(decoding: bytes, as: UTF8.self)
            }
        }
    }
}

/// What was sent to a terminal, cut where the cursor goes back to the start of a line.
public enum TerminalStream {
    /// Texts that were written over, and lines that stay, without codes.
    public static func segments(of sent: String) -> [String] {
        sent.replacing("\u{1B}[K", with: "")
            .split { $0 == "\r" || $0 == "\n" || $0 == "\r\n" }.map(String.init)
    }

    /// Cells of a text, counted apart from the program: ASCII one, all that it writes else two.
    public static func width(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 1 : 2) }
    }
}
