/// Histories that move people between town and country from year to year, for the tables of
/// SPEC 6.1 to 6.3: every event, cause and origin, families, recoded and reclassified units.
extension UglyPeople {
    static let ruralUnits = units(ofClass: "2")
    static let urbanUnits = units(ofClass: "1")

    private static func units(ofClass first: Character) -> [String] {
        // Early units twice, so that most people are somewhere at every date.
        (UglyWorld.first + UglyWorld.first + UglyWorld.second)
            .filter { $0.1.first == first && $0.0 != UglyWorld.nobody }.map(\.0)
    }

    /// Between 1 and 4 people with one story; `index` is that of the first.
    mutating func addStory(_ index: Int) {
        let year = Dates.parts(random.pick(dates)).y
        let from = random.pick(UglyPeople.ruralUnits)
        let to = random.pick(UglyPeople.urbanUnits)
        let household = random.pick(["", "88", "H9"])
        let day = dayOf(year)
        let kind = random.below(12)
        for member in 0..<random.pick([1, 1, 2, 3, 4]) {
            var person = person(index * 5 + member)
            if kind == 0 { person = newborn(person, on: day) }
            person.home = to
            // Now and then a member goes later, so that a family settles in two years.
            let own = random.chance(15) ? dayOf(year + 1) : day
            var steps = story(kind, person, from: from, to: to, on: own)
            for index in steps.indices {
                steps[index] = steps[index].with("household_no", household)
            }
            registration += steps
            if random.chance(45) { addHolderStay(person) }
        }
    }

    /// One person with a stay inside the area and no registration there.
    mutating func addHolder(_ index: Int) {
        var person = person(index)
        if random.chance(40) {
            person.home = random.pick(UglyWorld.outsideUnits)
            registration.append(
                registrationRow(person, "initial", max("2010-01-01", person.birth)))
        }
        addHolderStay(person)
        if random.chance(8) {
            // Dead, a soldier or abroad with an open stay: closed but present.
            let event = random.pick(Words.closedEvents)
            registration.append(
                registrationRow(person, event, someDate(notBefore: person.birth)))
        }
    }

    // MARK: Steps of a story

    private mutating func story(
        _ kind: Int, _ person: UglyPerson, from: String, to: String, on day: String
    ) -> [UglyRow] {
        let moving = ["move_in", "move_within", "rezoning", "correction", "supplement", "restore"]
        switch kind {
        case 0:
            return [step(person, "birth", at: to, on: max(day, person.birth))]
        case 1, 2, 3:
            let event = random.chance(70) ? "move_in" : random.pick(moving)
            return [begin(person, at: from), step(person, event, at: to, on: day)]
        case 4, 10, 11:
            // From outside, with or without a known origin.
            return [step(person, random.chance(80) ? "move_in" : "initial", at: to, on: day)]
        case 5:
            // Out of town: gone, to a village, to another town, to a unit that nobody knows.
            let end = random.pick(Words.inactiveEvents + ["move_in", "rezoning", "correction"])
            let place = random.pick(
                [from, random.pick(UglyPeople.urbanUnits), random.pick(UglyWorld.special)]
                    + UglyWorld.outsideUnits)
            return [begin(person, at: to), step(person, end, at: place, on: day)]
        case 6:
            let left = UglyDates.adding(days: -random.between(1, 900), to: day)
            let (gone, back) = random.pick([
                ("military", "discharge"), ("emigration", "return"), ("deletion", "restore"),
                ("move_out", "return"), ("move_out", "discharge"),
            ])
            return [
                begin(person, at: random.pick([from, to])), step(person, gone, at: from, on: left),
                step(person, back, at: to, on: day),
            ]
        case 7:
            return inPlace(person, on: day)
        case 8:
            let later = dayOf(Dates.parts(day).y + random.pick([1, 2]))
            return [
                begin(person, at: from), step(person, "move_in", at: to, on: day),
                step(person, random.pick(["move_in", "move_out"]), at: from, on: later),
                step(person, "move_in", at: to, on: dayOf(Dates.parts(later).y + 1)),
            ]
        default:
            return [
                begin(person, at: random.pick(UglyPeople.urbanUnits)),
                step(person, random.chance(80) ? "move_in" : random.pick(moving), at: to, on: day),
            ]
        }
    }

    /// Stays in a unit whose code or class changes, sometimes with another row under either code.
    private mutating func inPlace(_ person: UglyPerson, on day: String) -> [UglyRow] {
        if random.chance(50) {
            // Another row in a village that has become urban: nobody moves, whatever the event.
            let (village, town) = random.pick(UglyWorld.raised)
            let year = random.pick([2018, 2019, 2020, 2020])
            let event = random.pick(["move_within", "move_in", "initial", "supplement"])
            return [
                begin(person, at: village), step(person, event, at: town, on: dayOf(year)),
            ]
        }
        let place = random.pick(UglyWorld.changing)
        let again = random.pick(UglyWorld.changing.filter { $0 != place } + [place])
        return [begin(person, at: place)]
            + (random.chance(50) ? [] : [step(person, "move_within", at: again, on: day)])
    }

    private mutating func begin(_ person: UglyPerson, at unit: String) -> UglyRow {
        step(person, "initial", at: unit, on: "2009-05-01")
    }

    private mutating func step(
        _ person: UglyPerson, _ event: String, at unit: String, on day: String
    ) -> UglyRow {
        var row = registrationRow(person, event, max(day, person.birth))
            .with("division_code", unit)
        row.cells["cause"] = .verbatim(random.chance(20) ? "" : random.pick(Words.causes))
        row.cells["origin_code"] = .value(
            random.pick([
                "", "440106", "440106", "350203001", "449902102201", "350203", "4499021",
                // Belongs to the area in the second edition; codes of origin are not mapped.
                "449812100201",
            ]))
        row.cells["origin_class"] = .value(random.pick(["", "220", "210", "220", "111", "121"]))
        return row
    }

    /// A day of a year, or one beside its ends.
    private mutating func dayOf(_ year: Int) -> String {
        switch random.below(12) {
        case 0: return Dates.iso(year - 1, 12, 31)
        case 1: return Dates.iso(year, 1, 1)
        case 2: return Dates.iso(year, 12, 31)
        default: return UglyDates.adding(days: random.below(365), to: Dates.iso(year, 1, 1))
        }
    }

    /// The same person, born on a day of a year or shortly before it.
    private mutating func newborn(_ person: UglyPerson, on day: String) -> UglyPerson {
        var child = person
        child.birth = UglyDates.adding(days: -random.pick([0, 0, 1, 30, 400]), to: day)
        child.number = UglyPeople.number(
            "449901", child.birth, Int(person.number.dropFirst(14).prefix(3))!)
        return child
    }

    // MARK: Stays with permits

    private mutating func addHolderStay(_ person: UglyPerson) {
        let t = random.pick(dates)
        let months = random.pick([1, 5, 6, 7, 12, 24, 30, 36, 60, 61, 72])
        let shift = random.pick([0, 0, 1, -1, 10])
        let arrival = max(
            UglyDates.adding(days: shift, to: Dates.adding(months: -months, to: t)), person.birth)
        var row = stayRow(person, arrival, "", since: arrival)
        row.cells["residence_code"] = .value(
            random.chance(70) ? random.pick(UglyPeople.urbanUnits) : random.pick(UglyPeople.units))
        residency.append(row)
    }

    /// The columns of permit, work, insurance and counted years, most of them at a boundary.
    mutating func fillPermit(_ row: inout UglyRow, arrival: String) {
        let t = random.pick(dates)
        let issued = random.pick([
            "", arrival, UglyDates.adding(days: 15, to: arrival), t,
            UglyDates.adding(days: 1, to: t), someDate(notBefore: "2009-01-01"),
        ])
        row.cells["permit_no"] = .value(issued.isEmpty ? "" : random.pick(["P1", "P2", ""]))
        row.cells["permit_issued"] = .value(issued)
        let validTo = random.pick([
            t, UglyDates.adding(days: -1, to: t), UglyDates.adding(days: 1, to: t),
            UglyDates.adding(days: 200, to: t), "",
            issued.isEmpty ? "" : UglyDates.adding(days: 365, to: issued),
        ])
        row.cells["permit_valid_to"] = .value(validTo)
        row.cells["employed_since"] = .value(random.chance(20) ? "" : fullYears(before: t))
        row.cells["insured_since"] = .value(random.chance(20) ? "" : fullYears(before: t))
        if random.chance(20) {
            // Endorsed late: counted anew.
            row.cells["count_from"] = .value(fullYears(before: t))
        }
    }

    /// Some full years before a day, or one day more or less.
    private mutating func fullYears(before t: String) -> String {
        let years = random.pick([0, 1, 2, 3, 3, 3, 4, 5, 6, 10])
        return UglyDates.adding(
            days: random.pick([0, 0, 1, -1]), to: Dates.adding(months: -12 * years, to: t))
    }
}
