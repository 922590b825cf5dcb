import PopulationModel

/// Writes the rows of one clean extract: canonical columns, one spelling, no allocation per row.
///
/// One row in a thousand has its name (or address) in quotes, as many are followed by a copy that
/// one of four rules rejects, and every two-thousandth row has a duplicate, or a rival of the same
/// day and time.
package struct CleanFile {
    private let source: Source
    private let spelling: CleanSpelling
    private let surnames: [PackedWord]
    private let given: [PackedWord]
    private let words = CodeWords()
    private let address: [UInt8]
    package private(set) var ledger = SampleLedger()
    private var random: SplitMix64

    private static let rowBytesMax = 1_024

    package init(source: Source, spelling: CleanSpelling, seed: UInt64, file: Int) {
        self.source = source
        self.spelling = spelling
        let encoding: FileEncoding = spelling == .gb18030 ? .gb18030 : .utf8
        func packed(_ characters: [Unicode.Scalar]) -> [PackedWord] {
            characters.map { PackedWord(bytes: encoding.bytes(of: String($0))) }
        }
        surnames = packed(NameStock.surnames)
        given = packed(NameStock.given)
        address = encoding.bytes(of: "长青路")
        random = SplitMix64(
            seed: seed, stream: .spelling,
            index: UInt64(file) * 2 + (source == .registration ? 0 : 1))
    }

    package mutating func writeHeader(to sink: inout ByteSink) {
        let names = Column.all(of: source).map(\.name) + (spelling == .lineEnds ? ["address"] : [])
        sink.reserve(Self.rowBytesMax)
        sink.put(Array(names.joined(separator: ",").utf8))
        sink.put(0x0A)
    }

    /// Writes a row and what is planted beside it; `rival` is another place for a tie, given when
    /// this row is the citizen's only one.
    package mutating func write(_ row: SampleRow, rival: UInt64?, to sink: inout ByteSink) {
        let draw = random.next()
        put(row, defect: nil, isQuoted: draw & 1_023 == 0, to: &sink)
        if row.isVoided { ledger.add(.voided, source) }
        let plant = (draw >> 20) & 4_095
        guard plant < 12 else { return }
        if plant < 4 {
            let defects: [SampleKind] = [
                .idWrongCheck, .dateNoSuchDay, .updatedNoSuchTime, .placeShort,
            ]
            // Outside of the area 11 digits are a code, padded to 12.
            let isInArea = row.place / 100_000_000 == 4_499
            let defect = defects[Int((draw >> 40) & 3) % (isInArea ? 4 : 3)]
            ledger.add(defect, source)
            put(row, defect: defect, isQuoted: false, to: &sink)
        } else if plant < 8 {
            ledger.add(.exactDuplicate, source)
            put(row, defect: nil, isQuoted: false, to: &sink)
        } else if let rival {
            ledger.add(.tieOfCodes, source)
            var other = row
            other.recordNumber += 6
            other.place = rival
            other.placeDigits = 12
            put(other, defect: nil, isQuoted: false, to: &sink)
        }
    }

    private mutating func put(
        _ row: SampleRow, defect: SampleKind?, isQuoted: Bool, to sink: inout ByteSink
    ) {
        ledger.addRow(source)
        sink.reserve(Self.rowBytesMax)
        putNumber(row.citizen.first17, hasWrongCheck: defect == .idWrongCheck, to: &sink)
        if source == .registration {
            putRegistration(row, defect: defect, isQuoted: isQuoted, to: &sink)
        } else {
            putResidency(row, defect: defect, isQuoted: isQuoted, to: &sink)
        }
        if spelling == .lineEnds { putAddress(row, isQuoted: isQuoted, to: &sink) }
        sink.put(0x0A)
    }

    /// The columns before those that differ by source: record, name, sex, birth date.
    @inline(__always)
    private func putPerson(
        _ row: SampleRow, isQuoted: Bool, to sink: inout ByteSink
    ) {
        let comma = UInt8(ascii: ",")
        sink.put(comma)
        if source == .residency { sink.put(UInt8(ascii: "J")) }
        sink.put(decimal: row.recordNumber)
        sink.put(comma)
        let inQuotes = spelling == .quotedText || (isQuoted && spelling != .lineEnds)
        if inQuotes { sink.put(UInt8(ascii: "\"")) }
        sink.put(surnames[Int(row.citizen.surname)])
        sink.put(given[Int(row.citizen.given1)])
        if row.citizen.given2 != NameStock.none { sink.put(given[Int(row.citizen.given2)]) }
        if inQuotes { sink.put(UInt8(ascii: "\"")) }
        sink.put(comma)
        sink.put(row.citizen.isMale ? UInt8(ascii: "1") : UInt8(ascii: "2"))
        sink.put(comma)
        let birth = row.citizen.first17 / 1_000 % 100_000_000
        sink.put(
            year: UInt32(birth / 10_000), month: UInt32(birth / 100 % 100),
            day: UInt32(birth % 100))
        sink.put(comma)
    }

    private func putRegistration(
        _ row: SampleRow, defect: SampleKind?, isQuoted: Bool, to sink: inout ByteSink
    ) {
        let comma = UInt8(ascii: ",")
        putPerson(row, isQuoted: isQuoted, to: &sink)
        let quotes = spelling == .quotedText
        if quotes { sink.put(UInt8(ascii: "\"")) }
        sink.put(decimal: row.household)
        if quotes { sink.put(UInt8(ascii: "\"")) }
        sink.put(comma)
        putWord(words.householdTypes[Int(row.householdType)], to: &sink)
        sink.put(comma)
        if quotes { sink.put(UInt8(ascii: "\"")) }
        sink.put(twoDigits: UInt32(row.relation))
        if quotes { sink.put(UInt8(ascii: "\"")) }
        sink.put(comma)
        putPlace(row.place, isShort: defect == .placeShort, to: &sink)
        sink.put(comma)
        sink.put(words.events[Int(row.event.rawValue)])
        sink.put(comma)
        putDate(row.date, isWrong: defect == .dateNoSuchDay, to: &sink)
        sink.put(comma)
        putWord(words.causes[Int(row.cause)], to: &sink)
        sink.put(comma)
        if row.origin > 0 { putCode(row.origin, digits: row.originDigits, to: &sink) }
        sink.put(comma)
        if row.originClass > 0 { sink.put(decimal: UInt64(row.originClass)) }
        sink.put(comma)
        putEducation(row, to: &sink)
        sink.put(comma)
        sink.put(comma)
        putTime(row.updated, isWrong: defect == .updatedNoSuchTime, to: &sink)
    }

    private func putResidency(
        _ row: SampleRow, defect: SampleKind?, isQuoted: Bool, to sink: inout ByteSink
    ) {
        let comma = UInt8(ascii: ",")
        putPerson(row, isQuoted: isQuoted, to: &sink)
        sink.put(comma)
        putTime(row.updated, isWrong: defect == .updatedNoSuchTime, to: &sink)
        sink.put(comma)
        if row.registeredCode > 0 {
            putCode(row.registeredCode, digits: row.registeredDigits, to: &sink)
        }
        sink.put(comma)
        if defect == .placeShort || row.placeDigits == 12 {
            putPlace(row.place, isShort: defect == .placeShort, to: &sink)
        } else {
            putCode(row.place, digits: row.placeDigits, to: &sink)
        }
        sink.put(comma)
        putDate(row.date, isWrong: defect == .dateNoSuchDay, to: &sink)
        sink.put(comma)
        putOptional(row.departure, to: &sink)
        sink.put(comma)
        putOptional(row.countFrom, to: &sink)
        sink.put(comma)
        if row.permitIssued > 0 { sink.put(decimal: 4_499_000_000_000 + row.recordNumber) }
        sink.put(comma)
        putOptional(row.permitIssued, to: &sink)
        sink.put(comma)
        putOptional(row.permitValidTo, to: &sink)
        sink.put(comma)
        putOptional(row.employedSince, to: &sink)
        sink.put(comma)
        putOptional(row.insuredSince, to: &sink)
        sink.put(comma)
        putWord(words.dwellings[Int(row.dwelling)], to: &sink)
        sink.put(comma)
        putEducation(row, to: &sink)
    }

    @inline(__always)
    private func putEducation(_ row: SampleRow, to sink: inout ByteSink) {
        if row.citizen.education > 0 { sink.put(twoDigits: UInt32(row.citizen.education)) }
        sink.put(UInt8(ascii: ","))
        putWord(words.titles[Int(row.citizen.title)], to: &sink)
    }
}

// MARK: - Fields

extension CleanFile {
    @inline(__always)
    private func putNumber(_ first17: UInt64, hasWrongCheck: Bool, to sink: inout ByteSink) {
        sink.put(first17, width: 17)
        var check = CitizenID.checkCharacter(remainder: sink.weightedSumOfLast17 % 11)
        if hasWrongCheck {
            check = check == UInt8(ascii: "5") ? UInt8(ascii: "6") : UInt8(ascii: "5")
        }
        sink.put(check)
    }

    @inline(__always)
    private func putWord(_ word: PackedWord, to sink: inout ByteSink) {
        guard spelling == .quotedText else {
            sink.put(word)
            return
        }
        sink.put(UInt8(ascii: "\""))
        sink.put(word)
        sink.put(UInt8(ascii: "\""))
    }

    @inline(__always)
    private func putPlace(_ code: UInt64, isShort: Bool, to sink: inout ByteSink) {
        if isShort { sink.put(code / 10, width: 11) } else { sink.put(code, width: 12) }
    }

    private func putCode(_ code: UInt64, digits: UInt8, to sink: inout ByteSink) {
        var rest = code
        for _ in digits..<12 { rest /= 10 }
        sink.put(rest, width: Int(digits))
    }

    @inline(__always)
    private func putDate(_ day: Int32, isWrong: Bool, to sink: inout ByteSink) {
        let (year, month, day) = CalendarDate(dayNumber: day).components
        sink.put(
            year: UInt32(year), month: UInt32(isWrong ? 2 : month), day: UInt32(isWrong ? 30 : day))
    }

    @inline(__always)
    private func putOptional(_ day: Int32, to sink: inout ByteSink) {
        if day > 0 { putDate(day, isWrong: false, to: &sink) }
    }

    @inline(__always)
    private func putTime(_ time: Timestamp, isWrong: Bool, to sink: inout ByteSink) {
        putDate(time.date.dayNumber, isWrong: false, to: &sink)
        let second = UInt32(time.seconds % 86_400)
        sink.put(0x20)
        sink.put(twoDigits: isWrong ? 25 : second / 3_600)
        sink.put(UInt8(ascii: ":"))
        sink.put(twoDigits: second / 60 % 60)
        sink.put(UInt8(ascii: ":"))
        sink.put(twoDigits: second % 60)
    }

    private func putAddress(
        _ row: SampleRow, isQuoted: Bool, to sink: inout ByteSink
    ) {
        sink.put(UInt8(ascii: ","))
        if isQuoted { sink.put(UInt8(ascii: "\"")) }
        sink.put(address)
        if isQuoted { sink.put(0x0A) }
        sink.put(decimal: row.citizen.index % 900 + 1)
        if isQuoted { sink.put(UInt8(ascii: "\"")) }
    }
}
