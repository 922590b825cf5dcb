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

    @Option(help: "Folder of the results, instead of the plan's publish.output.")
    var output: String?

    @Option(help: "Private work folder (default: .popstat/<plan> beside the plan).")
    var work: String?

    @Option(
        help:
            "Stop after this stage: \(StageName.allCases.map(\.rawValue).joined(separator: ", ")).")
    var through: StageName = .publish

    @Option(help: "Threads (default: one per core).")
    var threads: Int?

    @Option(help: "Memory to stay within, such as 512MiB or 2GiB.")
    var memoryLimit: ByteSize?

    @Option(help: "auto: scanner, libcsv where needed; libcsv: every record by libcsv.")
    var parser: ParserChoice = .auto

    @Option(help: "Where to run; local is the engine of this version.")
    var engine: EngineChoice = .local

    @Option(
        help: ArgumentHelp(
            "How much of a rejected row the private work folder keeps: full; masked, its form "
                + "without its values; none, its place and reason."))
    var rejectDetail: RejectDetail = .full

    @Flag(help: "Write report.xlsx; plans with release dates always get it.")
    var workbook = false

    @Flag(help: "Find unchanged extracts by SHA-256 rather than by what the file system says.")
    var verifyInputs = false

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

    @Option(
        name: .customLong("accept-gate"),
        help: ArgumentHelp(
            "Let a gate of the plan be broken in this run; say why with --reason, once for each.",
            valueName: "name"))
    var acceptedGates: [String] = []

    @Option(
        name: .customLong("reason"),
        help: "Why a gate is accepted; it is recorded and published.")
    var reasons: [String] = []

    @OptionGroup var audit: AuditOption

    @Option(help: ArgumentHelp("Bytes of an extract taken at once.", visibility: .hidden))
    var blockSize: ByteSize?

    @Option(help: "Languages of the report: zh, en or both.")
    var language: ReportLanguage = .both

    @Flag(help: "Print the report by WeasyPrint as well, as report.pdf.")
    var pdf = false

    @Flag(help: "Print one line of JSON instead of the summary.")
    var json = false

    func validate() throws {
        guard acceptedGates.count == reasons.count else {
            throw ValidationError("Every --accept-gate needs a --reason.")
        }
        if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more.") }
        if let blockSize, blockSize.bytes < 1 {
            throw ValidationError("--block-size must be 1 byte or more.")
        }
    }

    func run() throws {
        try reportingFaults {
            let plan = try PlanReader.read(file: plan)
            var options = RunOptions(
                threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
            options.output = output.map(absolute)
            options.work = work.map(absolute)
            options.through = through
            options.memoryLimit = memoryLimit?.bytes
            options.alwaysLibCSV = parser == .libcsv
            options.language = language
            options.pdf = pdf
            options.verifyInputs = verifyInputs
            options.rejectDetail = rejectDetail
            options.writesWorkbook = workbook
            options.skipInputDigests = skipInputDigests
            options.skipChecksums = skipChecksums
            options.onlyMainTables = onlyMainTables
            options.hidesSmallOnly = primarySuppressionOnly
            options.acceptedGates = zip(acceptedGates, reasons).map(AcceptedGate.init)
            options.audit = audit.folder
            if let blockSize { options.blockBytes = blockSize.bytes }
            let display = ProgressDisplay(isQuiet: json)
            defer { display.end() }
            let summary = try Pipeline(plan: plan, options: options, observer: display).run()
            display.end()
            print(json ? summary.json : SummaryText(summary).text)
        }
    }

    private func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }
}

/// Who reads the records.
enum ParserChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, libcsv
}

/// Where a plan runs.
enum EngineChoice: String, ExpressibleByArgument, CaseIterable {
    case local
}

extension StageName: ExpressibleByArgument {}
extension RejectDetail: ExpressibleByArgument {}

/// A number of bytes with a unit: 4096, 64KiB, 512MiB, 2GiB.
struct ByteSize: ExpressibleByArgument {
    let bytes: Int

    init?(argument: String) {
        let units = ["KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
        let unit = units.first { argument.hasSuffix($0.key) }
        let digits = unit.map { String(argument.dropLast($0.key.count)) } ?? argument
        guard let number = Int(digits), number >= 0, number < 1 << 30 || unit == nil else {
            return nil
        }
        bytes = number * (unit?.value ?? 1)
    }
}
