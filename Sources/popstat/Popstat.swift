import ArgumentParser
import Glibc
import PopulationIngest
import PopulationModel
import PopulationPublish
import PopulationStore

/// The command `popstat`.
@main
struct Popstat: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "popstat",
        abstract: "Population statistics and urbanization from household-registration extracts.",
        discussion: """
            EXAMPLES
              popstat init --help                      a plan from your extracts' headers
              popstat doctor plan.yaml                 whether a run would find all it needs
              popstat check plan.yaml                  every fault of a plan
              popstat run plan.yaml                    all five stages
              popstat run plan.yaml --through ingest   only read the extracts
              popstat nightly plan.yaml                for a timer: wait, run, deliver
              popstat what-if figures --target 55      other classes, another target
              popstat report figures --language en     the report again, from its tables
              popstat sample --output /tmp/city        fictitious extracts, a plan
              popstat export figures --output sdmx     tables as SDMX-CSV
              popstat explain transfer 2020 449901     a payment down to its factors
              popstat serve --store figures            the figures over HTTP
              popstat audit verify figures             that nothing was changed afterwards
              popstat purge plan.yaml --older-than 90d personal data that is no longer needed

            \(ExitStatusHelp.text(of: PopstatError.Kind.allCases))
            """,
        version: BuildFacts.text(
            libraries: IngestLibraries.all + PublishLibraries.all + StoreLibraries.all),
        subcommands: [
            InitCommand.self, RunCommand.self, NightlyCommand.self, CheckCommand.self,
            WhatIfCommand.self,
            ReportCommand.self,
            ExplainCommand.self, ExportCommand.self, EditionsCommand.self, CompareCommand.self,
            DeliverCommand.self, StoreCommand.self, SampleCommand.self, ServeCommand.self,
            TokenCommand.self, AuditCommand.self, PurgeCommand.self, DoctorCommand.self,
            ClusterCommand.self,
        ])

    /// A mistake on the command line gets one line and the way to the help, not the whole usage.
    static func main() {
        // A limit on the size of files shall be told like a full disk, and not end the process.
        signal(SIGXFSZ, SIG_IGN)
        do {
            var command = try parseAsRoot()
            try command.run()
            try endStandardOutput(in: .ofEnvironment)
        } catch {
            answer(error)
        }
    }

    private static func answer(_ error: any Error) -> Never {
        let words = Self.message(for: error)
        guard Self.exitCode(for: error) == .validationFailure, !words.isEmpty else {
            Self.exit(withError: error)
        }
        let names = Self.configuration.subcommands.compactMap { $0.configuration.commandName }
        let given = CommandLine.arguments.dropFirst().first ?? ""
        let help = names.contains(given) ? "popstat \(given) --help" : "popstat --help"
        let end = words.hasSuffix(".") || words.hasSuffix("。") ? "" : "."
        let see = Bilingual("请看 `\(help)`。", "See `\(help)`.")[.ofEnvironment]
        writeToStandardError("popstat: \(words)\(end) \(see)\n")
        Self.exit(withError: ExitCode.validationFailure)
    }
}

/// The exit statuses of a command, for its help.
enum ExitStatusHelp {
    static func text(of kinds: [PopstatError.Kind]) -> String {
        let lines = kinds.map { "  \($0.rawValue)  \($0.meaning)" }
        return (["EXIT STATUS", "  0   all is well"] + lines).joined(separator: "\n")
    }
}
