import Foundation
import PopulationTestSupport

/// The built server as a process of its own on a free port of loopback, and curl to talk to it.
final class ServerProcess {
    let base: String
    private let process: Process
    private let log: URL

    /// Runs `popstat serve`, which becomes the server; waits until it listens.
    init(_ arguments: [String], in folder: URL) throws {
        log = folder.appendingPathComponent("server.log")
        try Data().write(to: log)
        process = Process()
        process.executableURL = BuiltProgram.file
        process.arguments = ["serve", "--port", "0"] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        var address: Substring?
        // A minute: a busy machine starts a debug build slowly.
        for _ in 0..<600 where address == nil && process.isRunning {
            usleep(100_000)
            let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
            address =
                text.split(separator: "\n").first { $0.contains("listening on ") }?
                .split(separator: " ").last
        }
        guard let address else { throw NotListening() }
        base = String(address)
    }

    struct NotListening: Error {}

    var logText: String {
        get throws { String(decoding: try Data(contentsOf: log), as: UTF8.self) }
    }

    /// Where the system tells of the process.
    var residentBytesFile: String { "/proc/\(process.processIdentifier)/status" }

    var residentBytes: Int {
        get throws { try Self.residentBytes(inStatus: residentBytesFile) }
    }

    static func residentBytes(inStatus path: String) throws -> Int {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
        return (words.count > 1 ? Int(words[1]) ?? 0 : 0) * 1_024
    }

    /// Sends SIGTERM and gives the exit status.
    func end() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationReason == .exit
            ? process.terminationStatus : -process.terminationStatus
    }

    deinit { if process.isRunning { process.terminate() } }

    /// What curl got.
    struct Answer {
        var status: Int
        var head: String
        var body: Data
        var text: String { String(decoding: body, as: UTF8.self) }

        func field(_ name: String) -> String? {
            head.split(whereSeparator: \.isNewline).first {
                $0.lowercased().hasPrefix(name.lowercased() + ":")
            }.map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
        }
    }

    func curl(_ path: String, token: String? = nil, _ options: [String] = []) throws -> Answer {
        let folder = log.deletingLastPathComponent()
        let head = folder.appendingPathComponent("head-\(UUID().uuidString)")
        let body = folder.appendingPathComponent("body-\(UUID().uuidString)")
        for file in [head, body] { try Data().write(to: file) }
        var arguments = ["-sS", "--max-time", "60", "-D", head.path, "-o", body.path] + options
        if let token { arguments += ["-H", "Authorization: Bearer \(token)"] }
        let status = try Self.run("curl", arguments + [base + path])
        let text = String(decoding: try Data(contentsOf: head), as: UTF8.self)
        let code = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return Answer(
            status: status == 0 ? code ?? 0 : -Int(status), head: text,
            body: try Data(contentsOf: body))
    }

    static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
