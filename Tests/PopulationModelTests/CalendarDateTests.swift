import PopulationModel
import Testing

@Suite struct CalendarDateTests {
    /// Days of a month, counted without the arithmetic under test.
    private static func length(_ year: Int32, _ month: Int32) -> Int32 {
        let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Int(month) - 1]
    }

    @Test func everyDayOf250YearsComesBack() throws {
        var number: Int32 = 0
        var isRight = true
        for year in Int32(1850)...2099 {
            for month in Int32(1)...12 {
                for day in 1...Self.length(year, month) {
                    number += 1
                    let date = try #require(CalendarDate(year: year, month: month, day: day))
                    let back = CalendarDate(dayNumber: number).components
                    isRight =
                        isRight && date.dayNumber == number && back == (year, month, day)
                        && CalendarDate(iso: date.description) == date
                        && date.yyyymmdd
                            == Int64(year) * 10_000 + Int64(month) * 100 + Int64(day)
                }
                #expect(
                    CalendarDate(year: year, month: month, day: Self.length(year, month) + 1)
                        == nil)
            }
        }
        #expect(isRight)
        #expect(number == 91_311)
        #expect(number < 1 << 17, "a packed record keeps 17 bits of a date")
    }

    @Test(arguments: [
        (1849, 12, 31), (2100, 1, 1), (2020, 0, 1), (2020, 13, 1), (2020, 1, 0), (2019, 2, 29),
        (1900, 2, 29), (2021, 4, 31), (2020, -1, 1), (2020, 1, -1),
    ])
    func refusesWhatIsNoDay(year: Int32, month: Int32, day: Int32) {
        #expect(CalendarDate(year: year, month: month, day: day) == nil)
    }

    @Test(arguments: [
        ("2020-08-31", 6, "2021-02-28"), ("2019-08-31", 6, "2020-02-29"),
        ("2020-08-30", 6, "2021-02-28"), ("2020-08-29", 6, "2021-02-28"),
        ("2020-02-29", 12, "2021-02-28"), ("2020-06-30", 6, "2020-12-30"),
        ("2020-07-01", 6, "2021-01-01"), ("2020-12-31", 1, "2021-01-31"),
        ("2020-11-30", 3, "2021-02-28"), ("2020-05-15", 0, "2020-05-15"),
        ("2020-01-31", 1, "2020-02-29"), ("2020-12-01", 0, "2020-12-01"),
    ])
    func addsMonthsClampedToTheMonthsEnd(start: String, months: Int32, end: String) throws {
        let date = try #require(CalendarDate(iso: start))
        #expect(date.adding(months: months)?.description == end)
    }

    /// Full years are the digits of two dates subtracted, as ages are counted.
    @Test(arguments: ["2019-02-28", "2019-03-01", "2020-02-29", "2023-02-28", "2020-12-31"])
    func yearsAreFullFromTheSameDayBefore(at text: String) throws {
        let date = try #require(CalendarDate(iso: text))
        let since = try #require(date.adding(months: -36))
        for number in (since.dayNumber - 400)...date.dayNumber {
            let digits = CalendarDate(dayNumber: number).yyyymmdd
            #expect(((date.yyyymmdd - digits) / 10_000 >= 3) == (number <= since.dayNumber))
        }
    }

    @Test func noMonthLiesBeforeTheYear1850() throws {
        let date = try #require(CalendarDate(iso: "1850-02-28"))
        #expect(date.adding(months: -1)?.description == "1850-01-28")
        #expect(date.adding(months: -2) == nil)
    }

    @Test func noMonthLiesBehindTheYear2099() throws {
        let date = try #require(CalendarDate(year: 2099, month: 7, day: 1))
        #expect(date.adding(months: 5)?.description == "2099-12-01")
        #expect(date.adding(months: 6) == nil)
    }

    @Test(arguments: [
        "2020-1-01", "2020-01-1", "20200101", "2020/01/01", " 2020-01-01", "2020-01-01 ", "",
        "2020-02-30", "+020-01-01", "２０２０-01-01", "2020-01-0a",
    ])
    func readsNothingButWholeISODates(text: String) {
        #expect(CalendarDate(iso: text) == nil)
    }

    @Test func ordersByTime() throws {
        let dates = try ["1850-01-01", "1999-12-31", "2000-01-01", "2000-02-29", "2099-12-31"]
            .map { try #require(CalendarDate(iso: $0)) }
        #expect(dates.reversed().sorted() == dates)
        #expect(dates[0].dayNumber == 1)
    }
}

@Suite struct TimestampTests {
    @Test func keepsDayAndSecond() throws {
        let date = try #require(CalendarDate(iso: "2020-02-29"))
        let last = Timestamp(date: date, secondOfDay: 86_399)
        #expect(last.date == date)
        let next = Timestamp(seconds: last.seconds + 1)
        #expect(next.date.description == "2020-03-01")
        #expect(last < next)
    }

    @Test func fitsIntoThirtyThreeBits() throws {
        let date = try #require(CalendarDate(iso: "2099-12-31"))
        #expect(Timestamp(date: date, secondOfDay: 86_399).seconds < 1 << 33)
        let first = try #require(CalendarDate(iso: "1850-01-01"))
        #expect(Timestamp(date: first, secondOfDay: 0).seconds > 0)
    }
}
