import Glibc

/// A fixed number of threads that run one body each, for work that is bound by cores and disks.
///
/// Threads of their own rather than tasks: a worker may wait for the block before its own, which
/// must not hold a thread of the shared pool.
public enum WorkerThreads {
    /// Runs `body` once per index in 0..<count, each on its own thread, and returns when all have
    /// ended. With a count of 1 the body runs on the calling thread.
    public static func run(count: Int, body: @escaping @Sendable (Int) -> Void) {
        guard count > 1 else { return body(0) }
        var threads: [pthread_t] = []
        for index in 0..<count {
            let start = Unmanaged.passRetained(Start(index: index, body: body))
            var thread = pthread_t()
            let status = pthread_create(&thread, nil, Start.main, start.toOpaque())
            if status == 0 {
                threads.append(thread)
            } else {
                // No thread to be had: do its share here, so that no work is lost.
                start.release()
                body(index)
            }
        }
        for thread in threads { pthread_join(thread, nil) }
    }

    /// The results of `body` for 0..<count, worked out by so many threads, in order. After a failure
    /// no further index is begun; of several the one of the least index is thrown.
    public static func map<Value: Sendable, Failure: Error>(
        count: Int, threads: Int,
        _ body: @escaping @Sendable (Int) throws(Failure) -> Value
    ) throws(Failure) -> [Value] {
        let state = Monitor(
            (next: 0, values: [Value?](repeating: nil, count: count), failures: [Int: Failure]()))
        run(count: min(threads, count)) { _ in
            while let index = state.update({ state -> Int? in
                guard state.next < count, state.failures.isEmpty else { return nil }
                defer { state.next += 1 }
                return state.next
            }) {
                do throws(Failure) {
                    let value = try body(index)
                    state.update { $0.values[index] = value }
                } catch {
                    state.update { $0.failures[index] = error }
                }
            }
        }
        let end = state.read { $0 }
        if let first = end.failures.min(by: { $0.key < $1.key }) { throw first.value }
        return end.values.compactMap { $0 }
    }

    private final class Start: Sendable {
        let index: Int
        let body: @Sendable (Int) -> Void

        init(index: Int, body: @escaping @Sendable (Int) -> Void) {
            self.index = index
            self.body = body
        }

        static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
            let start = Unmanaged<Start>.fromOpaque($0!).takeRetainedValue()
            start.body(start.index)
            return nil
        }
    }
}

/// A value behind a lock on whose change threads can wait.
public final class Monitor<Value>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var value: Value
    /// Threads in `wait`; waking nobody costs a system call all the same.
    private var waitingCount = 0

    public init(_ value: Value) {
        self.value = value
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Runs `body` with the value while the lock is held.
    public func read<Result>(_ body: (Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(value)
    }

    /// Runs `body` with the value while the lock is held, then wakes the threads that wait, if any.
    public func update<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer {
            if waitingCount > 0 { pthread_cond_broadcast(condition) }
            pthread_mutex_unlock(mutex)
        }
        return try body(&value)
    }

    /// Waits until `body` gives a result for the value.
    public func wait<Result>(until body: (inout Value) -> Result?) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&value) { return result }
            waitingCount += 1
            pthread_cond_wait(condition, mutex)
            waitingCount -= 1
        }
    }
}
