import Foundation

/// The terminal on standard error.
enum Terminal {
    static var isThere: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether it takes codes that erase a line; not wanted with NO_COLOR (https://no-color.org).
    static var takesCodes: Bool {
        let environment = ProcessInfo.processInfo.environment
        return isThere && !["", "dumb"].contains(environment["TERM"] ?? "")
            && (environment["NO_COLOR"] ?? "").isEmpty
    }

    /// Asked anew each time: a window may be made narrower.
    static var columns: Int {
        var size = winsize()
        if ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            return Int(size.ws_col)
        }
        let given = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 0
        return given > 0 ? given : 80
    }
}
