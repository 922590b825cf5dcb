import ArgumentParser
import Foundation
import PopulationFigures
import PopulationModel
import PopulationPipeline

/// What `run` and `nightly` can be told of how to work.
struct RunSettings: ParsableArguments {
    @Option(help: "Folder of the results, instead of the plan's publish.output.")
    var output: String?

    @Option(help: "Private work folder (default: .popstat/<plan> beside the plan).")
    var work: String?

    @Option(help: "Threads (default: one per core).")
    var threads: Int?

    @Option(
        help: "Memory to stay within, such as 512MiB or 2GiB; a run that takes more says so.",
        transform: ByteSize.reader(Bilingual("请写作 512MiB 或 2GiB", "write it as 512MiB or 2GiB")))
    var memoryLimit: ByteSize?

    @Option(help: "auto: scanner, libcsv where needed; libcsv: every record by libcsv.")
    var parser: ParserChoice = .auto

    @Option(help: "Where to run: local or spark (default: where the plan says, else local).")
    var engine: Engine?

    @Option(
        help: ArgumentHelp(
            "How much of a rejected row the private work folder keeps: full; masked, its form "
                + "without its values; none, its place and reason."))
    var rejectDetail: RejectDetail = .full

    @Flag(help: "Write report.xlsx; plans with release dates always get it.")
    var workbook = false

    @Flag(help: "Find unchanged extracts by SHA-256 rather than by what the file system says.")
    var verifyInputs = false

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

    @Option(help: "The form of run.log in the work folder: text or json.")
    var logFormat: LogFormat = .text

    @Option(
        help: ArgumentHelp(
            "Language of the report and of what is said: zh, en or both (default: a report in "
                + "both; what is said is then in the language of the locale)."))
    var language: ReportLanguage?

    @Flag(help: "Print the report by WeasyPrint as well, as report.pdf.")
    var pdf = false

    @Flag(help: "Print one line of JSON instead of the summary.")
    var json = false

    func validate() throws {
        guard acceptedGates.count == reasons.count else {
            throw ValidationError(
                Bilingual(
                    "每个 --accept-gate 都要有一个 --reason。", "Every --accept-gate needs a --reason."))
        }
        if let threads, !threadsAllowed.contains(threads) { throw ValidationError.threads }
        if let memoryLimit, memoryLimit.bytes < 1 << 20 {
            throw ValidationError(
                Bilingual(
                    "--memory-limit 必须是 1MiB 或更大；单位为 KiB、MiB 或 GiB。",
                    "--memory-limit must be 1MiB or more; units are KiB, MiB and GiB."))
        }
        if output?.isEmpty == true || work?.isEmpty == true {
            throw ValidationError(
                Bilingual("--output 和 --work 不能为空。", "--output and --work must not be empty."))
        }
    }

    var options: RunOptions {
        var options = RunOptions(threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
        options.output = output.map(Self.absolute)
        options.work = work.map(Self.absolute)
        options.memoryLimit = memoryLimit?.bytes
        options.alwaysLibCSV = parser == .libcsv
        options.language = language ?? .both
        options.pdf = pdf
        options.verifyInputs = verifyInputs
        options.rejectDetail = rejectDetail
        options.writesWorkbook = workbook
        options.acceptedGates = zip(acceptedGates, reasons).map(AcceptedGate.init)
        options.audit = audit.folder
        options.logFormat = logFormat
        options.engine = engine
        return options
    }

    private static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }
}

/// How much a command says when all is well.
struct OutputManners: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Say nothing when all is well.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more: the time of each stage.")
    var verbose = false

    func validate() throws {
        if quiet, verbose {
            throw ValidationError(
                Bilingual(
                    "--quiet 与 --verbose 不能同用。", "--quiet and --verbose exclude each other."))
        }
    }
}

extension LogFormat: ExpressibleByArgument {}

/// Who reads the records.
enum ParserChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, libcsv
}

extension Engine: ExpressibleByArgument {}

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
