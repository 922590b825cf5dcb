// The code lists of SPEC 2.1 and 2.2. A raw value is the code's place in its list; it is what packed
// records hold, and what the order of section 4 compares for `event`.

/// Which register a row comes from.
public enum Source: String, CaseIterable, Sendable {
    case registration, residency

    /// As a sentence names it.
    public var words: Bilingual {
        switch self {
        case .registration: Bilingual("户籍登记", "registration")
        case .residency: Bilingual("居住登记", "residency")
        }
    }
}

/// Sex, GB/T 2261.1; the raw value is the code of the standard.
public enum Sex: UInt8, CaseIterable, Sendable {
    case male = 1
    case female = 2

    /// The word used in published tables.
    public var word: String { self == .male ? "male" : "female" }
}

/// What a registration row records (变动类型).
public enum RegistrationEvent: UInt8, CaseIterable, Sendable {
    case initial, birth, move_in, move_within, correction, supplement, restore, rezoning
    case discharge, `return`
    case move_out, death, military, emigration, deletion

    public var word: String { "\(self)" }

    /// The citizen is registered after this event.
    @inlinable public var isActive: Bool { rawValue <= Self.return.rawValue }

    /// The citizen has left the population for good: rule 0 of residence.
    @inlinable public var isClosed: Bool {
        rawValue >= Self.death.rawValue && rawValue <= Self.emigration.rawValue
    }
}

/// Why a citizen settled (落户原因); `other` stands for unknown words as well.
public enum SettlementCause: UInt8, CaseIterable, Sendable {
    case student = 1
    case employment, business, investment, housing, kin_spouse, kin_child, kin_parent, kin_other
    case talent, resettlement, redevelopment, reclassification, other

    public var word: String { "\(self)" }
}

/// Kind of household (户类型).
public enum HouseholdType: UInt8, CaseIterable, Sendable {
    case family = 1
    case collective, community

    public var word: String { "\(self)" }
}

/// Professional title (职称).
public enum ProfessionalTitle: UInt8, CaseIterable, Sendable {
    case intermediate = 1
    case senior

    public var word: String { "\(self)" }
}

/// Kind of dwelling (住所类型).
public enum Dwelling: UInt8, CaseIterable, Sendable {
    case own = 1
    case rent, dormitory, kin, other

    public var word: String { "\(self)" }
}
