internal import CDayNumbers
package import PopulationModel

/// The date and time forms of SPEC 2.4, read from bytes that are already ASCII where they matter.
package enum FieldDates {
    /// `yyyymmdd`, or y-m-d with `-`, `/` or `.`; a time behind it is dropped. `nil` = unreadable.
    @inline(__always)
    package static func date(_ field: FieldBytes) -> CalendarDate? {
        isoDate(field) ?? dateAndTime(field)?.date
    }

    /// A date, then blank or `T`, then `h:mm[:ss]`; or `yyyymmddhhmmss`; a bare date = 00:00:00.
    package static func timestamp(_ field: FieldBytes) -> Timestamp? {
        moment(field).map { Timestamp(date: $0.date, secondOfDay: $0.second) }
    }

    /// The same as a day and the second of the day.
    @inline(__always)
    static func moment(_ field: FieldBytes) -> (date: CalendarDate, second: Int32)? {
        isoTimestamp(field) ?? dateAndTime(field)
    }

    /// Exactly `yyyy-mm-dd`.
    @inline(__always)
    private static func isoDate(_ field: FieldBytes) -> CalendarDate? {
        field.count == 10 ? isoDate(field.start) : nil
    }

    @inline(__always)
    private static func isoDate(_ p: UnsafePointer<UInt8>) -> CalendarDate? {
        guard let characters = isoCharacters(p) else { return nil }
        let values = Digits.values(characters)
        return Digits.areDigits(values) ? compactDate(values) : nil
    }

    /// `yyyymmdd` of ten characters with hyphens in their places, whatever the others are.
    @inline(__always)
    static func isoCharacters(_ p: UnsafePointer<UInt8>) -> UInt64? {
        let raw = UnsafeRawPointer(p)
        let word = raw.loadUnaligned(as: UInt64.self)
        let day = raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
        guard word & 0xFF00_00FF_0000_0000 == 0x2D00_002D_0000_0000 else { return nil }
        return (word & 0xFFFF_FFFF) | ((word >> 8) & 0xFFFF_0000_0000) | UInt64(day) << 48
    }

    /// The date that eight digits name, by tables: the rules of the calendar take some twenty
    /// instructions more, and a row holds three dates. Each byte must be a digit, 0 to 9: others could
    /// make a date of what is none.
    @inline(__always)
    package static func compactDate(_ values: UInt64) -> CalendarDate? {
        // Lanes of 16 bits, each a pair of digits; then each with a hundred times the one before, so
        // that the second is the year and the fourth month and day.
        let pairs = Digits.pairs(values) & 0x00FF_00FF_00FF_00FF
        let fours = pairs &* 0x0064_0001
        let day = day_number(
            UInt32(truncatingIfNeeded: (fours >> 16) & 0xFFFF),
            UInt32(truncatingIfNeeded: fours >> 48))
        return day < 0 ? nil : CalendarDate(dayNumber: day)
    }

    @inline(__always)
    private static func number(_ pairs: UInt64, at bit: UInt64) -> Int32 {
        Int32(truncatingIfNeeded: (pairs &>> bit) & 0xFF)
    }

    /// Exactly `yyyy-mm-dd hh:mm:ss` (or with `T`).
    @inline(__always)
    private static func isoTimestamp(_ field: FieldBytes) -> (date: CalendarDate, second: Int32)? {
        guard field.count == 19, let date = isoDate(field.start) else { return nil }
        let blank = field.start[10]
        let word = field.word(11)
        guard blank == 0x20 || blank == 0x54,
            word & 0x0000_FF00_00FF_0000 == 0x0000_3A00_003A_0000
        else { return nil }
        // The colons as zeros, so that all eight bytes are digits: hh0mm0ss.
        let values = Digits.values(word) & 0xFFFF_00FF_FF00_FFFF
        guard Digits.areDigits(values) else { return nil }
        let pairs = Digits.pairs(values)
        guard
            let second = secondOfDay(
                number(pairs, at: 0), number(pairs, at: 24), number(pairs, at: 48))
        else { return nil }
        return (date, second)
    }

    /// Every other form: the grammar of SPEC 2.4 read byte by byte.
    private static func dateAndTime(_ field: FieldBytes) -> (date: CalendarDate, second: Int32)? {
        var reader = Reader(bytes: field.buffer)
        let run = reader.digitRun()
        if run.count == 14 || run.count == 8 {
            let day = Int32(run.count == 14 ? run.value / 1_000_000 : run.value)
            guard
                let date = CalendarDate(
                    year: day / 10_000, month: day / 100 % 100, day: day % 100)
            else { return nil }
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

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == 0x2D || byte == 0x2F || byte == 0x2E
    }

    @inline(__always)
    fileprivate static func secondOfDay(_ hour: Int32, _ minute: Int32, _ second: Int32) -> Int32? {
        guard hour < 24, minute < 60, second < 60 else { return nil }
        return (hour &* 3_600) &+ (minute &* 60) &+ second
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
