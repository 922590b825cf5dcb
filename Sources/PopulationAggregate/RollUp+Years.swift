internal import PopulationFigures
internal import PopulationModel

// What is told of years: settlement, the form balance58, and why rates changed (SPEC 6, 6.1).
extension RollUp {
    func addYearlyFigures(to figures: inout Figures, threads: Int) {
        let pairs = territory.yearlyPairs
        figures.settlement = settlement(pairs)
        let changes = WorkerThreads.map(count: pairs.count, threads: threads) {
            yearOfUnits(pairs[$0])
        }
        figures.balance58 = balance58(pairs, changes, figures.urbanization)
        figures.decomposition = zip(pairs.indices, changes).flatMap { pair, change in
            decomposition(pair, pairs[pair], change)
        }
    }

    private func settlement(_ pairs: [YearlyPair]) -> [SettlementFigure] {
        cube.settled.map { settled in
            SettlementFigure(
                year: pairs[settled.pair].year,
                countyCode: DivisionCode.padded(UInt64(settled.kind.county), to: 6),
                place: settled.kind.place, cause: settled.kind.cause,
                originTier: settled.kind.tier, persons: settled.persons,
                withFamily: settled.withFamily,
                withCollegeOrTitle: settled.withCollegeOrTitle)
        }
    }

    /// Residents at both ends of a year and what is known between them, of one area.
    private struct YearOfArea {
        var start = 0
        var startUrban = 0
        var end = 0
        var endUrban = 0
        /// Residents of the start in units that became urban, less those that became rural.
        var reclassified = 0
        /// Born in the year and resident at its end.
        var births = 0
        var urbanBirths = 0

        mutating func add(_ other: Self) {
            start += other.start
            startUrban += other.startUrban
            end += other.end
            endUrban += other.endUrban
            reclassified += other.reclassified
            births += other.births
            urbanBirths += other.urbanBirths
        }
    }

    /// By county of the edition of the end.
    private struct YearOfUnits {
        var areas: [UInt32: YearOfArea] = [:]
        /// Urban-registered at the start.
        var urbanRegistered: [UInt32: Int] = [:]
    }

    private func unitsAt(_ date: Int) -> [UnitAtDate] {
        let edition = territory.editions[territory.editionOfDate[date]]
        return unitsAt(date, edition: unitsInside(edition))
    }

    /// Units of the start are counted in the county in which the edition of the end has them, and
    /// in their own when that is outside the area.
    private func yearOfUnits(_ pair: YearlyPair) -> YearOfUnits {
        var year = YearOfUnits()
        let edition = territory.editionOfDate[pair.end]
        for unit in unitsAt(pair.start) where unit.registered + unit.resident > 0 {
            let standing = territory.standing(for: unit.code, inEdition: edition)
            let isInArea = territory.area.contains(DivisionCode(digits: standing))
            let county = isInArea ? UInt32(standing / 1_000_000) : unit.county
            let isUrbanNow = territory.unitClass(of: standing, inEdition: edition) / 100 == 1
            if unit.isUrban { year.urbanRegistered[county, default: 0] += unit.registered }
            var area = YearOfArea(start: unit.resident)
            if unit.isUrban { area.startUrban = unit.resident }
            if isUrbanNow != unit.isUrban {
                area.reclassified = isUrbanNow ? unit.resident : -unit.resident
            }
            year.areas[county, default: YearOfArea()].add(area)
        }
        let newborn = [0, 1].map {
            CubeLayout.age(CubeLayout.resident, sex: $0, band: AgeBand.newborn)
        }
        for unit in unitsAt(pair.end) where unit.resident > 0 {
            var area = YearOfArea(end: unit.resident)
            for measure in newborn {
                forEachCount(unit, in: measure..<(measure + 1), date: pair.end) {
                    area.births += $1
                }
            }
            if unit.isUrban {
                area.endUrban = area.end
                area.urbanBirths = area.births
            }
            year.areas[unit.county, default: YearOfArea()].add(area)
        }
        return year
    }

    private func balance58(
        _ pairs: [YearlyPair], _ changes: [YearOfUnits], _ urbanization: [UrbanizationFigure]
    ) -> [Balance58Figure] {
        let layout = cube.counties.layout
        return territory.yearlyDates.flatMap { year, date -> [Balance58Figure] in
            var urban: [String: Int] = [:]
            for figure in urbanization
            where figure.date == territory.dates[date] && figure.level == .county
                && figure.concept == .registered && figure.urban > 0
            {
                urban[figure.areaCode] = figure.urban
            }
            guard let pair = pairs.firstIndex(where: { $0.end == date }) else {
                return urban.sorted { $0.key < $1.key }.map { county, persons in
                    let columns =
                        [persons]
                        + [Int?](
                            repeating: nil, count: Balance58Figure.columnCount - 1)
                    return Balance58Figure(year: year, countyCode: county, columns: columns)
                }
            }
            let counties = Set(cube.counties.counties).union(changes[pair].urbanRegistered.keys)
                .map { DivisionCode.padded(UInt64($0), to: 6) }
            return Set(counties).union(urban.keys).sorted().compactMap { code in
                let county = UInt32(code)!
                let flows = (2...Balance58Figure.columnCount).map {
                    cube.counties.count(county, layout.balance(pair, column: $0))
                }
                let figure = Balance58Figure(
                    year: year, countyCode: code, columns: [urban[code] ?? 0] + flows,
                    urbanAtStart: changes[pair].urbanRegistered[county] ?? 0)
                return figure.columns.allSatisfy { $0 == 0 } ? nil : figure
            }
        }
    }

    /// The area, then its counties, with people at both ends. Source: domain.md 8.5.
    private func decomposition(_ index: Int, _ pair: YearlyPair, _ year: YearOfUnits)
        -> [DecompositionFigure]
    {
        let layout = cube.counties.layout
        let counties = year.areas.keys.sorted()
        let codes = counties.map { DivisionCode.padded(UInt64($0), to: 6) }
        var parts = zip(codes, counties.map { [$0] }).map { (code: $0, counties: $1) }
        if territory.area.code.utf8.count < 6 {
            parts.insert((territory.area.code, counties), at: 0)
        }
        return parts.compactMap { code, counties in
            var area = YearOfArea()
            var deaths = 0
            var urbanDeaths = 0
            for county in counties {
                area.add(year.areas[county] ?? YearOfArea())
                deaths += cube.counties.count(county, layout.deaths(index))
                urbanDeaths += cube.counties.count(county, layout.urbanDeaths(index))
            }
            guard area.start > 0, area.end > 0 else { return nil }
            let natural = area.births - deaths
            let urbanNatural = area.urbanBirths - urbanDeaths
            let migration = area.end - area.start - natural
            let urbanMigration =
                area.endUrban - area.startUrban - area.reclassified - urbanNatural
            let rateStart = Fraction(area.startUrban, area.start)
            /// What a change of people does to the rate: those of urban units count, less the share
            /// that they would have at the start's rate.
            func part(_ urban: Int, _ all: Int) -> Fraction {
                (Fraction(urban) - rateStart * Fraction(all)) / Fraction(area.end)
            }
            return DecompositionFigure(
                year: pair.year, areaCode: code,
                start: Rate(urban: area.startUrban, total: area.start),
                rateEnd: Fraction(area.endUrban, area.end),
                reclassification: Fraction(area.reclassified, area.end),
                natural: part(urbanNatural, natural), migration: part(urbanMigration, migration))
        }
    }
}
