/// A day of the Gregorian calendar between 1850-01-01 and 2099-12-31 (SPEC 2.4).
///
/// Stored as the number of the day, 1 for 1850-01-01, so that a date fits into 17 bits and 0 can
/// stand for "no date" in a packed record.
@frozen
public struct CalendarDate: Hashable, Comparable, Sendable {
    public let dayNumber: Int32

    /// Days between 0000-03-01 and 1849-12-31 in the proleptic calendar.
    @inlinable static var offset: Int32 { 675_638 }

    /// Day number of 1900-03-01.
    private static var march1900: Int32 { 18_322 }

    /// Not checked: 1 to 91,311 are days, 0 is none.
    @inlinable public init(dayNumber: Int32) { self.dayNumber = dayNumber }

    /// `nil` when the three numbers name no day of the years 1850 to 2099.
    ///
    /// Masks in place of conditions: what a date says is not to be foreseen, and a branch that is
    /// taken wrongly costs more than all of this.
    @inlinable @inline(__always)
    public init?(year: Int32, month: Int32, day: Int32) {
        guard year >= 1850, year <= 2099, month >= 1, month <= 12, day >= 1,
            day <= 28 &+ Self.daysAbove28(month: month)
                || (day == 29 && month == 2 && Self.isLeap(year: year))
        else { return nil }
        // Years begin in March here, so that a leap day is the last of its year.
        let beforeMarch = (month &- 3) &>> 31
        let y = year &+ beforeMarch
        let shifted = (month &- 3) &+ (12 & beforeMarch)
        // Every fourth year is leap but 1900, the one exception from 1850 to 2099; 14 or 15 days
        // are what the proleptic calendar leaves out before.
        let leapDays = (y &>> 2) &- 14 &+ ((1899 &- y) &>> 31)
        // (153 · shifted + 2) / 5 for 0 to 11.
        let dayOfYear = ((979 &* shifted &+ 15) &>> 5) &+ day &- 1
        dayNumber = (y &* 365) &+ leapDays &+ dayOfYear &- Self.offset
    }

    /// Days of the month of a year from 1850 to 2099, 28 to 31.
    public static func dayCount(year: Int32, month: Int32) -> Int32 {
        28 + daysAbove28(month: month) + (month == 2 && isLeap(year: year) ? 1 : 0)
    }

    /// In a year that is not leap; two bits a month.
    @inlinable @inline(__always)
    static func daysAbove28(month: Int32) -> Int32 {
        (0x3BB_EECC as Int32) &>> (month &* 2) & 3
    }

    @inlinable @inline(__always)
    static func isLeap(year: Int32) -> Bool { year & 3 == 0 && year != 1900 }

    /// Year, month and day as numbers; of the years 1850 to 2099 and a month or two beside them.
    public var components: (year: Int32, month: Int32, day: Int32) {
        // Years begin in March of 1848, and every fourth has a leap day at its end; that of 1900,
        // which is none, is counted, so that all that follow are a day later.
        let days = dayNumber &+ 670 &+ (dayNumber >= Self.march1900 ? 1 : 0)
        let years = (days &* 4 &+ 3) / 1_461
        let dayOfYear = (days &* 4 &+ 3) % 1_461 / 4
        let shifted = (5 &* dayOfYear &+ 2) / 153
        let day = dayOfYear &- (153 &* shifted &+ 2) / 5 &+ 1
        let month = shifted < 10 ? shifted &+ 3 : shifted &- 9
        return (1_848 &+ years &+ (month <= 2 ? 1 : 0), month, day)
    }

    /// The date as the number yyyymmdd.
    public var yyyymmdd: Int64 {
        let (year, month, day) = components
        return Int64(year) * 10_000 + Int64(month) * 100 + Int64(day)
    }

    /// The same day so many calendar months later, clamped to the end of the month; `nil` outside
    /// the years 1850 to 2099.
    ///
    /// Less than none, these are months before: from the day 12 · n months before a date, and from
    /// no later one, n years are full at it.
    public func adding(months: Int32) -> CalendarDate? {
        let (year, month, day) = components
        let index = year * 12 + (month - 1) + months
        let (y, m) = (index / 12, index % 12 + 1)
        return CalendarDate(year: y, month: m, day: min(day, Self.dayCount(year: y, month: m)))
    }

    @inlinable public static func < (lhs: CalendarDate, rhs: CalendarDate) -> Bool {
        lhs.dayNumber < rhs.dayNumber
    }
}

extension CalendarDate: CustomStringConvertible {
    /// yyyy-mm-dd.
    public var description: String {
        let (year, month, day) = components
        func two(_ n: Int32) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return "\(year)-\(two(month))-\(two(day))"
    }

    /// Reads exactly yyyy-mm-dd, as plans and reference files write dates.
    public init?(iso text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
        func number(_ range: Range<Int>) -> Int32? {
            bytes[range].reduce(Int32?(0)) { sum, byte in
                guard let sum, byte >= 0x30, byte <= 0x39 else { return nil }
                return sum * 10 + Int32(byte - 0x30)
            }
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

/// A moment to the second: when a source wrote a row, or `known-at` of a plan.
@frozen
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Seconds since 1849-12-31 00:00:00; fits into 33 bits.
    public let seconds: Int64

    @inlinable public init(seconds: Int64) { self.seconds = seconds }

    @inlinable public init(date: CalendarDate, secondOfDay: Int32) {
        seconds = Int64(date.dayNumber) * 86_400 + Int64(secondOfDay)
    }

    @inlinable public var date: CalendarDate {
        CalendarDate(dayNumber: Int32(seconds / 86_400))
    }

    @inlinable public static func < (lhs: Timestamp, rhs: Timestamp) -> Bool {
        lhs.seconds < rhs.seconds
    }
}

extension Timestamp: CustomStringConvertible {
    /// yyyy-mm-dd hh:mm:ss.
    public var description: String {
        let second = seconds % 86_400
        func two(_ n: Int64) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return "\(date) \(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))"
    }
}
