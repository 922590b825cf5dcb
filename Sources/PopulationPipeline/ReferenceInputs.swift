import PopulationClassify
import PopulationFigures
import PopulationModel
import PopulationPublish

/// The reference files of a plan, read once: the territory, the targets, and what the manifest says
/// of each file.
struct ReferenceInputs {
    let territory: Territory
    let targets: [Target]
    let inputs: [ReportProvenance.Input]

    /// All faults of all files at once.
    init(_ plan: Plan) throws(PopstatErrors) {
        var reader = Reader()
        let divisions = plan.classify.divisions.compactMap { edition in
            reader.read(edition.file, role: "divisions").map { (edition.date, $0) }
        }
        let changes = plan.classify.changes.flatMap { reader.read($0, role: "changes") }
        let counties = plan.counties.flatMap { reader.read($0, role: "counties") }
        let targetFile = plan.publish.targets.flatMap { reader.read($0, role: "targets") }
        var faults = reader.faults
        var territory: Territory?
        var targets: [Target] = []
        if faults.isEmpty {
            do throws(PopstatErrors) {
                territory = try ClassifyStage.run(
                    area: plan.area, dates: plan.referenceDates,
                    divisions: divisions.map { (date: $0.0, file: $0.1) }, changes: changes,
                    counties: counties)
            } catch { faults += error.errors }
            do throws(PopstatErrors) {
                targets = try Self.targets(targetFile, area: plan.area)
            } catch { faults += error.errors }
        }
        guard let territory, faults.isEmpty else { throw PopstatErrors(faults) }
        self.territory = territory
        self.targets = targets
        inputs = reader.inputs
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
