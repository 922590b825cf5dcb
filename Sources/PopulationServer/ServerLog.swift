import Foundation
import Synchronization

/// Lines for the one who runs the server, on standard error or where a test wants them: one per
/// request, and what happens between them.
final class ServerLog: Sendable {
    private let write: @Sendable (String) -> Void
    private let lock = Mutex(())

    init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }

    static let standardError = ServerLog { FileHandle.standardError.write(Data($0.utf8)) }

    func note(_ text: String) {
        lock.withLock { _ in write("\(RunContext.timestamp) \(text)\n") }
    }
}
