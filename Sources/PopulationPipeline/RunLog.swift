import Foundation
import Glibc
import PopulationModel

internal import Logging

/// The log of the runs of a work folder, `run.log`: one event a line with time, level, the number of
/// the run in the audit log, and the stage. Private, though it holds no personal value.
struct RunLog {
    private let logger: Logger

    init(work: WorkFolder, run: String, format: LogFormat) throws(PopstatErrors) {
        let handler = try FileLogHandler(path: "\(work.path)/run.log", format: format)
        var logger = Logger(label: "popstat") { _ in handler }
        logger[metadataKey: "run"] = "\(run)"
        self.logger = logger
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
    private let format: LogFormat

    init(path: String, format: LogFormat) throws(PopstatErrors) {
        self.format = format
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
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }
        let line =
            switch format {
            case .text:
                "\(RunContext.timestamp) \(event.level) "
                    + fields.sorted { $0.key < $1.key }.map { "\($0)=\($1) " }.joined()
                    + "\(event.message)"
            case .json:
                Self.json(
                    fields.mapValues { "\($0)" }.merging([
                        "time": RunContext.timestamp, "level": "\(event.level)",
                        "message": "\(event.message)",
                    ]) { $1 })
            }
        // A log that cannot be written must not stop the night.
        try? file.write(contentsOf: Data((line + "\n").utf8))
    }

    private static func json(_ fields: [String: String]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings are always JSON.
        return (try? encoder.encode(fields)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
