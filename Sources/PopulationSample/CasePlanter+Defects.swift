import PopulationModel

extension CasePlanter {
    /// One damaged row; where it is rejected, the citizen has a sound registration beside it.
    package mutating func plantDefect(source: Source) {
        let citizen = self.citizen()
        if story.measure == .rejected {
            plant(firstRegistration(of: citizen), counts: false)
        }
        var row = damagedRow(of: citizen, source: source)
        row.defect = story
        damageValues(of: &row)
        plant(row)
    }

    private mutating func damagedRow(of citizen: SampleCitizen, source: Source) -> SampleRow {
        let year = Int32(2016 + random.below(5))
        let day = SampleCalendar.day(year, Int32(1 + random.below(11)), Int32(1 + random.below(28)))
        let place = territory.units[urbanUnit()].code(on: day)
        guard source == .registration else {
            var row = stay(of: citizen, record: 2, place, from: day)
            row.registeredCode = Household.otherProvinces[random.below(7)]
            return row
        }
        var row = registration(of: citizen, record: 2, .move_in, place, day: day)
        row.cause = SettlementCause.employment.rawValue
        row.origin = Household.ownProvince[random.below(7)]
        row.originClass = 220
        return row
    }

    /// Defects that lie in a value and not in its spelling.
    private func damageValues(of row: inout SampleRow) {
        let first17 = row.citizen.first17
        let year = first17 / 10_000_000 % 10_000
        let sequence = first17 % 1_000
        let address = first17 / 100_000_000_000
        func number(_ address: UInt64, _ yyyymmdd: UInt64) -> UInt64 {
            (address * 100_000_000 + yyyymmdd) * 1_000 + sequence
        }
        switch story {
        case .idNoSuchDay: row.citizen.first17 = number(address, (year | 1) * 10_000 + 229)
        case .idBefore1850: row.citizen.first17 = number(address, 18_490_615)
        case .idAfterUpdate:
            row.citizen.first17 = number(address, 20_200_615)
            row.updated = Timestamp(
                date: CalendarDate(dayNumber: SampleCalendar.day(2018, 3, 1)), secondOfDay: 36_000)
            row.date = SampleCalendar.day(2018, 2, 20)
        case .dateBeforeBirth: row.date = row.citizen.birth - 1
        case .departureBeforeArrival: row.departure = row.date - 1
        case .hongKong: row.citizen.first17 = number(810_000, first17 / 1_000 % 100_000_000)
        case .macau: row.citizen.first17 = number(820_000, first17 / 1_000 % 100_000_000)
        case .taiwan: row.citizen.first17 = number(830_000, first17 / 1_000 % 100_000_000)
        case .foreigner:
            // The inner layout of the new foreigners' number is not published.
            row.citizen.first17 = 91_124_000_000_000_000 + first17 % 100_000_000_000
        default: break
        }
    }
}
