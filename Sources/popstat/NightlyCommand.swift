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
        try reportingFaults {
            var options = NightOptions(run: settings.options)
            options.night = night
            options.replacesNewer = replaceNewer
            options.waits = !noWait && night == nil
            let nightly = try Nightly(planFile: plan, options: options) { fault in
                writeToStandardError("popstat: \(fault.error)\n")
            }
            let interruption = Interruption(nightly.interrupted)
            defer { withExtendedLifetime(interruption) {} }
            let display = ProgressDisplay(isQuiet: settings.json || manners.quiet)
            defer { display.end() }
            let outcome = try nightly.run(observer: display)
            display.end()
            for gate in outcome.summary.gates where gate.result == .warned {
                writeToStandardError("popstat: gate \(gate.gate) is broken: \(gate.found)\n")
            }
            if settings.json { print(outcome.summary.json) }
            if manners.verbose { print(Self.text(outcome)) }
        }
    }

    private static func text(_ outcome: Nightly.Outcome) -> String {
        var lines = [SummaryText(outcome.summary, isVerbose: true).text]
        for answer in outcome.deliveries {
            let delivery = answer.delivery
            lines.append(
                (answer.isNew ? "delivered to" : "given already to") + " \(delivery.recipient): "
                    + "revision \(delivery.transferRevision) of the transfer of \(delivery.year)")
        }
        if let purged = outcome.purged {
            lines.append(
                "removed: \(purged.removed.count) files of personal data, "
                    + "\(purged.byteCount) bytes")
        }
        return lines.joined(separator: "\n")
    }
}

extension CalendarDate: ExpressibleByArgument {
    public init?(argument: String) { self.init(iso: argument) }
}
