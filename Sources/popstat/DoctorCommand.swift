import ArgumentParser
import Foundation
import PopulationModel
import PopulationPipeline

/// `popstat doctor`.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Look at machine, plan, folders, store, tokens and certificate before a run does.",
        discussion: """
            Each line is ok, warn or bad, and says what to do. Nothing is changed. Without a plan \
            only the machine is looked at.

            EXAMPLES
              popstat doctor
              popstat doctor nightly.yaml --work /srv/private --tokens tokens.json \\
                --certificate chain.pem

            EXIT STATUS
              0   nothing is bad; there may be warnings
              else that of the worst fault, as the other commands give it
            """)

    @Argument(help: "The plan, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
    var plan: String?

    @Option(help: "The work folder (default: that of the plan).")
    var work: String?

    @Option(help: "The output folder (default: that of the plan).")
    var output: String?

    @OptionGroup var audit: AuditOption

    @Option(help: ArgumentHelp("The file of the server's tokens.", valueName: "file"))
    var tokens: String?

    @Option(help: ArgumentHelp("The file of the server's certificates, PEM.", valueName: "file"))
    var certificate: String?

    @OptionGroup var speech: LanguageOption

    @Flag(help: "Print one line of JSON instead of words.")
    var json = false

    /// What `--json` prints.
    private struct Answer: Encodable {
        var status: Int32
        var findings: [DoctorFinding]
    }

    func run() throws {
        try reportingFaults(in: speech.chosen) {
            var request = Doctor.Request()
            request.plan = plan
            request.work = work
            request.output = output
            request.audit = audit.folder
            request.tokens = tokens
            request.certificate = certificate
            let findings = Doctor(request).examine()
            let status = findings.map(\.status).max() ?? 0
            if json {
                print(try JSONLine.text(of: Answer(status: status, findings: findings)))
            } else {
                var table = TerminalTable(
                    headers: [], in: speech.chosen, [.left, .left, .left])
                for finding in findings {
                    table.append([
                        finding.state.rawValue, finding.check, finding.words[speech.chosen],
                    ])
                }
                for line in table.lines { print(line) }
            }
            if status != 0 { throw ExitCode(status) }
        }
    }
}
