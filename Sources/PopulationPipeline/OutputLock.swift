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
        // Read-only, so that runs of another account can take it as well.
        descriptor = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw PopstatErrors(.cannotPublish(path: path, reason: SystemFailure().reason))
        }
        // A file system without locks knows no other run.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            close(descriptor)
            throw PopstatErrors(.outputHeld(path: output))
        }
    }

    deinit { close(descriptor) }
}
