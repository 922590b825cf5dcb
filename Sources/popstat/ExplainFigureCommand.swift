import ArgumentParser
import PopulationModel
import PopulationPipeline

/// `popstat explain RUN TABLE KEY… COLUMN`: the subcommand that needs no name.
struct ExplainFigureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figure",
        abstract: "A published number down to units, classes, editions, sources and rows.",
        discussion: """
            The word `figure` may be left out. Values of the key may stand in any order, and only \
            as many are needed as tell the row.

            EXAMPLES
              popstat explain Reports/sample urbanization 2020-12-31 449901 resident urban
              popstat explain plan.yaml migration 2020-12-31 449901 floating --all

            \(ExitStatusHelp.text(of: [.usage, .inputMissing, .internalFault, .readOrWriteFailed]))
            """)

    @Argument(help: ArgumentHelp("The output folder of a run, or its plan.", valueName: "run"))
    var folder: String

    @Argument(help: "A table, such as urbanization.")
    var table: String

    @Argument(help: ArgumentHelp("Values of the table's key, then a column.", valueName: "word"))
    var words: [String]

    @Flag(help: "List every unit instead of the largest.")
    var all = false

    @OptionGroup var speech: LanguageOption

    @Flag(help: "Print one line of JSON instead of the explanation.")
    var json = false

    func run() throws {
        try reportingFaults(in: speech.chosen) {
            let explanation = try Explain.figure(
                run: folder, table: table, words: Array(words.dropLast()),
                column: words.last ?? "")
            print(
                json
                    ? explanation.json
                    : ExplanationText(explanation, listsAll: all, in: speech.chosen).lines.joined(
                        separator: "\n"))
        }
    }
}
