/// What a change of the urbanization rate consists of (domain.md 8.5), in percent and percentage
/// points.
package struct DecompositionParts {
    package let rateStart: Fraction
    package let rateEnd: Fraction
    package let reclassification: Fraction
    package let natural: Fraction
    package let migration: Fraction

    package var change: Fraction { rateEnd - rateStart }

    /// U0, P0 start; R; natural increase N and net migration M of all, Nu and Mu of the urban part.
    /// Nil without people at both ends.
    package init?(
        urban: Int, persons: Int, reclassified: Int, naturalUrban: Int, natural: Int,
        migrationUrban: Int, migration: Int
    ) {
        let urbanEnd = urban + reclassified + naturalUrban + migrationUrban
        let personsEnd = persons + natural + migration
        if persons <= 0 || personsEnd <= 0 { return nil }
        let share = Fraction(urban, persons)
        let scale = Fraction(100, personsEnd)
        rateStart = Fraction(100 * urban, persons)
        rateEnd = Fraction(100 * urbanEnd, personsEnd)
        reclassification = Fraction(reclassified) * scale
        self.natural = (Fraction(naturalUrban) - share * Fraction(natural)) * scale
        self.migration = (Fraction(migrationUrban) - share * Fraction(migration)) * scale
    }
}

/// The table `decomposition` (SPEC 6.1).
struct DecompositionMaker {
    var table = Table(
        "year,area_code,rate_start,rate_end,change,reclassification,natural,migration", keys: 2)

    mutating func add(_ pair: YearPair) throws {
        var areas: [String: Count] = [:]
        for transition in pair.transitions {
            if let unit = transition.before.resident {
                let county = transition.countyCarried(unit)
                for area in Set([pair.end.area, county]) {
                    areas[area, default: Count()].addStart(transition, unit)
                }
            }
            if let unit = transition.after.resident {
                for area in Set([pair.end.area, pair.end.county(unit)]) {
                    areas[area, default: Count()].addEnd(transition, unit)
                }
            }
        }
        for (area, count) in areas {
            guard let parts = count.parts else { continue }
            if parts.reclassification + parts.natural + parts.migration != parts.change {
                throw NaiveFault("\(pair.year) \(area): the parts are not the change")
            }
            let figures = [
                parts.rateStart, parts.rateEnd, parts.change, parts.reclassification,
                parts.natural, parts.migration,
            ]
            table.rows.append([pair.year, area] + figures.map { $0.text(decimals: 6) })
        }
    }

    /// The integers of one area; class 000 counts rural.
    private struct Count {
        private var persons = 0
        private var urban = 0
        private var reclassified = 0
        private var births = 0
        private var birthsUrban = 0
        private var deaths = 0
        private var deathsUrban = 0
        private var personsEnd = 0
        private var urbanEnd = 0

        /// Resident at t0, the unit being of the area in t's edition or having left the area.
        mutating func addStart(_ transition: Transition, _ unit: String) {
            let wasUrban = transition.start.isUrban(unit)
            let isUrban = transition.end.isUrban(transition.carried(unit))
            persons += 1
            urban += wasUrban ? 1 : 0
            reclassified += (isUrban ? 1 : 0) - (wasUrban ? 1 : 0)
            if transition.after.row?["event"] == "death" {
                deaths += 1
                deathsUrban += isUrban ? 1 : 0
            }
        }

        /// Resident at t.
        mutating func addEnd(_ transition: Transition, _ unit: String) {
            let isUrban = transition.end.isUrban(unit)
            personsEnd += 1
            urbanEnd += isUrban ? 1 : 0
            if transition.isBorn {
                births += 1
                birthsUrban += isUrban ? 1 : 0
            }
        }

        /// "all else migration"
        var parts: DecompositionParts? {
            let natural = births - deaths
            let naturalUrban = birthsUrban - deathsUrban
            return DecompositionParts(
                urban: urban, persons: persons, reclassified: reclassified,
                naturalUrban: naturalUrban, natural: natural,
                migrationUrban: urbanEnd - urban - reclassified - naturalUrban,
                migration: personsEnd - persons - natural)
        }
    }
}
