import PopulationFigures
import PopulationModel

/// Gathers what money and land are shared out by: one entry per county and end of a yearly pair,
/// from the tables `migration`, `urbanization` and `population` and from the person-level figures.
package struct CountyYearMaker: Sendable {
    private struct Key: Hashable {
        let year: Int
        let countyCode: String
    }

    private let figures: Figures

    package init(figures: Figures) {
        self.figures = figures
    }

    /// Every county that holds units or people at the date, those of zeros included, by year and
    /// code.
    package func counts(with persons: [CountyYearPersons]) -> [CountyYearCounts] {
        let dates = Set(figures.referenceDates.endsOfPairs)
        func key(_ date: CalendarDate, _ code: String) -> Key {
            Key(year: Int(date.components.year), countyCode: code)
        }
        var counts: [Key: CountyYearCounts] = [:]
        for row in figures.migration where dates.contains(row.date) {
            let key = key(row.date, row.countyCode)
            var entry = CountyYearCounts(year: key.year, countyCode: key.countyCode)
            entry.resident = row[.resident]
            entry.registered = row[.registered]
            entry.floating = row[.floating]
            counts[key] = entry
        }
        for row in figures.urbanization where row.level == .county && dates.contains(row.date) {
            let key = key(row.date, row.areaCode)
            switch row.concept {
            case .resident: counts[key]?.residentUrban = row.urban
            case .registered: counts[key]?.registeredUrban = row.urban
            }
        }
        for row in figures.population where row.concept == .resident && dates.contains(row.date) {
            let key = key(row.date, row.countyCode)
            // Groups of five years: 0-4, 5-9, 10-14; 65-69 is the fourteenth.
            if row.ageGroup.index < 3 { counts[key]?.residents0To14 += row.persons }
            if row.ageGroup.index >= 13 { counts[key]?.residents65Plus += row.persons }
        }
        let years = Set(dates.map { Int($0.components.year) })
        // A county without units or residents keeps its settled: nobody's money is dropped.
        for entry in persons where years.contains(entry.year) {
            let key = Key(year: entry.year, countyCode: entry.countyCode)
            counts[key, default: CountyYearCounts(year: key.year, countyCode: key.countyCode)]
                .persons = entry
        }
        return counts.values.sorted { ($0.year, $0.countyCode) < ($1.year, $1.countyCode) }
    }
}
