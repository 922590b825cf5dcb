import Foundation
import PopulationModel
import Synchronization

/// One night, from the extracts that arrive to the figures that are delivered: waits for the inbox,
/// runs the plan with its gates, delivers, removes personal data that is old, and tells how it went
/// to metrics and hooks.
package final class Nightly: Sendable {
    private let planFile: String
    private let options: NightOptions
    private let settings: Plan.Nightly
    private let clock: NightClock
    private let started: Int
    private let say: @Sendable (NightFault) -> Void
    private let missed = Mutex<Set<NightMetrics.Deadline>>([])

    /// What a night came to.
    package struct Outcome: Sendable {
        package var summary: RunSummary
        package var deliveries: [Deliverer.Answer] = []
        package var purged: WorkPurge.Account?
    }

    /// `say` is given what goes wrong and does not end the night, from any thread.
    package init(
        planFile: String, options: NightOptions, say: @escaping @Sendable (NightFault) -> Void
    ) throws(PopstatErrors) {
        self.planFile = planFile
        self.options = options
        self.say = say
        do throws(PopstatErrors) { settings = try PlanReader.nightly(file: planFile) } catch {
            // Whoever mends the plan wants every fault of it at once.
            _ = try PlanReader.read(file: planFile)
            throw error
        }
        started = RunContext.seconds
        clock = NightClock(at: started)
        if let night = options.night, night >= clock.date {
            throw PopstatErrors(.notYet(night: "\(night)"))
        }
    }

    private var night: CalendarDate { options.night ?? clock.date }

    private var hooks: NightHooks {
        NightHooks(commands: settings.hooks, planFile: planFile, night: "\(night)")
    }

    /// Every end of a night, good or bad, is in the metrics and told to a hook.
    package func run(observer: any RunObserver) throws(PopstatErrors) -> Outcome {
        tell(hooks.run(.start))
        let watch = DeadlineWatch()
        if let by = settings.finishedBy, options.night == nil {
            watch.start(at: clock.moment(of: by)) { [self] in late(by) }
        }
        defer { watch.end() }
        do throws(PopstatErrors) {
            let outcome = try work(observer)
            watch.end()
            try writeMetrics(summary: outcome.summary)
            tell(hooks.run(.success, output: outcome.summary.output))
            return outcome
        } catch {
            watch.end()
            throw failed(error)
        }
    }

    /// A signal ends the night: what can still be told is told.
    package func interrupted(status: Int32, reason: String) {
        // Nobody is left to be told that this failed.
        try? writeMetrics(status: status)
        tell(hooks.run(.failure, status: status, message: reason))
    }

    private func failed(_ error: PopstatErrors) -> PopstatErrors {
        var errors = error.errors
        let gates = errors.count { $0.kind == .dataBeyondLimits && !$0.code.hasPrefix("NIGHT") }
        do throws(PopstatErrors) {
            try writeMetrics(status: error.exitStatus, stoppedGates: gates)
        } catch { errors += error.errors }
        let message = "\(error.errors[0])" + (errors.count > 1 ? " (and more)" : "")
        tell(hooks.run(.failure, status: error.exitStatus, message: message))
        return PopstatErrors(errors)
    }

    private func work(_ observer: any RunObserver) throws(PopstatErrors) -> Outcome {
        var plan = try waitForExtracts()
        if let night = options.night {
            // What was known when that day ended.
            let end = Timestamp(date: night, secondOfDay: 86_399)
            plan.knownAt = min(plan.knownAt ?? end, end)
        }
        var run = options.run
        run.night = "\(night)"
        let output = run.output ?? plan.publish.output.standardizedPath
        // The figures of a night that is over, in a folder of their own, are no newer ones: they take
        // nobody's place in the plan's store, and are delivered to nobody.
        let last = try lastPublication()
        run.isBackFill =
            options.night != nil && !options.replacesNewer
            && output != plan.publish.output.standardizedPath && last?.isBackFill != false
        if run.isBackFill, plan.publish.store != .none { plan.publish.store = .standard }
        try refuseOlder(output)
        let summary = try Pipeline(plan: plan, options: run, observer: observer).run()
        var outcome = Outcome(summary: summary)
        do throws(PopstatErrors) {
            try finish(
                &outcome, plan: plan, output: output,
                deliveries: run.isBackFill ? [] : settings.deliveries)
        } catch {
            let published = Bilingual(
                "这一夜的数据已在 \(output) 发布。",
                "The figures of this night are published in \(output).")
            throw PopstatErrors(error.errors.map { $0.adding(published) })
        }
        return outcome
    }

    /// What is left to do when the figures are published; one thing that fails keeps no other back.
    private func finish(
        _ outcome: inout Outcome, plan: Plan, output: String,
        deliveries: [Plan.Nightly.Delivery]
    ) throws(PopstatErrors) {
        var faults: [PopstatError] = []
        for delivery in deliveries {
            do throws(PopstatErrors) {
                let deliverer = try Deliverer(
                    plan: plan, output: output, audit: options.run.audit)
                outcome.deliveries.append(
                    try deliverer.deliver(year: delivery.year, to: delivery.recipient))
            } catch { faults += error.errors }
        }
        if let days = settings.keepDays {
            do throws(PopstatErrors) {
                outcome.purged = try WorkPurge(
                    plan: plan, work: outcome.summary.work, audit: auditLog(output)
                ).run(secondsMin: days * 86_400, removes: true)
            } catch { faults += error.errors }
        }
        if !faults.isEmpty { throw PopstatErrors(faults) }
    }

    // MARK: - Before the run

    private static let pause = 2.0

    private func waitForExtracts() throws(PopstatErrors) -> Plan {
        let inbox = NightInbox(
            planFile: planFile, settings: options.waits ? settings : settings.withoutWaiting,
            since: try lastPublication()?.begun)
        let deadline = inbox.settings.extractsBy.map(clock.moment(of:)) ?? 0
        while true {
            switch try inbox.look(now: RunContext.seconds) {
            case .ready(let plan): return plan
            case .waiting(let faults):
                guard RunContext.seconds < deadline else {
                    missed.withLock { _ = $0.insert(.extracts) }
                    throw PopstatErrors(faults.map(\.error))
                }
            }
            Thread.sleep(forTimeInterval: Self.pause)
        }
    }

    /// Asks again what was published last: a run by hand may have come while the night waited.
    private func refuseOlder(_ output: String) throws(PopstatErrors) {
        guard !options.replacesNewer, let published = try lastPublication()?.night,
            published > "\(night)"
        else { return }
        throw PopstatErrors(
            .olderNight(output: output, published: published, asked: "\(night)"))
    }

    private func auditLog(_ output: String) -> String {
        options.run.audit ?? AuditLog.standard(besideOutput: output).folder
    }

    /// The last run that published, by the audit log, which is held to its digests with this.
    private func lastPublication() throws(PopstatErrors) -> (
        begun: (seconds: Int, text: String)?, night: String?, isBackFill: Bool
    )? {
        let (output, name) = try PlanReader.outputAndName(file: planFile)
        let log = AuditLog(folder: auditLog(options.run.output ?? output))
        guard try FileStatus(lookingAt: log.file) != nil else { return nil }
        let entries = try log.verify()
        let end = entries.last {
            $0.kind == AuditLog.Kind.runEnded.rawValue && $0.details["plan"] == name
                && $0.details["outcome"] == "published"
        }
        guard let end else { return nil }
        let begun = end.details["begun"].flatMap(Int.init).flatMap { number in
            entries.first { $0.number == number }
        }
        let moment = begun.flatMap { RunContext.seconds(of: $0.time) }
        // A run by hand is of the night in which it began.
        let night = end.details["night"] ?? moment.map { "\(NightClock(at: $0.seconds).date)" }
        return (moment, night, end.details["back_fill"] != nil)
    }

    // MARK: - Telling

    private func tell(_ fault: NightFault?) {
        if let fault { say(fault) }
    }

    private func late(_ by: TimeOfDay) {
        missed.withLock { _ = $0.insert(.finished) }
        let fault = NightFault.late(plan: planFile, by: by)
        say(fault)
        tell(hooks.run(.failure, status: fault.error.exitStatus, message: "\(fault.error)"))
    }

    private func writeMetrics(
        status: Int32 = 0, summary: RunSummary? = nil, stoppedGates: Int = 0
    ) throws(PopstatErrors) {
        guard let path = settings.metrics else { return }
        let metrics = NightMetrics(
            plan: try PlanReader.outputAndName(file: planFile).name, started: started,
            ended: RunContext.seconds, exitStatus: status, summary: summary,
            stoppedGates: stoppedGates, missedDeadlines: missed.withLock { $0 })
        try metrics.write(to: path.path)
    }
}

/// How a night works, besides what its plan says.
package struct NightOptions: Sendable {
    package var run: RunOptions
    /// The night whose state of knowledge is counted; `nil` = the one that is now.
    package var night: CalendarDate?
    /// Publishes an older night over a newer one.
    package var replacesNewer = false
    /// Waits for extracts until the plan's deadline.
    package var waits = true

    package init(run: RunOptions) { self.run = run }
}

extension Plan.Nightly {
    /// An extract that is still being written is no extract, but nobody waits for it, nor for a new
    /// one.
    fileprivate var withoutWaiting: Plan.Nightly {
        var settings = self
        settings.extractsBy = nil
        return settings
    }
}

/// Calls a function at a moment unless it is ended before.
private final class DeadlineWatch: Sendable {
    private let ending = DispatchSemaphore(value: 0)

    /// Seconds since 1970; a moment that is past is now.
    func start(at moment: Int, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread { [self] in
            let left = Double(max(0, moment - RunContext.seconds))
            if ending.wait(timeout: .now() + left) == .timedOut { body() }
        }
        thread.start()
    }

    func end() { ending.signal() }
}
