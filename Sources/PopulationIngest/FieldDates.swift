package import PopulationModel

/// The date and time forms of SPEC 2.4, read from bytes that are already ASCII where they matter.
package enum FieldDates {
    /// `yyyymmdd`, or y-m-d with `-`, `/` or `.`; a time behind it is dropped. `nil` = unreadable.
    @inline(__always)
    package static func date(_ field: FieldBytes) -> CalendarDate? {
        if field.count == 10, let date = isoDate(field.start) { return date }
        return dateAndTime(field)?.date
    }

    /// A date, then blank or `T`, then `h:mm[:ss]`; or `yyyymmddhhmmss`; a bare date = 00:00:00.
    @inline(__always)
    package static func timestamp(_ field: FieldBytes) -> Timestamp? {
        if field.count == 19, let moment = isoTimestamp(field) { return moment }
        guard let (date, second) = dateAndTime(field) else { return nil }
        return Timestamp(date: date, secondOfDay: second)
    }

    /// Exactly `yyyy-mm-dd` (or with `/` or `.`).
    @inline(__always)
    private static func isoDate(_ p: UnsafePointer<UInt8>) -> CalendarDate? {
        let separator = p[4]
        guard separator == p[7], isSeparator(separator) else { return nil }
        let a = p[0] &- 0x30
        let b = p[1] &- 0x30
        let c = p[2] &- 0x30
        let d = p[3] &- 0x30
        guard max(max(a, b), max(c, d)) <= 9,
            let month = two(p + 5), let day = two(p + 8)
        else { return nil }
        let year = (Int32(a) &* 1_000) &+ (Int32(b) &* 100) &+ (Int32(c) &* 10) &+ Int32(d)
        return CalendarDate(year: year, month: month, day: day)
    }

    /// Exactly `yyyy-mm-dd hh:mm:ss`.
    @inline(__always)
    private static func isoTimestamp(_ field: FieldBytes) -> Timestamp? {
        let p = field.start
        guard p[10] == 0x20 || p[10] == 0x54, p[13] == 0x3A, p[16] == 0x3A,
            let date = isoDate(p), let hour = two(p + 11), let minute = two(p + 14),
            let second = two(p + 17), hour < 24, minute < 60, second < 60
        else { return nil }
        return Timestamp(
            date: date, secondOfDay: (hour &* 3_600) &+ (minute &* 60) &+ second)
    }

    @inline(__always)
    private static func two(_ p: UnsafePointer<UInt8>) -> Int32? {
        let a = p[0] &- 0x30
        let b = p[1] &- 0x30
        return max(a, b) <= 9 ? (Int32(a) &* 10) &+ Int32(b) : nil
    }

    @inline(__always)
    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == 0x2D || byte == 0x2F || byte == 0x2E
    }

    /// Every other form: the grammar of SPEC 2.4 read byte by byte.
    static func dateAndTime(_ field: FieldBytes) -> (date: CalendarDate, second: Int32)? {
        var reader = Reader(bytes: field.buffer)
        let run = reader.digitRun()
        if run.count == 14 || run.count == 8 {
            let day = run.count == 14 ? run.value / 1_000_000 : run.value
            guard let date = compactDate(day) else { return nil }
            if run.count == 8 {
                guard let second = reader.optionalTime() else { return nil }
                return (date, second)
            }
            let time = Int32(run.value % 1_000_000)
            guard reader.isAtEnd,
                let second = secondOfDay(time / 10_000, time / 100 % 100, time % 100)
            else { return nil }
            return (date, second)
        }
        guard run.count == 4, let separator = reader.next(), isSeparator(separator) else {
            return nil
        }
        let month = reader.digitRun()
        guard (1...2).contains(month.count), reader.next() == separator else { return nil }
        let day = reader.digitRun()
        guard (1...2).contains(day.count),
            let date = CalendarDate(
                year: Int32(run.value), month: Int32(month.value), day: Int32(day.value)),
            let second = reader.optionalTime()
        else { return nil }
        return (date, second)
    }

    private static func compactDate(_ yyyymmdd: UInt64) -> CalendarDate? {
        CalendarDate(
            year: Int32(yyyymmdd / 10_000), month: Int32(yyyymmdd / 100 % 100),
            day: Int32(yyyymmdd % 100))
    }

    fileprivate static func secondOfDay(_ hour: Int32, _ minute: Int32, _ second: Int32) -> Int32? {
        guard hour < 24, minute < 60, second < 60 else { return nil }
        return hour * 3_600 + minute * 60 + second
    }
}

/// A walk over the bytes of one field.
private struct Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    mutating func next() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    /// The digits from here on and their value; the value of more than 18 digits is meaningless.
    mutating func digitRun() -> (count: Int, value: UInt64) {
        let start = position
        var value: UInt64 = 0
        while position < bytes.count, bytes[position] &- 0x30 <= 9 {
            value = (value &* 10) &+ UInt64(bytes[position] &- 0x30)
            position += 1
        }
        return (position - start, value)
    }

    /// Nothing, or blank or `T` and a time up to the end; `nil` when there is something else.
    mutating func optionalTime() -> Int32? {
        if isAtEnd { return 0 }
        guard let first = next(), first == 0x54 || isBlank(first) else { return nil }
        if first != 0x54 {
            while position < bytes.count, isBlank(bytes[position]) { position += 1 }
        }
        let hour = digitRun()
        guard (1...2).contains(hour.count), next() == 0x3A else { return nil }
        let minute = digitRun()
        guard minute.count == 2 else { return nil }
        var second: UInt64 = 0
        if position < bytes.count, bytes[position] == 0x3A {
            position += 1
            let run = digitRun()
            guard run.count == 2 else { return nil }
            second = run.value
            if position < bytes.count, bytes[position] == 0x2E {
                position += 1
                guard digitRun().count > 0 else { return nil }
            }
        }
        guard isAtEnd else { return nil }
        return FieldDates.secondOfDay(Int32(hour.value), Int32(minute.value), Int32(second))
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
