import Foundation
import PopulationModel

/// Runs the bureau's own commands at the start and the end of a night: a ping, a mail. What happened
/// is in their environment, without a personal value; one that fails, or does not end within a
/// minute, is told and stops nothing.
struct NightHooks {
    let commands: Plan.Nightly.Hooks
    let planFile: String
    let night: String

    /// What a command is told of.
    enum Event: String { case start, success, failure }

    private static let secondsMax = 60.0

    /// `nil` when there is no such command, or it ended well.
    func run(
        _ event: Event, status: Int32 = 0, message: String = "", output: String = ""
    ) -> NightFault? {
        let command =
            switch event {
            case .start: commands.start
            case .success: commands.success
            case .failure: commands.failure
            }
        guard let command else { return nil }
        let process = ChildProcesses.process(
            ["/bin/sh", "-c", command],
            environment: [
                "POPSTAT_EVENT": event.rawValue, "POPSTAT_PLAN": planFile, "POPSTAT_NIGHT": night,
                "POPSTAT_STATUS": "\(status)", "POPSTAT_MESSAGE": message,
                "POPSTAT_OUTPUT": output,
            ])
        process.currentDirectoryURL = URL(fileURLWithPath: planFile).standardizedFileURL
            .deletingLastPathComponent()
        // Standard output is for the answers of popstat.
        process.standardOutput = FileHandle.standardError
        let ended: Int32?
        do { ended = try ChildProcesses.run(process, secondsMax: Self.secondsMax) } catch {
            return .hookFailed(
                hook: event.rawValue,
                reason: Bilingual(both: (error as NSError).localizedDescription))
        }
        guard let ended else {
            return .hookFailed(
                hook: event.rawValue,
                reason: Bilingual("它没有在一分钟内结束", "it did not end within a minute"))
        }
        guard ended == 0 else {
            return .hookFailed(
                hook: event.rawValue,
                reason: Bilingual("退出状态 \(ended)", "status \(ended)"))
        }
        return nil
    }
}
