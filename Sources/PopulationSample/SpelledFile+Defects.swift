import PopulationModel

extension SpelledFile {
    /// Spells the one column that a defect damages; false when the column stays as it is.
    package mutating func spellDefect(
        _ defect: SampleKind, in column: SampleColumn, of row: SampleRow
    ) -> Bool {
        switch column {
        case .citizenID: spellDefectOfNumber(defect, of: row)
        case .place: spellDefectOfPlace(defect, of: row)
        case .date: spellDefectOfDate(defect)
        case .event:
            set(defect == .eventUnknown, "transfer") || set(defect == .eventMissing, "")
        case .departure: set(defect == .departureNoSuchDay, "2019-02-30")
        case .updatedAt:
            set(defect == .updatedMissing, "")
                || set(defect == .updatedNoSuchTime, "2019-03-05 25:00:00")
        case .sex: set(defect == .sexMismatch, row.citizen.isMale ? "2" : "1")
        case .birthDate: spellDefectOfBirth(defect, of: row)
        case .cause: set(defect == .causeUnknown, "retirement")
        case .originCode, .registeredCode: set(defect == .originCode, "4499AB")
        case .originClass: set(defect == .originClass, "22")
        case .permitIssued: set(defect == .optionalDate, "2019-13-01")
        case .name:
            defect == .optionalBytes ? setBytes([0xFF, 0x7A, 0x68]) : false
        default: false
        }
    }

    private mutating func set(_ applies: Bool, _ text: String) -> Bool {
        if applies { field.append(contentsOf: text.utf8) }
        return applies
    }

    /// 0xFF begins a character in neither encoding.
    private mutating func setBytes(_ bytes: [UInt8]) -> Bool {
        field.append(contentsOf: bytes)
        return true
    }

    private mutating func spellDefectOfBirth(_ defect: SampleKind, of row: SampleRow) -> Bool {
        if defect == .birthMismatch {
            return set(true, CalendarDate(dayNumber: row.citizen.birth + 1).description)
        }
        return source == .registration && set(defect == .optionalDate, "1980-02-30")
    }

    private mutating func spellDefectOfPlace(_ defect: SampleKind, of row: SampleRow) -> Bool {
        switch defect {
        case .bytesDamaged: return setBytes([0x34, 0x34, 0x39, 0x39, 0xFF, 0x31, 0x30])
        case .placeShort: append(row.place / 10, width: 11)
        case .placeLetters: return set(true, "4499O1001OO1")
        case .placeMissing: return true
        default: return false
        }
        return true
    }

    private mutating func spellDefectOfDate(_ defect: SampleKind) -> Bool {
        set(defect == .dateNoSuchDay, "2018-02-30") || set(defect == .dateMissing, "")
            || set(defect == .dateText, "unknown") || set(defect == .dateAfter2099, "2100-01-01")
    }

    private mutating func spellDefectOfNumber(_ defect: SampleKind, of row: SampleRow) -> Bool {
        let first17 = row.citizen.first17
        let check = row.citizen.citizenID.checkCharacter
        switch defect {
        case .idMissing: return true
        case .idExponent: return set(true, "4.49901E+17")
        case .idZeros:
            // With 00 as its last digits the number must not have the check character 0.
            var damaged = first17 / 100 * 100
            if CitizenID(first17: damaged).checkCharacter == UInt8(ascii: "0") { damaged += 100 }
            append(damaged, width: 17)
            field.append(UInt8(ascii: "0"))
        case .idShort:
            append(first17, width: 17)
        case .idLetters:
            append(first17 / 1_000_000_000, width: 8)
            field.append(UInt8(ascii: "Q"))
            append(first17 % 100_000_000, width: 8)
            field.append(check)
        case .idWrongCheck:
            append(first17, width: 17)
            field.append(check == UInt8(ascii: "5") ? UInt8(ascii: "6") : UInt8(ascii: "5"))
        case .foreignerOld:
            field.append(contentsOf: "CAN".utf8)
            append(row.citizen.index, width: 12)
        default: return false
        }
        return true
    }
}
