import Foundation
import Glibc
import PopulationModel

/// What can be told of a folder without touching it.
struct DoctorFolder {
    let path: String

    var isThere: Bool { FileStatus(of: path) != nil }

    /// The folder, or the nearest one above it that is there.
    var nearest: String {
        var folder = path
        while FileStatus(of: folder) == nil, folder != "/", !folder.isEmpty {
            folder = (folder as NSString).deletingLastPathComponent
        }
        return folder
    }

    /// Bytes that a user may take; `nil` where it cannot be told.
    var freeBytes: Int? {
        var status = statvfs()
        guard statvfs(nearest, &status) == 0 else { return nil }
        return Int(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
    }

    static func notThere(_ path: String) -> Bilingual {
        Bilingual("\(path)：尚不存在，运行时建立", "\(path): not there, a run makes it")
    }

    /// Why it could not be made or written to; `nil` when it could.
    var obstacle: DoctorFault? {
        let nearest = nearest
        guard FileStatus(of: nearest)?.isFolder == true else {
            return .cannotMake(
                path: path, reason: "\(nearest): \(SystemFailure(number: ENOTDIR).reason)")
        }
        guard access(nearest, W_OK | X_OK) != 0 else { return nil }
        let failure = SystemFailure()
        return .cannotMake(path: path, reason: "\(nearest): \(failure.reason)")
    }

    func space(_ check: String, needed: Int, reason: Bilingual) -> [DoctorFinding] {
        guard let free = freeBytes else { return [] }
        if free < needed {
            return [.bad(check, .littleSpace(path: path, free: free, needed: needed))]
        }
        return [
            .ok(
                check,
                Bilingual(
                    "\(path)：剩余 \(ByteText.of(free))，约需 \(ByteText.of(needed))：\(reason.zh)",
                    "\(path): \(ByteText.of(free)) free, about \(ByteText.of(needed)) needed: "
                        + reason.en))
        ]
    }
}
