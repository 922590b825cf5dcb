import PopulationFigures
import PopulationIngest
import PopulationModel

/// What a gate came to that was not simply kept.
public struct GateOutcome: Sendable, Equatable {
    /// How it went on.
    public enum Result: String, Sendable {
        /// Broken, and said; the run went on.
        case warned
        /// Broken, and let through by the command line.
        case accepted
        /// There is nothing to hold the figures against yet.
        case notApplicable = "not-applicable"
    }

    public var gate: String
    public var result: Result
    /// What was found against what is allowed; without personal values.
    public var found: Bilingual
    /// Why it was accepted.
    public var reason: String?

    /// One line for the terminal.
    public var words: Bilingual {
        Bilingual(
            "质量规则 \(gate) 未通过：\(found.zh)", "gate \(gate) is broken: \(found.en)")
    }
}

/// Holds what a run has come to so far against the gates of its plan.
struct GateCheck {
    let plan: Plan
    /// `nil` before the first publication.
    let previous: PreviousPublication?

    /// A gate that is broken, or that cannot be told.
    struct Finding {
        var gate: String
        var severity: Plan.Gate.Severity
        /// What stops the run; `nil` when there is nothing to hold the figures against.
        var error: PopstatError?
        var found: Bilingual
    }

    /// What can be told before the persons are counted.
    func afterIngest(_ outcome: IngestOutcome) -> [Finding] {
        Source.allCases.compactMap { standardRejectedShare($0, outcome) }
            + plan.gates.compactMap { gate in
                switch gate.rule {
                case .rejectedShare(let source, let max):
                    let counts = outcome.counts(of: source)
                    return share(
                        gate, counts.rejectedTotal, counts.read, max,
                        Bilingual(
                            "行\(source.words.zh)被拒绝", "\(source.words.en) rows are rejected"))
                case .extractAge(let source, let daysMax): return age(gate, source, daysMax)
                case .extractShrink(let source, let max):
                    return shrink(gate, outcome.counts(of: source).read, source, max)
                default: return nil
                }
            }
    }

    /// What can be told of the figures.
    func afterAggregate(_ figures: Figures) -> [Finding] {
        Concept.allCases.compactMap { standardUnclassifiedShare($0, figures) }
            + plan.gates.compactMap { gate in
                switch gate.rule {
                case .unclassifiedShare(let concept, let max):
                    let area = areaFigure(concept, figures)
                    return share(
                        gate, area?.unclassified ?? 0, area?.total ?? 0, max,
                        Bilingual(
                            "人（末时点\(concept.words.zh)）未归类",
                            "\(concept.words.en) at the last date have no class"))
                case .conflictShare(let source, let max):
                    return conflict(gate, source, figures, max)
                case .totalChange(let concept, let max):
                    return change(gate, concept, figures, max)
                case .countyMissing(let concept): return missing(gate, concept, figures)
                default: return nil
                }
            }
    }

    // MARK: Shares

    private func broken(_ gate: Plan.Gate, _ found: Bilingual) -> Finding {
        Finding(
            gate: gate.name, severity: gate.severity,
            error: GateFault.broken(gate: gate.name, found: found, reason: gate.reason).error,
            found: found)
    }

    private func share(
        _ gate: Plan.Gate, _ part: Int, _ whole: Int, _ max: Share, _ what: Bilingual
    ) -> Finding? {
        guard max.isExceeded(by: part, of: whole) else { return nil }
        return broken(
            gate,
            Bilingual(
                "\(whole) 中有 \(part) \(what.zh)，超过份额 \(max.text)",
                "\(part) of \(whole) \(what.en), more than the share \(max.text)"))
    }

    private func conflict(
        _ gate: Plan.Gate, _ source: Source?, _ figures: Figures, _ max: Share
    ) -> Finding? {
        func rows(_ source: String, _ measure: String) -> Int {
            figures.quality.first { $0.source == source && $0.measure == measure }?.rows ?? 0
        }
        let registration = Source.registration.rawValue
        guard let source else {
            return share(
                gate, rows("all", "name_conflict"), rows(registration, "in_force"), max,
                Bilingual("个公民有两个姓名", "citizens have two names"))
        }
        return share(
            gate, rows(source.rawValue, "conflict"), rows(source.rawValue, "in_force"), max,
            Bilingual(
                "个公民的\(source.words.zh)行相抵触",
                "citizens have conflicting \(source.words.en) rows"))
    }

    private func standardRejectedShare(_ source: Source, _ outcome: IngestOutcome) -> Finding? {
        let extracts =
            source == .registration ? plan.ingest.registration : plan.ingest.residency
        let counts = outcome.counts(of: source)
        guard extracts.rejectedShareMax.isExceeded(by: counts.rejectedTotal, of: counts.read)
        else { return nil }
        // The first of equals, so that the message does not depend on chance.
        let dominant = RejectReason.allCases.reduce(RejectReason.rowShape) { best, reason in
            counts.rejected[Int(reason.rawValue)] > counts.rejected[Int(best.rawValue)]
                ? reason : best
        }
        let fault = RunFault.rejectedShare(
            source: source, rejected: counts.rejectedTotal, read: counts.read,
            limit: extracts.rejectedShareMax.text, dominant: dominant,
            dominantRows: counts.rejected[Int(dominant.rawValue)],
            file: RejectedReport.fileName(source)
        ).error
        return Finding(
            gate: Plan.Gate.standard(source), severity: .stop, error: fault, found: fault.message)
    }

    private func standardUnclassifiedShare(_ concept: Concept, _ figures: Figures) -> Finding? {
        let limit = plan.classify.unclassifiedShareMax
        guard let area = areaFigure(concept, figures),
            limit.isExceeded(by: area.unclassified, of: area.total)
        else { return nil }
        let fault = RunFault.unclassifiedShare(
            concept: concept, unclassified: area.unclassified, total: area.total,
            limit: limit.text
        ).error
        return Finding(
            gate: Plan.Gate.standard(concept), severity: .stop, error: fault, found: fault.message)
    }

    /// The whole area at the last date.
    private func areaFigure(_ concept: Concept, _ figures: Figures) -> UrbanizationFigure? {
        figures.urbanization.last {
            $0.areaCode == figures.area.code && $0.concept == concept
                && $0.date == figures.referenceDates.last
        }
    }
}

// What is held against the last publication, or against the clock.
extension GateCheck {
    private static let nothingBefore = Bilingual("此前没有发布", "nothing was published before")

    private func notApplicable(_ gate: Plan.Gate, _ why: Bilingual) -> Finding {
        Finding(gate: gate.name, severity: gate.severity, error: nil, found: why)
    }

    /// At the last date of this run, or the last one that was published.
    private func change(
        _ gate: Plan.Gate, _ concept: Concept, _ figures: Figures, _ max: Share
    ) -> Finding? {
        guard let date = figures.referenceDates.last?.description, let previous,
            let before = previous.dates.contains(date) ? date : previous.dates.last,
            let old = previous.total(before, figures.area.code, concept)
        else { return notApplicable(gate, Self.nothingBefore) }
        let new = areaFigure(concept, figures)?.total ?? 0
        guard max.isExceeded(by: abs(new - old), of: old) || (old == 0 && new != 0)
        else { return nil }
        let change =
            old == 0 ? "" : Decimal2.text(numerator: (new - old) * 100, denominator: old)
        let percent =
            old == 0 ? Bilingual(both: "") : Bilingual("，\(change)%", ", \(change) %")
        return broken(
            gate,
            Bilingual(
                "\(date)\(concept.words.zh)为 \(new) 人，上次发布的 \(before) 为 \(old) 人"
                    + "\(percent.zh)，超过份额 \(max.text)",
                "\(new) \(concept.words.en) at \(date) against \(old) at \(before) as "
                    + "published last\(percent.en), more than the share \(max.text)"))
    }

    /// Counties that had somebody at the last date that was published.
    private func missing(_ gate: Plan.Gate, _ concept: Concept, _ figures: Figures) -> Finding? {
        guard let previous, let before = previous.dates.last
        else { return notApplicable(gate, Self.nothingBefore) }
        let date = figures.referenceDates.last
        let settled = Set(
            figures.urbanization.filter {
                $0.date == date && $0.concept == concept && $0.total > 0
            }.map(\.areaCode))
        let gone = previous.counties(before, concept).filter { !settled.contains($0) }
        guard !gone.isEmpty else { return nil }
        return broken(
            gate,
            Bilingual(
                "\(gone.joined(separator: "、")) 在 \(date?.description ?? "") 没有"
                    + "\(concept.words.zh)，而上次发布的 \(before) 有",
                "no \(concept.words.en) in \(gone.joined(separator: ", ")) at "
                    + "\(date?.description ?? ""), where there were some at \(before) as "
                    + "published last"))
    }

    private func shrink(
        _ gate: Plan.Gate, _ new: Int, _ source: Source, _ max: Share
    ) -> Finding? {
        guard let old = previous?.rowsRead[source.rawValue]
        else { return notApplicable(gate, Self.nothingBefore) }
        guard max.isExceeded(by: old - new, of: old) else { return nil }
        let change = Decimal2.text(numerator: (new - old) * 100, denominator: old)
        return broken(
            gate,
            Bilingual(
                "\(source.words.zh) \(new) 行，上次 \(old) 行，\(change)%，超过份额 \(max.text)",
                "\(new) \(source.words.en) rows against \(old) last time, \(change) %, more "
                    + "than the share \(max.text)"))
    }

    /// The oldest extract; one that is dated after now says that a clock is wrong.
    private func age(_ gate: Plan.Gate, _ source: Source, _ daysMax: Int) -> Finding? {
        let secondsOfDay = 86_400
        let now = RunContext.seconds
        let extracts =
            source == .registration ? plan.ingest.registration : plan.ingest.residency
        let ages = extracts.files.map { file in
            (
                file.label,
                now
                    - Int(
                        (FileIdentity(path: file.path)?.modifiedNanoseconds ?? 0)
                            / 1_000_000_000)
            )
        }
        if let (label, age) = ages.min(by: { $0.1 < $1.1 }), age < -secondsOfDay {
            return broken(
                gate,
                Bilingual(
                    "\(label) 的写入时间晚于现在 \(-age / secondsOfDay) 天，说明有时钟不准",
                    "\(label) was written \(-age / secondsOfDay) days after now, so a clock is "
                        + "wrong"))
        }
        guard let (label, age) = ages.max(by: { $0.1 < $1.1 }), age > daysMax * secondsOfDay
        else { return nil }
        return broken(
            gate,
            Bilingual(
                "\(label) 已有 \(age / secondsOfDay) 天，超过 \(daysMax) 天",
                "\(label) is \(age / secondsOfDay) days old, more than \(daysMax)"))
    }
}
