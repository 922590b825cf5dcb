import Glibc
import PopulationModel
import Synchronization

/// Runs numbered jobs on threads of their own; which thread runs a job has no influence on it.
package final class ParallelJobs: Sendable {
    /// Does the job of a number and says what it planted.
    package typealias Job = @Sendable (Int) throws(PopstatError) -> SampleLedger

    private let jobCount: Int
    private let job: Job
    private let next = Atomic<Int>(0)
    private let outcome = Mutex(Outcome())

    private struct Outcome {
        var ledger = SampleLedger()
        /// Of the failed jobs the one with the least number, so that the message is always the same.
        var failure: (job: Int, error: PopstatError)?
    }

    private init(jobCount: Int, job: @escaping Job) {
        self.jobCount = jobCount
        self.job = job
    }

    /// The sum of the jobs' ledgers. `threads` = nil takes one for every processor.
    package static func run(
        _ jobCount: Int, threads: Int?, job: @escaping Job
    ) throws(PopstatError) -> SampleLedger {
        let jobs = ParallelJobs(jobCount: jobCount, job: job)
        let wanted = threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN))
        WorkerThreads.run(count: max(1, min(wanted, jobCount))) { _ in jobs.work() }
        let outcome = jobs.outcome.withLock { $0 }
        if let failure = outcome.failure { throw failure.error }
        return outcome.ledger
    }

    private func work() {
        while true {
            let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard number < jobCount else { return }
            do throws(PopstatError) {
                let ledger = try job(number)
                outcome.withLock { $0.ledger.add(ledger) }
            } catch {
                outcome.withLock {
                    if $0.failure.map({ number < $0.job }) ?? true { $0.failure = (number, error) }
                }
            }
        }
    }
}
