import Glibc
import PopulationIngest
import PopulationModel

/// `rejected-<source>.csv` in the work folder: the rejected rows of all extracts of a source, in
/// the order of the plan; those that a cluster set aside stay there. Personal: the original lines are
/// in it.
struct RejectedReport {
    let work: WorkFolder

    static func fileName(_ source: Source) -> String { "rejected-\(source.rawValue).csv" }

    /// Whether a file of a work folder is such a report, by its name.
    static func isOne(_ name: String) -> Bool {
        Source.allCases.contains { fileName($0) == name }
    }

    func write(_ outcome: IngestOutcome) throws(PopstatErrors) {
        for source in Source.allCases {
            let path = "\(work.path)/\(Self.fileName(source))"
            do throws(SystemFailure) {
                let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
                guard file >= 0 else { throw SystemFailure() }
                defer { close(file) }
                try WholeFile.append(Array(IngestStage.rejectedHeader.utf8), to: file)
                for extract in outcome.extracts
                where extract.ingested.source == source && outcome.counted == nil {
                    try append(extract.ingested.rejectedPath, to: file)
                }
            } catch {
                throw PopstatErrors(.workFolder(path: path, reason: error.reason))
            }
        }
    }

    private func append(_ path: String, to file: Int32) throws(SystemFailure) {
        let part = open(path, O_RDONLY | O_CLOEXEC)
        guard part >= 0 else { throw SystemFailure() }
        defer { close(part) }
        try WholeFile.forEachPiece(of: part) { piece throws(SystemFailure) in
            try WholeFile.append(piece, to: file)
        }
    }
}
