import Glibc
import PopulationIngest
import PopulationModel

/// Whether the extracts of a night are there: whole, and new since what was published last.
struct NightInbox {
    let planFile: String
    let settings: Plan.Nightly
    /// When the run that published last began, in seconds since 1970; `nil` = nothing was published.
    let since: (seconds: Int, text: String)?

    /// What is still to come; empty when the night can begin.
    enum State {
        case ready(Plan)
        case waiting([NightFault])
    }

    /// Refuses a plan with a fault that waiting does not mend.
    func look(now: Int) throws(PopstatErrors) -> State {
        let by = settings.extractsBy
        let plan: Plan
        do throws(PopstatErrors) { plan = try PlanReader.read(file: planFile) } catch {
            let absent = PlanFault.Code.patternWithoutMatch.rawValue
            guard let by, error.errors.allSatisfy({ $0.code == absent }) else { throw error }
            return .waiting(
                error.errors.map {
                    .noExtract(
                        place: $0.place ?? Place(file: planFile), reason: $0.message, by: by)
                })
        }
        if let unfinished = unfinished(plan, now: now) { return .waiting([unfinished]) }
        if let by, let since {
            let old = Source.allCases.filter { source in
                !plan.extracts(of: source).contains { Self.changed($0.path) > since.seconds }
            }
            if !old.isEmpty {
                return .waiting([
                    .noNewExtract(plan: planFile, sources: old, by: by, since: since.text)
                ])
            }
        }
        return .ready(plan)
    }

    private func unfinished(_ plan: Plan, now: Int) -> NightFault? {
        guard let inbox = settings.inbox else { return nil }
        let start = inbox.folder.standardizedPath + "/"
        let labels = Source.allCases.flatMap { plan.extracts(of: $0) }
            .filter {
                $0.standardizedPath.hasPrefix(start) && !isWhole($0.path, inbox.rule, now: now)
            }
            .map(\.label)
        guard !labels.isEmpty else { return nil }
        return .unfinished(labels: labels, by: settings.extractsBy, rule: inbox.rule)
    }

    private func isWhole(_ path: String, _ rule: Plan.Nightly.Inbox.Rule, now: Int) -> Bool {
        switch rule {
        case .marker(let ending):
            // A marker that is older than its file is that of the file before.
            guard let marker = FileIdentity(path: path + ending),
                let file = FileIdentity(path: path)
            else { return false }
            return marker.modifiedNanoseconds >= file.modifiedNanoseconds
        case .quiet(let minutes): return now - Self.changed(path) >= minutes * 60
        }
    }

    /// When a file came to be as it is; a copy may keep the time of the original.
    private static func changed(_ path: String) -> Int {
        guard let file = FileIdentity(path: path) else { return 0 }
        return Int(max(file.modifiedNanoseconds, file.changedNanoseconds) / 1_000_000_000)
    }
}

extension Plan {
    /// The extracts of a source.
    func extracts(of source: Source) -> [PlanPath] {
        switch source {
        case .registration: ingest.registration.files
        case .residency: ingest.residency.files
        }
    }
}
