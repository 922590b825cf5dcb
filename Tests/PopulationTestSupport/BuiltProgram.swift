import Foundation

/// The `popstat` that was built together with the tests, run as a user runs it: its own process,
/// no terminal, nothing on standard input.
public enum BuiltProgram {
    /// The folder of Package.swift.
    public static let repository = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Beside the test program, or else where `swift build -c release` puts it.
    public static let file: URL = {
        let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("popstat")
        if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
        return repository.appendingPathComponent(".build/release/popstat")
    }()

    /// What a run of the program came to.
    public struct Outcome: Sendable {
        /// Exit status, or minus the signal that ended it.
        public let status: Int32
        public let output: String
        public let errors: String
        public let seconds: Double

        /// Lines on standard error.
        public var errorLines: [Substring] { errors.split(separator: "\n") }

        /// Standard output as the object that `--json` promises.
        public func json() throws -> [String: Any] {
            let object = try JSONSerialization.jsonObject(with: Data(output.utf8))
            return object as? [String: Any] ?? [:]
        }
    }

    /// Runs to the end, or to a kill after some seconds or at a moment that is waited for; `endAfter`
    /// asks for the end as a timer does. `umask` is given in octal digits.
    public static func run(
        _ arguments: [String], folder: URL? = nil, environment: [String: String] = [:],
        umask: String? = nil, killAfter: Double? = nil, endAfter: Double? = nil,
        killWhen: (() -> Bool)? = nil
    ) throws -> Outcome {
        try TemporaryFolder.with { streams in
            let process = Process()
            process.executableURL = file
            process.arguments = arguments
            if let umask {
                process.executableURL = URL(fileURLWithPath: "/bin/sh")
                process.arguments =
                    ["-c", "umask \(umask); exec \"$0\" \"$@\"", file.path] + arguments
            }
            process.currentDirectoryURL = folder ?? streams
            process.environment = Self.environment.merging(environment) { $1 }
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = try stream("output", in: streams)
            process.standardError = try stream("errors", in: streams)
            let ended = DispatchSemaphore(value: 0)
            process.terminationHandler = { _ in ended.signal() }
            let clock = ContinuousClock()
            let start = clock.now
            try process.run()
            if let endAfter {
                if ended.wait(timeout: .now() + endAfter) == .timedOut { process.terminate() }
                ended.wait()
            } else if let killAfter {
                if ended.wait(timeout: .now() + killAfter) == .timedOut {
                    kill(process.processIdentifier, SIGKILL)
                    ended.wait()
                }
            } else if let killWhen {
                while ended.wait(timeout: .now() + 0.002) == .timedOut {
                    if killWhen() { kill(process.processIdentifier, SIGKILL) }
                }
            } else {
                ended.wait()
            }
            let isKilled = process.terminationReason == .uncaughtSignal
            return Outcome(
                status: isKilled ? -process.terminationStatus : process.terminationStatus,
                output: try text("output", in: streams), errors: try text("errors", in: streams),
                seconds: (clock.now - start) / .seconds(1))
        }
    }

    /// That of the tests, with English as the language whoever runs them.
    public static let environment = ProcessInfo.processInfo.environment.filter {
        !["LC_ALL", "LC_MESSAGES", "LANG"].contains($0.key)
    }

    private static func stream(_ name: String, in folder: URL) throws -> FileHandle {
        let file = folder.appendingPathComponent(name)
        try Data().write(to: file)
        return try FileHandle(forWritingTo: file)
    }

    private static func text(_ name: String, in folder: URL) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }
}

/// Whether the long form of a test is asked for, with `make test-long`.
public enum TestLength {
    public static var isLong: Bool {
        ProcessInfo.processInfo.environment["POPSTAT_TEST_LONG"] == "1"
    }
}
