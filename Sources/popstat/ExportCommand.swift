import ArgumentParser
import Foundation
import PopulationModel
import PopulationPipeline

/// `popstat export`.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the tables of a run in a format of exchange.",
        discussion: """
            sdmx-csv is SDMX-CSV 2.0: one file per dataflow, one line per number. \
            Identifiers are those that the server gives out.

            EXAMPLES
              popstat export /srv/figures --output /tmp/sdmx
              popstat export plan.yaml --scope internal --output /tmp/sdmx

            \(ExitStatusHelp.text(
                of: [
                    .usage, .inputMissing, .internalFault, .cannotCreate, .readOrWriteFailed,
                ]))
            """)

    @Argument(
        help: ArgumentHelp("The output folder of a run, or its plan.", valueName: "run"))
    var folder: String

    @Option(help: "The format: sdmx-csv.")
    var format: Export.Format = .sdmxCSV

    @Option(help: "internal or public (default: public where the run has public tables).")
    var scope: ScopeChoice?

    @Option(help: "Folder for the files: new, empty, or of an earlier export.")
    var output: String

    @OptionGroup var speech: LanguageOption

    func run() throws {
        try reportingFaults(in: speech.chosen) {
            let path = URL(fileURLWithPath: output).standardizedFileURL.path
            let summary = try Export(run: folder, scope: scope?.rawValue).write(to: path)
            print(
                Bilingual(
                    "\(summary.scope) 范围的 \(summary.files) 张表、\(summary.observations) 个观测值，"
                        + "格式 \(format.rawValue)：\(summary.output)/",
                    "\(summary.files) \(summary.scope) tables, \(summary.observations) observations "
                        + "as \(format.rawValue): \(summary.output)/")[speech.chosen])
        }
    }
}

/// Which form of the tables.
enum ScopeChoice: String, ExpressibleByArgument, CaseIterable {
    case `internal`, `public`
}

extension Export.Format: ExpressibleByArgument {}
