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

    @OptionGroup var speech: LanguageOption

    @Flag(help: "Print one line of JSON instead of words.")
    var json = false

    func validate() throws {
        // What is delivered is pulled with a token, and a token knows its scope.
        guard ["finance", "statistics"].contains(recipient) else {
            throw ValidationError(
                Bilingual(
                    "--to 取接收方令牌的范围：finance 或 statistics。",
                    "--to takes the scope of the recipient's token, finance or statistics."))
        }
    }

    func run() throws {
        try reportingFaults(in: speech.chosen) {
            let answer = try Deliverer(run: plan, store: store, audit: audit.folder).deliver(
                year: year, to: recipient)
            print(json ? try JSONLine.text(of: Line(answer)) : text(answer))
        }
    }

    private func text(_ answer: Deliverer.Answer) -> String {
        let delivery = answer.delivery
        let (revision, year) = (delivery.transferRevision, delivery.year)
        let what = Bilingual(
            "\(year) 年转移支付第 \(revision) 版", "revision \(revision) of the transfer of \(year)")
        let head =
            answer.isNew
            ? Bilingual(
                "已交付 \(delivery.recipient)：\(what.zh)",
                "delivered to \(delivery.recipient): \(what.en)")
            : Bilingual(
                "无需交付：此前已向 \(delivery.recipient) 交付\(what.zh)",
                "nothing to deliver: \(delivery.recipient) was given \(what.en) already")
        var lines = [
            head[speech.chosen],
            Bilingual("版本：\(delivery.edition)", "edition: \(delivery.edition)")[speech.chosen],
            Bilingual("文件：\(delivery.file)", "file: \(delivery.file)")[speech.chosen],
            Bilingual("sha256：\(delivery.sha256)", "sha256: \(delivery.sha256)")[speech.chosen],
        ]
        if answer.isNew, let previous = answer.previousRevision {
            lines.append(
                Bilingual("与第 \(previous) 版相比的变动：", "changed since revision \(previous):")[
                    speech.chosen])
            var table = TerminalTable(
                headers: [
                    [
                        Bilingual("县级", "county"), Bilingual("列", "column"),
                        Bilingual("原数", "before"), Bilingual("现数", "after"),
                    ]
                ], in: speech.chosen, [.left, .left, .right, .right])
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
