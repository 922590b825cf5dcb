import PopulationModel

/// One row of an extract before it is spelled: what it says, and what is planted in it.
struct SampleRow {
    var source: Source
    var citizen: SampleCitizen
    /// 0 = empty.
    var recordNumber: UInt64 = 0
    /// division_code or residence_code: `placeDigits` digits of a 12-digit code.
    var place: UInt64 = 0
    var placeDigits: UInt8 = 12
    /// event_date or arrival_date, as a day number.
    var date: Int32 = 0
    var isRevoked = false
    var updated = Timestamp(seconds: 0)

    // Registration.
    var event = RegistrationEvent.initial
    /// 0 = empty.
    var household: UInt64 = 0
    /// `HouseholdType.rawValue`; 0 = empty.
    var householdType: UInt8 = 0
    /// GB/T 4761, two digits; 0 = empty.
    var relation: UInt8 = 0
    /// `SettlementCause.rawValue`; 0 = empty.
    var cause: UInt8 = 0
    /// 0 = empty.
    var origin: UInt64 = 0
    var originDigits: UInt8 = 12
    var originClass: UInt16 = 0

    // Residency; a day number of 0 = empty.
    var registeredCode: UInt64 = 0
    var registeredDigits: UInt8 = 12
    var departure: Int32 = 0
    var countFrom: Int32 = 0
    var permitIssued: Int32 = 0
    var permitValidTo: Int32 = 0
    var employedSince: Int32 = 0
    var insuredSince: Int32 = 0
    /// `Dwelling.rawValue`; 0 = empty.
    var dwelling: UInt8 = 0

    // What is planted.
    /// The defect that the spelling puts into the row.
    var defect: SampleKind?
    /// The case whose first row this is.
    var story: SampleKind?
    /// A newer version or a revocation takes this row away.
    var isVoided = false
    /// Another row says the same.
    var isDuplicate = false
    /// Dated after the last date, or written after known-at.
    var isFuture = false
    /// Written in the second file of the citizen, half of the files on.
    var isLater = false
    /// Tells the spelling of two rows apart that say the same.
    var spellingSalt: UInt8 = 0
    /// The number is written with 15 digits.
    var hasFifteenDigits = false

    init(source: Source, citizen: SampleCitizen) {
        self.source = source
        self.citizen = citizen
    }
}
