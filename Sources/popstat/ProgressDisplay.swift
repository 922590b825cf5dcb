import Foundation
import PopulationModel
import PopulationPipeline

/// Progress on a terminal: stage, rows, rate, time left, on one line that is written over. Nothing
/// of it when standard error is no terminal; notes are then left to the summary and the manifest.
final class ProgressDisplay: RunObserver, @unchecked Sendable {
    private let isShown: Bool
    private let language: MessageLanguage
    private let takesCodes = Terminal.takesCodes
    private let lock = NSLock()
    private var current:
        (stage: StageName, counter: ProgressCounter, start: ContinuousClock.Instant)?
    private var ticker: Thread?
    /// Cells of the line that stands; 0 = none.
    private var lineWidth = 0

    init(isQuiet: Bool, language: MessageLanguage) {
        isShown = !isQuiet && Terminal.isThere
        self.language = language
    }

    func started(_ stage: StageName, _ counter: ProgressCounter) {
        guard isShown else { return }
        lock.withLock { current = (stage, counter, ContinuousClock.now) }
        draw()
        if ticker == nil {
            let thread = Thread { [weak self] in
                while let self, self.isShown, !Thread.current.isCancelled {
                    Thread.sleep(forTimeInterval: 0.2)
                    self.draw()
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
            let line = ProgressLine(stage: stage, done: 0, total: 0, rows: rows, seconds: seconds)
            writeToStandardError(line.endText(in: language) + "\n")
        }
    }

    func note(_ stage: StageName, _ text: Bilingual) {
        guard isShown else { return }
        lock.withLock {
            clear()
            writeToStandardError("    \(text[language])\n")
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
            let line = ProgressLine(
                stage: stage, done: done, total: total, rows: rows,
                seconds: (ContinuousClock.now - start) / .seconds(1)
            ).text(in: language, columns: Terminal.columns)
            clear()
            writeToStandardError(line)
            lineWidth = TerminalText.width(of: line)
        }
    }

    /// Called with the lock held.
    private func clear() {
        guard lineWidth > 0 else { return }
        let blanks = String(repeating: " ", count: min(lineWidth, max(0, Terminal.columns - 1)))
        writeToStandardError(takesCodes ? "\r\u{1B}[K" : "\r\(blanks)\r")
        lineWidth = 0
    }
}
