import ArgumentParser
import Foundation
import PopulationModel
import PopulationServer

/// The program `popstat-server`.
@main
struct PopstatServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "popstat-server", abstract: "Serves published figures, read-only.",
        discussion: """
            Tables under /figures, a page for people at /, /health and /metrics for watchers.
            Without a token only public tables are given; `popstat token` makes tokens.

            EXAMPLES
              popstat serve --store Reports/sample
              popstat serve --store figures.sqlite --tokens tokens.json --report Reports/sample
              popstat serve --store figures.sqlite --host 0.0.0.0 --port 8443 \\
                --certificate chain.pem --private-key key.pem

            EXIT STATUS
              0   ended by SIGTERM or SIGINT, all is well
              64  the command line or a file it names is wrong
              66  the store, the report or the token file is missing
              69  the database server cannot be reached
              70  a fault of popstat
              73  the address cannot be listened on
              74  reading failed
            """,
        version: BuildFacts.text(libraries: ServerLibraries.all))

    @Option(
        help: ArgumentHelp(
            "The store of figures, a file or postgres:CONNECTION, or a published folder; popstat "
                + "serve takes a plan as well."))
    var store: String

    @Option(help: "Address to listen on; 0.0.0.0 is all of the machine's.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen on; 0 takes a free one, which the log names.")
    var port = 8080

    @Option(help: "The file of access tokens, made by `popstat token`.")
    var tokens: String?

    @Option(help: "PEM file of the certificate with its chain, for TLS.")
    var certificate: String?

    @Option(help: "PEM file of the certificate's private key.")
    var privateKey: String?

    @Option(help: "The published folder whose report.html is shown under /report.")
    var report: String?

    @Option(help: "Requests that one address may make in a second.")
    var requestsPerSecond = ServerLimits().requestsPerSecond

    @Option(help: "Requests that one address may make at once before that counts.")
    var requestBurst = ServerLimits().requestBurst

    @Option(help: "Language of what is said at the start: zh or en (default: that of the locale).")
    var language: MessageLanguage?

    @Option(help: "Rows of one answer at most.")
    var rowsMax = ServerLimits().rowsMax

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError(
                Bilingual("--port 必须是 0 至 65535。", "--port must be 0 to 65535."))
        }
        guard requestsPerSecond > 0, requestsPerSecond.isFinite, requestBurst >= 1,
            requestBurst.isFinite
        else {
            throw ValidationError(

                Bilingual(
                    "--requests-per-second 必须大于 0，--request-burst 必须是 1 或更大。",
                    "--requests-per-second must be above 0 and --request-burst 1 or more."))
        }
        // More would not fit the memory that long answers may take together.
        guard (1...4_000_000).contains(rowsMax) else {
            throw ValidationError(
                Bilingual("--rows-max 必须是 1 至 4000000。", "--rows-max must be 1 to 4000000."))
        }
    }

    func run() async throws {
        do {
            let server = try FigureServer(
                settings: settings, reader: try StoreOpening.reader(of: settings.store))
            try await server.run()
        } catch let fault as PopstatError {
            let words = fault.line(in: language ?? .ofEnvironment)
            Self.say(words)
            throw ExitCode(fault.exitStatus)
        }
    }

    /// A mistake on the command line gets one line and the way to the help, not the whole usage.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if let server = command as? PopstatServer {
                try await server.run()
            } else {
                try command.run()
            }
        } catch {
            let words = Self.message(for: error)
            guard Self.exitCode(for: error) == .validationFailure, !words.isEmpty else {
                Self.exit(withError: error)
            }
            let end = words.hasSuffix(".") || words.hasSuffix("。") ? "" : "."
            let help = "popstat-server --help"
            let see = Bilingual("请看 `\(help)`。", "See `\(help)`.")[.ofEnvironment]
            Self.say("\(words)\(end) \(see)")
            Self.exit(withError: ExitCode.validationFailure)
        }
    }

    private static func say(_ words: String) {
        // Where nobody hears it, the exit status still says that something was wrong.
        try? WholeFile.append(Array("popstat-server: \(words)\n".utf8), to: STDERR_FILENO)
    }

    private var settings: ServerSettings {
        var settings = ServerSettings(store: store)
        settings.host = host
        settings.port = port
        settings.tokens = tokens
        settings.certificate = certificate
        settings.privateKey = privateKey
        settings.report = report
        settings.limits.requestsPerSecond = requestsPerSecond
        settings.limits.requestBurst = requestBurst
        settings.limits.rowsMax = rowsMax
        return settings
    }
}

extension MessageLanguage: ExpressibleByArgument {}

extension ValidationError {
    /// Thrown before the options are known, so that the locale decides.
    fileprivate init(_ words: Bilingual) { self.init(words[.ofEnvironment]) }
}
