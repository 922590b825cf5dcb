import PopulationModel

/// What a gate can stop a run for, and what can be wrong with accepting one, with its wording.
package enum GateFault: Equatable, Sendable {
    /// `found` says what was found against what is allowed.
    case broken(gate: String, found: String, reason: String)
    case notAGate(name: String, known: [String])
    case personalReason(name: String)

    package var error: PopstatError {
        switch self {
        case .broken(let gate, let found, let reason):
            PopstatError(
                code: "GATE-001", kind: .dataBeyondLimits,
                message: "the gate \(gate) is broken: \(found); it is there because: \(reason)",
                remedy: "Look into it; if the figures are right, run again with --accept-gate "
                    + "\(gate) --reason TEXT. Nothing was published.")
        case .notAGate(let name, let known):
            PopstatError(
                code: "GATE-002", kind: .usage,
                message: "the plan has no gate \(name)",
                remedy: "Its gates are: \(known.joined(separator: ", ")).")
        case .personalReason(let name):
            PopstatError(
                code: "GATE-003", kind: .usage,
                message: "the reason for accepting \(name) is too long or not one line of text, "
                    + "or holds a number as long as an identity number",
                remedy: "Write why in up to 500 characters, without personal values: it is "
                    + "published.")
        }
    }
}

extension PopstatErrors {
    init(_ fault: GateFault) { self.init([fault.error]) }
}
