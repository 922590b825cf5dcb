import ArgumentParser
import Foundation
import PopulationFigures
import PopulationModel
import PopulationPipeline

/// `popstat report`.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the yearly report of a published folder again, from its tables alone.",
        discussion: """
            EXAMPLES
              popstat report Reports/sample
              popstat report Reports/sample --language en --output /tmp/report-en.html
              popstat report Reports/sample --pdf --templates Reports/templates

            \(ExitStatusHelp.text(of: [
                .usage, .dataBeyondLimits, .inputMissing, .internalFault, .cannotCreate,
                .readOrWriteFailed,
            ]))
            """)

    @Argument(
        help: ArgumentHelp(
            "The published folder of a run, or its plan.", valueName: "run"))
    var folder: String

    @Option(help: "zh, en or both (default: as the run wrote it); what is said follows it.")
    var language: ReportLanguage?

    @Flag(help: "Print it by WeasyPrint as well, beside the page with the ending .pdf.")
    var pdf = false

    @Option(help: "Folder with the bureau's own templates; a part that it lacks stays as it is.")
    var templates: String?

    @Option(help: "The page (default: report.html in the published folder).")
    var output: String?

    func validate() throws {
        if let output, output.lowercased().hasSuffix(".pdf") {
            throw ValidationError(
                Bilingual(
                    "--output 是页面，即 HTML 文件；--pdf 把 PDF 写在它旁边。",
                    "--output names the page, an HTML file; --pdf writes its print beside it."))
        }
    }

    func run() throws {
        try reportingFaults(in: language.messages) {
            let report = try PublishedReport(run: absolute(folder))
            let files = try report.write(
                language: language, templates: templates.map(absolute), pdf: pdf,
                to: output.map(absolute))
            for file in files { print(file) }
        }
    }

    private func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }
}
