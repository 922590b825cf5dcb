import ArgumentParser
import Foundation
import Glibc
import PopulationModel
import PopulationPipeline

/// `popstat serve`: becomes `popstat-server`, which lies beside this program. That is a product of
/// its own, so that `popstat` needs no network stack.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve published figures; the options are those of popstat-server.")

    @Argument(
        parsing: .captureForPassthrough,
        help: "Options of popstat-server; `popstat serve --help` lists them.")
    var arguments: [String] = []

    func run() throws {
        // Where this very program lies; the path that it was called by may be a link or a bare name.
        let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folder = ((own ?? CommandLine.arguments[0]) as NSString).deletingLastPathComponent
        let program = "\(folder)/popstat-server"
        var arguments = arguments
        let language = Self.language(of: arguments)
        try reportingFaults(in: language) { try Self.resolveStore(&arguments) }
        var pointers = ([program] + arguments).map { strdup($0) } + [nil]
        execv(program, &pointers)
        let reason = String(cString: strerror(errno))
        writeToStandardError(
            Bilingual(
                "popstat: \(program) 无法启动：\(reason)（SERVE-020）。请用 "
                    + "`swift build -c release --product popstat-server` 构建，并放在 popstat 旁边。\n",
                "popstat: \(program) cannot be started: \(reason) (SERVE-020). Build it with "
                    + "`swift build -c release --product popstat-server` and put it beside popstat.\n"
            )[language])
        throw ExitCode(66)
    }

    /// What popstat-server is told as well.
    private static func language(of arguments: [String]) -> MessageLanguage {
        let place = arguments.firstIndex(of: "--language").map { $0 + 1 } ?? arguments.count
        let given = arguments.indices.contains(place) ? arguments[place] : ""
        return MessageLanguage(rawValue: given) ?? .ofEnvironment
    }

    /// A plan stands for its store, as it does for the other commands; the server knows no plans.
    private static func resolveStore(_ arguments: inout [String]) throws {
        guard let place = arguments.firstIndex(of: "--store"),
            arguments.indices.contains(place + 1), arguments[place + 1].hasSuffix(".yaml")
        else { return }
        arguments[place + 1] = try StoreFinder.location(arguments[place + 1]).label
    }
}
