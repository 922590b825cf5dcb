import Glibc
import PopulationModel

/// A night: from noon to noon of local time, named after the day it begins on.
struct NightClock: Sendable {
    let date: CalendarDate

    /// The night of a moment, in seconds since 1970.
    init(at moment: Int) {
        var seconds = moment - 12 * 3_600
        var day = tm()
        localtime_r(&seconds, &day)
        date =
            CalendarDate(
                year: Int32(day.tm_year) + 1_900, month: day.tm_mon + 1, day: day.tm_mday)
            ?? CalendarDate(dayNumber: 1)
    }

    /// When it is that time in this night; mktime(3) knows the change of the clocks.
    func moment(of time: TimeOfDay) -> Int {
        let (year, month, first) = date.components
        var day = tm()
        day.tm_year = year - 1_900
        day.tm_mon = month - 1
        day.tm_mday = first + (time.hour < 12 ? 1 : 0)
        day.tm_hour = Int32(time.hour)
        day.tm_min = Int32(time.minute)
        day.tm_sec = 0
        day.tm_isdst = -1
        return mktime(&day)
    }
}
