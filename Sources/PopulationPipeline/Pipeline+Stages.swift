import PopulationAggregate
import PopulationDeduplicate
import PopulationFigures
import PopulationIngest
import PopulationModel
import PopulationPublish

/// What passes from deduplicate to aggregate: the workers' shares of the cube.
struct CountedPersons {
    var parts: [CubePart]
    var counts: DeduplicateCounts
}

/// What passes from aggregate to publish: figures, and the cube that they were made of.
struct CountedFigures {
    var figures: Figures
    var cube: StoredCube
}

extension Pipeline {
    /// Extracts → partitions. A cluster does the next stage in the same job.
    func ingest(
        _ work: WorkFolder, _ territory: Territory, _ summary: inout RunSummary
    ) throws(PopstatErrors) -> IngestOutcome {
        let outcome = try stage(.ingest, &summary) { counter throws(PopstatErrors) in
            if let spark = try spark() {
                return try SparkRun(plan: plan, spark: spark, work: work, options: options)
                    .run(territory, counter: counter)
            }
            return try IngestRun(plan: plan, work: work, options: options).run(counter: counter)
        }
        for extract in outcome.extracts {
            let ingested = extract.ingested
            let (label, rows) = (ingested.label, ingested.counts.read)
            var text = Bilingual(
                "\(label)：\(ingested.encoding)，\(rows) 行",
                "\(label): \(ingested.encoding), \(rows) rows")
            if extract.isReused {
                text = text + Bilingual("，没有变化，不再读入", ", unchanged, not ingested again")
            }
            if !ingested.unknownHeaders.isEmpty {
                func headers(_ language: MessageLanguage) -> String {
                    ingested.unknownHeaders.map { HeaderText.shown($0, in: language) }
                        .joined(separator: ", ")
                }
                text =
                    text
                    + Bilingual(
                        "；未用的列：\(headers(.zh))", "; columns ignored: \(headers(.en))")
            }
            note(.ingest, text, summary)
        }
        summary.take(outcome)
        try RejectedReport(work: work).write(outcome)
        return outcome
    }

    /// Partitions → one person per identity number at each reference date, counted per unit as
    /// they come. A damaged partition file is made again once.
    func deduplicate(
        _ extracts: IngestOutcome, _ territory: Territory, _ work: WorkFolder,
        _ summary: inout RunSummary
    ) throws(PopstatErrors) -> CountedPersons {
        if let counted = extracts.counted {
            return try balanced(counted, extracts, &summary)
        }
        do throws(PopstatErrors) {
            return try deduplicateOnce(extracts, territory, work, &summary)
        } catch {
            let damaged = error.errors.filter { $0.code == DeduplicateStage.damagedCode }
            guard damaged.count == error.errors.count else { throw error }
            let run = IngestRun(plan: plan, work: work, options: options)
            for fault in damaged {
                note(
                    .deduplicate,
                    Bilingual(
                        "\(fault.line(in: .zh)) 正在重新读入该数据文件",
                        "\(fault); ingesting that extract again"), summary)
                run.forget(partitionPath: fault.place?.file ?? "")
            }
            return try deduplicateOnce(
                try ingest(work, territory, &summary), territory, work, &summary)
        }
    }

    private func deduplicateOnce(
        _ extracts: IngestOutcome, _ territory: Territory, _ work: WorkFolder,
        _ summary: inout RunSummary
    ) throws(PopstatErrors) -> CountedPersons {
        // A quarter of the memory for counts, shared by the threads.
        let memoryLimit = min((options.memoryLimit ?? .max) / 4 / options.threads, 64 << 20)
        // Where memory is scarce, households go to a file.
        let householdMemoryLimit = options.memoryLimit == nil ? 128 << 20 : 0
        let ladder = plan.publish.ladder.map(PointLadder.init)
        let persons = try stage(.deduplicate, &summary) { counter throws(PopstatErrors) in
            let stage = try DeduplicateStage(
                extracts.extracts.map(\.ingested), territory: territory,
                settings: DeduplicateSettings(
                    knownAt: plan.knownAt, residenceMonths: plan.deduplicate.residenceMonths,
                    stayGapDays: plan.deduplicate.stayGapDays,
                    onlyMainTables: options.onlyMainTables,
                    checksPartitions: !options.skipChecksums))
            let (parts, counts) = try stage.run(
                threads: options.threads, progress: counter,
                makeConsumer: {
                    CubeCounter(
                        places: $0, spillFolder: work.stageFolder(.aggregate),
                        memoryLimit: memoryLimit, householdMemoryLimit: householdMemoryLimit,
                        ladder: ladder)
                })
            return CountedPersons(parts: parts, counts: counts)
        }
        return try balanced(persons, extracts, &summary)
    }

    /// Every row that was accepted is one that was counted, or left out for a reason.
    private func balanced(
        _ persons: CountedPersons, _ extracts: IngestOutcome, _ summary: inout RunSummary
    ) throws(PopstatErrors) -> CountedPersons {
        var balances = Balances()
        for source in Source.allCases {
            try balances.checkRows(source, extracts.counts(of: source), persons.counts[source])
        }
        summary.balances = balances
        return persons
    }

    var isOnSpark: Bool { options.engine != .local && plan.spark != nil }

    /// The cluster of this run; `nil` = this machine.
    private func spark() throws(PopstatErrors) -> Plan.Spark? {
        switch options.engine {
        case .local: return nil
        case nil: return plan.spark
        case .spark:
            guard let spark = plan.spark else {
                throw PopstatErrors(.noEngine(plan: plan.file))
            }
            return spark
        }
    }

    /// Unit codes → classes, by the edition in force at each date. The tables were read before the
    /// first row; here it is said which edition holds when.
    func classify(_ territory: Territory, _ summary: inout RunSummary) throws(PopstatErrors) {
        let remarks = try stage(.classify, &summary) { _ throws(PopstatErrors) in
            var remarks: [Bilingual] = []
            let first = territory.editions[0].date
            let early = territory.dates.filter { $0 < first }
            if !early.isEmpty {
                let dates = early.map(\.description)
                remarks.append(
                    Bilingual(
                        "\(first) 版区划代码用于该版之前的时点：\(dates.joined(separator: "、"))",
                        "the edition of \(first) is used before its date, at "
                            + dates.joined(separator: ", ")))
            }
            return remarks
        }
        for remark in remarks { note(.classify, remark, summary) }
        summary.remarks += remarks
    }

    /// Counts per unit → figures; every balance is asserted.
    func aggregate(
        _ persons: CountedPersons, _ extracts: IngestOutcome, _ reference: ReferenceInputs,
        _ summary: inout RunSummary
    ) throws(PopstatErrors) -> CountedFigures {
        let territory = reference.territory
        let counted = try stage(.aggregate, &summary) { _ throws(PopstatErrors) in
            let cube = try AggregateStage.merge(
                persons.parts, dateCount: territory.dates.count, threads: options.threads)
            let rollUp = CubeFigures.rollUp(
                cube, territory, reference.targets,
                tierNames: plan.publish.ladder?.tiers.map(\.name) ?? [])
            var figures = rollUp.figures(threads: options.threads)
            figures.quality = QualityAccount(
                ingest: Dictionary(
                    uniqueKeysWithValues: Source.allCases.map { ($0, extracts.counts(of: $0)) }),
                deduplicate: persons.counts, unknownDivisions: rollUp.unknownDivisions()
            ).figures()
            figures.absences = absences(territory, extracts)
            return CountedFigures(
                figures: figures,
                cube: StoredCube(cube, territory: territory, targets: reference.targets))
        }
        let remarks =
            counted.figures.absences.map(\.words) + remarksOnEmptyDates(of: counted.figures)
            + Self.remarksOnCounties(of: territory) + remarks(on: extracts, territory)
        for remark in remarks { note(.aggregate, remark, summary) }
        summary.remarks += remarks
        try summary.balances.checkPersons(counted.figures)
        if !options.onlyMainTables { try summary.balances.checkYears(counted.figures) }
        return counted
    }
}
