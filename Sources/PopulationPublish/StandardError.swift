import Glibc

/// What libraries print on standard error, which belongs to popstat's own lines.
enum StandardError {
    /// Keeps to itself what `body` prints there; for calls of a moment only, because it holds for the
    /// whole process.
    static func withoutWords<Result>(_ body: () -> Result) -> Result {
        let kept = dup(STDERR_FILENO)
        let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
        if kept >= 0, nowhere >= 0 { dup2(nowhere, STDERR_FILENO) }
        defer {
            if kept >= 0, nowhere >= 0 { dup2(kept, STDERR_FILENO) }
            if kept >= 0 { close(kept) }
            if nowhere >= 0 { close(nowhere) }
        }
        return body()
    }
}
