import ArgumentParser
import Foundation
import PopulationFigures
import PopulationModel
import PopulationPipeline

/// `popstat nightly`.
struct NightlyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nightly",
        abstract: "One night: wait for the extracts, run, publish, deliver, remove old data.",
        discussion: """
            What a night does around a run stands in the plan under `nightly`: inbox, deadlines, \
            deliveries, retention, metrics and hooks. Says nothing when all is well.

            EXAMPLES
              popstat nightly /etc/popstat/nightly.yaml
              popstat nightly nightly.yaml --no-wait
              popstat nightly nightly.yaml --night 2026-11-20 --output /srv/figures-of-then

            \(ExitStatusHelp.text(of: PopstatError.Kind.allCases))
            """)

    @Argument(help: "The plan, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
    var plan: String

    @Option(
        help: ArgumentHelp(
            "A night that is over, such as 2026-11-20: count what was known when that day ended.",
            valueName: "date"))
    var night: CalendarDate?

    @Flag(help: "Publish an older night over a newer one.")
    var replaceNewer = false

    @Flag(help: "Take the extracts that are there; fail at once where one is still being written.")
    var noWait = false

    @OptionGroup var settings: RunSettings

    @OptionGroup var manners: OutputManners

    func run() throws {
        let language = settings.language.messages
        try reportingFaults(in: language) {
            var options = NightOptions(run: settings.options)
            options.night = night
            options.replacesNewer = replaceNewer
            options.waits = !noWait && night == nil
            let nightly = try Nightly(planFile: plan, options: options) { fault in
                writeFault(fault.error, in: language)
            }
            let interruption = Interruption(in: language, nightly.interrupted)
            defer { withExtendedLifetime(interruption) {} }
            let display = ProgressDisplay(
                isQuiet: settings.json || manners.quiet, language: language)
            defer { display.end() }
            let outcome = try nightly.run(observer: display)
            display.end()
            for gate in outcome.summary.gates where gate.result == .warned {
                writeToStandardError("popstat: \(gate.words[language])\n")
            }
            if settings.json { print(outcome.summary.json) }
            if manners.verbose { print(Self.text(outcome, in: language)) }
        }
    }

    private static func text(_ outcome: Nightly.Outcome, in language: MessageLanguage) -> String {
        var lines = [SummaryText(outcome.summary, in: language, isVerbose: true).text]
        for answer in outcome.deliveries {
            let delivery = answer.delivery
            lines.append(
                Bilingual(
                    (answer.isNew ? "已交付" : "此前已交付") + " \(delivery.recipient)："
                        + "\(delivery.year) 年转移支付第 \(delivery.transferRevision) 版",
                    (answer.isNew ? "delivered to" : "given already to")
                        + " \(delivery.recipient): revision \(delivery.transferRevision) of the "
                        + "transfer of \(delivery.year)")[language])
        }
        if let purged = outcome.purged {
            lines.append(
                Bilingual(
                    "已删除：\(purged.removed.count) 个含个人信息的文件，\(purged.byteCount) 字节",
                    "removed: \(purged.removed.count) files of personal data, "
                        + "\(purged.byteCount) bytes")[language])
        }
        return lines.joined(separator: "\n")
    }
}

extension CalendarDate: ExpressibleByArgument {
    public init?(argument: String) { self.init(iso: argument) }
}
