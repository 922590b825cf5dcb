internal import Crypto
import Glibc
import PopulationModel

/// SHA-256 of inputs, in hexadecimal.
enum InputDigest {
    static func of(_ bytes: [UInt8]) -> String { Hexadecimal.text(SHA256.hash(data: bytes)) }

    /// For a file that is written piece by piece.
    struct Running {
        private var hasher = SHA256()

        mutating func update(_ bytes: [UInt8]) { hasher.update(data: bytes) }
        func finish() -> String { Hexadecimal.text(hasher.finalize()) }
    }

    /// Reads the file once more, in pieces; the page cache holds most of it.
    static func ofFile(_ path: String, label: String) throws(PopstatErrors) -> String {
        do throws(SystemFailure) {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw SystemFailure() }
            defer { close(descriptor) }
            var hasher = SHA256()
            try WholeFile.forEachPiece(of: descriptor) { hasher.update(bufferPointer: $0) }
            return Hexadecimal.text(hasher.finalize())
        } catch {
            throw failure(label, error)
        }
    }

    /// Digests of several files, shared among threads, in the order of the files.
    static func ofFiles(_ files: [(path: String, label: String)], threads: Int)
        throws(PopstatErrors) -> [String]
    {
        try WorkerThreads.map(count: files.count, threads: threads) {
            index throws(PopstatErrors) in
            try ofFile(files[index].path, label: files[index].label)
        }
    }

    /// The units of the whole nation for ten years take half of it.
    private static let smallCountMax = 1 << 30

    /// A whole small file.
    static func readSmallFile(_ path: String, label: String) throws(PopstatErrors) -> [UInt8] {
        do throws(SystemFailure) {
            return try WholeFile.read(path, countMax: smallCountMax)
        } catch {
            throw failure(label, error)
        }
    }

    private static func failure(_ label: String, _ failure: SystemFailure) -> PopstatErrors {
        PopstatErrors(
            .cannotReadInput(
                label: label, reason: Bilingual(both: failure.reason),
                isMissing: failure.number == ENOENT))
    }
}
