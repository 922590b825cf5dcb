import Foundation
import Glibc
import PopulationModel

/// The output folder: whether a run may replace it, in one step, and has room for the new one beside
/// the old one.
struct DoctorOutput {
    let path: String
    let work: String

    /// Tables, report and workbook of a prefecture.
    private static let bytesMin = 256 << 20

    func findings() -> [DoctorFinding] {
        do throws(PopstatErrors) {
            try PublishedFolder.checkReplaceable(path, besides: work)
            try PublishedFolder.checkLeftovers(of: path)
        } catch { return DoctorFinding.bad("output", error) }
        let parent = DoctorFolder(path: (path as NSString).deletingLastPathComponent)
        if let fault = parent.obstacle { return [.bad("output", fault)] }
        let needed = max(Self.bytesMin, 2 * Self.bytes(below: path))
        return [exchange(in: parent)]
            + parent.space(
                "disk", needed: needed,
                reason: Bilingual("新文件夹与旧文件夹并存", "the new folder stands beside the old one"))
    }

    private func exchange(in parent: DoctorFolder) -> DoctorFinding {
        guard parent.isThere else { return .ok("output", DoctorFolder.notThere(path)) }
        let folders = ["a", "b"].map { "\(parent.path)/.popstat-doctor-\(getpid())-\($0)" }
        defer { for folder in folders { rmdir(folder) } }
        for folder in folders where mkdir(folder, 0o700) != 0 {
            return .bad("output", .cannotMake(path: path, reason: SystemFailure().reason))
        }
        guard LinuxCalls.exchange(folders[0], folders[1]) else {
            return .warn("output", .noExchange(path: parent.path))
        }
        let isThere = DoctorFolder(path: path).isThere
        return .ok(
            "output",
            Bilingual(
                "\(path)：\(isThere ? "已存在" : "尚不存在，运行时建立")，可一步替换",
                "\(path): \(isThere ? "there, and" : "not there, a run makes it, and") can be "
                    + "replaced in one step"))
    }

    private static func bytes(below path: String) -> Int {
        guard let names = FileManager.default.enumerator(atPath: path) else { return 0 }
        var sum = 0
        for case let name as String in names {
            sum += DoctorPlan.state(of: "\(path)/\(name)")?.byteCount ?? 0
        }
        return sum
    }
}
