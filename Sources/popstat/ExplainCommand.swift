import ArgumentParser

/// `popstat explain`.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a published number down to what it was made from.",
        subcommands: [ExplainFigureCommand.self, ExplainTransferCommand.self],
        defaultSubcommand: ExplainFigureCommand.self)
}
