/// One cell of an ugly row before it is written.
enum UglyCell {
    /// A right value in its normal form; written in any form of SPEC 2.4.
    case value(String)
    /// Written as it stands.
    case verbatim(String)
    /// The text with bytes that no encoding knows.
    case invalid(String)
}

/// One row of an ugly extract: canonical column → cell.
struct UglyRow {
    var cells: [String: UglyCell] = [:]
    /// How the row is spoilt as bytes: "", "short", "long", "quote", "open", "lines", "bytes".
    var shape = ""

    func text(_ column: String) -> String {
        switch cells[column] {
        case .value(let text), .verbatim(let text), .invalid(let text): return text
        case nil: return ""
        }
    }

    func with(_ column: String, _ text: String) -> UglyRow {
        var row = self
        row.cells[column] = .value(text)
        return row
    }

    func verbatim(_ column: String, _ text: String) -> UglyRow {
        var row = self
        row.cells[column] = .verbatim(text)
        return row
    }
}

/// One invented citizen.
struct UglyPerson {
    var number: String
    var birth: String
    var name: String
    /// The unit that he is or was registered at, for choosing stays near and far.
    var home = ""
}

/// Writes histories that reach the rules of SPEC 3 and 4 often.
struct UglyPeople {
    var random: UglyRandom
    let dates: [String]
    let months: Int
    let gapDays: Int
    /// What a row without revocation carries in `revoked`, one word per input.
    let notRevoked: String
    var registration: [UglyRow] = []
    var residency: [UglyRow] = []
    private var serial = 0

    static let names = [
        "张三", "李四", "王小五", "赵六啊", "欧阳七", "陈\u{3400}", "周𠮷", "买买提·阿布", "A李",
        "吴\"九", "刘, 十", "古丽·A·汗",
    ]
    static let units = (UglyWorld.first + UglyWorld.second).map(\.0)
        .filter { $0 != UglyWorld.nobody }

    init(
        random: UglyRandom, dates: [String], months: Int, gapDays: Int, notRevoked: String
    ) {
        self.random = random
        self.dates = dates
        self.months = months
        self.gapDays = gapDays
        self.notRevoked = notRevoked
    }

    static func number(_ prefix: String, _ birth: String, _ sequence: Int) -> String {
        let digits = prefix + birth.replacing("-", with: "") + Dates.pad(sequence, 3)
        let check = Identity.check(Array(digits.utf8)[0..<17])
        return digits + String(UnicodeScalar(check))
    }

    mutating func person(_ index: Int) -> UglyPerson {
        let kind = random.below(20)
        let year =
            kind == 0
            ? random.between(1890, 1899)
            : kind < 5
                ? random.between(2008, 2019) : random.between(1905, 2007)
        let month = random.between(1, 12)
        var day = random.between(1, Dates.daysInMonth(year, month))
        if random.chance(20) { day = Dates.daysInMonth(year, month) }
        var birth = Dates.iso(year, month, day)
        if random.chance(5), Dates.isLeapYear(year) { birth = Dates.iso(year, 2, 29) }
        if kind > 0, random.chance(25) {
            // Just of an age at which a group of the services begins or ends.
            let age = random.pick([0, 6, 7, 11, 12, 14, 15, 16, 49, 50, 59, 60, 64, 65])
            birth = UglyDates.adding(
                days: random.pick([0, 1, -1, 90]),
                to: Dates.adding(months: -12 * age, to: random.pick(dates)))
        }
        let prefix = random.pick(["449901", "449902", "449923", "449981", "440106", "350203"])
        let sequence =
            kind == 0 && random.chance(60)
            ? random.between(996, 999) : (index * 37 + random.below(30)) % 999
        var person = UglyPerson(
            number: UglyPeople.number(prefix, birth, sequence), birth: birth,
            name: random.pick(UglyPeople.names))
        person.home = inAreaCode()
        return person
    }

    mutating func inAreaCode() -> String {
        random.chance(22) ? random.pick(UglyWorld.special) : random.pick(UglyPeople.units)
    }

    /// A date near something that matters.
    mutating func someDate(notBefore birth: String) -> String {
        var date = UglyDates.iso(day: Dates.dayNumber("2009-01-01") + random.below(4600))
        if random.chance(25) {
            date = UglyDates.adding(days: random.pick([0, 0, 1, -1, 31]), to: random.pick(dates))
        }
        return max(date, birth)
    }

    mutating func updated(after date: String, birth: String) -> String {
        let day = UglyDates.adding(days: random.pick([0, 0, 1, 5, 20, 60, 300, -10]), to: date)
        if random.chance(15) { return max(day, birth) + " 00:00:00" }
        let time =
            " " + Dates.pad(random.below(24), 2) + ":" + Dates.pad(random.below(60), 2)
            + ":" + Dates.pad(random.pick([0, 30, 59, 7]), 2)
        return max(day, birth) + time
    }

    mutating func recordID() -> String {
        if random.chance(30) { return "" }
        serial += 1
        return random.chance(50) ? String(serial) : "A" + String(serial)
    }

    /// The columns that both sources share.
    mutating func base(_ person: UglyPerson) -> UglyRow {
        var row = UglyRow()
        row.cells["citizen_id"] = .value(person.number)
        row.cells["record_id"] = .value(recordID())
        row.cells["name"] = .value(nameVariant(person.name))
        let isMale = Identity.sex(person.number) == "male"
        let male = ["1", "男", "M"]
        let female = ["2", "女", "F"]
        var sex = random.pick(isMale ? male : female)
        if random.chance(4) { sex = random.pick(isMale ? female : male) }
        if random.chance(4) { sex = random.pick(["", "9", "0"]) }
        row.cells["sex"] = .verbatim(sex)
        row.cells["birth_date"] = .value(person.birth)
        if random.chance(4) { row.cells["birth_date"] = .value("1980-02-28") }
        if random.chance(4) { row.cells["birth_date"] = .verbatim("2010.03") }
        if random.chance(6) { row.cells["birth_date"] = .value("") }
        row.cells["education"] = .value(random.pick(["", "", "10", "20", "30", "60", "70"]))
        row.cells["title"] = .value(random.pick(["", "", "", "intermediate", "senior", "boss"]))
        row.cells["revoked"] = .verbatim(notRevoked)
        let optional = ["name", "birth_date", "education", "title", "sex"]
        if random.chance(3) { row.cells[random.pick(optional)] = .invalid("坏") }
        return row
    }

    private mutating func nameVariant(_ name: String) -> String {
        if random.chance(4) { return "冒名" }
        if random.chance(6) { return "" }
        if !random.chance(25) { return name }
        switch random.below(4) {
        case 0:
            let dot = random.pick(["\u{2022}", "\u{30FB}", "\u{2027}"])
            return name.replacing("·", with: dot)
        case 1: return name.replacing("A", with: "Ａ")
        case 2:
            let scalars = Array(name.unicodeScalars)
            return Texts.string([scalars[0]]) + random.pick([" ", "\u{3000}", "\t"])
                + Texts.string(Array(scalars[1...]))
        default: return name + random.pick([" ", "\u{3000}"])
        }
    }
}
