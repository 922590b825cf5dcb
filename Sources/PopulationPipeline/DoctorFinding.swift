import PopulationModel

/// What one look of `popstat doctor` came to.
package struct DoctorFinding: Encodable, Sendable, Equatable {
    /// Whether a run would do: `warn` may wait, `bad` may not.
    package enum State: String, Encodable, Sendable {
        case ok, warn, bad
    }

    package let state: State
    /// What was looked at, one word.
    package let check: String
    /// What was found, and for a fault what to do.
    package let words: Bilingual
    /// Code of the fault.
    package let code: String?
    /// Exit status that the fault asks for.
    package let status: Int32

    /// For JSON, which is the same in any language.
    package var text: String { words.en }

    static func ok(_ check: String, _ words: Bilingual) -> DoctorFinding {
        DoctorFinding(state: .ok, check: check, words: words, code: nil, status: 0)
    }

    static func warn(_ check: String, _ fault: DoctorFault) -> DoctorFinding {
        DoctorFinding(check, .warn, fault.error)
    }

    static func bad(_ check: String, _ fault: DoctorFault) -> DoctorFinding {
        DoctorFinding(check, .bad, fault.error)
    }

    static func bad(_ check: String, _ errors: PopstatErrors) -> [DoctorFinding] {
        errors.errors.map { DoctorFinding(check, .bad, $0) }
    }

    init(_ check: String, _ state: State, _ error: PopstatError) {
        self.init(
            state: state, check: check,
            words: Bilingual(error.line(in: .zh), error.line(in: .en)), code: error.code,
            status: state == .bad ? error.exitStatus : 0)
    }

    private init(state: State, check: String, words: Bilingual, code: String?, status: Int32) {
        self.state = state
        self.check = check
        self.words = words
        self.code = code
        self.status = status
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(state, forKey: .state)
        try container.encode(check, forKey: .check)
        try container.encode(text, forKey: .text)
        try container.encodeIfPresent(code, forKey: .code)
        try container.encode(status, forKey: .status)
    }

    private enum CodingKeys: String, CodingKey {
        case state, check, text, code, status
    }
}
