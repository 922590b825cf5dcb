import Foundation
import PopulationModel

/// The clock: not behind what was written on this machine or came to it, and kept by another.
enum DoctorClock {
    /// Machines that write to one share differ by so much.
    private static let toleranceSeconds = 600

    static func findings(inputs: [PlanPath]) -> [DoctorFinding] {
        let program = PlanPath(path: "/proc/self/exe", label: "popstat")
        let files = ([program] + inputs).compactMap { file in
            DoctorPlan.state(of: file.path).map { (file.label, $0.modified) }
        }
        return findings(
            now: RunContext.seconds, files: files, isSynchronised: isSynchronised)
    }

    /// `isSynchronised` is `nil` where the system does not tell.
    static func findings(now: Int, files: [(label: String, modified: Int)], isSynchronised: Bool?)
        -> [DoctorFinding]
    {
        if let newest = files.max(by: { $0.modified < $1.modified }),
            newest.modified > now + toleranceSeconds
        {
            let time = DoctorPlan.timeText(newest.modified)
            return [.bad("clock", .clockBehind(file: newest.label, time: time))]
        }
        if isSynchronised == false { return [.warn("clock", .clockNotSynchronised)] }
        let words =
            isSynchronised == nil
            ? Bilingual("系统没有说明是否同步", "whether it is synchronised is not told")
            : Bilingual("已同步", "synchronised")
        return [
            .ok(
                "clock",
                Bilingual(
                    "\(DoctorPlan.timeText(now))，\(words.zh)",
                    "\(DoctorPlan.timeText(now)), \(words.en)"))
        ]
    }

    private static var isSynchronised: Bool? {
        if FileManager.default.fileExists(atPath: "/run/systemd/timesync/synchronized") {
            return true
        }
        return LinuxCalls.isClockSynchronised
    }
}
