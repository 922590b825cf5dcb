import ArgumentParser
import Foundation
import PopulationFigures
import PopulationModel
import PopulationPipeline

/// `popstat run`.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a plan: ingest, deduplicate, classify, aggregate, publish.",
        discussion: """
            EXAMPLES
              popstat run Pipelines/sample.yaml
              popstat run nightly.yaml --output /srv/figures --work /srv/private
              popstat run nightly.yaml --threads 2 --memory-limit 512MiB --json
              popstat run nightly.yaml --accept-gate total --reason "merger of two counties"

            \(ExitStatusHelp.text(of: PopstatError.Kind.allCases))
            """)

    @Argument(help: "The plan, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
    var plan: String

    @Option(
        help:
            "Stop after this stage: \(StageName.allCases.map(\.rawValue).joined(separator: ", ")).")
    var through: StageName = .publish

    @OptionGroup var settings: RunSettings

    @OptionGroup var manners: OutputManners

    @Flag(
        help: ArgumentHelp(
            "Leave the inputs' SHA-256 out, to measure its cost.", visibility: .hidden))
    var skipInputDigests = false

    @Flag(
        help: ArgumentHelp(
            "Leave the checksums of partitions out, to measure their cost.", visibility: .hidden))
    var skipChecksums = false

    @Flag(
        help: ArgumentHelp(
            "Only the tables of the main job, to measure what the others cost.",
            visibility: .hidden))
    var onlyMainTables = false

    @Flag(
        help: ArgumentHelp(
            "Hide small counts and nothing else, to show that it is not enough.",
            visibility: .hidden))
    var primarySuppressionOnly = false

    @Option(help: ArgumentHelp("Bytes of an extract taken at once.", visibility: .hidden))
    var blockSize: ByteSize?

    func validate() throws {
        if let blockSize, blockSize.bytes < 1 {
            throw ValidationError(
                Bilingual("--block-size 必须是 1 字节或更大。", "--block-size must be 1 byte or more."))
        }
    }

    func run() throws {
        let language = settings.language.messages
        try reportingFaults(in: language) {
            let plan = try PlanReader.read(file: plan)
            var options = settings.options
            options.through = through
            options.skipInputDigests = skipInputDigests
            options.skipChecksums = skipChecksums
            options.onlyMainTables = onlyMainTables
            options.hidesSmallOnly = primarySuppressionOnly
            if let blockSize { options.blockBytes = blockSize.bytes }
            let display = ProgressDisplay(
                isQuiet: settings.json || manners.quiet, language: language)
            defer { display.end() }
            let interruption = Interruption(in: language)
            defer { withExtendedLifetime(interruption) {} }
            let summary = try Pipeline(plan: plan, options: options, observer: display).run()
            display.end()
            if settings.json {
                print(summary.json)
            } else if !manners.quiet {
                print(SummaryText(summary, in: language, isVerbose: manners.verbose).text)
            }
        }
    }
}
