package import PopulationFigures
package import PopulationModel

/// Counts per unit → figures per class, township, county and area (SPEC 6). Needs the cube and the
/// territory only: other classes give other figures without a person being read again.
package struct RollUp: Sendable {
    let cube: Cube
    let territory: Territory
    let targets: [Target]
    /// Names of the ladder's tiers; without any there is no ladder.
    let tierNames: [String]

    package init(
        _ cube: Cube, territory: Territory, targets: [Target], tierNames: [String] = []
    ) {
        precondition(tierNames.count == cube.counties.layout.tierCount, "a name for each tier")
        self.cube = cube
        self.territory = territory
        self.targets = targets
        self.tierNames = tierNames
    }

    /// Everything but `progress`, `quality` and what is reckoned from these figures.
    package func figures(threads: Int = 1) -> Figures {
        var figures = figures(of: figuresByDate(threads: threads, withStays: true))
        figures.permits = permits()
        figures.ladder = ladder()
        addYearlyFigures(to: &figures, threads: threads)
        return figures
    }

    /// What counts per unit alone tell: `urbanization`, `population`, `units`, `migration` and
    /// `households`.
    package func unitFigures(threads: Int = 1) -> Figures {
        figures(of: figuresByDate(threads: threads, withStays: false))
    }

    private func figures(of parts: [Part]) -> Figures {
        let last = territory.dates.count - 1
        var figures = Figures(
            area: territory.area,
            areaName: name(of: territory.area.code, date: last),
            referenceDates: territory.dates)
        figures.targets = targets
        figures.units.reserveCapacity(parts.reduce(0) { $0 + $1.units.count })
        for part in parts {
            figures.urbanization += part.urbanization
            figures.population += part.population
            figures.units += part.units
            figures.migration += part.migration
            figures.households += part.households
            figures.services += part.services
            figures.eligibility += part.eligibility
        }
        return figures
    }

    /// Figures of one date, of one of its kinds.
    private struct Part: Sendable {
        var urbanization: [UrbanizationFigure] = []
        var population: [PopulationFigure] = []
        var units: [UnitFigure] = []
        var migration: [MigrationFigure] = []
        var households: [HouseholdFigure] = []
        var services: [ServiceFigure] = []
        var eligibility: [EligibilityFigure] = []
    }

    /// What is worked out side by side for each date.
    private enum Kind: CaseIterable {
        case units, areas, counties
    }

    /// The units of a date are listed once for all of its figures. Dates are worked out side by side;
    /// of fewer dates than threads, their kinds are.
    private func figuresByDate(threads: Int, withStays: Bool) -> [Part] {
        let editions = WorkerThreads.map(count: territory.editions.count, threads: threads) {
            territory.editionOfDate.contains($0) ? ListedEdition(territory, index: $0) : nil
        }
        let dateCount = territory.dates.count
        @Sendable func edition(at date: Int) -> ListedEdition {
            editions[territory.editionOfDate[date]]!
        }
        @Sendable func part(_ kind: Kind, _ units: [UnitAtDate], date: Int) -> Part {
            switch kind {
            case .units:
                Part(units: unitFigures(units, names: edition(at: date).names, date: date))
            case .areas:
                Part(urbanization: urbanization(units, date: date))
            case .counties:
                Part(
                    population: population(units, date: date),
                    migration: migration(units, date: date),
                    households: households(units, date: date),
                    services: withStays ? services(units, date: date) : [],
                    eligibility: withStays ? eligibility(units, date: date) : [])
            }
        }
        let kinds = Kind.allCases
        if dateCount >= threads {
            return WorkerThreads.map(count: dateCount, threads: threads) { date in
                let units = unitsAt(date, edition: edition(at: date).units)
                return kinds.map { part($0, units, date: date) }
            }.flatMap { $0 }
        }
        let units = WorkerThreads.map(count: dateCount, threads: threads) {
            unitsAt($0, edition: edition(at: $0).units)
        }
        return WorkerThreads.map(count: dateCount * kinds.count, threads: threads) { index in
            let (date, kind) = index.quotientAndRemainder(dividingBy: kinds.count)
            return part(kinds[kind], units[date], date: date)
        }
    }

    /// The units of an edition inside the area, and their names, which all dates share.
    private struct ListedEdition: Sendable {
        let units: [UnitAtDate]
        let names: [String]

        init(_ territory: Territory, index: Int) {
            let known = territory.editions[index].units
            units = RollUp.unitsInside(known, territory.area)
            names = known.range(inside: territory.area).map(known.name)
        }
    }

    /// Citizens of class 000 at the last date by unit code, registered or resident.
    package func unknownDivisions() -> [(code: String, citizens: Int)] {
        let date = territory.dates.count - 1
        let known = territory.editions[territory.editionOfDate[date]].units
        let inside = known.range(inside: territory.area)
        return cube.units.compactMap { unit in
            let citizens = unit.entries.reduce(0) { sum, entry in
                cube.measures[entry] == CubeLayout.citizens
                    ? sum + cube.count(ofEntry: entry, date: date) : sum
            }
            let index = known.index(of: unit.code).flatMap { inside.contains($0) ? $0 : nil }
            guard citizens > 0, index.map({ known.classes[$0] }) ?? 0 == 0 else { return nil }
            return (DivisionCode(digits: unit.code).text, citizens)
        }
    }

    /// A unit at one date: of the edition, or counted without being in it.
    struct UnitAtDate: Sendable {
        var code: UInt64
        /// 0 = unclassified.
        var unitClass: UInt16
        /// Where it stands among the units of the edition inside the area; -1 = not in the edition.
        var index: Int32 = -1
        /// Of the cube.
        var entries: Range<Int> = 0..<0
        var registered = 0
        var resident = 0
        /// Registered or resident here, each once.
        var citizens = 0

        var isInEdition: Bool { index >= 0 }
        var isUrban: Bool { unitClass / 100 == 1 }
        var county: UInt32 { UInt32(code / 1_000_000) }
    }

    /// Units of an edition inside the area, ascending by code.
    func unitsInside(_ edition: DivisionEdition) -> [UnitAtDate] {
        Self.unitsInside(edition.units, territory.area)
    }

    private static func unitsInside(_ units: DivisionUnits, _ area: Area) -> [UnitAtDate] {
        let range = units.range(inside: area)
        return range.map { index in
            UnitAtDate(
                code: units.codes[index], unitClass: units.classes[index],
                index: Int32(index - range.lowerBound))
        }
    }

    /// Ascending by code; units of the edition inside the area, and those with counts.
    func unitsAt(_ date: Int, edition: [UnitAtDate]) -> [UnitAtDate] {
        var units: [UnitAtDate] = []
        units.reserveCapacity(edition.count)
        var next = 0
        for counted in cube.units {
            while next < edition.count, edition[next].code < counted.code {
                units.append(edition[next])
                next += 1
            }
            var unit = UnitAtDate(code: counted.code, unitClass: 0)
            if next < edition.count, edition[next].code == counted.code {
                unit = edition[next]
                next += 1
            }
            if count(counted.entries, of: &unit, at: date) || unit.isInEdition {
                units.append(unit)
            }
        }
        return units + edition[next...]
    }

    /// Fills in the persons of a unit; whether it has any count at the date.
    private func count(_ entries: Range<Int>, of unit: inout UnitAtDate, at date: Int) -> Bool {
        unit.entries = entries
        var any = false
        for entry in entries {
            let count = cube.count(ofEntry: entry, date: date)
            if count == 0 { continue }
            any = true
            switch Int(cube.measures[entry]) {
            case ..<CubeLayout.ageCount: unit.registered += count
            case ..<(CubeLayout.ageCount * 2): unit.resident += count
            case CubeLayout.citizens: unit.citizens += count
            default: break
            }
        }
        return any
    }

    /// Calls `body` with the measures of a unit in a range and their counts, if not 0.
    func forEachCount(
        _ unit: UnitAtDate, in measures: Range<Int>, date: Int,
        _ body: (_ measure: Int, _ count: Int) -> Void
    ) {
        for entry in unit.entries {
            let measure = Int(cube.measures[entry])
            guard measures.contains(measure) else { continue }
            let count = cube.count(ofEntry: entry, date: date)
            if count != 0 { body(measure, count) }
        }
    }

    private func population(_ units: [UnitAtDate], date: Int) -> [PopulationFigure] {
        struct Key: Hashable {
            var county: UInt64
            var unitClass: UInt16
        }
        var sums: [Key: [Int]] = [:]
        for unit in units where unit.citizens > 0 {
            let key = Key(county: unit.code / 1_000_000, unitClass: unit.unitClass)
            let measures = 0..<(CubeLayout.ageCount * 2)
            // Taken out while it is added to, so that it is not copied.
            var ages = sums.removeValue(forKey: key) ?? Array(repeating: 0, count: measures.count)
            forEachCount(unit, in: measures, date: date) { ages[$0] += $1 }
            sums[key] = ages
        }
        let bandsOfGroup = Dictionary(grouping: 0..<AgeBand.count) { AgeBand.group(of: $0).index }
        var figures: [PopulationFigure] = []
        for (key, ages) in sums.sorted(by: {
            ($0.key.county, $0.key.unitClass) < ($1.key.county, $1.key.unitClass)
        }) {
            for concept in Concept.allCases {
                // By word: female before male.
                for sex in [Sex.female, .male] {
                    for group in 0..<AgeGroup.count {
                        let persons = (bandsOfGroup[group] ?? []).reduce(0) { sum, band in
                            sum
                                + ages[
                                    CubeLayout.age(
                                        concept == .registered ? 0 : 1,
                                        sex: Int(sex.rawValue) - 1, band: band)]
                        }
                        guard persons > 0 else { continue }
                        figures.append(
                            PopulationFigure(
                                date: territory.dates[date],
                                countyCode: DivisionCode.padded(key.county, to: 6),
                                unitClass: DivisionCode.padded(UInt64(key.unitClass), to: 3),
                                concept: concept, sex: sex, ageGroup: AgeGroup(index: group),
                                persons: persons))
                    }
                }
            }
        }
        return figures
    }

    private func unitFigures(_ units: [UnitAtDate], names: [String], date: Int) -> [UnitFigure] {
        units.filter { $0.isInEdition || $0.citizens > 0 }.map { unit in
            UnitFigure(
                date: territory.dates[date], unitCode: DivisionCode(digits: unit.code).text,
                unitClass: DivisionCode.padded(UInt64(unit.unitClass), to: 3),
                name: unit.isInEdition ? names[Int(unit.index)] : "",
                registered: unit.registered,
                resident: unit.resident)
        }
    }

    private func migration(_ units: [UnitAtDate], date: Int) -> [MigrationFigure] {
        let measures = CubeLayout.registeredResident..<CubeLayout.householdPersons
        var figures: [MigrationFigure] = []
        var county: UInt64?
        var sum = Array(repeating: 0, count: MigrationMeasure.allCases.count)
        func endCounty() {
            guard let county else { return }
            figures.append(
                MigrationFigure(
                    date: territory.dates[date], countyCode: DivisionCode.padded(county, to: 6),
                    counts: sum))
        }
        for unit in units {
            if unit.code / 1_000_000 != county {
                endCounty()
                county = unit.code / 1_000_000
                sum = Array(repeating: 0, count: sum.count)
            }
            sum[MigrationMeasure.registered.rawValue] += unit.registered
            sum[MigrationMeasure.resident.rawValue] += unit.resident
            forEachCount(unit, in: measures, date: date) { measure, count in
                for migration in Self.migrationMeasures(of: measure) {
                    sum[migration.rawValue] += count
                }
            }
        }
        endCounty()
        return figures
    }

    private func households(_ units: [UnitAtDate], date: Int) -> [HouseholdFigure] {
        var persons: [UInt32: Int] = [:]
        for unit in units {
            let county = UInt32(unit.code / 1_000_000)
            let types = CubeLayout.householdPersons..<CubeLayout.citizens
            forEachCount(unit, in: types, date: date) { measure, count in
                let type = UInt32(measure - types.lowerBound)
                persons[county << 2 | type, default: 0] += count
            }
        }
        var households: [UInt32: Int] = [:]
        for count in cube.households where count.dateIndex == date {
            households[count.county << 2 | UInt32(count.type)] = count.households
        }
        let figures = persons.filter { $0.value > 0 }.map { key, persons in
            let type = HouseholdType(rawValue: UInt8(key & 3))
            return HouseholdFigure(
                date: territory.dates[date],
                countyCode: DivisionCode.padded(UInt64(key >> 2), to: 6),
                householdType: type?.word ?? "unknown", households: households[key] ?? 0,
                persons: persons)
        }
        return figures.sorted {
            ($0.countyCode, $0.householdType) < ($1.countyCode, $1.householdType)
        }
    }

    /// From the counties file, else the edition's row of that code, else empty.
    func name(of code: String, date: Int) -> String {
        if let county = territory.counties.first(where: { $0.code == code }),
            !county.nameZH.isEmpty
        {
            return county.nameZH
        }
        return territory.editions[territory.editionOfDate[date]].areaNames[code] ?? ""
    }

    /// The columns of the table migration that a measure of the cube goes into.
    private static func migrationMeasures(of measure: Int) -> [MigrationMeasure] {
        switch measure {
        case CubeLayout.registeredResident: [.registered_resident]
        case CubeLayout.registeredElsewhere: [.registered_elsewhere]
        case CubeLayout.away: [.away]
        case CubeLayout.unregisteredLocal: [.resident_unregistered_local]
        case CubeLayout.separated: [.separated]
        case CubeLayout.intraDistrict: [.intra_district]
        case CubeLayout.floating: [.floating, .floating_own_county]
        case CubeLayout.floating + 1: [.floating, .floating_own_prefecture]
        case CubeLayout.floating + 2: [.floating, .floating_own_province]
        case CubeLayout.floating + 3: [.floating, .floating_other_province]
        case CubeLayout.floating + 4: [.floating, .floating_unknown]
        case CubeLayout.shortStay: [.short_stay]
        default: []
        }
    }
}
