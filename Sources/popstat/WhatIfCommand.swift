import ArgumentParser
import Foundation
import PopulationFigures
import PopulationModel
import PopulationPipeline

/// `popstat what-if`.
struct WhatIfCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "what-if",
        abstract: "New figures under other classes of units or another target.",
        discussion: """
            Starts from the cube in the output folder of a run: no extract is read \
            and nothing personal. The published figures stay as they are.

            EXAMPLES
              popstat what-if /srv/figures --class 449901001201=121
              popstat what-if plan.yaml --classes new.csv --target 55 --output /tmp/new

            \(ExitStatusHelp.text(
                of: [
                    .usage, .inputMissing, .internalFault, .cannotCreate, .readOrWriteFailed,
                ]))
            """)

    @Argument(
        help: ArgumentHelp("The output folder of a run, or its plan.", valueName: "run"))
    var folder: String

    @Option(
        name: .customLong("class"), parsing: .singleValue,
        help: ArgumentHelp(
            "The class of a unit in every edition that has it; may be repeated.",
            valueName: "unit=class"))
    var classes: [ClassOption] = []

    @Option(
        name: .customLong("classes"),
        help: ArgumentHelp(
            "A CSV file with the columns code and class.", valueName: "file"),
        completion: .file(extensions: ["csv"]))
    var classesFile: String?

    @Option(
        help: "The last target of the area's residents, in per cent.",
        transform: PercentOption.reader(
            Bilingual(
                "应为 0 至 100、至多 2 位小数的数", "a number from 0 to 100 with at most 2 decimals")))
    var target: PercentOption?

    @Option(help: "Folder for the new tables and comparison.csv.")
    var output: String?

    @Option(help: "Threads (default: one per core).")
    var threads: Int?

    @OptionGroup var speech: LanguageOption

    @Flag(help: "Print one line of JSON instead of the comparison.")
    var json = false

    func validate() throws {
        if let threads, !threadsAllowed.contains(threads) { throw ValidationError.threads }
    }

    func run() throws {
        try reportingFaults(in: speech.chosen) {
            var assumptions = WhatIf.Assumptions()
            assumptions.classes = classes.map { ($0.unit, $0.unitClass) }
            assumptions.classesFile = classesFile
            assumptions.targetPercentHundredths = target?.hundredths
            let whatIf = WhatIf(
                run: folder, assumptions: assumptions,
                threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
            let outputFolder = output.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
            let summary = try whatIf.compare(output: outputFolder)
            print(json ? summary.json : WhatIfText(summary, speech.chosen).text)
        }
    }
}

/// A unit and its class: `449901001201=121`. Whether they are any is looked at with the cube.
struct ClassOption: ExpressibleByArgument {
    let unit: String
    let unitClass: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        unit = String(parts[0])
        unitClass = String(parts[1])
    }
}

/// A percentage from 0 to 100 with at most two decimals.
struct PercentOption: ExpressibleByArgument {
    let hundredths: Int

    init?(argument: String) {
        guard let hundredths = Target.percentHundredths(argument) else { return nil }
        self.hundredths = hundredths
    }
}
