import PopulationIngest
import PopulationModel
import Testing

@Suite struct FieldDatesTests {
    private static func date(_ text: String) -> String? {
        FieldBytes.with(text) { FieldDates.date($0)?.description }
    }

    /// The day and the second of the day.
    private static func moment(_ text: String) -> String? {
        FieldBytes.with(text) { field in
            FieldDates.timestamp(field).map { "\($0.date) \($0.seconds % 86_400)" }
        }
    }

    @Test(arguments: [
        ("20200229", "2020-02-29"), ("2020-02-29", "2020-02-29"), ("2020/02/29", "2020-02-29"),
        ("2020.02.29", "2020-02-29"), ("2020-2-9", "2020-02-09"), ("2020/2/29", "2020-02-29"),
        ("2020.12.1", "2020-12-01"), ("18500101", "1850-01-01"), ("2099-12-31", "2099-12-31"),
        ("2020-02-29 23:59:59", "2020-02-29"), ("2020-2-9T1:02", "2020-02-09"),
        ("20200229 1:02", "2020-02-29"), ("20200229235959", "2020-02-29"),
        ("2020/2/9 01:02:03.456", "2020-02-09"), ("2020-02-29\t1:02", "2020-02-29"),
        ("2020-02-29   01:02", "2020-02-29"),
    ])
    func readsEveryForm(text: String, date: String) {
        #expect(Self.date(text) == date)
    }

    @Test(arguments: [
        "", "2020", "202002", "2020022", "202002290", "2020-02-30", "2020-02-29-", "20-02-29",
        "2020-02/29", "2020-2.9", "2020--2-9", "2020-02-", "2020-002-09", "2020-02-009",
        "02020-2-9", "1849-12-31", "2100-01-01", "18491231", "2020-13-01", "2020-00-10",
        "2020-01-00", "2020-02-29 ", "2020-02-29T", "2020-02-29 1", "2020-02-29 1:2",
        "2020-02-29 24:00", "2020-02-29 23:60", "2020-02-29 23:59:60", "2020-02-29 1:02:3",
        "2020-02-29 1:02:03.", "2020-02-29 1:02:03.x", "2020-02-29 1:02.5", "2020-02-29 001:02",
        "2020-02-29T 1:02", "2020-02-29 T1:02", "2020-02-29t1:02", "2020-02-29Z",
        "2020-02-29 1:02Z", "2020022923595", "202002292359590", "20200229240000",
        "20200229006000", "20200229000060", "２０２００２２９", "2020年2月9日", "29.02.2020",
        "2020_02_29", "2020 02 29", "-2020-02-29", "2020-02-29:01:02",
        "99999999999999999999999", "20200229T", "20200229T1:2",
    ])
    func refusesNearMisses(text: String) {
        #expect(Self.date(text) == nil)
        #expect(Self.moment(text) == nil)
    }

    @Test(arguments: [
        ("2020-02-29 23:59:59", "2020-02-29 86399"), ("2020-02-29T00:00:01", "2020-02-29 1"),
        ("2020/02/29 01:02:03", "2020-02-29 3723"), ("2020-2-9 1:02", "2020-02-09 3720"),
        ("2020-02-29", "2020-02-29 0"), ("20200229", "2020-02-29 0"),
        ("20200229010203", "2020-02-29 3723"), ("2020-02-29 01:02:03.999", "2020-02-29 3723"),
        ("20200229T1:02", "2020-02-29 3720"), ("20200229 1:02:03", "2020-02-29 3723"),
        ("2020-02-29 0:00", "2020-02-29 0"),
    ])
    func readsTimesToTheSecond(text: String, moment: String) {
        #expect(Self.moment(text) == moment)
    }

    /// The tables against the rules of the calendar, with years beyond both ends of it and all that
    /// four digits can say of month and day.
    @Test func tablesOfDaysAreTheCalendar() {
        func digits(_ number: Int) -> [UInt64] {
            [number / 1_000, number / 100 % 10, number / 10 % 10, number % 10].map(UInt64.init)
        }
        var odd: [String] = []
        for year in Array(1_840...2_110) + [0, 999, 1_000, 5_946, 9_999] {
            for monthDay in 0...9_999 {
                let values = (digits(year) + digits(monthDay)).reversed()
                    .reduce(0) { $0 << 8 | $1 }
                let expected = CalendarDate(
                    year: Int32(year), month: Int32(monthDay / 100), day: Int32(monthDay % 100))
                if FieldDates.compactDate(values) != expected { odd.append("\(year) \(monthDay)") }
            }
        }
        #expect(odd.isEmpty, "\(odd.prefix(5))")
    }

    /// The fast way for the two common forms gives what the grammar gives.
    @Test func everyDayIsReadTheSameInEveryForm() throws {
        for number in stride(from: Int32(1), through: 91_311, by: 13) {
            let date = CalendarDate(dayNumber: number)
            let (year, month, day) = date.components
            for text in [
                date.description, "\(date.yyyymmdd)", "\(year)/\(month)/\(day)",
                "\(date) 00:00:00", "\(date.yyyymmdd)000000",
            ] {
                #expect(FieldBytes.with(text) { FieldDates.date($0) } == date)
            }
            #expect(
                FieldBytes.with("\(date) 12:34:56") { FieldDates.timestamp($0) }
                    == Timestamp(date: date, secondOfDay: 45_296))
        }
    }
}

@Suite struct CalendarTests {
    /// Every day from 1850 to 2099, and every day that is none.
    @Test func daysFollowOneAnother() {
        var number: Int32 = 0
        var wrong: [[Int32]] = []
        for year in Int32(1849)...2100 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let lengths: [Int32] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            for month in Int32(0)...13 {
                for day in Int32(0)...32 {
                    let isDay =
                        (1850...2099).contains(year) && (1...12).contains(month) && day >= 1
                        && day <= lengths[Int(month) - 1]
                    if isDay { number += 1 }
                    let found = CalendarDate(year: year, month: month, day: day)?.dayNumber
                    if found != (isDay ? number : nil) { wrong.append([year, month, day]) }
                }
            }
        }
        #expect(wrong == [])
    }
}
