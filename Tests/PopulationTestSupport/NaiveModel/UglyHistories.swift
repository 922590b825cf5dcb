/// The histories of registration and of stays, with versions, revocations, ties and copies.
extension UglyPeople {
    mutating func addCitizen(_ index: Int) {
        var person = person(index)
        if random.chance(82) { addRegistration(&person) }
        if random.chance(75) { addStays(person) }
    }

    // MARK: Registration

    private mutating func addRegistration(_ person: inout UglyPerson) {
        var date = random.chance(25) ? person.birth : someDate(notBefore: person.birth)
        if random.chance(50) { date = max("2009-05-01", person.birth) }
        let rows = random.pick([1, 1, 2, 2, 3, 4])
        for index in 0..<rows {
            var event =
                index == 0
                ? random.pick(["initial", "initial", "birth", "move_in"])
                : random.pick(Words.events)
            if index > 0, random.chance(30) {
                event = random.pick(["move_within", "correction", "rezoning", "move_out"])
            }
            if random.chance(4) { event = "105" }
            if random.chance(2) { event = "102" }
            if random.chance(60) || person.home.isEmpty { person.home = inAreaCode() }
            if random.chance(8) { person.home = random.pick(UglyWorld.outsideUnits) }
            let row = registrationRow(person, event, date)
            registration += versions(row, person, code: "division_code", date: "event_date")
            date = max(someDate(notBefore: person.birth), date)
        }
    }

    mutating func registrationRow(_ person: UglyPerson, _ event: String, _ date: String)
        -> UglyRow
    {
        var row = base(person)
        row.cells["household_no"] = .value(random.pick(["", "1", "2", "12", "H3", "007"]))
        row.cells["household_type"] = .value(
            random.pick(["family", "family", "collective", "community", "", "01", "?"]))
        row.cells["relation"] = .value(random.pick(["", "02", "10", "30"]))
        row.cells["division_code"] = .value(random.chance(6) ? person.home + "220" : person.home)
        row.cells["event"] = .verbatim(event)
        row.cells["event_date"] = .value(date)
        let cause = random.chance(6) ? random.pick(["99", "foo"]) : random.pick(Words.causes)
        row.cells["cause"] = .verbatim(random.chance(60) ? "" : cause)
        row.cells["origin_code"] = .value(
            random.pick(["", "", "440106", "350203001", "449902102201"]))
        row.cells["origin_class"] = .value(random.pick(["", "", "220", "111"]))
        if random.chance(3) { row.cells["origin_code"] = .verbatim("44A1") }
        if random.chance(3) { row.cells["origin_class"] = .verbatim("22") }
        row.cells["updated_at"] = .value(updated(after: date, birth: person.birth))
        return row
    }

    // MARK: Stays

    private mutating func addStays(_ person: UglyPerson) {
        let t = random.pick(dates)
        let shift = random.pick([0, 0, 0, -1, 1, 2, 3, -40, -400, 20])
        let since = UglyDates.adding(days: shift, to: Dates.adding(months: -months, to: t))
        var arrival = max(since, person.birth)
        let number = random.pick([1, 1, 1, 2, 2, 3, 4])
        for index in 0..<number {
            let isLast = index == number - 1
            var departure = UglyDates.adding(days: random.pick([0, 5, 40, 70, 90]), to: arrival)
            let next = UglyDates.adding(
                days: random.pick([0, 1, gapDays, gapDays, gapDays + 1, -3]), to: departure)
            if isLast {
                let end = random.pick(
                    ["", "", "", "", t, UglyDates.adding(days: 1, to: t), departure])
                departure = end.isEmpty ? "" : max(end, arrival)
            } else if random.chance(12) {
                departure = ""
            }
            let row = stayRow(person, arrival, departure, since: since)
            residency += versions(row, person, code: "residence_code", date: "arrival_date")
            arrival = max(next, person.birth)
        }
        if random.chance(25) {
            let row = stayRow(person, someDate(notBefore: person.birth), "", since: since)
            residency += versions(row, person, code: "residence_code", date: "arrival_date")
        }
    }

    mutating func stayCode(_ person: UglyPerson) -> String {
        let kind = random.below(100)
        let near = UglyPeople.units.filter { $0.prefix(9) == person.home.prefix(9) }
        if kind < 22 { return near.isEmpty ? person.home : random.pick(near) }
        if kind < 66 { return random.pick(UglyPeople.units) }
        if kind < 78 { return random.pick(UglyWorld.special) }
        return random.pick(kind < 92 ? UglyWorld.outsidePlaces : UglyWorld.abroad)
    }

    mutating func stayRow(
        _ person: UglyPerson, _ arrival: String, _ departure: String, since: String
    ) -> UglyRow {
        var row = base(person)
        let code = stayCode(person)
        row.cells["residence_code"] = .value(
            code.hasPrefix("4499") && random.chance(6) ? code + "111" : code)
        row.cells["arrival_date"] = .value(arrival)
        row.cells["departure_date"] = .value(departure)
        row.cells["registered_code"] = .value(registeredCode(person))
        if random.chance(4) {
            row.cells["registered_code"] = .verbatim(random.pick(["44990", "4499AB", "44 9901"]))
        }
        row.cells["count_from"] = .value(
            random.chance(70)
                ? "" : UglyDates.adding(days: random.pick([-400, -1, 0, 1, 30]), to: since))
        fillPermit(&row, arrival: arrival)
        row.cells["dwelling"] = .value(
            random.pick(["", "own", "rent", "dormitory", "kin", "other", "自有", "tent"]))
        if random.chance(4) { row.cells["insured_since"] = .verbatim("42430") }
        if random.chance(2) { row.cells["departure_date"] = .invalid("坏") }
        row.cells["updated_at"] = .value(updated(after: arrival, birth: person.birth))
        return row
    }

    private mutating func registeredCode(_ person: UglyPerson) -> String {
        if random.chance(15) { return "" }
        if random.chance(35) { return random.pick(UglyWorld.outsidePlaces) }
        if random.chance(15) { return random.pick(UglyPeople.units) }
        return String(person.home.prefix(random.pick([6, 7, 8, 9, 9, 10, 11, 12, 12, 12])))
    }

    // MARK: Versions, revocations, ties, copies

    /// A row and, often, other rows that the rules of SPEC 4 must hold apart from it.
    private mutating func versions(
        _ row: UglyRow, _ person: UglyPerson, code: String, date: String
    ) -> [UglyRow] {
        var rows = [row]
        let time = row.text("updated_at")
        let isStay = code == "residence_code"
        func later(_ seconds: Int) -> String {
            let moved = UglyDates.adding(seconds: seconds, to: time)
            return moved < person.birth ? time : moved
        }
        let yes = random.pick(["1", "true", "Y", "是"])
        if random.chance(15) { rows.append(row) }
        if random.chance(5) { rows.append(row) }
        if random.chance(14), !row.text("record_id").isEmpty {
            // A version of the same record.
            var version = row.with("updated_at", later(random.pick([1, 86400, -86400])))
            if random.chance(60) {
                version = version.with(code, isStay ? stayCode(person) : inAreaCode())
            }
            if random.chance(40) { version = version.with(date, someDate(notBefore: person.birth)) }
            if isStay { version = version.with("departure_date", "") }
            // SPEC 4 leaves open how versions of one second with other dates or places are told.
            if isStay, version.text("updated_at") == time { version = row.with("title", "senior") }
            rows.append(version)
            if random.chance(30) { rows.append(version.with("title", "senior")) }
        }
        if random.chance(7) {
            // The record is cancelled: later, at the same second, or an older version of it.
            let lags = [0, 3600, 3600, -3600, 86400 * 700]
            let cancelled = row.verbatim("revoked", yes)
            rows.append(cancelled.with("updated_at", later(random.pick(lags))))
        }
        if random.chance(7) {
            // Cancelled without record_id, now and then missing its aim.
            let lags = [0, 0, 3600, -1, 86400 * 700]
            var cancelled = row.verbatim("revoked", yes).with("record_id", "")
            cancelled = cancelled.with("updated_at", later(random.pick(lags)))
            if random.chance(15) { cancelled = cancelled.with(code, random.pick(UglyPeople.units)) }
            if random.chance(10), !isStay { cancelled = cancelled.verbatim("event", "correction") }
            rows.append(cancelled)
            if random.chance(40) { rows.append(row.with("record_id", "")) }
        }
        if random.chance(10) { rows.append(tied(row, code, isStay, person)) }
        if random.chance(4) {
            let once = tied(row, code, isStay, person)
            rows.append(tied(once, code, isStay, person))
        }
        if random.chance(5) {
            // From the future.
            let last = dates.last!
            let day = max(
                UglyDates.adding(days: random.pick([1, 30, 200]), to: last), person.birth)
            var future = row.with(date, day).with("updated_at", day + " 10:00:00")
            if isStay { future = future.with("departure_date", "") }
            rows.append(future)
        }
        return rows
    }

    /// A row equal in date and updated_at that differs in something else.
    private mutating func tied(
        _ row: UglyRow, _ code: String, _ isStay: Bool, _ person: UglyPerson
    ) -> UglyRow {
        let newRecord = row.with("record_id", recordID())
        switch random.below(isStay ? 5 : 7) {
        case 0: return newRecord.with(code, isStay ? stayCode(person) : inAreaCode())
        case 1: return row.with("record_id", "").with(code, random.pick(UglyPeople.units))
        case 2: return newRecord
        case 3: return newRecord.with("title", random.pick(["", "senior"]))
        case 4:
            if !isStay { return newRecord.with("household_no", random.pick(["1", "9", "10", ""])) }
            let arrival = row.text("arrival_date")
            let later = UglyDates.adding(days: 50, to: arrival)
            return newRecord.with("departure_date", random.pick(["", arrival, later]))
        case 5: return newRecord.verbatim("event", random.pick(Words.events))
        default:
            return row.with("household_no", random.pick(["1", "9", ""]))
                .with("household_type", random.pick(["family", "community", ""]))
        }
    }
}
