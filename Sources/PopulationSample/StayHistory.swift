import PopulationModel

/// The stays of one citizen away from the registered unit, drawn from a stream of their own.
package struct StayHistory {
    package let history: RegistrationHistory
    package let territory: SampleTerritory
    package var random: SplitMix64

    /// Where a stay leads.
    private enum Destination {
        case townInArea, villageInArea, ownTownship, elsewhere, abroad
    }

    /// Thousandths of the working ages, bounds in the order of `Destination`; the rest stay home.
    private static let ruralBounds = [210, 219, 236, 402, 407]
    private static let urbanBounds = [62, 68, 80, 126, 132]

    package mutating func appendRows(to rows: inout [SampleRow]) {
        guard history.closingDay == .max else { return }
        let kind = history.household.kind
        if kind == .floating || kind == .arriving {
            appendArrival(to: &rows)
            return
        }
        let last = history.unit(on: RegistrationHistory.end)
        guard last >= 0 else { return }
        let draw = random.below(1_000)
        let isWorking = (5...10).contains(history.role.group)
        let bounds = history.household.isRural ? Self.ruralBounds : Self.urbanBounds
        let position = isWorking ? draw : draw * 3
        guard position < bounds[4] else { return }
        let destinations: [Destination] = [
            .townInArea, .villageInArea, .ownTownship, .elsewhere, .abroad,
        ]
        let destination = destinations[bounds.firstIndex { position < $0 }!]
        let from = history.citizen.birth + (isWorking ? 6_000 : 0)
        // Most people left early; without that the rates would climb too fast after 2015.
        let isEarly = random.below(100) < 62 && from < SampleCalendar.day(2015, 1, 1)
        let until =
            isEarly ? SampleCalendar.day(2015, 6, 30) : SampleCalendar.day(2020, 11, 30)
        guard from < until else { return }
        let arrival = random.day(from: max(from, SampleCalendar.day(1998, 1, 1)), through: until)
        // Whoever has moved the registration since lives there.
        guard history.household.moveDay > arrival || !history.moves else { return }
        appendStays(to: destination, arrival: arrival, to: &rows)
    }

    /// A household from outside: one stay, later with a settlement for the arriving.
    private mutating func appendArrival(to rows: inout [SampleRow]) {
        let household = history.household
        let isArriving = household.kind == .arriving
        let end = isArriving ? household.moveDay - 200 : SampleCalendar.day(2020, 12, 10)
        // All members of a household come on one day: the day follows from its number.
        var shared = SplitMix64(seed: household.number, stream: .stays, index: 0)
        let first = shared.day(
            from: isArriving ? end - 1_500 : SampleCalendar.day(2009, 6, 1), through: end)
        let arrival = max(first, history.citizen.birth)
        guard !isArriving || shared.below(10) < 7, arrival < end else { return }
        var row = self.row(number: 0, arrival: arrival)
        row.place = territory.units[household.unit].code(on: arrival)
        describeOrigin(&row, code: household.origin)
        describeLife(&row)
        if isArriving || shared.below(100) < 12 {
            let until = isArriving ? household.moveDay : SampleCalendar.day(2020, 12, 20)
            let departure = shared.day(from: arrival + 30, through: until)
            close(row, on: isArriving ? until : departure, to: &rows)
        } else {
            rows.append(row)
        }
    }

    private mutating func appendStays(
        to destination: Destination, arrival: Int32, to rows: inout [SampleRow]
    ) {
        var row = self.row(number: 0, arrival: arrival)
        let home = history.unit(on: arrival)
        // Those who move their registration later do so to the town where they live.
        let unit =
            destination == .townInArea && history.moves
            ? history.household.unitAfter : destinationUnit(destination, home: home)
        setPlace(&row, destination: destination, unit: unit)
        describeOrigin(&row, code: territory.units[home].code(on: arrival))
        describeLife(&row)
        let ending = random.below(100)
        guard ending < 22 else {
            rows.append(row)
            return
        }
        let departure = random.day(
            from: arrival + 20, through: min(arrival + 2_600, SampleCalendar.day(2020, 12, 25)))
        guard departure > arrival else {
            rows.append(row)
            return
        }
        close(row, on: departure, to: &rows)
        guard ending < 11 else { return }
        // Another room of the same township, within a month.
        let next = departure + Int32(random.below(28))
        guard next <= SampleCalendar.day(2020, 12, 25) else { return }
        var second = row
        second.recordNumber += 1
        second.date = next
        second.updated = RegistrationHistory.updated(after: next, random: &random)
        if unit >= 0 {
            second.place = territory.units[territory.neighbour(of: unit)].code(on: next)
        }
        second.permitIssued = 0
        second.permitValidTo = 0
        rows.append(second)
    }

    /// An open version, and a later one of the same record with its departure.
    private mutating func close(
        _ row: SampleRow, on departure: Int32, to rows: inout [SampleRow]
    ) {
        var open = row
        open.isVoided = true
        rows.append(open)
        var closed = row
        closed.departure = departure
        closed.isLater = true
        closed.updated = max(
            Timestamp(seconds: row.updated.seconds + 1),
            RegistrationHistory.updated(after: departure, random: &random))
        rows.append(closed)
    }

    private mutating func destinationUnit(_ destination: Destination, home: Int) -> Int {
        let county = Int(territory.units[home].county)
        switch destination {
        case .townInArea:
            let target = random.below(10) < 5 ? county : random.place(in: territory.arrivalBounds)
            return territory.urbanUnit(of: target, random: &random)
        case .villageInArea:
            return territory.ruralUnit(
                of: random.place(in: territory.arrivalBounds), random: &random)
        case .ownTownship: return territory.neighbour(of: home)
        case .elsewhere, .abroad: return -1
        }
    }

    private mutating func setPlace(_ row: inout SampleRow, destination: Destination, unit: Int) {
        if unit >= 0 {
            row.place = territory.units[unit].code(on: row.date)
            return
        }
        if destination == .abroad {
            row.place = Self.abroad[random.below(Self.abroad.count)]
            row.placeDigits = row.place % 1_000_000 == 0 ? 6 : 12
            return
        }
        let list = random.below(10) < 6 ? Household.ownProvince : Household.otherProvinces
        row.place = list[random.below(list.count)]
        row.placeDigits = random.below(10) < 5 ? 12 : random.below(2) == 0 ? 9 : 6
    }

    private mutating func describeOrigin(_ row: inout SampleRow, code: UInt64) {
        let draw = random.below(100)
        row.registeredCode = draw < 3 ? 0 : code
        row.registeredDigits = draw < 60 ? 12 : draw < 72 ? 9 : 6
    }

    private mutating func row(number: UInt64, arrival: Int32) -> SampleRow {
        var row = SampleRow(source: .residency, citizen: history.citizen)
        row.recordNumber = history.citizen.index * 8 + number + 1
        row.date = arrival
        row.updated = RegistrationHistory.updated(after: arrival, random: &random)
        return row
    }

    /// Permit, work, insurance and dwelling of a stay in the area.
    private mutating func describeLife(_ row: inout SampleRow) {
        let draw = random.next()
        let isAdult = row.date - row.citizen.birth > 6_000
        row.dwelling = UInt8([1, 1, 2, 2, 2, 2, 3, 3, 4, 5][Int(draw % 10)])
        let isForeign = history.isRegisteredAtFirst == false
        guard isAdult else { return }
        if draw >> 8 & 1 == 0 { row.employedSince = row.date + Int32(draw >> 16 & 0xFF) }
        if draw >> 9 & 3 == 0 { row.insuredSince = row.date + Int32(draw >> 24 & 0x1FF) }
        if draw >> 11 & 31 == 0 { row.countFrom = row.date - Int32(draw >> 34 & 0x1FF) }
        if draw >> 60 == 0 { row.citizen.title = UInt8(1 + (draw >> 33 & 1)) }
        let permitBegin = SampleCalendar.day(2016, 1, 1)
        guard isForeign, draw >> 40 & 7 < 5 else { return }
        row.permitIssued = max(permitBegin, row.date + 200)
        let years = Int32(1 + (draw >> 44) % 5)
        row.permitValidTo = row.permitIssued + 365 * years
        // The last endorsement is what the row was written for.
        let written = min(row.permitValidTo - 365, RegistrationHistory.end - 20)
        guard row.permitIssued <= written else {
            row.permitIssued = 0
            row.permitValidTo = 0
            return
        }
        row.updated = max(row.updated, RegistrationHistory.updated(after: written, random: &random))
    }

    /// Hong Kong, Macau, Taiwan, a foreign country, no place.
    package static let abroad: [UInt64] = [
        810_000_000_000, 820_000_000_000, 710_000_000_000, 900_001_000_000, 990_000_000_012, 0,
    ]
}
