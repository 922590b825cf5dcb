import ArgumentParser
import Foundation
import PopulationModel
import PopulationPipeline

/// `popstat explain transfer`.
struct ExplainTransferCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "A transfer payment down to its factors, and what changed by revision.",
        discussion: """
            EXAMPLES
              popstat explain transfer 2020 449901 --run Reports/finance
              popstat explain transfer 2020 --run Reports/finance

            \(ExitStatusHelp.text(of: [.usage, .internalFault, .readOrWriteFailed]))
            """)

    @Argument(help: "The year, such as 2020.")
    var year: Int

    @Argument(help: "The county's code, six digits; without it the changes of all counties.")
    var county: String?

    @Option(
        name: .customLong("run"),
        help: "The published folder: a plan's publish.output (default: the current folder).")
    var publishedFolder = "."

    @OptionGroup var speech: LanguageOption

    func run() throws {
        try reportingFaults(in: speech.chosen) {
            let folder = URL(fileURLWithPath: publishedFolder).standardizedFileURL.path
            print(
                try Explain.transfer(
                    year: year, countyCode: county, folder: folder, in: speech.chosen))
        }
    }
}
