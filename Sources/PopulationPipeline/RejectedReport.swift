import Foundation
import PopulationIngest
import PopulationModel

/// `rejected-<source>.csv` in the work folder: the rejected rows of all extracts of a source, in
/// the order of the plan. Personal: the original lines are in it.
struct RejectedReport {
    let work: WorkFolder

    func write(_ outcome: IngestOutcome) throws(PopstatErrors) {
        for source in Source.allCases {
            let path = "\(work.path)/rejected-\(source.rawValue).csv"
            let isMade = FileManager.default.createFile(
                atPath: path, contents: Data(IngestStage.rejectedHeader.utf8),
                attributes: [.posixPermissions: 0o600])
            guard isMade, let file = FileHandle(forWritingAtPath: path) else {
                throw PopstatErrors(.workFolder(path: path, reason: "it cannot be written"))
            }
            do {
                try file.seekToEnd()
                for extract in outcome.extracts where extract.ingested.source == source {
                    try append(extract.ingested.rejectedPath, to: file)
                }
                try file.close()
            } catch {
                throw PopstatErrors(
                    .workFolder(path: path, reason: (error as NSError).localizedDescription))
            }
        }
    }

    private func append(_ path: String, to file: FileHandle) throws {
        let part = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        while let piece = try part.read(upToCount: 1 << 20), !piece.isEmpty {
            try file.write(contentsOf: piece)
        }
        try part.close()
    }
}
