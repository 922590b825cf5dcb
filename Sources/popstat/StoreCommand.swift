import ArgumentParser
import PopulationModel
import PopulationStore

/// `popstat store`.
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Prepare a PostgreSQL database as a store.",
        subcommands: [InitCommand.self])

    /// `popstat store init`.
    struct InitCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "init",
            abstract: "Make or renew the schema popstat with its tables, views and roles.",
            discussion: """
                Run by an account that may create roles and schemas. Grant \
                popstat_writer to who publishes and popstat_reader to who reads. \
                Passwords stay in the file that PGPASSFILE or PGSERVICEFILE names.

                EXAMPLES
                  popstat store init --postgres "host=db dbname=figures user=owner"
                  popstat store init --postgres figures-owner

                \(ExitStatusHelp.text(
                    of: [.usage, .unavailable, .internalFault, .readOrWriteFailed]))
                """)

        @Option(help: "A connection string without a password, or the name of a service.")
        var postgres: String

        @OptionGroup var speech: LanguageOption

        func run() throws {
            try reportingFaults(in: speech.chosen) {
                // With the prefix that other commands want as well.
                let prefix = "postgres:"
                let isPrefixed = postgres.hasPrefix(prefix) && !postgres.contains("://")
                _ = try PostgresStore(
                    preparing: isPrefixed ? String(postgres.dropFirst(prefix.count)) : postgres)
                print(
                    Bilingual(
                        "架构 popstat 已就绪；请将 popstat_writer 授予发布者，将 popstat_reader 授予读取者",
                        "the schema popstat is ready; grant popstat_writer to who publishes, "
                            + "popstat_reader to who reads")[speech.chosen])
            }
        }
    }
}
