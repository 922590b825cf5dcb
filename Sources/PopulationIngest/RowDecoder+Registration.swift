internal import PopulationModel

/// Places of the registration columns in `Column.registration`.
enum RegistrationColumn {
    static let citizenID = 0
    static let recordID = 1
    static let name = 2
    static let sex = 3
    static let birthDate = 4
    static let householdNo = 5
    static let householdType = 6
    static let relation = 7
    static let divisionCode = 8
    static let event = 9
    static let eventDate = 10
    static let cause = 11
    static let originCode = 12
    static let originClass = 13
    static let education = 14
    static let title = 15
    static let revoked = 16
    static let updatedAt = 17
    static let needed = [citizenID, divisionCode, event, eventDate, updatedAt]
}

/// What the needed columns of a registration row say.
struct RegistrationCore {
    var id: CitizenID
    var division: UInt64
    var event: UInt8
    var eventDate: CalendarDate
    var updatedAt: Timestamp
    var birth: BirthDate
}

extension RowDecoder {
    private typealias C = RegistrationColumn

    @inline(__always)
    func storePlainRegistration(
        _ row: some FieldAccess, of first17: UInt64, into partitions: PartitionBuffers
    ) -> Bool {
        let number = row[C.citizenID]
        guard !IdentityNumber.isOutOfScope(first17: first17),
            let birth = IdentityNumber.birthDate(number),
            let (day, second) = FieldDates.moment(row[C.updatedAt]), birth <= day,
            let division = Digits.twelve(row[C.divisionCode]),
            let eventDate = FieldDates.date(row[C.eventDate]), eventDate >= birth
        else { return false }
        let eventField = row[C.event]
        let event = eventField.isEmpty ? CodeTable.none : tables.event.code(eventField)
        guard event != CodeTable.none else { return false }
        store(
            RegistrationCore(
                id: CitizenID(first17: first17), division: division, event: event,
                eventDate: eventDate, updatedAt: Timestamp(date: day, secondOfDay: second),
                birth: BirthDate(date: birth, characters: number.word(6))),
            row, into: partitions)
        return true
    }

    /// The rules of SPEC 3 one by one, in their order.
    func decodeRegistrationWithCare(into partitions: PartitionBuffers) -> Outcome {
        let id: CitizenID
        let birth: CalendarDate
        let updatedAt: Timestamp?
        switch readBearer(needed: C.needed, citizenID: C.citizenID, updatedAt: C.updatedAt) {
        case .decided(let outcome): return outcome
        case .citizen(let number, let born, let moment):
            (id, birth, updatedAt) = (number, born, moment)
        }
        let divisionField = normalised(C.divisionCode)
        guard divisionField.count == 12 || divisionField.count == 15,
            let digits = Digits.value(divisionField)
        else { return .rejected(.divisionFormat, column: C.divisionCode) }
        let event = tables.event.codeWithCare(normalised(C.event))
        guard event != CodeTable.none else {
            return .rejected(.eventUnknown, column: C.event)
        }
        guard let eventDate = FieldDates.date(normalised(C.eventDate)), eventDate >= birth else {
            return .rejected(.eventDate, column: C.eventDate)
        }
        guard let updatedAt else { return .rejected(.updatedAt, column: C.updatedAt) }
        store(
            RegistrationCore(
                id: id, division: divisionField.count == 15 ? digits / 1_000 : digits,
                event: event, eventDate: eventDate, updatedAt: updatedAt,
                birth: BirthDate(date: birth, characters: 0)),
            row, into: partitions)
        return .stored
    }

    /// Reads the optional columns and writes the packed record (see `PackedRecord`).
    private func store(
        _ core: RegistrationCore, _ row: some FieldAccess, into partitions: PartitionBuffers
    ) {
        pace.step()
        let sex = optionalSex(row, C.sex, of: core.id)
        let birthColumn = optionalBirth(row, C.birthDate, core.birth)
        let householdType = optionalCode(row, C.householdType, tables.householdType)
        var cause = CodeTable.none
        var third: UInt64 = 0
        if !row.areEmpty(C.cause, C.originClass) {
            cause = optionalCode(row, C.cause, tables.cause)
            if cause == CodeTable.none, !row[C.cause].isEmpty { cause = unknownCause() }
            third = optionalDivision(row, C.originCode) | optionalClass(row, C.originClass) << 43
        }
        var title = CodeTable.none
        var isRevoked = false
        if !row.areEmpty(C.title, C.revoked) {
            title = optionalCode(row, C.title, tables.title)
            isRevoked = optionalCode(row, C.revoked, tables.revoked) != CodeTable.none
        }
        isRevokedRow = isRevoked

        let room = partitions.reserve(citizen: core.id.first17)
        let words = UnsafeMutableRawPointer(room.start)
        let flags =
            (isRevoked ? PackedRecord.revokedBit : 0) | sex << 59 | known(title) << 61
            | (third == 0 ? PackedRecord.shortBit : 0)
        words.storeBytes(of: core.id.first17 | flags, as: UInt64.self)
        let moment =
            Self.bits(core.eventDate) << 47
            | UInt64(bitPattern: core.updatedAt.seconds) << 14
        words.storeBytes(
            of: moment | UInt64(core.event) | known(cause) << 4 | known(householdType) << 8,
            toByteOffset: 8, as: UInt64.self)
        words.storeBytes(
            of: core.division | birthColumn << 40, toByteOffset: 16, as: UInt64.self)
        // Of a short record, lengths and texts overwrite it.
        words.storeBytes(of: third, toByteOffset: 24, as: UInt64.self)

        let wordCount =
            third == 0 ? PackedRecord.registrationWordsShort : PackedRecord.registrationWords
        let lengths = room.start + wordCount * 8
        var out = lengths + PackedRecord.registrationTexts
        out += writeNumber(row, C.recordID, length: lengths, to: out)
        out += writeName(row, C.name, length: lengths + 1, to: out)
        out += writeNumber(row, C.householdNo, length: lengths + 2, to: out)
        out += writeCode(row, C.relation, length: lengths + 3, to: out)
        out += writeCode(row, C.education, length: lengths + 4, to: out)
        if hasDoubledQuote { return }
        partitions.commit(room, end: out)
    }

    /// `other` with a warning for a cause that is not empty; else none.
    private func unknownCause() -> UInt8 {
        guard holdsText(C.cause) else { return CodeTable.none }
        warn(.causeUnknown)
        return SettlementCause.other.rawValue
    }

    @inline(__always)
    func known(_ code: UInt8) -> UInt64 { code == CodeTable.none ? 0 : UInt64(code) }

    /// The sex column; a readable one that differs from the number is warned of.
    @inline(__always)
    func optionalSex(_ row: some FieldAccess, _ column: Int, of id: CitizenID) -> UInt64 {
        let sex = optionalCode(row, column, tables.sex)
        if sex == CodeTable.none { return 0 }
        if sex != id.sex.rawValue { warn(.sexMismatch) }
        return UInt64(sex)
    }

    /// The birth_date column; a readable one that differs from the number is warned of.
    @inline(__always)
    func optionalBirth(_ row: some FieldAccess, _ column: Int, _ birth: BirthDate) -> UInt64 {
        let field = row[column]
        if field.count == 10, FieldDates.isoCharacters(field.start) == birth.characters {
            return Self.bits(birth.date)
        }
        let day = optionalDate(row, column)
        if day != 0, day != Self.bits(birth.date) { warn(.birthMismatch) }
        return day
    }
}

/// The birth date of an identity number.
struct BirthDate {
    var date: CalendarDate
    /// The digits as the number writes them, which most birth_date columns repeat; 0 where the
    /// number was not plain.
    var characters: UInt64
}
