import PopulationModel

// Before you change this: an acceptance is in the audit log before anything is published, and only
// an acceptance enters a published byte. What was broken and only said hangs on the clock and on the
// last publication, and the same input must give the same bytes.
extension Pipeline {
    /// Not read for a plan without gates that ask for it: a publication of another version is no
    /// reason to stop such a run.
    func previousPublication() throws(PopstatErrors) -> PreviousPublication? {
        guard plan.gates.contains(where: \.rule.asksForThePrevious) else { return nil }
        return try PreviousPublication(output: output)
    }

    /// Refuses what cannot be accepted before any work is done.
    func checkAcceptedGates() throws(PopstatErrors) {
        for gate in options.acceptedGates {
            guard plan.gateNames.contains(gate.name) else {
                throw PopstatErrors(.notAGate(name: gate.name, known: plan.gateNames))
            }
            guard Self.isPublishable(gate.reason) else {
                throw PopstatErrors(.personalReason(name: gate.name))
            }
        }
    }

    /// Whoever broke a rule is let through, said, or stops the run; all that stop it at once.
    func settle(_ findings: [GateCheck.Finding], _ summary: inout RunSummary)
        throws(PopstatErrors)
    {
        var errors: [PopstatError] = []
        for finding in findings {
            let accepted = options.acceptedGates.first { $0.name == finding.gate }
            guard let error = finding.error else {
                summary.gates.append(
                    .init(gate: finding.gate, result: .notApplicable, found: finding.found))
                continue
            }
            if let accepted {
                try audit.append(
                    .gateAccepted,
                    [
                        "plan": plan.name, "gate": finding.gate, "found": finding.found.en,
                        "reason": accepted.reason,
                    ])
                summary.gates.append(
                    .init(
                        gate: finding.gate, result: .accepted, found: finding.found,
                        reason: accepted.reason))
                note(
                    .publish,
                    Bilingual(
                        "质量规则 \(finding.gate) 经批准放行：\(finding.found.zh)",
                        "gate \(finding.gate) accepted: \(finding.found.en)"), summary)
            } else if finding.severity == .warn {
                summary.gates.append(
                    .init(gate: finding.gate, result: .warned, found: finding.found))
                note(
                    .publish,
                    Bilingual(
                        "质量规则 \(finding.gate) 未通过：\(finding.found.zh)",
                        "gate \(finding.gate) broken: \(finding.found.en)"), summary)
            } else {
                errors.append(error)
            }
        }
        if !errors.isEmpty { throw PopstatErrors(errors) }
    }

    /// Who accepts what is not broken learns it.
    func noteNeedlessAcceptances(_ summary: RunSummary) {
        for gate in options.acceptedGates
        where !summary.gates.contains(where: { $0.gate == gate.name && $0.result == .accepted }) {
            note(
                .publish,
                Bilingual(
                    "质量规则 \(gate.name) 已通过，无需批准",
                    "gate \(gate.name) is not broken; nothing was accepted"), summary)
        }
    }

    /// Long enough for a sentence, too short for a row.
    private static let reasonLengthMax = 500
    /// The shorter of the two kinds of identity numbers.
    private static let identityDigits = 15

    private static func isPublishable(_ reason: String) -> Bool {
        var digits = 0
        for scalar in reason.unicodeScalars {
            if scalar.properties.generalCategory == .control { return false }
            digits = scalar.properties.numericType == .decimal ? digits + 1 : 0
            if digits >= identityDigits { return false }
        }
        return !reason.allSatisfy(\.isWhitespace) && reason.count <= reasonLengthMax
    }
}
