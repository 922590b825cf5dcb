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
}

extension RowDecoder {
    private typealias C = ResidencyColumn

    @inline(__always)
    func decodeResidency(into partitions: PartitionBuffers) -> Outcome {
        let residence = field(C.residenceCode)
        let departure = field(C.departureDate)
        guard let first17 = IdentityNumber.checkedFirst17(field(C.citizenID)),
            !IdentityNumber.isOutOfScope(first17: first17),
            let birth = CitizenID(first17: first17).birthDate,
            let updatedAt = FieldDates.timestamp(field(C.updatedAt)), birth <= updatedAt.date,
            residence.count == 12, let code = Digits.valueOfTwelve(residence),
            let arrival = FieldDates.date(field(C.arrivalDate)), arrival >= birth,
            let departureDay = departure.isEmpty ? 0 : FieldDates.date(departure)?.dayNumber,
            departureDay == 0 || departureDay >= arrival.dayNumber
        else { return decodeResidencyWithCare(into: partitions) }
        store(
            ResidencyCore(
                id: CitizenID(first17: first17), residence: code, arrival: arrival,
                departure: UInt64(departureDay), updatedAt: updatedAt),
            birth: birth, into: partitions)
        return .stored
    }

    /// The rules of SPEC 3 one by one, in their order.
    private func decodeResidencyWithCare(into partitions: PartitionBuffers) -> Outcome {
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
                updatedAt: updatedAt),
            birth: birth, into: partitions)
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
        return UInt64(date.dayNumber)
    }

    /// Reads the optional columns and writes the packed record (see `PackedRecord`).
    @inline(__always)
    private func store(
        _ core: ResidencyCore, birth: CalendarDate, into partitions: PartitionBuffers
    ) {
        let sex = optionalSex(C.sex, of: core.id)
        let birthColumn = optionalBirth(C.birthDate, birth)
        let title = optionalCode(C.title, tables.title)
        let dwelling = optionalCode(C.dwelling, tables.dwelling)
        let isRevoked = optionalCode(C.revoked, tables.revoked) != CodeTable.none
        isRevokedRow = isRevoked

        let record = partitions.reserve(citizen: core.id.first17)
        let words = UnsafeMutableRawPointer(record)
        let flags =
            PackedRecord.residencyBit | (isRevoked ? PackedRecord.revokedBit : 0) | sex << 59
            | known(title) << 61
        words.storeBytes(of: core.id.first17 | flags, as: UInt64.self)
        let moment = UInt64(core.arrival.dayNumber) << 47 | UInt64(core.updatedAt.seconds) << 14
        words.storeBytes(of: moment | known(dwelling), toByteOffset: 8, as: UInt64.self)
        words.storeBytes(
            of: core.residence | birthColumn << 40, toByteOffset: 16, as: UInt64.self)
        words.storeBytes(
            of: optionalDivision(C.registeredCode) | core.departure << 43, toByteOffset: 24,
            as: UInt64.self)
        let permit = optionalDate(C.permitIssued) << 17 | optionalDate(C.permitValidTo) << 34
        words.storeBytes(
            of: optionalDate(C.countFrom) | permit, toByteOffset: 32, as: UInt64.self)
        words.storeBytes(
            of: optionalDate(C.employedSince) | optionalDate(C.insuredSince) << 17,
            toByteOffset: 40, as: UInt64.self)

        let lengths = record + PackedRecord.residencyWords * 8
        var out = lengths + PackedRecord.residencyTexts
        out += writeText(C.recordID, isNumber: true, length: lengths, to: out)
        out += writeText(C.name, isNumber: false, length: lengths + 1, to: out)
        out += writeText(C.permitNo, isNumber: true, length: lengths + 2, to: out)
        out += writeText(C.education, isNumber: true, length: lengths + 3, to: out)
        if hasDoubledQuote { return }
        partitions.commit(byteCount: out - record)
    }
}
