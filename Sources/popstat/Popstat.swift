import ArgumentParser
import PopulationModel

/// The command `popstat`.
@main
struct Popstat: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "popstat",
        abstract: "Population statistics and urbanization from household-registration extracts.",
        discussion: """
            EXAMPLES
              popstat check plan.yaml                  every fault of a plan
              popstat run plan.yaml                    all five stages
              popstat run plan.yaml --through ingest   only read the extracts
              popstat sample --output /tmp/city        fictitious extracts, a plan

            EXIT STATUS
              0   all is well
              64  the command line, the plan or a file it names is wrong
              65  the data are beyond the plan's limits; nothing was published
              66  an input is missing
              70  a fault of popstat
              73  something cannot be created
              74  reading or writing failed
              75  another run holds the work folder
            """,
        version: ProgramVersion.text,
        subcommands: [RunCommand.self, CheckCommand.self, SampleCommand.self])
}
