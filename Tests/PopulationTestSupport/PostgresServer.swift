import Foundation

/// A PostgreSQL server of its own for one test: data and socket in a folder that is removed, no
/// network.
public struct PostgresServer: Sendable {
    /// The folder of the socket.
    public let socketFolder: String
    private let binaries: String
    private let main: ChildProgram

    /// Starts a server, and stops it whatever happens.
    public static func with<Result>(_ body: (PostgresServer) throws -> Result) throws -> Result {
        guard let binaries = TestTool.postgresFolder else { throw Failure(text: "no PostgreSQL") }
        let folder = "/tmp/popstat-pg-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o755])
        defer { try? FileManager.default.removeItem(atPath: folder) }  // Nothing depends on it.
        if geteuid() == 0 { try command(["chown", "postgres", folder]) }
        try command(
            asServer([
                "\(binaries)/initdb", "-D", "\(folder)/data", "-A", "trust", "-U", "owner", "-E",
                "UTF8", "--locale=C", "--no-sync",
            ]))
        // Not by pg_ctl: the server would outlive it with what it inherited, and Foundation takes
        // a program for running as long as anybody holds that.
        let main = try ChildProgram(
            asServer([
                "\(binaries)/postgres", "-D", "\(folder)/data", "-k", folder, "-c",
                "listen_addresses=", "-c", "fsync=off",
            ]))
        let server = PostgresServer(socketFolder: folder, binaries: binaries, main: main)
        defer { server.stop() }
        try server.waitUntilReady()
        return try body(server)
    }

    private func waitUntilReady() throws {
        for _ in 0..<600 {
            do {
                try query("SELECT 1")
                return
            } catch { usleep(50_000) }
        }
        throw Failure(text: "the server does not answer")
    }

    /// What a plan or a command line names, for an account of the server.
    public func connection(user: String = "owner") -> String {
        "host=\(socketFolder) dbname=postgres user=\(user)"
    }

    /// Ends the server at once, as a power cut would; once more does nothing.
    public func stop() {
        main.end(with: SIGQUIT)
    }

    /// What `psql` prints for statements, unaligned and without headers.
    @discardableResult
    public func query(_ sql: String, user: String = "owner") throws -> String {
        try Self.command(psql(user) + ["-c", sql])
    }

    /// A session that stays open until it is ended.
    public func session(_ sql: String, user: String = "owner") throws -> ChildProgram {
        try ChildProgram(psql(user) + ["-c", sql])
    }

    private func psql(_ user: String) -> [String] {
        [
            "\(binaries)/psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", socketFolder,
            "-U", user, "-d", "postgres",
        ]
    }

    /// initdb and postgres refuse to run as root.
    private static func asServer(_ arguments: [String]) -> [String] {
        geteuid() == 0
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] + arguments
            : arguments
    }

    /// A tool of the test failed.
    public struct Failure: Error, CustomStringConvertible {
        public let text: String
        public var description: String { text }
    }

    @discardableResult
    private static func command(_ arguments: [String]) throws -> String {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("popstat-out-\(UUID().uuidString)")
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }  // Nothing depends on it.
        let output = try FileHandle(forWritingTo: file)
        let status = try ChildProgram(arguments, output: output).wait()
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        guard status == 0 else {
            throw Failure(text: "\(arguments.prefix(9).joined(separator: " ")): \(text)")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
