import PopulationClassify
import PopulationFigures
import PopulationModel
import PopulationPublish

/// The reference files of a plan, read once: the territory, the targets, the finance factors, the
/// published figures, and what the manifest says of each file.
struct ReferenceInputs {
    let territory: Territory
    let targets: [Target]
    /// `nil` when the plan shares nothing out.
    let factors: [FinanceFactor]?
    /// `nil` when the plan names no file of them; the run's own persons are not filled in.
    let official: [OfficialFigure]?
    let inputs: [ReportProvenance.Input]

    /// All faults of all files at once.
    init(_ plan: Plan, threads: Int) throws(PopstatErrors) {
        let wanted = Self.wanted(by: plan)
        let readings = WorkerThreads.map(count: wanted.count, threads: threads) { index in
            Result { () throws(PopstatErrors) in try ReadFile(wanted[index]) }
        }
        var faults: [PopstatError] = []
        var files: [ReadFile] = []
        for reading in readings {
            switch reading {
            case .success(let file): files.append(file)
            case .failure(let failure): faults += failure.errors
            }
        }
        func file(_ role: String) -> ClassifyStage.File? {
            files.first { $0.input.role == role }?.file
        }
        var territory: Territory?
        var targets: [Target] = []
        var official: [OfficialFigure]?
        var factors: [FinanceFactor]?
        if faults.isEmpty {
            do throws(PopstatErrors) {
                territory = try ClassifyStage.run(
                    area: plan.area, dates: plan.referenceDates,
                    divisions: zip(plan.classify.divisions, files).map { ($0.date, $1.file) },
                    changes: file("changes"), counties: file("counties"), threads: threads)
            } catch { faults += error.errors }
            do throws(PopstatErrors) {
                targets = try Self.targets(file("targets"), area: plan.area)
            } catch { faults += error.errors }
            do throws(PopstatErrors) {
                if let file = file("official") {
                    official = try OfficialFile.read(file.bytes, label: file.label)
                }
            } catch { faults += error.errors }
            do throws(PopstatErrors) {
                if let file = file("factors") {
                    factors = try FactorFile.read(file.bytes, label: file.label)
                }
            } catch { faults += error.errors }
        }
        guard let territory, faults.isEmpty else { throw PopstatErrors(faults) }
        self.territory = territory
        self.targets = targets
        self.official = official
        self.factors = factors
        inputs = files.map(\.input)
    }

    /// Stops for what publish would stop for when everything is counted.
    func checkForPublish(_ plan: Plan) throws(PopstatErrors) {
        guard let factors else { return }
        try TransferCalculator.check(
            factors, years: plan.referenceDates.yearlyPairs.map(\.year), area: plan.area)
    }

    private static func targets(_ file: ClassifyStage.File?, area: Area) throws(PopstatErrors)
        -> [Target]
    {
        guard let file else { return [.ofTaskPlan(area: area)] }
        return try TargetFile.read(file.bytes, label: file.label)
    }

    /// The files of a plan with what the manifest calls them, those of the editions first.
    private static func wanted(by plan: Plan) -> [(path: PlanPath, role: String)] {
        let others: [(PlanPath?, String)] = [
            (plan.classify.changes, "changes"), (plan.counties, "counties"),
            (plan.publish.targets, "targets"), (plan.publish.official, "official"),
            (plan.publish.transfer?.factors, "factors"),
        ]
        return plan.classify.divisions.map { ($0.file, "divisions") }
            + others.compactMap { path, role in path.map { ($0, role) } }
    }

    /// A file that was read, and what the manifest says of it.
    private struct ReadFile: Sendable {
        let file: ClassifyStage.File
        let input: ReportProvenance.Input

        init(_ wanted: (path: PlanPath, role: String)) throws(PopstatErrors) {
            let (path, label) = (wanted.path.path, wanted.path.label)
            let bytes = try InputDigest.readSmallFile(path, label: label)
            file = ClassifyStage.File(bytes: bytes, label: label)
            input = ReportProvenance.Input(
                role: wanted.role, label: label, sha256: InputDigest.of(bytes), rowCount: nil)
        }
    }
}
