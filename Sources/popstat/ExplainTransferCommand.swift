import ArgumentParser
import PopulationModel
import PopulationPipeline

/// `popstat explain transfer`.
struct ExplainTransferCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "A transfer payment down to its factors, and what changed by revision.",
        discussion: """
            EXAMPLES
              popstat explain transfer 2020 449901 --run nightly.yaml
              popstat explain transfer 2020 --run Reports/finance

            \(ExitStatusHelp.text(of: [.usage, .inputMissing, .internalFault, .readOrWriteFailed]))
            """)

    @Argument(help: "The year, such as 2020.")
    var year: Int

    @Argument(help: "The county's code, six digits; without it the changes of all counties.")
    var county: String?

    @Option(
        name: .customLong("run"),
        help: "A plan, or its published folder (default: the current folder).")
    var source = "."

    @OptionGroup var speech: LanguageOption

    func run() throws {
        try reportingFaults(in: speech.chosen) {
            print(
                try Explain.transfer(
                    year: year, countyCode: county, run: source, in: speech.chosen))
        }
    }
}
