import Foundation
import Glibc
import PopulationModel

/// The plan, what `popstat check` says of it, and the files that it names.
enum DoctorPlan {
    /// The plan where it can be read, and every fault of it and of its inputs.
    static func read(_ file: String) -> (plan: Plan?, findings: [DoctorFinding]) {
        do throws(PopstatErrors) {
            let plan = try PlanReader.read(file: file)
            do throws(PopstatErrors) {
                let remarks = try Pipeline.check(plan)
                let fine = DoctorFinding.ok(
                    "plan",
                    Bilingual(
                        "\(file)：\(plan.name)，地区 \(plan.area.code)，无误",
                        "\(file): \(plan.name), area \(plan.area.code), in order"))
                return (plan, [fine] + remarks.map { .ok("plan", $0) })
            } catch { return (plan, DoctorFinding.bad("plan", error)) }
        } catch { return (nil, DoctorFinding.bad("plan", error)) }
    }

    static func extracts(of plan: Plan) -> [PlanPath] {
        plan.ingest.registration.files + plan.ingest.residency.files
    }

    static func inputs(of plan: Plan) -> [PlanPath] {
        let others: [PlanPath?] =
            plan.classify.divisions.map(\.file) + [
                plan.classify.changes, plan.counties, plan.publish.targets, plan.publish.official,
                plan.publish.transfer?.factors,
            ]
        return extracts(of: plan) + others.compactMap { $0 }
    }

    /// That a plan names no file that is missing or not readable, its reader has seen.
    static func sizes(_ extracts: [PlanPath]) -> [DoctorFinding] {
        let states = extracts.compactMap { file in Self.state(of: file.path) }
        let newest = states.map(\.modified).max() ?? 0
        let bytes = ByteText.of(states.reduce(0) { $0 + $1.byteCount })
        return [
            .ok(
                "inputs",
                Bilingual(
                    "\(states.count) 个数据文件，\(bytes)，最新的为 \(timeText(newest))",
                    "\(states.count) extracts, \(bytes), the newest of \(timeText(newest))"))
        ]
    }

    static func state(of path: String) -> (byteCount: Int, modified: Int)? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return (Int(status.st_size), Int(status.st_mtim.tv_sec))
    }

    static func timeText(_ seconds: Int) -> String {
        Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
    }
}
