import ArgumentParser
import PopulationModel
import PopulationPipeline

/// `popstat check`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract:
            "Find every fault of a plan, its reference files and the headers of its extracts.",
        discussion: """
            EXAMPLE
              popstat check nightly.yaml

            \(ExitStatusHelp.text(
                of: [.usage, .inputMissing, .internalFault, .readOrWriteFailed]))
            """)

    @Argument(help: "The plan, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
    var plan: String

    func run() throws {
        try reportingFaults {
            let plan = try PlanReader.read(file: plan)
            try Pipeline.check(plan)
            let count = plan.ingest.registration.files.count + plan.ingest.residency.files.count
            print(
                "\(plan.file): the plan, its reference files and the headers of \(count) extracts are in order."
            )
        }
    }
}
