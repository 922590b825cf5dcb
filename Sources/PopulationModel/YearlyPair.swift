/// Two reference dates on 31 December of consecutive years (SPEC 6): what a yearly figure is of.
public struct YearlyPair: Sendable, Equatable {
    /// That of the end.
    public var year: Int
    /// Indexes of the reference dates.
    public var start: Int
    public var end: Int

    public init(year: Int, start: Int, end: Int) {
        self.year = year
        self.start = start
        self.end = end
    }
}

extension [CalendarDate] {
    /// The dates on 31 December, in order of time, with their years and places.
    public var yearlyDates: [(year: Int, date: Int)] {
        indices.compactMap { index in
            let (year, month, day) = self[index].components
            return month == 12 && day == 31 ? (Int(year), index) : nil
        }.sorted { $0.year < $1.year }
    }

    /// In order of time.
    public var yearlyPairs: [YearlyPair] {
        let yearly = yearlyDates
        return zip(yearly, yearly.dropFirst()).compactMap { start, end in
            end.year == start.year + 1
                ? YearlyPair(year: end.year, start: start.date, end: end.date) : nil
        }
    }

    /// The dates at which yearly pairs end, in order of time.
    public var endsOfPairs: [CalendarDate] { yearlyPairs.map { self[$0.end] } }
}

extension Territory {
    /// Of the reference dates.
    public var yearlyDates: [(year: Int, date: Int)] { dates.yearlyDates }
    public var yearlyPairs: [YearlyPair] { dates.yearlyPairs }
}
