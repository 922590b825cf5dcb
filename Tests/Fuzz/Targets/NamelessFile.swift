import Foundation

/// A file without a name, gone when nothing holds it: a fuzzer opens some thousands a second, and
/// leaves none behind when it is killed.
final class NamelessFile {
    private let descriptor: Int32

    init(_ bytes: [UInt8] = []) {
        var name = Array("\(NSTemporaryDirectory())/popstat-fuzz-XXXXXX".utf8CString)
        descriptor = mkstemp(&name)
        precondition(descriptor >= 0, "no file can be made in the folder for temporary ones")
        unlink(name)
        let written = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        precondition(written == bytes.count, "a temporary file was not written")
    }

    deinit { close(descriptor) }

    /// Leads to the open file, as long as it is held.
    var path: String { "/proc/self/fd/\(descriptor)" }

    var bytes: [UInt8] {
        var status = stat()
        precondition(fstat(descriptor, &status) == 0, "a temporary file is gone")
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        let read = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        precondition(read == bytes.count, "a temporary file was not read")
        return bytes
    }
}
