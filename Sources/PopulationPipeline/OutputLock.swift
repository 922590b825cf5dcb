import Foundation
import Glibc
import PopulationModel

/// Held by whoever replaces an output folder, from before he reads what lies there until it stands in
/// the store: two runs would each give the next revision of a transfer its number, and the folder
/// would keep one of the two.
///
/// The file `.NAME.lock` beside the folder stays; the kernel frees the lock of a run that died.
final class OutputLock: Sendable {
    private let descriptor: Int32

    init(output: String) throws(PopstatErrors) {
        let parent = (output as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(
                atPath: parent, withIntermediateDirectories: true)
        } catch {
            throw PopstatErrors(
                .cannotPublish(path: parent, reason: (error as NSError).localizedDescription))
        }
        let path = "\(parent)/.\((output as NSString).lastPathComponent).lock"
        // A network file system locks only what may be written; of another account's, what it reads.
        var descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        if descriptor < 0, errno == EACCES { descriptor = open(path, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            throw PopstatErrors(.cannotPublish(path: path, reason: SystemFailure().reason))
        }
        self.descriptor = descriptor
        // The mask of the process shall not take away what others read; only the owner's may.
        _ = fchmod(descriptor, 0o644)
        // A file system without locks knows no other run.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            close(descriptor)
            throw PopstatErrors(.outputHeld(path: output))
        }
    }

    deinit { close(descriptor) }
}
