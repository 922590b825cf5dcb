import ArgumentParser
import PopulationModel

/// `popstat sample`.
struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Write fictitious extracts of prefecture 4499, and a plan that runs on them.")

    func run() throws {}
}
