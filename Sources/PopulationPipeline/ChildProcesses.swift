import Foundation
import Glibc
import PopulationModel

/// Programs that a run waits for: when popstat is told to end, they are told first, since nobody else
/// would.
package enum ChildProcesses {
    private static let waitedFor = Monitor<Set<Int32>>([])

    /// A process that is not started yet; the program is looked for where a shell would look.
    ///
    /// popstat takes signals in its own way and ignores them to that end, which a child would
    /// inherit; env(1) takes it back. It exits with 127 when there is no such program, with 126 when
    /// it cannot be run.
    static func process(_ words: [String], environment: [String: String]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["--default-signal=TERM,INT,HUP"] + words
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        return process
    }

    /// Starts a process and waits for its end, at most so long; gives its status, or 128 and the signal
    /// that ended it, and `nil` when it had to be told to end.
    static func run(_ process: Process, secondsMax: Double? = nil) throws -> Int32? {
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        let number = process.processIdentifier
        waitedFor.update { _ = $0.insert(number) }
        defer { waitedFor.update { _ = $0.remove(number) } }
        let limit = secondsMax.map { DispatchTime.now() + $0 } ?? .distantFuture
        guard ended.wait(timeout: limit) == .success else {
            terminate(number)
            return nil
        }
        let status = process.terminationStatus
        return process.terminationReason == .exit ? status : 128 + status
    }

    /// Tells all of them to end.
    package static func terminate() { waitedFor.read { $0 }.forEach(terminate) }

    /// With what it started: Foundation gives a process a group of its own.
    private static func terminate(_ number: Int32) {
        kill(getpgid(number) == number ? -number : number, SIGTERM)
    }
}
