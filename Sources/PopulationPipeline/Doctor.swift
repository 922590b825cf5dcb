import Foundation
import PopulationModel
import PopulationStore

/// Looks at everything that a run needs before there is one: takes the names that the commands of
/// the night take, gives what it found in the order in which a run would meet it. Changes nothing,
/// but for two empty folders beside the output folder, which it takes away again, and what SQLite
/// notes beside a store that is opened.
package struct Doctor {
    /// What the command line names; what is `nil` is not looked at, or has the plan's default.
    package struct Request: Sendable {
        package var plan: String?
        package var work: String?
        package var output: String?
        package var audit: String?
        package var tokens: String?
        package var certificate: String?

        package init() {}
    }

    private let request: Request

    package init(_ request: Request) { self.request = request }

    package func examine() -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        var plan: Plan?
        if let file = request.plan {
            let look = DoctorPlan.read(file)
            plan = look.plan
            findings += look.findings
        }
        let extracts = plan.map(DoctorPlan.extracts) ?? []
        findings = DoctorMachine.findings(extractCount: extracts.count) + findings
        findings += DoctorClock.findings(inputs: plan.map(DoctorPlan.inputs) ?? [])
        if let plan { findings += self.findings(of: plan, extracts) }
        if let path = request.tokens {
            findings += DoctorAccess.tokens(path, today: RunContext.seconds)
        }
        if let path = request.certificate {
            findings += DoctorAccess.certificate(path, now: RunContext.seconds)
        }
        return findings
    }

    private func findings(of plan: Plan, _ extracts: [PlanPath]) -> [DoctorFinding] {
        let work = request.work.map(PlanDraftValues.absolute) ?? plan.defaultWorkFolder
        let output =
            request.output.map(PlanDraftValues.absolute) ?? plan.publish.output.standardizedPath
        let audit =
            request.audit.map(PlanDraftValues.absolute).map(AuditLog.init(folder:))
            ?? .standard(besideOutput: output)
        return DoctorPlan.sizes(extracts) + DoctorWork(path: work).findings(extracts: extracts)
            + DoctorOutput(path: output, work: work).findings() + DoctorStore.audit(audit)
            + DoctorStore.store(plan.storeLocation(output: output))
    }
}
