import PopulationModel

extension SpelledFile {
    package mutating func spellOptional(day: Int32) {
        if day > 0 { spell(day: day) }
    }

    package mutating func spell(day: Int32) {
        var form = layout.dateForm
        let draw = random.below(1_000)
        if draw < 100 {
            let forms: [FileLayout.DateForm] = [.dashes, .slashes, .compact, .dots, .dashesShort]
            form = forms[draw % forms.count]
        }
        append(CalendarDate(dayNumber: day), form: form)
        if draw >= 980, form != .compact {
            appendWord(draw & 1 == 0 ? " 00:00:00" : "T8:30")
            count(.dateWithTime)
        }
        decorate()
    }

    private mutating func append(_ date: CalendarDate, form: FileLayout.DateForm) {
        let (year, month, day) = date.components
        let isShort = form == .slashes || form == .dashesShort
        let width = isShort ? 1 : 2
        let separator: UInt8? =
            switch form {
            case .dashes, .dashesShort: UInt8(ascii: "-")
            case .slashes: UInt8(ascii: "/")
            case .dots: UInt8(ascii: ".")
            case .compact: nil
            }
        append(UInt64(year))
        if let separator { field.append(separator) }
        append(UInt64(month), width: width)
        if let separator { field.append(separator) }
        append(UInt64(day), width: width)
        switch form {
        case .dashes: count(.dateDashes)
        case .dashesShort: count(.dateDashesShort)
        case .slashes: count(.dateSlashes)
        case .dots: count(.dateDots)
        case .compact: count(.dateCompact)
        }
    }

    package mutating func spell(time: Timestamp) {
        let second = UInt64(time.seconds % 86_400)
        let date = time.date
        if second == 0, random.below(2) == 0 {
            append(date, form: layout.dateForm)
            count(.timeBareDate)
            return
        }
        var form = layout.timeForm
        let draw = random.below(1_000)
        if draw < 120 {
            let forms: [FileLayout.TimeForm] = [.blank, .letterT, .compact, .fraction]
            form = forms[draw % forms.count]
        }
        if form == .noSeconds, second % 60 != 0 { form = .blank }
        if form == .compact {
            append(UInt64(date.yyyymmdd))
            append(second / 3_600 * 10_000 + second / 60 % 60 * 100 + second % 60, width: 6)
            count(.timeCompact)
            decorate()
            return
        }
        append(date, form: layout.dateForm)
        field.append(form == .letterT ? UInt8(ascii: "T") : 0x20)
        append(second / 3_600, width: form == .noSeconds ? 1 : 2)
        field.append(UInt8(ascii: ":"))
        append(second / 60 % 60, width: 2)
        if form != .noSeconds {
            field.append(UInt8(ascii: ":"))
            append(second % 60, width: 2)
        }
        if form == .fraction { appendWord(".\(draw)") }
        switch form {
        case .letterT: count(.timeT)
        case .noSeconds: count(.timeNoSeconds)
        case .fraction: count(.timeFraction)
        default: count(.timeBlank)
        }
        decorate()
    }
}
