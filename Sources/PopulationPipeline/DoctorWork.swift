import Foundation
import Glibc
import PopulationIngest
import PopulationModel

/// The private work folder: its rights, its owner, who holds it, and the room for what these
/// extracts become.
struct DoctorWork {
    let path: String

    /// Of the bytes of a row, a packed record takes about half.
    private static let recordsPerMille = 500
    /// Counts, rejected rows, logs.
    private static let bytesBesides = 64 << 20

    func findings(extracts: [PlanPath]) -> [DoctorFinding] {
        let folder = DoctorFolder(path: path)
        let space = folder.space(
            "disk", needed: Self.bytesNeeded(for: extracts),

            reason: Bilingual(
                "记录约为各行字节的一半，另加解压的 gzip 数据文件",
                "records of half the rows' bytes, gzip extracts unpacked beside them"))
        if let fault = folder.obstacle { return [.bad("work", fault)] + space }
        guard folder.isThere else {
            return [.ok("work", DoctorFolder.notThere(path))] + space
        }
        if let fault = rights { return [fault] + space }
        if let holder {
            return DoctorFinding.bad(
                "work", PopstatErrors(.lockHeld(path: path, holder: holder))) + space
        }
        return [
            .ok(
                "work",
                Bilingual(
                    "\(path)：不对他人开放，没有运行在使用",
                    "\(path): private, and no run holds it"))
        ] + space
    }

    static func bytesNeeded(for extracts: [PlanPath]) -> Int {
        let rows = extracts.reduce(into: (bytes: 0, unpacked: 0)) { sum, file in
            let bytes = DoctorPlan.state(of: file.path)?.byteCount ?? 0
            let unpacked = PackedExtract.unpackedBytes(file.path, size: bytes)
            sum.bytes += unpacked
            // A gzip extract lies unpacked while it is read.
            sum.unpacked += PackedExtract.isPacked(file.path) ? unpacked : 0
        }
        return rows.bytes * recordsPerMille / 1_000 + rows.unpacked + bytesBesides
    }

    private var rights: DoctorFinding? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        guard status.st_uid == geteuid() else {
            let owner = getpwuid(status.st_uid).map { String(cString: $0.pointee.pw_name) }
            return .bad(
                "work", .otherOwner(path: path, owner: owner ?? "user \(status.st_uid)"))
        }
        do throws(PopstatErrors) { try WorkFolder.checkPrivate(path) } catch {
            return DoctorFinding.bad("work", error)[0]
        }
        return nil
    }

    /// Who holds the folder's lock, as the kernel tells: taking it to try could stop a run that
    /// begins now.
    private var holder: String? {
        let lock = "\(path)/lock"
        var status = stat()
        guard stat(lock, &status) == 0,
            // Not told: then it is not told here either.
            let table = try? String(contentsOfFile: "/proc/locks", encoding: .utf8)
        else { return nil }
        // 1: FLOCK ADVISORY WRITE 4711 fe:01:1234 0 EOF
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 6, words[1] == "FLOCK", words[3] == "WRITE",
                words[5].split(separator: ":").last.flatMap({ UInt64($0) })
                    == UInt64(status.st_ino), isHeld(by: words[4], lock)
            else { continue }
            return "process \(words[4])"
        }
        return nil
    }

    /// Inodes of two file systems may have one number: the holder wrote its own into the lock.
    private func isHeld(by process: Substring, _ lock: String) -> Bool {
        // A lock that cannot be read belongs to whoever the kernel says.
        guard let words = try? String(contentsOfFile: lock, encoding: .utf8) else { return true }
        return words.trimmingCharacters(in: .whitespacesAndNewlines) == "process \(process)"
    }
}
