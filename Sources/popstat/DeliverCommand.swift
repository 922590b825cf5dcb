import ArgumentParser
import PopulationModel
import PopulationPipeline
import PopulationStore

/// `popstat deliver`.
struct DeliverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver",
        abstract: "Freeze a year's transfer figures for a recipient.",
        discussion: """
            Records which edition and which file the recipient was given. The same \
            figures again change nothing; corrected ones are the next revision, and \
            what differs is printed and kept.

            EXAMPLES
              popstat deliver --to finance 2020 --run Pipelines/finance.yaml

            \(ExitStatusHelp.text(
                of: [
                    .usage, .inputMissing, .unavailable, .internalFault, .cannotCreate,
                    .readOrWriteFailed, .lockHeld,
                ]))
            """)

    @Argument(help: "The year, such as 2020.")
    var year: Int

    @Option(
        name: .customLong("to"),
        help: "Who is given the figures: the scope of the token, such as finance.")
    var recipient: String

    @Option(
        name: .customLong("run"),
        help: "The plan, or its published folder (default: the current folder).")
    var plan = "."

    @Option(help: "The store, when the plan of a published folder names one.")
    var store: String?

    @OptionGroup var audit: AuditOption

    @Flag(help: "Print one line of JSON instead of words.")
    var json = false

    func validate() throws {
        // What is delivered is pulled with a token, and a token knows its scope.
        guard ["finance", "statistics"].contains(recipient) else {
            throw ValidationError(
                "--to takes the scope of the recipient's token, finance or statistics.")
        }
    }

    func run() throws {
        try reportingFaults {
            let answer = try Deliverer(run: plan, store: store, audit: audit.folder).deliver(
                year: year, to: recipient)
            print(json ? try JSONLine.text(of: Line(answer)) : Self.text(answer))
        }
    }

    private static func text(_ answer: Deliverer.Answer) -> String {
        let delivery = answer.delivery
        let what = "revision \(delivery.transferRevision) of the transfer of \(delivery.year)"
        var lines = [
            answer.isNew
                ? "delivered to \(delivery.recipient): \(what)"
                : "nothing to deliver: \(delivery.recipient) was given \(what) already",
            "edition: \(delivery.edition)", "file: \(delivery.file)",
            "sha256: \(delivery.sha256)",
        ]
        if answer.isNew, let previous = answer.previousRevision {
            lines.append("changed since revision \(previous):")
            var table = TerminalTable(
                headers: [["county", "column", "before", "after"]],
                [.left, .left, .right, .right])
            for change in delivery.differences {
                table.append([change.countyCode, change.column, change.before, change.after])
            }
            lines += table.lines.map { "  \($0)" }
        }
        return lines.joined(separator: "\n")
    }

    /// The answer as JSON.
    private struct Line: Encodable {
        var new: Bool
        var edition: Int
        var recipient: String
        var year: Int
        var revision: Int
        var previousRevision: Int?
        var file: String
        var sha256: String
        var differences: [TransferDelivery.Difference]

        init(_ answer: Deliverer.Answer) {
            let delivery = answer.delivery
            new = answer.isNew
            edition = delivery.edition
            recipient = delivery.recipient
            year = delivery.year
            revision = delivery.transferRevision
            previousRevision = answer.previousRevision
            file = delivery.file
            sha256 = delivery.sha256
            differences = delivery.differences
        }
    }
}
