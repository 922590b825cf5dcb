import Foundation
import Glibc
import PopulationModel

internal import Logging

/// The log of the runs of a work folder, `run.log`: one line per event with time, level and
/// `stage=`. Private, though it holds no personal value.
struct RunLog {
    private let logger: Logger

    init(work: WorkFolder) throws(PopstatErrors) {
        let handler = try FileLogHandler(path: "\(work.path)/run.log")
        logger = Logger(label: "popstat") { _ in handler }
    }

    func note(_ stage: StageName, _ text: String) {
        logger.info("\(text)", metadata: ["stage": "\(stage.rawValue)"])
    }

    func failed(_ error: PopstatErrors) {
        for fault in error.errors { logger.error("\(fault)") }
    }
}

/// Appends to one file.
private struct FileLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info
    private let file: FileHandle

    init(path: String) throws(PopstatErrors) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw PopstatErrors(.workFolder(path: path, reason: String(cString: strerror(errno))))
        }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0)=\($1) " }
        let line =
            "\(RunContext.timestamp) \(event.level) \(fields.joined())\(event.message)\n"
        // A log that cannot be written must not stop the night.
        try? file.write(contentsOf: Data(line.utf8))
    }
}
