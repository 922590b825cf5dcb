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
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.environment = ProcessInfo.processInfo.environment.merging([
            "POPSTAT_EVENT": event.rawValue, "POPSTAT_PLAN": planFile, "POPSTAT_NIGHT": night,
            "POPSTAT_STATUS": "\(status)", "POPSTAT_MESSAGE": message, "POPSTAT_OUTPUT": output,
        ]) { $1 }
        process.currentDirectoryURL = URL(fileURLWithPath: planFile).standardizedFileURL
            .deletingLastPathComponent()
        process.standardInput = FileHandle.nullDevice
        // Standard output is for the answers of popstat.
        process.standardOutput = FileHandle.standardError
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do { try process.run() } catch {
            return .hookFailed(
                hook: event.rawValue,
                reason: Bilingual(both: (error as NSError).localizedDescription))
        }
        if ended.wait(timeout: .now() + Self.secondsMax) == .timedOut {
            process.terminate()
            return .hookFailed(
                hook: event.rawValue,
                reason: Bilingual("它没有在一分钟内结束", "it did not end within a minute"))
        }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            return .hookFailed(
                hook: event.rawValue,
                reason: Bilingual(
                    "退出状态 \(process.terminationStatus)", "status \(process.terminationStatus)"))
        }
        return nil
    }
}
