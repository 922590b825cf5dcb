import Foundation
import PopulationModel
import PopulationStore

/// What lasts beyond a run: the audit log and the store.
enum DoctorStore {
    static func audit(_ log: AuditLog) -> [DoctorFinding] {
        let folder = DoctorFolder(path: log.folder)
        if let fault = folder.obstacle { return [.bad("audit", fault)] }
        let isEmpty = !DoctorFolder(path: log.file).isThere
        // One that cannot be listed is not empty: the log's own check says what is wrong.
        let names = try? FileManager.default.contentsOfDirectory(atPath: log.folder)
        if isEmpty, !folder.isThere || names?.isEmpty == true {
            return [
                .ok(
                    "audit",
                    Bilingual(
                        "\(log.folder)：还没有条目，运行时开始记录",
                        "\(log.folder): no entry yet, a run begins it"))
            ]
        }
        do throws(PopstatErrors) {
            let count = try log.verify().count
            return [
                .ok(
                    "audit",
                    Bilingual(
                        "\(log.folder)：\(count) 个条目，均与写入时一致",
                        "\(log.folder): \(count) entries, each as it was written"))
            ]
        } catch { return DoctorFinding.bad("audit", error) }
    }

    /// `nil`: the plan keeps none.
    static func store(_ location: StoreLocation?) -> [DoctorFinding] {
        guard let location else {
            return [.ok("store", Bilingual("计划不设存储库", "the plan keeps none"))]
        }
        if case .sqlite(let path) = location {
            if let fault = DoctorFolder(path: (path as NSString).deletingLastPathComponent).obstacle
            {
                return [.bad("store", fault)]
            }
            if !DoctorFolder(path: path).isThere {
                return [.ok("store", DoctorFolder.notThere(path))]
            }
        }
        do throws(PopstatError) { try location.check() } catch {
            return [DoctorFinding("store", .bad, error)]
        }
        // One of an older version is brought to this one by the next run.
        let count = try? location.reader().editions().count
        return [
            .ok(
                "store",
                Bilingual("\(location.label)：", "\(location.label): ")
                    + (count.map {
                        Bilingual("\($0) 个版本", $0 == 1 ? "1 edition" : "\($0) editions")
                    }
                        ?? Bilingual(
                            "属于较旧的版本，下次运行会将其升级",
                            "of an older version, the next run brings it to this one")))
        ]
    }
}
