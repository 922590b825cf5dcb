import ArgumentParser
import PopulationPipeline

/// `popstat cluster`: what Spark's tasks call, on every machine; nobody types it.
struct ClusterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster", abstract: "Do one task of a run on a cluster.",
        shouldDisplay: false, subcommands: [Map.self, Reduce.self])

    struct Task: ParsableArguments {
        @Option(help: "The plan.")
        var plan: String

        @Option(help: "What the run says to its tasks.")
        var settings: String

        @Option(help: "A private folder of this machine.")
        var folder: String

        func task() throws -> ClusterTask {
            try ClusterTask(planFile: plan, settings: settings, folder: folder)
        }
    }

    /// An extract → blobs of records on standard output.
    struct Map: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ingest one extract.", shouldDisplay: false)

        @OptionGroup var settings: Task

        @Option(help: "The extract.")
        var extract: String

        func run() throws {
            try reportingFaults { try settings.task().map(extract: extract, to: 1) }
        }
    }

    /// Blobs on standard input → a part of the cube on standard output.
    struct Reduce: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count the people of some partitions.", shouldDisplay: false)

        @OptionGroup var settings: Task

        func run() throws {
            try reportingFaults { try settings.task().reduce(from: 0, to: 1) }
        }
    }
}
