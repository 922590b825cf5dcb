/// A small ugly input for property tests, the same for the same seed (SPEC 2 to 5); with
/// `sixYears` its reference dates are six yearly ones whatever the seed.
public func uglyInput(seed: UInt64, citizens: Int, sixYears: Bool = false) -> NaiveInput {
    var random = UglyRandom(seed: seed)
    var input = NaiveInput(area: "4499")
    if random.chance(8) { input.area = random.pick(["44", "449901", "449902", "449903"]) }
    let dates = uglyDates(sixYears, &random)
    input.referenceDates = dates
    if random.chance(40) {
        input.knownAt =
            UglyDates.adding(days: random.pick([-300, -20, 0, 31]), to: dates.last!)
            + random.pick([" 00:00:00", " 12:00:00", ""])
    }
    if random.chance(8) { input.residenceMonths = random.pick([1, 3, 12]) }
    if random.chance(8) { input.stayGapDays = random.pick([0, 7, 60]) }

    let notRevoked = random.pick(["", "", "0", "N"])
    var people = UglyPeople(
        random: UglyRandom(seed: random.next()), dates: dates, months: input.residenceMonths,
        gapDays: input.stayGapDays, notRevoked: notRevoked)
    for index in 0..<citizens { people.addCitizen(index) }
    for index in 0..<citizens / 6 { people.addStory(index) }
    for index in 0..<citizens / 6 { people.addHolder(citizens + index) }
    people.addFaults()
    if input.knownAt != nil, random.chance(60) {
        // The very second at which a row was written: that row is known.
        let row = random.pick(people.registration + people.residency)
        if let time = Dates.time(row.text("updated_at")), time > "2017" { input.knownAt = time }
    }

    if random.chance(50) { input.registrationColumns = ["citizen_id": "证件号"] }
    if random.chance(50) { input.residencyColumns = ["arrival_date": "到达", "name": "XINGMING"] }
    input.registrationValues = [
        "event": ["105": "move_in", "102": "death"], "household_type": ["01": "family"],
        "cause": ["99": "talent"],
    ]
    input.residencyValues = ["dwelling": ["自有": "own"]]
    let keepRevoked = !notRevoked.isEmpty
    (input.registrationEncoding, input.registration) = uglyFiles(
        "registration", people.registration, Columns.registration, input.registrationColumns,
        keepRevoked, &random)
    (input.residencyEncoding, input.residency) = uglyFiles(
        "residency", people.residency, Columns.residency, input.residencyColumns, keepRevoked,
        &random)

    let secondEdition = random.pick(["2020-06-30", "2020-06-30", "2020-06-30", "2018-10-31"])
    input.divisions = [
        NaiveEdition(
            edition: "2015-06-30",
            bytes: Array(UglyWorld.divisions(UglyWorld.first, withSecond: false).utf8)),
        NaiveEdition(
            edition: secondEdition,
            bytes: Array(UglyWorld.divisions(UglyWorld.second, withSecond: true).utf8)),
    ]
    input.changes = Array(UglyWorld.changesText().utf8)
    input.counties = Array(UglyWorld.counties.utf8)
    input.targets = uglyTargets(input.area, dates, &random)
    var plan = UglyPlan(
        random: UglyRandom(seed: random.next()), area: input.area, dates: dates)
    plan.addSections(to: &input)
    return input
}

/// Six yearly dates in most inputs, and in the others odd ones with few pairs of years or none.
private func uglyDates(_ sixYears: Bool, _ random: inout UglyRandom) -> [String] {
    if random.chance(60) || sixYears { return (2015...2020).map { "\($0)-12-31" } }
    let pool = [
        "2013-12-31", "2014-12-31", "2015-12-31", "2016-02-29", "2016-12-31", "2017-02-28",
        "2017-12-31", "2018-06-30", "2018-12-31", "2019-12-31", "2020-08-31", "2020-12-31",
    ]
    return Array(random.shuffled(pool).prefix(random.between(3, 6))).sorted()
}

/// 1 to 4 files of one source and the encoding setting of the plan.
private func uglyFiles(
    _ name: String, _ rows: [UglyRow], _ columns: [Column], _ extra: [String: String],
    _ keepRevoked: Bool, _ random: inout UglyRandom
) -> (String, [NaiveFile]) {
    let setting = random.pick(["auto", "auto", "auto", "utf-8", "gb18030"])
    let number = random.between(1, 4)
    var parts = [[UglyRow]](repeating: [], count: number)
    for row in random.shuffled(rows) { parts[random.below(number)].append(row) }
    var files: [NaiveFile] = []
    for (index, part) in parts.enumerated() {
        let isGB = setting == "gb18030" || (setting == "auto" && random.chance(40))
        let hasBOM = !isGB && random.chance(50)
        // Now and then a UTF-8 file that a wrong byte makes GB18030: nothing but ASCII headers.
        let isMistaken = setting == "auto" && !isGB && !hasBOM && random.chance(6)
        let style = UglyStyle(
            encoding: isGB ? .gb18030 : .utf8, hasBOM: hasBOM,
            mayBeInvalid: isGB || hasBOM || setting == "utf-8" || isMistaken,
            asciiHeaders: isMistaken || random.chance(20),
            lineEnd: random.pick(["\n", "\n", "\r\n", "\r"]))
        let start = UglyRandom(seed: random.next())
        var writer = UglyFileWriter(random: start, style: style, columns: columns, extra: extra)
        var bytes = writer.file(part, keepRevoked: keepRevoked)
        if setting == "auto", isGB, isUTF8IgnoringCutTail(bytes) {
            // By chance valid UTF-8: written as UTF-8 instead.
            let other = UglyStyle(
                encoding: .utf8, hasBOM: true, mayBeInvalid: true, lineEnd: style.lineEnd)
            writer = UglyFileWriter(random: start, style: other, columns: columns, extra: extra)
            bytes = writer.file(part, keepRevoked: keepRevoked)
        }
        files.append(NaiveFile(name: "\(name)-\(index + 1).csv", bytes: bytes))
    }
    return (setting, files)
}

private func uglyTargets(_ area: String, _ dates: [String], _ random: inout UglyRandom)
    -> [UInt8]?
{
    if random.chance(25) { return nil }
    var rows = [
        "resident,\(area),50,2020-12-31,plan", "resident,\(area),47.5,2017-12-31,plan",
        "registered,\(area),40.25,2018-12-31,plan", "resident,449901,66.67,2016-12-31,",
        "registered,449901100,33.3,2025-12-31,", "resident,449902,99,2020-12-31,",
        "resident,449981,10,2030-06-30,", "registered,449902,55,2019-12-31,",
    ]
    rows = Array(random.shuffled(rows).prefix(random.between(1, 6)))
    // A target at a reference date holds there still, the next one from the day after.
    let (first, second) = (random.pick(dates), random.pick(dates))
    rows.append("registered,449981,35.5,\(first),")
    if first != second { rows.append("registered,449981,60,\(second),") }
    let header = "concept,area_code,percent,date,source"
    return Array(([header] + rows).map { $0 + "\n" }.joined().utf8)
}
