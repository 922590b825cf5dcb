import Glibc

/// A file that is there as a whole or not at all: written aside and renamed.
package enum WholeFile {
    /// `aside` is a path in the same folder, of a fixed name: what a run that died left there is
    /// written over. With `isLasting` the bytes are on disk before the name is.
    package static func write(
        _ bytes: [UInt8], to path: String, aside: String, mode: UInt32, isLasting: Bool
    ) throws(SystemFailure) {
        do throws(SystemFailure) {
            let descriptor = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
            guard descriptor >= 0 else { throw SystemFailure() }
            defer { close(descriptor) }
            // The mask of the process shall not take away what others may read.
            guard fchmod(descriptor, mode) == 0 else { throw SystemFailure() }
            try append(bytes, to: descriptor)
            if isLasting, fsync(descriptor) != 0 { throw SystemFailure() }
            guard rename(aside, path) == 0 else { throw SystemFailure() }
        } catch {
            unlink(aside)
            throw error
        }
    }

    /// Writes all of the bytes where the descriptor stands.
    package static func append(_ bytes: [UInt8], to descriptor: Int32) throws(SystemFailure) {
        var done = 0
        while done < bytes.count {
            let n = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + done, bytes.count - done)
            }
            if n < 0 {
                if errno == EINTR { continue }
                throw SystemFailure()
            }
            done += n
        }
    }
}

/// A call of the system that failed.
package struct SystemFailure: Error, Equatable {
    package let number: Int32

    /// The failure of the last call.
    package init() { number = errno }

    /// The system's words for it.
    package var reason: String { String(cString: strerror(number)) }
}
