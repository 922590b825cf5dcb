import PopulationFigures
import PopulationModel

/// How the report writes numbers and dates: thousands separators, a true minus sign, decimals
/// rounded once from the exact value.
package enum ReportNumber {
    /// 3,873,239.
    package static func count(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return number < 0 ? "−" + text : text
    }

    /// A change of persons: +1,204, −17, 0.
    package static func change(_ number: Int) -> String {
        number > 0 ? "+" + count(number) : count(number)
    }

    /// A difference of percentages: +0.85, −1.02, 0.00.
    package static func points(_ difference: Fraction) -> String {
        let text = difference.text(decimals: 2)
        if text.hasPrefix("-") { return "−" + text.dropFirst() }
        return text == "0.00" ? text : "+" + text
    }

    /// A difference without its sign, for sentences that say up or down.
    package static func magnitude(_ difference: Fraction) -> String {
        let text = difference.text(decimals: 2)
        return text.hasPrefix("-") ? String(text.dropFirst()) : text
    }

    /// A decimal of a table as the page writes it, with a true minus sign.
    package static func decimal(_ text: String) -> String {
        text.hasPrefix("-") ? "−" + text.dropFirst() : text
    }

    /// The end of a year in words, any other day as a date.
    package static func date(_ date: CalendarDate) -> Bilingual {
        let (year, month, day) = date.components
        if isEndOfYear(date) { return Bilingual("\(year)年末", "end-\(year)") }
        return Bilingual("\(year)年\(month)月\(day)日", "\(day) \(monthNames[Int(month) - 1]) \(year)")
    }

    /// A day as sentences say when something was: at the end of 2020, on 1 November 2020.
    package static func at(_ date: CalendarDate) -> Bilingual {
        let words = self.date(date)
        return isEndOfYear(date)
            ? Bilingual(words.zh, "at \(since(date).en)") : Bilingual(words.zh, "on \(words.en)")
    }

    /// A day as sentences say since when: the end of 2019, 1 November 2019.
    package static func since(_ date: CalendarDate) -> Bilingual {
        let words = self.date(date)
        return isEndOfYear(date)
            ? Bilingual(words.zh, "the end of \(date.components.year)") : words
    }

    /// The year alone for the end of a year, else yyyy-mm-dd: for axes and column heads.
    package static func shortDate(_ date: CalendarDate) -> String {
        isEndOfYear(date) ? "\(date.components.year)" : date.description
    }

    package static func isEndOfYear(_ date: CalendarDate) -> Bool {
        let (_, month, day) = date.components
        return month == 12 && day == 31
    }

    private static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
}
