import ArgumentParser
import PopulationServer

@main
struct PopstatServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "popstat-server", abstract: "Serves published figures, read-only.")

    func run() async throws {}
}
