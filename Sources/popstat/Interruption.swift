import Dispatch
import Foundation
import PopulationModel
import PopulationPipeline

/// Ctrl-C and the end that systemd asks for: one line of what stands, and status 128 + the signal.
///
/// Spark's job ends with its run. Nothing else has to be cleaned up: what is published is changed in
/// one step, and the next run removes what this one leaves and goes on from the extracts that were
/// ingested.
final class Interruption {
    private let sources: [any DispatchSourceSignal]

    /// `body` is called with the status and the words before the end.
    init(
        in language: MessageLanguage,
        _ body: @escaping @Sendable (Int32, String) -> Void = { _, _ in }
    ) {
        // Of its own: standard error leads nowhere while a library is kept from printing there.
        let errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
        sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            // The source is told of a signal only when the process does not end at it.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                let words = Self.words(number)
                writeToStandardError(
                    (isatty(errors) == 1 ? "\n" : "") + "popstat: \(words[language])\n",
                    to: errors)
                let status = 128 + number
                body(status, words.en)
                // Last: who waits for them would tell of their end as well.
                ChildProcesses.terminate()
                _exit(status)
            }
            source.activate()
            return source
        }
    }

    private static func words(_ number: Int32) -> Bilingual {
        let signal = name(of: number)
        return Bilingual(
            "已被 \(signal) 终止；发布的文件夹是完整的，是此前或本次的数据，下次运行从已读入的数据文件继续",
            "stopped by \(signal); the published folder is whole, with the figures of before or of "
                + "this run, and the next run goes on from the extracts that were ingested")
    }

    private static func name(of number: Int32) -> String {
        switch number {
        case SIGINT: "SIGINT"
        case SIGTERM: "SIGTERM"
        default: "SIGHUP"
        }
    }
}
