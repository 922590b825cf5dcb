internal import PopulationModel

/// Places of the residency columns in `Column.residency`.
enum ResidencyColumn {
    static let citizenID = 0
    static let recordID = 1
    static let name = 2
    static let sex = 3
    static let birthDate = 4
    static let revoked = 5
    static let updatedAt = 6
    static let registeredCode = 7
    static let residenceCode = 8
    static let arrivalDate = 9
    static let departureDate = 10
    static let countFrom = 11
    static let permitNo = 12
    static let permitIssued = 13
    static let permitValidTo = 14
    static let employedSince = 15
    static let insuredSince = 16
    static let dwelling = 17
    static let education = 18
    static let title = 19
    static let needed = [citizenID, updatedAt, residenceCode, arrivalDate]
}

/// What the needed columns of a residency row say, and when the stay ended.
struct ResidencyCore {
    var id: CitizenID
    var residence: UInt64
    var arrival: CalendarDate
    /// Day number; 0 = still there.
    var departure: UInt64
    var updatedAt: Timestamp
    var birth: BirthDate
}

extension RowDecoder {
    private typealias C = ResidencyColumn

    @inline(__always)
    func storePlainResidency(
        _ row: some FieldAccess, of first17: UInt64, into partitions: PartitionBuffers
    ) -> Bool {
        let number = row[C.citizenID]
        guard !IdentityNumber.isOutOfScope(first17: first17),
            let birth = IdentityNumber.birthDate(number),
            let (day, second) = FieldDates.moment(row[C.updatedAt]), birth <= day,
            let residence = plainResidence(row[C.residenceCode]),
            let arrival = FieldDates.date(row[C.arrivalDate]), arrival >= birth,
            let departure = plainDeparture(row[C.departureDate], notBefore: arrival)
        else { return false }
        store(
            ResidencyCore(
                id: CitizenID(first17: first17), residence: residence, arrival: arrival,
                departure: departure, updatedAt: Timestamp(date: day, secondOfDay: second),
                birth: BirthDate(date: birth, characters: number.word(6))),
            row, into: partitions)
        return true
    }

    /// Digits alone: 12, or 6 to 11 outside the area; `nil` = to be read with care.
    @inline(__always)
    private func plainResidence(_ field: FieldBytes) -> UInt64? {
        if let code = Digits.twelve(field) { return code }
        guard let code = Digits.paddedToTwelve(field), !areaCodes.contains(code) else { return nil }
        return code
    }

    /// 0 when the column is empty; `nil` = to be read with care.
    @inline(__always)
    private func plainDeparture(_ field: FieldBytes, notBefore arrival: CalendarDate) -> UInt64? {
        if field.isEmpty { return 0 }
        guard let date = FieldDates.date(field), date >= arrival else { return nil }
        return Self.bits(date)
    }

    /// The rules of SPEC 3 one by one, in their order.
    func decodeResidencyWithCare(into partitions: PartitionBuffers) -> Outcome {
        let id: CitizenID
        let birth: CalendarDate
        let updatedAt: Timestamp?
        switch readBearer(needed: C.needed, citizenID: C.citizenID, updatedAt: C.updatedAt) {
        case .decided(let outcome): return outcome
        case .citizen(let number, let born, let moment):
            (id, birth, updatedAt) = (number, born, moment)
        }
        guard let residence = residenceCode(normalised(C.residenceCode)) else {
            return .rejected(.divisionFormat, column: C.residenceCode)
        }
        guard let arrival = FieldDates.date(normalised(C.arrivalDate)), arrival >= birth else {
            return .rejected(.arrivalDate, column: C.arrivalDate)
        }
        guard let departure = departureDay(notBefore: arrival) else {
            return .rejected(.departureDate, column: C.departureDate)
        }
        guard let updatedAt else { return .rejected(.updatedAt, column: C.updatedAt) }
        store(
            ResidencyCore(
                id: id, residence: residence, arrival: arrival, departure: departure,
                updatedAt: updatedAt,
                birth: BirthDate(date: birth, characters: 0)),
            row, into: partitions)
        return .stored
    }

    /// Inside the area 12 digits, or 15 of which the last three are ignored; outside 6 to 12,
    /// padded with zeros.
    private func residenceCode(_ field: FieldBytes) -> UInt64? {
        guard (6...15).contains(field.count), let digits = Digits.value(field) else { return nil }
        let prefix = (area.code.utf8.count..<field.count).reduce(digits) { value, _ in value / 10 }
        guard prefix == area.prefix else {
            return field.count <= 12 ? Self.padded(digits, digitCount: field.count) : nil
        }
        switch field.count {
        case 12: return digits
        case 15: return digits / 1_000
        default: return nil
        }
    }

    /// 0 when the column is empty or not valid in the file's encoding; `nil` = rejected.
    private func departureDay(notBefore arrival: CalendarDate) -> UInt64? {
        guard encoding.isValid(field(C.departureDate)) else {
            warn(.optionalEncoding)
            return 0
        }
        let field = normalised(C.departureDate)
        if field.isEmpty { return 0 }
        guard let date = FieldDates.date(field), date >= arrival else { return nil }
        return Self.bits(date)
    }

    /// Reads the optional columns and writes the packed record (see `PackedRecord`).
    private func store(
        _ core: ResidencyCore, _ row: some FieldAccess, into partitions: PartitionBuffers
    ) {
        pace.step()
        let sex = optionalSex(row, C.sex, of: core.id)
        let birthColumn = optionalBirth(row, C.birthDate, core.birth)
        let title = optionalCode(row, C.title, tables.title)
        let dwelling = optionalCode(row, C.dwelling, tables.dwelling)
        let isRevoked = optionalCode(row, C.revoked, tables.revoked) != CodeTable.none
        isRevokedRow = isRevoked

        var fourth: UInt64 = 0
        if !row.areEmpty(C.countFrom, C.permitValidTo) {
            fourth =
                optionalDate(row, C.countFrom) | optionalDate(row, C.permitIssued) << 17
                | optionalDate(row, C.permitValidTo) << 34
        }
        let fifth =
            optionalDate(row, C.employedSince) | optionalDate(row, C.insuredSince) << 17
        let isShort = fourth | fifth == 0

        let room = partitions.reserve(citizen: core.id.first17)
        let words = UnsafeMutableRawPointer(room.start)
        let flags =
            PackedRecord.residencyBit | (isRevoked ? PackedRecord.revokedBit : 0) | sex << 59
            | known(title) << 61 | (isShort ? PackedRecord.shortBit : 0)
        words.storeBytes(of: core.id.first17 | flags, as: UInt64.self)
        let moment =
            Self.bits(core.arrival) << 47
            | UInt64(bitPattern: core.updatedAt.seconds) << 14
        words.storeBytes(of: moment | known(dwelling), toByteOffset: 8, as: UInt64.self)
        words.storeBytes(
            of: core.residence | birthColumn << 40, toByteOffset: 16, as: UInt64.self)
        words.storeBytes(
            of: optionalDivision(row, C.registeredCode) | core.departure << 43, toByteOffset: 24,
            as: UInt64.self)
        // Of a short record, lengths and texts overwrite them.
        words.storeBytes(of: fourth, toByteOffset: 32, as: UInt64.self)
        words.storeBytes(of: fifth, toByteOffset: 40, as: UInt64.self)

        let wordCount = isShort ? PackedRecord.residencyWordsShort : PackedRecord.residencyWords
        let lengths = room.start + wordCount * 8
        var out = lengths + PackedRecord.residencyTexts
        out += writeNumber(row, C.recordID, length: lengths, to: out)
        out += writeName(row, C.name, length: lengths + 1, to: out)
        out += writeNumber(row, C.permitNo, length: lengths + 2, to: out)
        out += writeCode(row, C.education, length: lengths + 3, to: out)
        if hasDoubledQuote { return }
        partitions.commit(room, end: out)
    }
}
