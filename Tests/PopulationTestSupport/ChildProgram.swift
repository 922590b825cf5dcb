import Foundation

/// A program that runs beside a test, without standard input, until it ends or is ended.
public struct ChildProgram: Sendable {
    private let process: Process
    private let ended: DispatchGroup

    /// The program is looked for where a shell would look; output and errors go to `output`.
    public init(_ arguments: [String], output: FileHandle = .nullDevice) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: "/tmp")
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        // Not waitUntilExit, which turns the run loop of a thread that has none.
        let ended = DispatchGroup()
        ended.enter()
        process.terminationHandler = { _ in ended.leave() }
        self.ended = ended
        try process.run()
    }

    /// Where the system tells of it.
    public var processIdentifier: Int32 { process.processIdentifier }

    /// Its exit status, or minus the signal that ended it.
    @discardableResult
    public func wait() -> Int32 {
        ended.wait()
        return process.terminationReason == .exit
            ? process.terminationStatus : -process.terminationStatus
    }

    /// Sends a signal, unless it ended before, and waits for the end.
    public func end(with signal: Int32 = SIGTERM) {
        if process.isRunning { kill(process.processIdentifier, signal) }
        wait()
    }
}
