import Foundation
import PopulationModel
import PopulationPipeline

/// Progress on a terminal: stage, rows, rate, time left, on one line that is written over. Nothing
/// of it when standard error is no terminal; notes are then left to the summary and the manifest.
final class ProgressDisplay: RunObserver, @unchecked Sendable {
    private let isShown: Bool
    private let lock = NSLock()
    private var current:
        (stage: StageName, counter: ProgressCounter, start: ContinuousClock.Instant)?
    private var ticker: Thread?
    private var hasLine = false

    init(isQuiet: Bool) {
        isShown = !isQuiet && isatty(2) == 1
    }

    func started(_ stage: StageName, _ counter: ProgressCounter) {
        guard isShown else { return }
        lock.withLock { current = (stage, counter, ContinuousClock.now) }
        if ticker == nil {
            let thread = Thread { [weak self] in
                while let self, self.isShown, !Thread.current.isCancelled {
                    self.draw()
                    Thread.sleep(forTimeInterval: 0.2)
                }
            }
            ticker = thread
            thread.start()
        }
    }

    func finished(_ stage: StageName, seconds: Double) {
        guard isShown else { return }
        lock.withLock {
            let rows = current?.counter.snapshot.rows ?? 0
            current = nil
            clear()
            var line = "\(stage.number)/5 \(stage.rawValue)"
            if rows > 0 { line += ", \(rows) rows" }
            writeToStandardError(line + String(format: ", %.1f s\n", seconds))
        }
    }

    func note(_ stage: StageName, _ text: String) {
        guard isShown else { return }
        lock.withLock {
            clear()
            writeToStandardError("    \(text)\n")
        }
    }

    func end() {
        ticker?.cancel()
        lock.withLock {
            current = nil
            clear()
        }
    }

    private func draw() {
        lock.withLock {
            guard let (stage, counter, start) = current else { return }
            let (done, rows, total) = counter.snapshot
            let elapsed = (ContinuousClock.now - start) / .seconds(1)
            var line = "\(stage.number)/5 \(stage.rawValue)"
            if total > 0 { line += ", \(done * 100 / total) %" }
            if rows > 0, elapsed > 0 {
                line += ", \(rows) rows, \(Int(Double(rows) / elapsed)) rows/s"
            }
            if done > 0, total > done {
                let left = elapsed / Double(done) * Double(total - done)
                line += String(format: ", %.0f s left", left)
            }
            clear()
            writeToStandardError(line)
            hasLine = true
        }
    }

    /// Called with the lock held.
    private func clear() {
        if hasLine { writeToStandardError("\r\u{1B}[K") }
        hasLine = false
    }
}
