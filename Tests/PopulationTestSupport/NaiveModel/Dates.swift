/// Dates as `yyyy-mm-dd` and times as `yyyy-mm-dd hh:mm:ss`, compared as text (SPEC 2.4).
enum Dates {
    /// The date of a field that may carry a time; nil when there is none.
    static func date(_ text: String) -> String? {
        moment(text)?.date
    }

    /// The time of a field; a bare date is 00:00:00.
    static func time(_ text: String) -> String? {
        guard let moment = moment(text) else { return nil }
        return moment.date + " " + moment.time
    }

    private static func moment(_ text: String) -> (date: String, time: String)? {
        let s = Array(text.utf8)
        if Texts.isDigits(text), s.count == 14 {
            guard let date = makeDate(number(s[0..<4]), number(s[4..<6]), number(s[6..<8])),
                let time = makeTime(number(s[8..<10]), number(s[10..<12]), number(s[12..<14]))
            else { return nil }
            return (date, time)
        }
        // The date ends at the first blank or T.
        var end = 0
        while end < s.count, s[end] != UInt8(ascii: "T"), !isBlank(s[end]) { end += 1 }
        guard let date = bareDate(Array(s[..<end])) else { return nil }
        if end == s.count { return (date, "00:00:00") }
        var rest = Array(s[end...])
        if rest[0] == UInt8(ascii: "T") {
            rest.removeFirst()
        } else {
            while let first = rest.first, isBlank(first) { rest.removeFirst() }
        }
        guard let time = bareTime(rest) else { return nil }
        return (date, time)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09
    }

    /// `yyyymmdd`, or y-m-d with one of `-`, `/`, `.` used twice.
    private static func bareDate(_ s: [UInt8]) -> String? {
        if s.count == 8, s.allSatisfy(isDigit) {
            return makeDate(number(s[0..<4]), number(s[4..<6]), number(s[6..<8]))
        }
        guard s.count >= 8, s.count <= 10, [0x2D, 0x2F, 0x2E].contains(s[4]) else { return nil }
        let parts = s.split(separator: s[4], omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, (1...2).contains(parts[1].count),
            (1...2).contains(parts[2].count), parts.allSatisfy({ $0.allSatisfy(isDigit) })
        else { return nil }
        return makeDate(number(parts[0]), number(parts[1]), number(parts[2]))
    }

    /// `h:mm[:ss]`, a fraction of the second dropped.
    private static func bareTime(_ s: [UInt8]) -> String? {
        var parts = s.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            .map { Array($0) }
        guard parts.count == 2 || parts.count == 3 else { return nil }
        if parts.count == 3, let dot = parts[2].firstIndex(of: UInt8(ascii: ".")) {
            let fraction = parts[2][(dot + 1)...]
            if fraction.isEmpty || !fraction.allSatisfy(isDigit) { return nil }
            parts[2] = Array(parts[2][..<dot])
        }
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
            parts[0].count <= 2, parts[1].count == 2
        else { return nil }
        if parts.count == 2 { return makeTime(number(parts[0][...]), number(parts[1][...]), 0) }
        guard parts[2].count == 2 else { return nil }
        return makeTime(number(parts[0][...]), number(parts[1][...]), number(parts[2][...]))
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int {
        digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func makeDate(_ y: Int, _ m: Int, _ d: Int) -> String? {
        (1850...2099).contains(y) && isCalendarDate(y, m, d) ? iso(y, m, d) : nil
    }

    private static func makeTime(_ h: Int, _ m: Int, _ s: Int) -> String? {
        h < 24 && m < 60 && s < 60 ? pad(h, 2) + ":" + pad(m, 2) + ":" + pad(s, 2) : nil
    }

    static func isCalendarDate(_ y: Int, _ m: Int, _ d: Int) -> Bool {
        (1...12).contains(m) && d >= 1 && d <= daysInMonth(y, m)
    }

    static func isLeapYear(_ y: Int) -> Bool {
        y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)
    }

    static func daysInMonth(_ y: Int, _ m: Int) -> Int {
        m == 2 ? (isLeapYear(y) ? 29 : 28) : [4, 6, 9, 11].contains(m) ? 30 : 31
    }

    static func pad(_ n: Int, _ width: Int) -> String {
        let digits = String(n)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    static func iso(_ y: Int, _ m: Int, _ d: Int) -> String {
        pad(y, 4) + "-" + pad(m, 2) + "-" + pad(d, 2)
    }

    static func parts(_ iso: String) -> (y: Int, m: Int, d: Int) {
        let p = iso.split(separator: "-").map { Int($0)! }
        return (p[0], p[1], p[2])
    }

    /// Days from 0001-01-01, counted year by year and month by month.
    static func dayNumber(_ iso: String) -> Int {
        let (y, m, d) = parts(iso)
        let before = y - 1
        var days = before * 365 + before / 4 - before / 100 + before / 400
        for month in 1..<m { days += daysInMonth(y, month) }
        return days + d - 1
    }

    /// Calendar months later, the day clamped to the month's end (SPEC 4 rule 3).
    static func adding(months: Int, to iso: String) -> String {
        let (y, m, d) = parts(iso)
        let total = y * 12 + (m - 1) + months
        let year = total / 12
        let month = total % 12 + 1
        return Dates.iso(year, month, min(d, daysInMonth(year, month)))
    }

    /// Completed years of age at a date (SPEC 6).
    static func age(born: String, at date: String) -> Int {
        let b = parts(born)
        let t = parts(date)
        return t.y - b.y - ((t.m, t.d) < (b.m, b.d) ? 1 : 0)
    }
}
