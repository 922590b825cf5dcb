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
        var reader = Reader()
        let divisions = plan.classify.divisions.compactMap { edition in
            reader.read(edition.file, role: "divisions").map { (edition.date, $0) }
        }
        let changes = plan.classify.changes.flatMap { reader.read($0, role: "changes") }
        let counties = plan.counties.flatMap { reader.read($0, role: "counties") }
        let targetFile = plan.publish.targets.flatMap { reader.read($0, role: "targets") }
        let officialFile = plan.publish.official.flatMap { reader.read($0, role: "official") }
        let factorFile = (plan.publish.transfer?.factors).flatMap {
            reader.read($0, role: "factors")
        }
        var faults = reader.faults
        var territory: Territory?
        var targets: [Target] = []
        var official: [OfficialFigure]?
        var factors: [FinanceFactor]?
        if faults.isEmpty {
            do throws(PopstatErrors) {
                territory = try ClassifyStage.run(
                    area: plan.area, dates: plan.referenceDates,
                    divisions: divisions.map { (date: $0.0, file: $0.1) }, changes: changes,
                    counties: counties, threads: threads)
            } catch { faults += error.errors }
            do throws(PopstatErrors) {
                targets = try Self.targets(targetFile, area: plan.area)
            } catch { faults += error.errors }
            do throws(PopstatErrors) {
                if let file = officialFile {
                    official = try OfficialFile.read(file.bytes, label: file.label)
                }
            } catch { faults += error.errors }
            do throws(PopstatErrors) {
                if let file = factorFile {
                    factors = try FactorFile.read(file.bytes, label: file.label)
                }
            } catch { faults += error.errors }
        }
        guard let territory, faults.isEmpty else { throw PopstatErrors(faults) }
        self.territory = territory
        self.targets = targets
        self.official = official
        self.factors = factors
        inputs = reader.inputs
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

    private struct Reader {
        var inputs: [ReportProvenance.Input] = []
        var faults: [PopstatError] = []

        mutating func read(_ file: PlanPath, role: String) -> ClassifyStage.File? {
            do throws(PopstatErrors) {
                let bytes = try InputDigest.readSmallFile(file.path, label: file.label)
                inputs.append(
                    ReportProvenance.Input(
                        role: role, label: file.label, sha256: InputDigest.of(bytes),
                        rowCount: nil))
                return ClassifyStage.File(bytes: bytes, label: file.label)
            } catch {
                faults += error.errors
                return nil
            }
        }
    }
}
