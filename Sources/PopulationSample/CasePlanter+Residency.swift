import PopulationModel

extension CasePlanter {
    package mutating func plantResidencyStory() {
        switch story {
        case .roomChange, .chainAcrossPlaces, .gapOf32Days: plantChain()
        case .localUnregistered, .placeUnknown, .permitValid, .permitSuspended: plantUnregistered()
        case .oldCodeLate, .newCodeEarly: plantStayInRecodedUnit()
        case .countedFromEarlier, .sixMonthsReached, .sixMonthsMissed, .abroad,
            .elsewhereShortCode, .departedOnLastDay, .departsNextDay, .overlappingStays:
            plantSingleStay()
        default:
            let citizen = self.citizen()
            let home = firstRegistration(of: citizen)
            plant(home, counts: false)
            let day = random.day(
                from: SampleCalendar.day(2016, 2, 1), through: SampleCalendar.day(2019, 10, 1))
            var row = stay(
                of: citizen, record: 2, territory.units[urbanUnit()].code(on: day), from: day)
            row.registeredCode = home.place
            plantVersions(of: row)
        }
    }

    private mutating func plantChain() {
        let citizen = self.citizen()
        plant(firstRegistration(of: citizen), counts: false)
        let unit = urbanUnit()
        let neighbour = territory.neighbour(of: unit)
        let other = Household.ownProvince[number % Household.ownProvince.count]
        typealias Part = (place: UInt64, from: Int32, to: Int32)
        let begin = SampleCalendar.day(2020, 9, 25)
        let codes = (
            territory.units[unit].code(on: begin), territory.units[neighbour].code(on: begin)
        )
        let parts: [Part]
        switch story {
        case .roomChange:
            parts = [
                (codes.0, begin - 300, begin - 160), (codes.1, begin - 150, begin - 4),
                (codes.0, begin, 0),
            ]
        case .chainAcrossPlaces:
            parts = [
                (other, begin - 240, begin - 130),
                (StayHistory.abroad[number % 6], begin - 110, begin - 31), (codes.0, begin, 0),
            ]
        default:
            parts = [(codes.0, begin - 700, begin - 32), (codes.1, begin, 0)]
        }
        for (position, part) in parts.enumerated() {
            plant(
                stay(
                    of: citizen, record: UInt64(1 + position), part.place, from: part.from,
                    to: part.to))
        }
    }

    private mutating func plantUnregistered() {
        let citizen = self.citizen()
        let unit = urbanUnit()
        let day = SampleCalendar.day(2017, 3, Int32(1 + random.below(28)))
        var row = stay(of: citizen, record: 1, territory.units[unit].code(on: day), from: day)
        switch story {
        case .localUnregistered:
            row.registeredCode = territory.units[territory.neighbour(of: unit)].code(on: day)
            row.registeredDigits = number % 2 == 0 ? 12 : 9
        case .placeUnknown: row.registeredCode = 0
        default:
            row.registeredCode = Household.otherProvinces[number % 7]
            row.permitIssued = SampleCalendar.day(2018, 3, 1)
            row.permitValidTo = SampleCalendar.day(story == .permitValid ? 2021 : 2020, 3, 1)
            row.insuredSince = SampleCalendar.day(2017, 6, 1)
            row.employedSince = SampleCalendar.day(2017, 5, 1)
            row.updated = RegistrationHistory.updated(
                after: row.permitValidTo - 370, random: &random)
        }
        plant(row)
    }

    private mutating func plantStayInRecodedUnit() {
        let unit = territory.units[Int(territory.recoded[random.below(territory.recoded.count)])]
        let change = unit.changeDays.0
        let isLate = story == .oldCodeLate
        var row = stay(
            of: citizen(), record: 1, isLate ? unit.codes.0 : unit.codes.1,
            from: isLate ? min(change + 40, SampleCalendar.day(2020, 6, 1)) : change - 40)
        row.registeredCode = Household.ownProvince[number % 7]
        plant(row)
    }

    private mutating func plantSingleStay() {
        let citizen = self.citizen()
        let home = firstRegistration(of: citizen)
        plant(home, counts: false)
        var day = SampleCalendar.day(2018, 4, Int32(1 + random.below(28)))
        switch story {
        case .sixMonthsReached: day = SampleCalendar.day(2020, 6, 30)
        case .sixMonthsMissed: day = SampleCalendar.day(2020, 7, 1)
        case .countedFromEarlier: day = SampleCalendar.day(2020, 10, 1)
        default: break
        }
        var row = stay(
            of: citizen, record: 1, territory.units[urbanUnit()].code(on: day), from: day)
        row.registeredCode = home.place
        switch story {
        case .countedFromEarlier: row.countFrom = SampleCalendar.day(2018, 10, 1)
        case .abroad:
            row.place = StayHistory.abroad[number % StayHistory.abroad.count]
            row.placeDigits = row.place % 1_000_000 == 0 ? 6 : 12
        case .elsewhereShortCode:
            row.place = Household.otherProvinces[number % 7] / 1_000_000 * 1_000_000
            row.placeDigits = number % 2 == 0 ? 6 : 9
        case .departedOnLastDay, .departsNextDay:
            row.departure = SampleCalendar.day(2020, 12, 31) + (story == .departsNextDay ? 1 : 0)
            row.updated = RegistrationHistory.updated(after: row.departure, random: &random)
        case .overlappingStays:
            let place = territory.units[urbanUnit()].code(on: day)
            plant(stay(of: citizen, record: 2, place, from: day - 400))
        default: break
        }
        plant(row)
    }

    /// Versions, revocations, duplicates and late rows of one move or stay, alike in both sources.
    package mutating func plantVersions(of row: SampleRow) {
        var first = row
        var later = rewritten(row, daysLater: 40)
        switch story {
        case .recordRevoked, .revokedAfterKnownAt, .revokedWithoutRecord, .revokedTooEarly:
            plantRevocation(of: row)
            return
        case .recordRestored:
            first.isVoided = true
            later.isRevoked = true
            plant(first)
            plant(later)
            plant(rewritten(row, daysLater: 70))
            return
        case .threeVersions:
            first.isVoided = true
            later.isVoided = true
            plant(first)
            plant(later)
            plant(rewritten(row, daysLater: 400))
            return
        case .versionTie, .tieOfCodes:
            later = row
            later.place = territory.units[urbanUnit()].code(on: row.date)
            if later.place == row.place { later.place = territory.units[0].code(on: row.date) }
            if story == .versionTie {
                // Of two versions written at one time the greater code counts.
                first.isVoided = first.place < later.place
                later.isVoided = !first.isVoided
            } else {
                later.recordNumber += 1
            }
            plant(first)
            plant(later)
            return
        case .duplicateOtherSpelling:
            later = row
            later.isDuplicate = true
            // Files differ in their columns, so that rows of two files are seldom equal.
            plant(first, isTogether: true)
            plant(later, isTogether: true)
            later.spellingSalt = 1
            plant(later, isTogether: true)
            return
        case .datedAfterEnd:
            first.date = SampleCalendar.day(2021, 1, 5)
            first.updated = RegistrationHistory.updated(after: first.date, random: &random)
            first.isFuture = true
        case .writtenAfterKnownAt:
            first.date = SampleCalendar.day(2020, 12, 5)
            first.updated = Timestamp(
                date: CalendarDate(dayNumber: SampleCalendar.day(2021, 2, 5)), secondOfDay: 30_000)
            first.isFuture = true
        default:
            first.placeDigits = 15
        }
        plant(first)
    }

    private mutating func plantRevocation(of row: SampleRow) {
        var first = row
        var revocation = rewritten(row, daysLater: 40)
        revocation.isRevoked = true
        switch story {
        case .recordRevoked: first.isVoided = true
        case .revokedAfterKnownAt:
            revocation.updated = Timestamp(
                date: CalendarDate(dayNumber: SampleCalendar.day(2021, 2, 3)), secondOfDay: 30_000)
        case .revokedWithoutRecord:
            first.isVoided = true
            if number % 2 == 0 { first.recordNumber = 0 }
            revocation.recordNumber = 0
        default:
            first.recordNumber = 0
            revocation.recordNumber = 0
            revocation.updated = Timestamp(seconds: row.updated.seconds - 3_600)
        }
        plant(first)
        plant(revocation)
    }
}
