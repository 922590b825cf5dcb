import PopulationModel

extension SpelledFile {
    /// Fills `field` with what the row says in a column.
    package mutating func spell(_ column: SampleColumn, of row: SampleRow) {
        if let defect = row.defect, spellDefect(defect, in: column, of: row) { return }
        switch column {
        case .citizenID: spellNumber(of: row)
        case .recordID:
            if row.recordNumber == 0 { return }
            if source == .residency { field.append(UInt8(ascii: "J")) }
            append(row.recordNumber)
        case .name: spellName(of: row.citizen)
        case .sex: spellSex(isMale: row.citizen.isMale)
        case .birthDate: spell(day: row.citizen.birth)
        case .revoked: spellRevoked(row.isRevoked)
        case .updatedAt: spell(time: row.updated)
        case .education: if row.citizen.education > 0 { append(UInt64(row.citizen.education)) }
        case .title: words.titles[Int(row.citizen.title)].append(to: &field)
        case .place: spell(code: row.place, digits: row.placeDigits)
        case .date: spell(day: row.date)
        case .householdNumber: if row.household > 0 { append(row.household) }
        case .householdType: spellHouseholdType(row.householdType)
        case .relation: if row.relation > 0 { append(UInt64(row.relation), width: 2) }
        case .event: spellEvent(row.event)
        case .cause: words.causes[Int(row.cause)].append(to: &field)
        case .originCode:
            if row.origin > 0 { spell(code: row.origin, digits: row.originDigits) }
        case .originClass: if row.originClass > 0 { append(UInt64(row.originClass)) }
        case .registeredCode:
            if row.registeredCode > 0 {
                spell(code: row.registeredCode, digits: row.registeredDigits)
            }
        case .departure: spellOptional(day: row.departure)
        case .countFrom: spellOptional(day: row.countFrom)
        case .permitNumber: if row.permitIssued > 0 { append(4_499_000_000_000 + row.recordNumber) }
        case .permitIssued: spellOptional(day: row.permitIssued)
        case .permitValidTo: spellOptional(day: row.permitValidTo)
        case .employedSince: spellOptional(day: row.employedSince)
        case .insuredSince: spellOptional(day: row.insuredSince)
        case .dwelling: words.dwellings[Int(row.dwelling)].append(to: &field)
        case .address: spellAddress(of: row)
        case .remark: if random.below(20) == 0 { layout.encoding.append("已核对", to: &field) }
        }
    }

    // MARK: - Words

    package mutating func appendWord(_ word: String) { field.append(contentsOf: word.utf8) }

    private mutating func spellEvent(_ event: RegistrationEvent) {
        guard layout.hasPlanEvents, event == .move_in else {
            words.events[Int(event.rawValue)].append(to: &field)
            return
        }
        appendWord(FileLayout.planMoveIn)
        count(.eventByPlan)
    }

    private mutating func spellHouseholdType(_ rawValue: UInt8) {
        guard layout.hasChineseTypes, let type = HouseholdType(rawValue: rawValue) else {
            words.householdTypes[Int(rawValue)].append(to: &field)
            return
        }
        let word =
            switch type {
            case .family: "家庭户"
            case .collective: "集体户"
            case .community: "社区公共户"
            }
        layout.encoding.append(word, to: &field)
    }

    private mutating func spellSex(isMale: Bool) {
        switch layout.sexForm {
        case .digit: appendWord(isMale ? "1" : "2")
        case .letter: appendWord(isMale ? "M" : "F")
        case .chinese: layout.encoding.append(isMale ? "男" : "女", to: &field)
        }
    }

    private mutating func spellRevoked(_ isRevoked: Bool) {
        let words = isRevoked ? ["1", "true", "Y", "是"] : ["", "0", "N", "否"]
        layout.encoding.append(words[isRevoked ? random.below(4) : self.file % 4], to: &field)
    }

    private mutating func spellName(of citizen: SampleCitizen) {
        let encoding = layout.encoding
        let surname = NameStock.surnames[
            (Int(citizen.surname) + (citizen.nameForm == .other ? 1 : 0))
                % NameStock.surnames.count]
        encoding.append(surname, to: &field)
        switch citizen.nameForm {
        case .blank: encoding.append(" ", to: &field)
        case .fullWidthBlank: encoding.append("\u{3000}", to: &field)
        case .rare: encoding.append("\u{20BB7}", to: &field)
        default: break
        }
        encoding.append(NameStock.given[Int(citizen.given1)], to: &field)
        switch citizen.nameForm {
        case .dotted: encoding.append("\u{B7}", to: &field)
        case .bulletDotted: encoding.append("\u{2022}", to: &field)
        case .fullWidthLetter: encoding.append("Ａ", to: &field)
        case .letter: encoding.append("A", to: &field)
        default: break
        }
        if citizen.given2 != NameStock.none {
            encoding.append(NameStock.given[Int(citizen.given2)], to: &field)
        }
        if citizen.nameForm == .plain { surroundWithBlanks(perMille: 8) }
    }

    private mutating func spellAddress(of row: SampleRow) {
        let encoding = layout.encoding
        // A row of a bad quote ends at its first line end, so that it must have no other.
        let isBroken = row.defect.map(Self.isShapeDefect) ?? false
        let form = isBroken ? 40 : random.below(40)
        encoding.append("长青路", to: &field)
        append(UInt64(1 + random.below(200)))
        encoding.append("号", to: &field)
        switch form {
        case 0: encoding.append(",东门", to: &field)
        case 1: encoding.append(",\"长青苑\"3幢", to: &field)
        case 2: field.append(contentsOf: [0x0A, 0x32])
        case 3: field.append(contentsOf: [0x0D, 0x0A, 0x33])
        case 4: field.append(contentsOf: [0x0D, 0x34])
        case 5:
            encoding.append("5\"楼", to: &field)
            count(.quoteInText)
        default: break
        }
    }

    // MARK: - Numbers and codes

    package mutating func append(_ number: UInt64, width: Int = 0) {
        var digits = 1
        var bound: UInt64 = 10
        while number >= bound {
            bound *= 10
            digits += 1
        }
        field.append(contentsOf: repeatElement(0x30, count: max(width, digits)))
        var rest = number
        var position = field.count
        while rest > 0 {
            position -= 1
            field[position] = UInt8(0x30 + rest % 10)
            rest /= 10
        }
    }

    private mutating func spell(code: UInt64, digits: UInt8) {
        switch digits {
        case 12: append(code, width: 12)
        case 15:
            append(code, width: 12)
            append(UInt64(100 + random.below(900)))
        default:
            var rest = code
            for _ in digits..<12 { rest /= 10 }
            append(rest, width: Int(digits))
        }
        decorate()
    }

    private mutating func spellNumber(of row: SampleRow) {
        let citizen = row.citizen
        let sequence = citizen.first17 % 1_000
        let mayBeShort = (1900...1999).contains(citizen.birthYear) && sequence < 996
        let draw = random.below(1_000)
        let isPlanted = row.defect != nil
        if row.hasFifteenDigits || (mayBeShort && !isPlanted && draw < 12) {
            append(citizen.first17 / 10_000_000_000_0, width: 6)
            append(citizen.first17 / 1_000 % 1_000_000, width: 6)
            append(sequence, width: 3)
            count(.fifteenDigits)
            return
        }
        append(citizen.first17, width: 17)
        var check = citizen.citizenID.checkCharacter
        if check == UInt8(ascii: "X"), draw & 1 == 0 {
            check = UInt8(ascii: "x")
            count(.lowerCaseX)
        }
        field.append(check)
        if draw >= 990 {
            field.insert(0x20, at: 14)
            field.insert(0x20, at: 6)
            count(.innerBlanks)
        } else {
            decorate()
        }
    }

    /// Sometimes puts the marks of spreadsheets round a number, code, date or time.
    package mutating func decorate() {
        let draw = random.below(1_000)
        if draw < 7 {
            field.insert(UInt8(ascii: "'"), at: 0)
            count(.apostrophe)
        } else if draw < 14 {
            field.insert(contentsOf: [0x3D, 0x22], at: 0)
            field.append(0x22)
            count(.equalsQuotes)
        } else if draw < 21 {
            let plain = field
            field.removeAll(keepingCapacity: true)
            for byte in plain {
                let isDigit = byte >= 0x30 && byte <= 0x39
                let scalar = isDigit ? 0xFF10 + UInt32(byte - 0x30) : UInt32(byte)
                layout.encoding.append(Unicode.Scalar(scalar)!, to: &field)
            }
            count(.fullWidthDigits)
        } else {
            surroundWithBlanks(perMille: 8)
        }
    }

    /// Blanks stand outside of quotes only: within quotes they would be text.
    private mutating func surroundWithBlanks(perMille: Int) {
        guard random.below(1_000) < perMille else { return }
        switch random.below(3) {
        case 0: blanks = [0x20, 0x20]
        case 1: blanks = [0x09]
        default: blanks = layout.encoding.bytes(of: "\u{3000}")
        }
    }
}
