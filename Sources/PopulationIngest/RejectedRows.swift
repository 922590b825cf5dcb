import Glibc
internal import PopulationModel

/// The rejected rows of one extract: private lines of CSV, in the order of the file, whichever
/// worker hands in its block first.
final class RejectedRows: Sendable {
    /// Header of the file that a run makes of all extracts of a source.
    static let header = "file,row,line,byte_offset,column,reason,original_line\n"

    private let path: String
    private let descriptor: Int32
    private let state: Monitor<State>

    private struct State {
        var nextBlock: Int
        var waiting: [Int: [UInt8]] = [:]
        var end = 0
        var failure: Int32 = 0
    }

    init(path: String, firstBlock: Int) throws(PopstatErrors) {
        self.path = path
        state = Monitor(State(nextBlock: firstBlock))
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw PopstatErrors(.cannotWrite(path: path, errno: errno))
        }
    }

    deinit { close(descriptor) }

    /// Takes the lines of a block; every block must be handed in once, with lines or without.
    func hand(_ lines: [UInt8], block: Int) {
        state.update { state in
            state.waiting[block] = lines
            while let next = state.waiting.removeValue(forKey: state.nextBlock) {
                state.nextBlock += 1
                guard !next.isEmpty else { continue }
                let status = next.withUnsafeBytes {
                    PartitionFileWriter.writeAll(descriptor, $0, at: state.end)
                }
                if status != 0 { state.failure = status }
                state.end += next.count
            }
        }
    }

    func finish() throws(PopstatErrors) {
        let failure = state.read { $0.failure }
        guard failure == 0 else { throw PopstatErrors(.cannotWrite(path: path, errno: failure)) }
    }

    /// One line of the file. The original line is quoted; it and the file's name are defused where
    /// a spreadsheet would take them for a formula.
    static func line(
        place: Place, reason: RejectReason, original whole: [UInt8], detail: RejectDetail
    ) -> [UInt8] {
        let original = detail.kept(of: whole)
        let start =
            "\(quoted((isFormula(Array(place.file.utf8)) ? "'" : "") + place.file)),"
            + "\(place.rowNumber ?? 0),\(place.line ?? 0),"
            + "\(place.byteOffset ?? 0),\(place.column ?? ""),\(reason.word),\""
        var bytes = Array(start.utf8)
        if isFormula(original) { bytes.append(0x27) }
        for byte in original {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(contentsOf: [0x22, 0x0A])
        return bytes
    }

    /// What a formula begins with: `=`, `+`, `-`, `@`, a tab or a CR, the first four also in full
    /// width.
    private static func isFormula(_ text: [UInt8]) -> Bool {
        guard let first = text.first else { return false }
        if [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first) { return true }
        return ["＝", "＋", "－", "＠"].contains { text.starts(with: $0.utf8) }
    }

    private static func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A }) else {
            return text
        }
        return "\""
            + text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}
