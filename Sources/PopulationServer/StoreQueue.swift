import Foundation

/// Threads on which the store is read and answers are made, so that the threads of the network
/// never wait for a disk: as many as cores, because the work is theirs.
final class StoreQueue: Sendable {
    private let queue: OperationQueue

    init() {
        queue = OperationQueue()
        queue.name = "store"
        queue.maxConcurrentOperationCount = max(2, ProcessInfo.processInfo.activeProcessorCount)
    }

    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws
        -> Result
    {
        try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Swift.Result(catching: work)) }
        }
    }
}
