/// Rows that SPEC 3 sets aside, one fault or several, and rows that are out of scope.
extension UglyPeople {
    static let faults = [
        "row-shape", "encoding", "id-missing", "id-damaged", "id-format", "id-check",
        "id-birth-date", "division-format", "event-unknown", "date", "departure-date",
        "updated-at",
    ]

    mutating func addFaults() {
        for isStay in [false, true] {
            for fault in UglyPeople.faults where random.chance(70) {
                for _ in 0..<random.between(1, 2) { addFaulty([fault], isStay: isStay) }
            }
            for _ in 0..<random.between(2, 6) {
                let chosen = (0..<random.between(2, 3)).map { _ in random.pick(UglyPeople.faults) }
                addFaulty(chosen, isStay: isStay)
            }
            for _ in 0..<random.between(0, 4) { addOutOfScope(isStay: isStay) }
        }
    }

    private mutating func anyRow(isStay: Bool) -> (UglyRow, UglyPerson) {
        let person = person(random.below(900))
        let date = someDate(notBefore: person.birth)
        if isStay { return (stayRow(person, date, "", since: date), person) }
        return (registrationRow(person, random.pick(Words.events), date), person)
    }

    private mutating func addFaulty(_ faults: [String], isStay: Bool) {
        var (row, person) = anyRow(isStay: isStay)
        for fault in faults { spoil(&row, fault, person, isStay: isStay) }
        if isStay { residency.append(row) } else { registration.append(row) }
    }

    private mutating func addOutOfScope(isStay: Bool) {
        var (row, _) = anyRow(isStay: isStay)
        let prefix = random.pick(["810000", "820000", "830000", "910156", "999999"])
        let birth = random.pick(["1985-06-15", "1990-11-03", "1982-13-29"])
        var number = UglyPeople.number(prefix, birth, random.below(999))
        if random.chance(25) { number = random.pick(["USA", "CHE"]) + "123456789012" }
        row = row.verbatim("citizen_id", number)
        if random.chance(30) {
            row = row.verbatim(isStay ? "arrival_date" : "event_date", "2010.03")
        }
        if random.chance(20) { row = row.verbatim("revoked", "1") }
        if random.chance(10) {
            // A wrong check is told before.
            let last = number.last == "1" ? "2" : "1"
            row = row.verbatim("citizen_id", number.dropLast() + last)
        }
        if isStay { residency.append(row) } else { registration.append(row) }
    }

    private mutating func spoil(
        _ row: inout UglyRow, _ fault: String, _ person: UglyPerson, isStay: Bool
    ) {
        let code = isStay ? "residence_code" : "division_code"
        let date = isStay ? "arrival_date" : "event_date"
        switch fault {
        case "row-shape":
            row.shape = random.pick(["short", "long", "quote", "quote", "open", "lines"])
            if random.chance(8) { row.shape = "bytes" }
        case "encoding":
            let needed = ["citizen_id", code, date, "updated_at"] + (isStay ? [] : ["event"])
            row.cells[random.pick(needed)] = .invalid("坏")
        case "id-missing":
            row = row.verbatim("citizen_id", random.pick(["", "  ", "'", "\u{3000}"]))
        case "id-damaged":
            let cut = Identity.check(Array(person.number.prefix(15).utf8)[0..<15] + [0x30, 0x30])
            row = row.verbatim(
                "citizen_id",
                cut == 0x30
                    ? "4.49901E+17"
                    : random.pick([
                        "4.49901E+17", "4E17", "4.5e+18", "4.49901198002E17",
                        person.number.prefix(15) + "000",
                    ]))
        case "id-format":
            row = row.verbatim("citizen_id", idOfWrongForm(person))
        case "id-check":
            let wrong = person.number.last == "7" ? "3" : "7"
            row = row.verbatim("citizen_id", person.number.dropLast() + wrong)
        case "id-birth-date":
            spoilBirth(&row)
        case "division-format":
            let inside = ["4499", "44990100100", "4499010010011", "449901001O01", ""]
            let stay = ["449901", "449901001", "12345", "4401060010012"]
            row = row.verbatim(code, random.pick(isStay ? stay + inside : inside))
        case "event-unknown":
            row = row.verbatim("event", random.pick(["", "777", "moved"]))
        case "date":
            let before = UglyDates.adding(days: -1, to: person.birth)
            row = row.verbatim(
                date,
                random.pick([
                    "", "2010.03", "20160300", "42430", "2100-01-01", "1849-12-31", "2015-02-29",
                    "2015-1-1-1", before,
                ]))
        case "departure-date":
            let arrival = Dates.date(row.text("arrival_date")) ?? "2015-03-01"
            let before = UglyDates.adding(days: -1, to: arrival)
            row = row.verbatim("departure_date", random.pick(["20160300", "soon", before]))
        default:
            row = row.verbatim(
                "updated_at",
                random.pick([
                    "", "2015-13-01", "2015-01-01 25:00", "2015-01-01 8:5", "20150101106060",
                    "2015-01-01 08:00:00Z", "10:00:00",
                ]))
        }
    }

    private mutating func idOfWrongForm(_ person: UglyPerson) -> String {
        let number = person.number
        return random.pick([
            String(number.prefix(17)), number + "1", String(number.prefix(14)), "1",
            number.prefix(10) + "X" + number.suffix(7), "ABCD12345678901", "AB1234567890123",
            "44990119800229001A", "4E+171", "身份证", "4499011980-0229-01",
        ])
    }

    private mutating func spoilBirth(_ row: inout UglyRow) {
        switch random.below(4) {
        case 0:
            let birth = random.pick(["1982-02-29", "1980-13-01", "1980-00-10", "1849-12-31"])
            row = row.verbatim("citizen_id", UglyPeople.number("449901", birth, 5))
        case 1:
            // 15 digits are upgraded before anything is looked at.
            row = row.verbatim("citizen_id", "449901821301001")
        case 2:
            // Born the day after the source wrote the row; both other dates are unreadable.
            let number = UglyPeople.number("449901", "2016-03-02", random.below(99))
            row = row.verbatim("citizen_id", number).with("updated_at", "2016-03-01 23:59:59")
        default:
            // Born the same day: this row is right.
            let number = UglyPeople.number("449902", "2016-03-02", random.below(99))
            row = row.verbatim("citizen_id", number).with("updated_at", "2016-03-02 00:00:00")
            row = row.with(
                row.cells["arrival_date"] == nil ? "event_date" : "arrival_date",
                "2016-03-02")
            row.cells["departure_date"] = .value("")
        }
    }
}
