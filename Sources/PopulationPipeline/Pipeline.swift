import Glibc
import PopulationAggregate
import PopulationDeduplicate
import PopulationFigures
import PopulationIngest
import PopulationModel
import PopulationPublish

/// One run of a plan: the five stages in order.
public struct Pipeline {
    let plan: Plan
    let options: RunOptions
    let observer: any RunObserver

    public init(plan: Plan, options: RunOptions, observer: any RunObserver) {
        self.plan = options.onlyMainTables ? plan.withMainTablesOnly : plan
        self.options = options
        self.observer = observer
    }

    /// Runs the plan through the stage that the options name. Nothing is published unless every
    /// balance holds and every gate is passed.
    public func run() throws(PopstatErrors) -> RunSummary {
        let clock = ContinuousClock()
        let start = clock.now
        Self.allowManyFiles()
        // A core would hold personal data, and lie where nobody looks for it.
        LinuxCalls.forbidCores()
        if options.pdf { _ = try PDFPrinter() }
        let reference = try ReferenceInputs(plan, threads: options.threads)
        let workPath = options.work ?? plan.defaultWorkFolder
        try PublishedFolder.checkReplaceable(output, besides: workPath)
        let lock = options.through == .publish ? try OutputLock(output: output) : nil
        defer { withExtendedLifetime(lock) {} }
        // A damaged edition is told before hours of work, not after them.
        _ = try EditionStore(output: output)
        if options.through == .publish {
            try reference.checkForPublish(plan)
            try checkStore()
        }
        try checkAcceptedGates()
        var details = auditDetails
        let number = "\(try audit.append(.runBegun, details))"
        details["begun"] = number
        do throws(PopstatErrors) {
            let summary = try run(reference, workPath, number).ended(start, clock)
            let ended = details.merging(try auditDetails(of: summary)) { $1 }
            guard summary.isPublished else {
                try audit.append(.runEnded, ended)
                return summary
            }
            try afterPublication { () throws(PopstatErrors) in try audit.append(.runEnded, ended) }
            return summary
        } catch {
            let codes = error.errors.map(\.code).joined(separator: " ")
            do throws(PopstatErrors) {
                try audit.append(
                    .runEnded, details.merging(["outcome": "failed", "codes": codes]) { $1 })
            } catch let more { throw PopstatErrors(error.errors + more.errors) }
            throw error
        }
    }

    /// `number` is that of the run in the audit log.
    private func run(_ reference: ReferenceInputs, _ workPath: String, _ number: String)
        throws(PopstatErrors) -> RunSummary
    {
        let work = try WorkFolder(path: workPath)
        let log = try RunLog(work: work, run: number, format: options.logFormat)
        var summary = RunSummary(plan: plan, output: output, work: work.path, log: log)
        do throws(PopstatErrors) {
            try runStages(reference, work, &summary)
        } catch {
            log.failed(error)
            throw error
        }
        // On Spark the limit is that of its tasks.
        if !isOnSpark,
            let remark = PeakMemory.remark(limit: options.memoryLimit, peak: PeakMemory.bytes)
        {
            note(options.through, remark, summary)
            summary.remarks.append(remark)
        }
        return summary
    }

    /// The five stages, top to bottom.
    private func runStages(
        _ reference: ReferenceInputs, _ work: WorkFolder, _ summary: inout RunSummary
    ) throws(PopstatErrors) {
        let gates = GateCheck(plan: plan, previous: try previousPublication())
        // For the log alone: what is a slip today may be none tomorrow, and the bytes are the same.
        for text in Self.remarksOnSlips(plan, reference) { note(.ingest, text, summary) }
        let extracts = try ingest(work, reference.territory, &summary)
        try settle(gates.afterIngest(extracts), &summary)
        guard options.through > .ingest else { return }
        let persons = try deduplicate(extracts, reference.territory, work, &summary)
        guard options.through > .deduplicate else { return }
        try classify(reference.territory, &summary)
        guard options.through > .classify else { return }
        let counted = try aggregate(persons, extracts, reference, &summary)
        try settle(gates.afterAggregate(counted.figures), &summary)
        guard options.through > .aggregate else { return }
        noteNeedlessAcceptances(summary)
        try publish(counted, extracts, reference, &summary)

        try afterPublication { () throws(PopstatErrors) in
            try work.appendToLedger(summary.ledgerLine)
        }
    }

    /// What fails when the figures are out says that they are.
    private func afterPublication(_ body: () throws(PopstatErrors) -> Void) throws(PopstatErrors) {
        do throws(PopstatErrors) { try body() } catch {
            let published = Bilingual(
                "数据已在 \(output) 发布。", "The figures are published in \(output).")
            throw PopstatErrors(error.errors.map { $0.adding(published) })
        }
    }

    /// The plan in a file, and remarks on it, when all is in order that can be told without reading
    /// rows; else the faults of plan, headers and reference files, all at once.
    public static func check(file: String) throws(PopstatErrors) -> (
        plan: Plan, remarks: [Bilingual]
    ) {
        var (plan, faults) = PlanReader.reading(file: file)
        var remarks: [Bilingual] = []
        if let plan {
            do throws(PopstatErrors) { remarks = try check(plan) } catch { faults += error.errors }
        }
        guard let plan, faults.isEmpty else { throw PopstatErrors(faults) }
        return (plan, remarks)
    }

    /// The same without the plan's own faults.
    @discardableResult
    static func check(_ plan: Plan) throws(PopstatErrors) -> [Bilingual] {
        var faults: [PopstatError] = []
        var remarks: [Bilingual] = []
        do throws(PopstatErrors) {
            let reference = try ReferenceInputs(plan, threads: 1)
            remarks =
                Self.remarksOnCounties(of: reference.territory)
                + Self.remarksOnSlips(plan, reference)
            try reference.checkForPublish(plan)
        } catch { faults += error.errors }
        do throws(PopstatErrors) {
            let catalog = IngestCatalog(folder: plan.defaultWorkFolder)
            try IngestStage.check(IngestRun.requests(of: plan, catalog: catalog))
        } catch { faults += error.errors }
        do throws(PopstatErrors) {
            let output = plan.publish.output.standardizedPath
            try refuseStore(plan.storeLocation(output: output), in: output)
        } catch { faults += error.errors }
        if !faults.isEmpty { throw PopstatErrors(faults) }
        return remarks
    }

    /// A remark of a stage, for the log and for whoever watches.
    func note(_ stage: StageName, _ text: Bilingual, _ summary: RunSummary) {
        summary.log.note(stage, text.en)
        observer.note(stage, text)
    }

    var output: String { options.output ?? plan.publish.output.standardizedPath }

    /// Runs one stage under the eyes of the observer.
    func stage<Result>(
        _ name: StageName, _ summary: inout RunSummary,
        _ body: (ProgressCounter) throws(PopstatErrors) -> Result
    ) throws(PopstatErrors) -> Result {
        let counter = ProgressCounter()
        let clock = ContinuousClock()
        let start = clock.now
        observer.started(name, counter)
        let result = try body(counter)
        let seconds = Self.seconds(clock.now - start)
        summary.stageSeconds[name, default: 0] += seconds
        observer.finished(name, seconds: seconds)
        return result
    }

    /// Three files are open per extract: as many as the system lets this process have.
    private static func allowManyFiles() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    static func seconds(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
