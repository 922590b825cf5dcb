import PopulationModel

extension CasePlanter {
    package mutating func plantRegistrationStory() {
        switch story {
        case .recordRevoked, .recordRestored, .revokedWithoutRecord, .revokedTooEarly,
            .revokedAfterKnownAt, .threeVersions, .versionTie, .duplicateOtherSpelling,
            .datedAfterEnd, .writtenAfterKnownAt, .tieOfCodes, .placeOf15Digits:
            let citizen = self.citizen()
            plant(firstRegistration(of: citizen), counts: false)
            let day = random.day(
                from: SampleCalendar.day(2016, 2, 1), through: SampleCalendar.day(2019, 10, 1))
            let place = territory.units[ruralUnit()].code(on: day)
            let row = registration(of: citizen, record: 2, .move_within, place, day: day)
            plantVersions(of: row)
        case .tieOfEvents, .harmlessTie: plantTie()
        case .nameConflict, .nameConflictAcrossSources, .nameVariant, .rareCharacter:
            plantNames()
        case .bothNumberForms: plantBothNumberForms()
        case .centenarian: plantCentenarian()
        case .deathOpenStay: plantOpenStay(after: .death)
        case .militaryOpenStay: plantOpenStay(after: .military)
        case .emigrationOpenStay: plantOpenStay(after: .emigration)
        case .unlistedUnit:
            plantUnit(SampleTerritory.unlistedCodes[number % SampleTerritory.unlistedCodes.count])
        case .abolishedUnit: plantUnit(SampleTerritory.abolishedCode)
        case .lateUnit: plantUnit(SampleTerritory.lateCode)
        case .oldCodeLate, .newCodeEarly, .rezoned: plantRecodedUnit()
        default: plantEvents()
        }
    }

    private mutating func plantTie() {
        let citizen = self.citizen()
        plant(firstRegistration(of: citizen), counts: false)
        let day = SampleCalendar.day(2017, 6, Int32(1 + random.below(28)))
        let place = territory.units[ruralUnit()].code(on: day)
        let row = registration(of: citizen, record: 2, .correction, place, day: day)
        var other = row
        other.recordNumber += 1
        if story == .tieOfEvents {
            other.event = .supplement
        } else {
            other.citizen.education = row.citizen.education == 30 ? 20 : 30
        }
        plant(row)
        plant(other)
    }

    private mutating func plantNames() {
        let forms: [(NameForm, NameForm)] = [
            (.plain, .blank), (.plain, .fullWidthBlank), (.dotted, .bulletDotted),
            (.letter, .fullWidthLetter),
        ]
        var citizen = self.citizen()
        var (first, second) = forms[number % forms.count]
        if story == .rareCharacter { (first, second) = (.rare, .rare) }
        if story == .nameConflict || story == .nameConflictAcrossSources {
            (first, second) = (.plain, .other)
        }
        citizen.nameForm = first
        let row = firstRegistration(of: citizen)
        plant(row)
        citizen.nameForm = second
        if story == .nameConflictAcrossSources {
            let place = territory.units[urbanUnit()].code(on: SampleCalendar.day(2016, 5, 1))
            plant(stay(of: citizen, record: 1, place, from: SampleCalendar.day(2016, 5, 1)))
        } else {
            let day = SampleCalendar.day(2016, 5, Int32(1 + random.below(28)))
            plant(registration(of: citizen, record: 2, .correction, row.place, day: day))
        }
    }

    private mutating func plantBothNumberForms() {
        let citizen = self.citizen()
        var row = firstRegistration(of: citizen)
        // Sequences from 996 on would turn into a birth in the 19th century.
        row.hasFifteenDigits = citizen.first17 % 1_000 < 996
        plant(row)
        let day = SampleCalendar.day(2016, 9, Int32(1 + random.below(28)))
        plant(registration(of: citizen, record: 2, .correction, row.place, day: day))
    }

    private mutating func plantCentenarian() {
        var citizen = self.citizen()
        let n = UInt64(number)
        let yyyymmdd =
            (1_890 + n / 99 % 10) * 10_000 + (1 + n / 990 % 12) * 100 + 1 + n / 11_880 % 28
        citizen.first17 = ((449_901 + n % 99) * 100_000_000 + yyyymmdd) * 1_000 + 996 + n % 4
        citizen.isMale = citizen.first17 & 1 == 1
        citizen.birth = citizen.citizenID.birthDate!.dayNumber
        var row = firstRegistration(of: citizen)
        row.date = SampleCalendar.day(1985, 3, 1)
        row.updated = Timestamp(date: CalendarDate(dayNumber: row.date + 9), secondOfDay: 0)
        row.hasFifteenDigits = true
        plant(row)
        let day = SampleCalendar.day(1999, 4, Int32(1 + random.below(28)))
        plant(registration(of: citizen, record: 2, .death, row.place, day: day))
    }

    private mutating func plantOpenStay(after event: RegistrationEvent) {
        let citizen = self.citizen()
        let row = firstRegistration(of: citizen)
        plant(row)
        let day = random.day(
            from: SampleCalendar.day(2016, 3, 1), through: SampleCalendar.day(2020, 3, 1))
        plant(registration(of: citizen, record: 2, event, row.place, day: day))
        // Present anywhere: every other one stays outside of the area.
        let arrival = SampleCalendar.day(2015, 6, Int32(1 + random.below(28)))
        let place =
            number % 2 == 0
            ? territory.units[urbanUnit()].code(on: arrival) : Household.ownProvince[number % 7]
        plant(stay(of: citizen, record: 1, place, from: arrival))
    }

    private mutating func plantUnit(_ code: UInt64) {
        var row = firstRegistration(of: citizen())
        row.place = code
        plant(row)
    }

    private mutating func plantRecodedUnit() {
        let unit = territory.units[Int(territory.recoded[random.below(territory.recoded.count)])]
        let change = unit.changeDays.0
        let citizen = self.citizen()
        var row = firstRegistration(of: citizen)
        row.place = unit.codes.0
        plant(row, counts: false)
        switch story {
        case .rezoned:
            plant(registration(of: citizen, record: 2, .rezoning, unit.codes.1, day: change))
        case .oldCodeLate:
            let day = min(change + 100, SampleCalendar.day(2020, 11, 1))
            plant(registration(of: citizen, record: 2, .correction, unit.codes.0, day: day))
        default:
            plant(
                registration(of: citizen, record: 2, .correction, unit.codes.1, day: change - 60))
        }
    }

    private mutating func plantEvents() {
        let citizen = self.citizen()
        // Who leaves and comes back does so in town: balance58 has a column for each.
        let isUrban = [.militaryAndBack, .gone, .goneAndBack].contains(story)
        var row = firstRegistration(of: citizen, unit: isUrban ? urbanUnit() : nil)
        let events: [RegistrationEvent]
        switch story {
        case .militaryAndBack: events = [.military, .discharge]
        case .deletedAndRestored: events = [.deletion, .restore]
        case .gone: events = [[.move_out, .emigration, .deletion][number % 3]]
        case .goneAndBack: events = [.move_out, .return]
        case .corrected:
            events = [.correction, .supplement]
            row.event = .birth
            row.date = citizen.birth
            row.updated = RegistrationHistory.updated(after: row.date, random: &random)
        default:
            events = [.move_within]
            row.place = territory.units[0].codes.0
        }
        plant(row)
        for (position, event) in events.enumerated() {
            let day = SampleCalendar.day(
                Int32(2016 + 2 * position), 9, Int32(1 + random.below(28)))
            let place = event == .move_within ? territory.units[1].codes.0 : row.place
            plant(
                registration(
                    of: citizen, record: UInt64(2 + position), event, place, day: day))
        }
    }
}
