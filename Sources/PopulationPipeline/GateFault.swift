import PopulationModel

/// What a gate can stop a run for, and what can be wrong with accepting one, with its wording.
package enum GateFault: Equatable, Sendable {
    /// `found` says what was found against what is allowed.
    case broken(gate: String, found: Bilingual, reason: String)
    case notAGate(name: String, known: [String])
    case personalReason(name: String)

    package var error: PopstatError {
        switch self {
        case .broken(let gate, let found, let reason):
            PopstatError(
                code: "GATE-001", kind: .dataBeyondLimits,
                message: Bilingual(
                    "质量规则 \(gate) 未通过：\(found.zh)；设此规则的原因：\(reason)",
                    "the gate \(gate) is broken: \(found.en); it is there because: \(reason)"),
                remedy: Bilingual(
                    "请查明情况；数据无误的，加 --accept-gate \(gate) --reason TEXT 重新运行。"
                        + "没有发布任何内容。",
                    "Look into it; if the figures are right, run again with --accept-gate "
                        + "\(gate) --reason TEXT. Nothing was published."))
        case .notAGate(let name, let known):
            PopstatError(
                code: "GATE-002", kind: .usage,
                message: Bilingual(
                    "计划中没有质量规则 \(name)", "the plan has no gate \(name)"),
                remedy: Bilingual(
                    "其质量规则有：\(known.joined(separator: "、"))。",
                    "Its gates are: \(known.joined(separator: ", "))."))
        case .personalReason(let name):
            PopstatError(
                code: "GATE-003", kind: .usage,
                message: Bilingual(
                    "批准 \(name) 的理由过长、不是一行文字，或含有与身份号码一样长的数字",
                    "the reason for accepting \(name) is too long or not one line of text, "
                        + "or holds a number as long as an identity number"),
                remedy: Bilingual(
                    "请用至多 500 个字符写明理由，不写个人信息：理由会公布。",
                    "Write why in up to 500 characters, without personal values: it is "
                        + "published."))
        }
    }
}

extension PopstatErrors {
    init(_ fault: GateFault) { self.init([fault.error]) }
}
