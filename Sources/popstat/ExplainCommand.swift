import ArgumentParser

/// `popstat explain`.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a published figure down to its factors.",
        subcommands: [ExplainTransferCommand.self])
}
