import ArgumentParser
import PopulationModel
import PopulationPipeline

/// `popstat cluster`: what Spark's tasks call, on every machine; nobody types it.
struct ClusterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster", abstract: "Do one task of a run on a cluster.",
        shouldDisplay: false, subcommands: [Links.self, Digest.self, Map.self, Reduce.self])

    /// A fault is told in both languages, a line each: which one is read is known to the run alone.
    static func reporting(_ body: () throws -> Void) throws {
        do { try body() } catch let faults as PopstatErrors {
            for fault in faults.errors {
                for language in [MessageLanguage.en, .zh] { writeFault(fault, in: language) }
            }
            throw ExitCode(faults.exitStatus)
        }
    }

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
            commandName: "map", abstract: "Ingest one extract.", shouldDisplay: false)

        @OptionGroup var settings: Task

        @OptionGroup var part: ExtractPart

        func run() throws {
            try ClusterCommand.reporting {
                try settings.task().map(extract: part.extract, split: part.split, to: 1)
            }
        }
    }

    struct ExtractPart: ParsableArguments {
        @Option(help: "The extract.")
        var extract: String

        @Option(help: "Blocks of it, and where their first record begins.")
        var split: String?
    }

    /// A split → where its records begin, and those of the next.
    struct Links: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "links", abstract: "Find where the records of a split begin.",
            shouldDisplay: false)

        @OptionGroup var settings: Task

        @OptionGroup var part: ExtractPart

        func run() throws {
            try ClusterCommand.reporting {
                print(try settings.task().links(extract: part.extract, split: part.split))
            }
        }
    }

    /// An extract → its SHA-256.
    struct Digest: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "digest", abstract: "Make the digest of an extract.", shouldDisplay: false)

        @OptionGroup var settings: Task

        @OptionGroup var part: ExtractPart

        func run() throws {
            try ClusterCommand.reporting {
                print(try settings.task().digest(extract: part.extract))
            }
        }
    }

    /// Blobs on standard input → a part of the cube on standard output.
    struct Reduce: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reduce", abstract: "Count the people of some partitions.",
            shouldDisplay: false)

        @OptionGroup var settings: Task

        func run() throws {
            try ClusterCommand.reporting { try settings.task().reduce(from: 0, to: 1) }
        }
    }
}
