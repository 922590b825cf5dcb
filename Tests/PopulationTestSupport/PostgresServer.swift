import Foundation

/// A PostgreSQL server of its own for one test: data and socket in a folder that is removed, no
/// network.
public struct PostgresServer: Sendable {
    /// The folder of the socket.
    public let socketFolder: String
    private let binaries: String

    /// Starts a server, and stops it whatever happens.
    public static func with<Result>(_ body: (PostgresServer) throws -> Result) throws -> Result {
        guard let binaries = TestTool.postgresFolder else { throw Failure(text: "no PostgreSQL") }
        let folder = "/tmp/popstat-pg-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o755])
        defer { try? FileManager.default.removeItem(atPath: folder) }  // Nothing depends on it.
        if geteuid() == 0 { try command(["chown", "postgres", folder]) }
        let server = PostgresServer(socketFolder: folder, binaries: binaries)
        try server.asServer([
            "\(binaries)/initdb", "-D", "\(folder)/data", "-A", "trust", "-U", "owner", "-E",
            "UTF8", "--locale=C", "--no-sync",
        ])
        let options = "-k \(folder) -c listen_addresses='' -c fsync=off"
        try server.asServer([
            "\(binaries)/pg_ctl", "-D", "\(folder)/data", "-w", "-l", "\(folder)/log", "-o",
            options, "start",
        ])
        defer { try? server.stop() }  // Stopped already where a test wanted it.
        return try body(server)
    }

    /// What a plan or a command line names, for an account of the server.
    public func connection(user: String = "owner") -> String {
        "host=\(socketFolder) dbname=postgres user=\(user)"
    }

    /// Ends the server at once, as a power cut would.
    public func stop() throws {
        try asServer([
            "\(binaries)/pg_ctl", "-D", "\(socketFolder)/data", "-m", "immediate", "stop",
        ])
    }

    /// What `psql` prints for statements, unaligned and without headers.
    @discardableResult
    public func query(_ sql: String, user: String = "owner") throws -> String {
        try Self.command(psql(user) + ["-c", sql])
    }

    /// A session that stays open: statements are given one after the other.
    public func session(_ sql: String, user: String = "owner") throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = psql(user) + ["-c", sql]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private func psql(_ user: String) -> [String] {
        [
            "\(binaries)/psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", socketFolder,
            "-U", user, "-d", "postgres",
        ]
    }

    private func asServer(_ arguments: [String]) throws {
        // initdb and postgres refuse to run as root.
        let prefix =
            geteuid() == 0
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
        try Self.command(prefix + arguments)
    }

    /// A tool of the test failed.
    public struct Failure: Error, CustomStringConvertible {
        public let text: String
        public var description: String { text }
    }

    @discardableResult
    private static func command(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: "/tmp")
        process.standardInput = FileHandle.nullDevice
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("popstat-out-\(UUID().uuidString)")
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }  // Nothing depends on it.
        // A file, because a server that is started keeps a pipe open.
        let output = try FileHandle(forWritingTo: file)
        process.standardOutput = output
        process.standardError = output
        // Not waitUntilExit, which turns the run loop of a thread that has none.
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        ended.wait()
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        guard process.terminationStatus == 0 else {
            throw Failure(text: "\(arguments.prefix(9).joined(separator: " ")): \(text)")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
