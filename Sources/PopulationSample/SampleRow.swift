import PopulationModel

/// One row of an extract before it is spelled: what it says, and what is planted in it.
package struct SampleRow {
    package var source: Source
    package var citizen: SampleCitizen
    /// 0 = empty.
    package var recordNumber: UInt64 = 0
    /// division_code or residence_code: `placeDigits` digits of a 12-digit code.
    package var place: UInt64 = 0
    package var placeDigits: UInt8 = 12
    /// event_date or arrival_date, as a day number.
    package var date: Int32 = 0
    package var isRevoked = false
    package var updated = Timestamp(seconds: 0)

    // Registration.
    package var event = RegistrationEvent.initial
    /// 0 = empty.
    package var household: UInt64 = 0
    /// `HouseholdType.rawValue`; 0 = empty.
    package var householdType: UInt8 = 0
    /// GB/T 4761, two digits; 0 = empty.
    package var relation: UInt8 = 0
    /// `SettlementCause.rawValue`; 0 = empty.
    package var cause: UInt8 = 0
    /// 0 = empty.
    package var origin: UInt64 = 0
    package var originDigits: UInt8 = 12
    package var originClass: UInt16 = 0

    // Residency; a day number of 0 = empty.
    package var registeredCode: UInt64 = 0
    package var registeredDigits: UInt8 = 12
    package var departure: Int32 = 0
    package var countFrom: Int32 = 0
    package var permitIssued: Int32 = 0
    package var permitValidTo: Int32 = 0
    package var employedSince: Int32 = 0
    package var insuredSince: Int32 = 0
    /// `Dwelling.rawValue`; 0 = empty.
    package var dwelling: UInt8 = 0

    // What is planted.
    /// The defect that the spelling puts into the row.
    package var defect: SampleKind?
    /// The case whose first row this is.
    package var story: SampleKind?
    /// A newer version or a revocation takes this row away.
    package var isVoided = false
    /// Another row says the same.
    package var isDuplicate = false
    /// Dated after the last date, or written after known-at.
    package var isFuture = false
    /// Written in the second file of the citizen, half of the files on.
    package var isLater = false
    /// Tells the spelling of two rows apart that say the same.
    package var spellingSalt: UInt8 = 0
    /// The number is written with 15 digits.
    package var hasFifteenDigits = false

    package init(source: Source, citizen: SampleCitizen) {
        self.source = source
        self.citizen = citizen
    }
}
