import PopulationModel

/// A span of days as SDMX writes it: a year, half, quarter, month, week, day, or a moment of a day.
struct SDMXPeriod: Sendable, Equatable {
    let first: CalendarDate
    let last: CalendarDate

    /// `2020`, `2020-A1`, `2020-S1`, `2020-T1`, `2020-Q4`, `2020-M12`, `2020-12`, `2020-W53`,
    /// `2020-D366`, `2020-12-31`, `2020-12-31T00:00:00`.
    init?(_ text: String) {
        let date = text.split(separator: "T", maxSplits: 1)
        if text.utf8.count >= 11, date.count == 2, let day = CalendarDate(iso: date[0]) {
            guard Self.isTimeOfDay(date[1]) else { return nil }
            self.init(first: day, last: day)
        } else if let day = CalendarDate(iso: text) {
            self.init(first: day, last: day)
        } else {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard let yearText = parts.first, parts.count <= 2, yearText.utf8.count == 4,
                let year = Self.number(yearText), let months = Self.months(1, 12, of: year)
            else { return nil }
            guard parts.count == 2 else {
                self = months
                return
            }
            guard let period = Self.part(parts[1], of: year) else { return nil }
            self = period
        }
    }

    private init(first: CalendarDate, last: CalendarDate) {
        self.first = first
        self.last = last
    }

    private static func part(_ text: Substring, of year: Int32) -> SDMXPeriod? {
        let digits = text.first?.isLetter == true ? text.dropFirst() : text
        guard let number = number(digits), number >= 1 else { return nil }
        switch text.first {
        case "A": return number == 1 ? months(1, 12, of: year) : nil
        case "S": return number <= 2 ? months(number * 6 - 5, number * 6, of: year) : nil
        case "T": return number <= 3 ? months(number * 4 - 3, number * 4, of: year) : nil
        case "Q": return number <= 4 ? months(number * 3 - 2, number * 3, of: year) : nil
        case "M": return number <= 12 ? months(number, number, of: year) : nil
        case "W": return week(number, of: year)
        case "D":
            guard let start = CalendarDate(year: year, month: 1, day: 1) else { return nil }
            let day = CalendarDate(dayNumber: start.dayNumber + number - 1)
            return day.components.year == year ? SDMXPeriod(first: day, last: day) : nil
        default:
            return digits.utf8.count == 2 && number <= 12 ? months(number, number, of: year) : nil
        }
    }

    private static func months(_ first: Int32, _ last: Int32, of year: Int32) -> SDMXPeriod? {
        guard let start = CalendarDate(year: year, month: first, day: 1),
            let end = CalendarDate(
                year: year, month: last,
                day: CalendarDate.dayCount(year: year, month: last))
        else { return nil }
        return SDMXPeriod(first: start, last: end)
    }

    /// ISO 8601: the week of the first Thursday is week 1.
    private static func week(_ number: Int32, of year: Int32) -> SDMXPeriod? {
        guard number <= 53, let fourth = CalendarDate(year: year, month: 1, day: 4) else {
            return nil
        }
        // 1850-01-01, day 1, was a Tuesday.
        let monday = fourth.dayNumber - fourth.dayNumber % 7
        let first = CalendarDate(dayNumber: monday + (number - 1) * 7)
        // A year has 53 weeks when the Thursday of the last one is in it.
        let thursday = CalendarDate(dayNumber: first.dayNumber + 3)
        guard thursday.components.year == year else { return nil }
        return SDMXPeriod(first: first, last: CalendarDate(dayNumber: first.dayNumber + 6))
    }

    private static func number(_ digits: Substring) -> Int32? {
        guard !digits.isEmpty, digits.utf8.count <= 4,
            digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
        else { return nil }
        return Int32(digits)
    }

    private static func isTimeOfDay(_ text: Substring) -> Bool {
        text.utf8.count >= 5 && text.utf8.count <= 32
            && text.utf8.allSatisfy { "0123456789:.Z+-".utf8.contains($0) }
    }
}

/// A moment as `asOf` and `updatedAfter` give it, in the form in which editions carry theirs, so that
/// both compare as texts.
enum SDMXMoment {
    /// `2021-01-05`, `2021-01-05T03:12:44`, with `Z` or `+08:00`; without either it is UTC. A day is
    /// taken at its end for `asOf`, since whatever was published in it was there then.
    static func utc(_ text: String, dayAtItsEnd: Bool) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10,
            let date = CalendarDate(iso: String(decoding: bytes[..<10], as: UTF8.self))
        else { return nil }
        if bytes.count == 10 { return "\(date)T" + (dayAtItsEnd ? "23:59:59Z" : "00:00:00Z") }
        guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let hour = number(bytes[11..<13], below: 24),
            let minute = number(bytes[14..<16], below: 60),
            let second = number(bytes[17..<19], below: 60)
        else { return nil }
        var rest = bytes[19...]
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst().drop { $0 >= 0x30 && $0 <= 0x39 }
        }
        guard let offset = offsetSeconds(rest) else { return nil }
        let moment = Timestamp(
            seconds: Int64(date.dayNumber) * 86_400 + hour * 3_600 + minute * 60 + second - offset)
        let parts = moment.description.split(separator: " ")
        return "\(parts[0])T\(parts[1])Z"
    }

    private static func offsetSeconds(_ zone: ArraySlice<UInt8>) -> Int64? {
        if zone.isEmpty || Array(zone) == [UInt8(ascii: "Z")] { return 0 }
        let zone = Array(zone)
        // A blank is what is left of `+` after some clients' encoding.
        guard zone.count == 6, "+- ".utf8.contains(zone[0]), zone[3] == UInt8(ascii: ":"),
            let hours = number(zone[1..<3], below: 15), let minutes = number(zone[4..<6], below: 60)
        else { return nil }
        let seconds = hours * 3_600 + minutes * 60
        return zone[0] == UInt8(ascii: "-") ? -seconds : seconds
    }

    private static func number(_ digits: ArraySlice<UInt8>, below max: Int64) -> Int64? {
        guard digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        let number = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
        return number < max ? number : nil
    }
}
