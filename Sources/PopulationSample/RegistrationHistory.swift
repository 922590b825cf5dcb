import PopulationModel

/// The registrations of one citizen: a first row, and what happens up to 2020.
package struct RegistrationHistory {
    package let citizen: SampleCitizen
    package let role: Role
    package let household: Household
    /// Day on which the person leaves the population for good; `Int32.max` = not until 2020.
    package private(set) var closingDay: Int32 = .max
    package private(set) var closingEvent = RegistrationEvent.death
    /// The person moves with the household.
    package private(set) var moves = false

    package static let begin = SampleCalendar.day(2016, 1, 1)
    /// The last day of an event: its row is written before the end of January 2021.
    package static let end = SampleCalendar.day(2020, 12, 31)

    /// Thousandths of each group of birth years that die within the five years.
    private static let deathShares = [580, 420, 260, 130, 58, 28, 14, 8, 5, 4, 2, 1, 1]

    package init(citizen: SampleCitizen, role: Role, household: Household) {
        self.citizen = citizen
        self.role = role
        self.household = household
    }

    package var isRegisteredAtFirst: Bool {
        household.kind != .floating && household.kind != .arriving
    }

    package mutating func draw(random: inout SplitMix64) {
        let group = role.group
        let draw = random.below(1_000_000)
        let mayClose = isRegisteredAtFirst && citizen.birth < Self.end - 40
        if !mayClose {
            // Of people registered elsewhere no death is written down here.
        } else if draw < Self.deathShares[group] * 1_000 {
            closingDay = random.day(from: max(Self.begin, citizen.birth + 1), through: Self.end)
        } else if (9...10).contains(group), draw > 999_000 {
            closingDay = random.day(from: Self.begin, through: Self.end)
            closingEvent = draw & 1 == 0 ? .military : .emigration
        }
        let isOfParty = household.movesWhole || role.relation == 2
        moves =
            isOfParty && household.moveDay != .max && citizen.birth < household.moveDay
            && closingDay > household.moveDay
    }

    /// Unit index of the registration on a day; -1 when there is none in the area.
    package func unit(on day: Int32) -> Int {
        switch household.kind {
        case .floating: return -1
        case .arriving: return arrivingIsRegistered(on: day) ? household.unit : -1
        default: break
        }
        guard day >= household.moveDay else { return household.unit }
        if moves { return household.move == .leavesArea ? -1 : household.unitAfter }
        let isBornLater = citizen.birth >= household.moveDay && household.movesWhole
        return isBornLater && household.move == .withinArea ? household.unitAfter : household.unit
    }

    private func arrivingIsRegistered(on day: Int32) -> Bool {
        day >= household.moveDay && (moves || citizen.birth >= household.moveDay)
    }

    package func appendRows(
        to rows: inout [SampleRow], territory: SampleTerritory, random: inout SplitMix64
    ) {
        switch household.kind {
        case .floating:
            return
        case .arriving:
            var row = base(territory: territory, random: &random)
            if moves { describeMove(&row) }
            rows.append(row)
        default:
            let first = base(territory: territory, random: &random)
            rows.append(first)
            appendRewrite(of: first, to: &rows, random: &random)
            if moves {
                var row = self.row(number: 2, date: household.moveDay, random: &random)
                describeMove(&row)
                let unit = household.move == .leavesArea ? household.unit : household.unitAfter
                row.place = territory.units[unit].code(on: row.date)
                rows.append(row)
            } else {
                appendSmallEvent(to: &rows, territory: territory, random: &random)
            }
        }
        if closingDay != .max {
            var row = self.row(number: 3, date: closingDay, random: &random)
            row.event = closingEvent
            let unit = self.unit(on: closingDay)
            row.place = territory.units[unit >= 0 ? unit : household.unit].code(on: closingDay)
            rows.append(row)
        }
    }

    /// The first registration: at birth, when the household was first written down, or on arrival.
    private func base(territory: SampleTerritory, random: inout SplitMix64) -> SampleRow {
        let start = household.kind == .arriving ? household.moveDay : household.since
        let isBorn = citizen.birth >= start
        var row = self.row(number: 0, date: isBorn ? citizen.birth : start, random: &random)
        row.isLater = false
        row.event = isBorn ? .birth : .initial
        let unit = self.unit(on: row.date)
        row.place = territory.units[unit >= 0 ? unit : household.unit].code(on: row.date)
        return row
    }

    private func row(number: UInt64, date: Int32, random: inout SplitMix64) -> SampleRow {
        var row = SampleRow(source: .registration, citizen: citizen)
        row.recordNumber = citizen.index * 8 + number + 1
        row.date = date
        row.updated = Self.updated(after: date, random: &random)
        row.household = householdNumber(on: date)
        row.householdType = UInt8(
            household.kind == .collective ? 2 : household.kind == .community ? 3 : 1)
        row.relation = role.relation
        row.isLater = true
        return row
    }

    /// A head who moves alone opens a household of his own.
    private func householdNumber(on date: Int32) -> UInt64 {
        let isAlone = moves && !household.movesWhole && date >= household.moveDay
        return isAlone ? household.number + 500_000_000 : household.number
    }

    private func describeMove(_ row: inout SampleRow) {
        guard household.move != .leavesArea else {
            row.event = .move_out
            return
        }
        row.event = .move_in
        row.cause = household.cause.rawValue
        row.origin = household.origin
        row.originClass = household.originClass
        row.originDigits = household.number % 3 == 0 ? 6 : 12
    }

    /// Some first rows were written anew years later, under the same record.
    private func appendRewrite(
        of first: SampleRow, to rows: inout [SampleRow], random: inout SplitMix64
    ) {
        guard random.below(1_000) < 72, first.updated.date.dayNumber < Self.begin - 330
        else { return }
        var newer = first
        newer.isLater = true
        newer.citizen.education = first.citizen.education == 0 ? 90 : 60
        newer.updated = Self.updated(
            after: random.day(from: Self.begin - 300, through: Self.end), random: &random)
        rows[rows.count - 1].isVoided = true
        rows.append(newer)
    }

    /// Rare events of one person that change nothing, or that are taken back.
    private func appendSmallEvent(
        to rows: inout [SampleRow], territory: SampleTerritory, random: inout SplitMix64
    ) {
        let draw = random.below(10_000)
        guard draw < 60, closingDay == .max else { return }
        let date = random.day(
            from: max(Self.begin - 900, citizen.birth + 1), through: Self.end)
        guard date > household.since, date < household.moveDay else { return }
        var row = self.row(number: 4, date: date, random: &random)
        row.place = territory.units[household.unit].code(on: date)
        row.event =
            draw < 30 ? .correction : draw < 45 ? .supplement : draw < 55 ? .move_within : .deletion
        rows.append(row)
    }

    /// When the source wrote a row: one to 25 days later; one in ten without a time of day, one in
    /// ten without seconds, as `RowSpelling` writes them in short forms.
    @inline(__always)
    package static func updated(after date: Int32, random: inout SplitMix64) -> Timestamp {
        let draw = random.next()
        let lag = Int32(1 + (draw & 0xFFFF) % 25)
        let day = CalendarDate(dayNumber: date + lag)
        var second = Int32((draw >> 16) % 86_400)
        let kind = (draw >> 48) % 10
        if kind == 0 { second = 0 }
        if kind == 1 { second -= second % 60 }
        return Timestamp(date: day, secondOfDay: second)
    }
}
