package import PopulationFigures
package import PopulationModel

/// Counts per unit → figures per class, township, county and area (SPEC 6). Needs the cube and the
/// territory only: other classes give other figures without a person being read again.
package struct RollUp {
    private let cube: Cube
    private let territory: Territory
    private let targets: [Target]

    package init(_ cube: Cube, territory: Territory, targets: [Target]) {
        self.cube = cube
        self.territory = territory
        self.targets = targets
    }

    /// Everything but `progress` and `quality`.
    package func figures() -> Figures {
        let last = territory.dates.count - 1
        var figures = Figures(
            area: territory.area,
            areaName: name(of: territory.area.code, date: last),
            referenceDates: territory.dates)
        figures.targets = targets
        for date in territory.dates.indices {
            let units = unitsAt(date)
            figures.urbanization += urbanization(units, date: date)
            figures.population += population(units, date: date)
            figures.units += unitFigures(units, date: date)
            figures.migration += migration(units, date: date)
            figures.households += households(units, date: date)
        }
        return figures
    }

    /// Citizens of class 000 at the last date by unit code, registered or resident.
    package func unknownDivisions() -> [(code: String, citizens: Int)] {
        let date = territory.dates.count - 1
        return unitsAt(date).compactMap { unit in
            guard unit.unitClass == 0, let counts = unit.counts else { return nil }
            let citizens = counts.count(CubeLayout.citizens, date: date)
            return citizens == 0
                ? nil : (DivisionCode(digits: unit.code).text, citizens)
        }
    }

    /// A unit at one date: of the edition, or counted without being in it.
    private struct UnitAtDate {
        var code: UInt64
        /// 0 = unclassified.
        var unitClass: UInt16
        var isInEdition: Bool
        var counts: Cube.Unit?

        /// Somebody is registered or resident here.
        func hasPersons(at date: Int) -> Bool {
            counts.map { $0.count(CubeLayout.citizens, date: date) > 0 } ?? false
        }
    }

    /// Ascending by code; units of the edition inside the area, and those with counts.
    private func unitsAt(_ date: Int) -> [UnitAtDate] {
        let edition = territory.editionOfDate[date]
        let classes = territory.editions[edition].classes
        var units: [UnitAtDate] = []
        var counted: Set<UInt64> = []
        for unit in cube.units where unit.hasCounts(at: date) {
            counted.insert(unit.code)
            units.append(
                UnitAtDate(
                    code: unit.code, unitClass: classes[unit.code] ?? 0,
                    isInEdition: classes[unit.code] != nil, counts: unit))
        }
        for (code, unitClass) in classes
        where !counted.contains(code) && territory.area.contains(DivisionCode(digits: code)) {
            units.append(
                UnitAtDate(code: code, unitClass: unitClass, isInEdition: true, counts: nil))
        }
        return units.sorted { $0.code < $1.code }
    }

    /// Persons by territory.
    private struct Territories {
        var total = 0
        var urban = 0
        var rural = 0
        var unclassified = 0

        mutating func add(_ persons: Int, unitClass: UInt16) {
            total += persons
            switch unitClass / 100 {
            case 1: urban += persons
            case 2: rural += persons
            default: unclassified += persons
            }
        }
    }

    private func urbanization(_ units: [UnitAtDate], date: Int) -> [UrbanizationFigure] {
        var figures: [UrbanizationFigure] = []
        let moment = territory.dates[date]
        for level in territory.area.levels.sorted(by: { $0.rawValue < $1.rawValue }) {
            let divisor = (level.digitCount..<12).reduce(UInt64(1)) { value, _ in value * 10 }
            var sums: [UInt64: [Territories]] = [:]
            // Rows of zeros are written only where the edition has units, and for the area.
            var withZeros: Set<UInt64> = []
            // The area itself has a row even without any unit.
            if level.digitCount == territory.area.code.utf8.count {
                sums[territory.area.prefix] = [Territories(), Territories()]
                withZeros.insert(territory.area.prefix)
            }
            for unit in units where unit.isInEdition || unit.hasPersons(at: date) {
                if unit.isInEdition { withZeros.insert(unit.code / divisor) }
                var both = sums[unit.code / divisor] ?? [Territories(), Territories()]
                for (index, concept) in [CubeLayout.registered, CubeLayout.resident].enumerated() {
                    let persons = unit.counts?.persons(concept, date: date) ?? 0
                    both[index].add(persons, unitClass: unit.unitClass)
                }
                sums[unit.code / divisor] = both
            }
            for (prefix, both) in sums.sorted(by: { $0.key < $1.key }) {
                let code = DivisionCode.padded(prefix, to: level.digitCount)
                for (concept, sum) in zip([Concept.registered, .resident], both)
                where sum.total > 0 || withZeros.contains(prefix) {
                    figures.append(
                        UrbanizationFigure(
                            date: moment, level: level, areaCode: code, concept: concept,
                            areaName: name(of: code, date: date), total: sum.total,
                            urban: sum.urban, rural: sum.rural, unclassified: sum.unclassified,
                            target: targets.inForce(concept: concept, areaCode: code, at: moment)))
                }
            }
        }
        return figures
    }

    private func population(_ units: [UnitAtDate], date: Int) -> [PopulationFigure] {
        struct Key: Hashable {
            var county: UInt64
            var unitClass: UInt16
        }
        var sums: [Key: [Int]] = [:]
        for unit in units {
            guard let counts = unit.counts else { continue }
            let key = Key(county: unit.code / 1_000_000, unitClass: unit.unitClass)
            var ages = sums[key] ?? Array(repeating: 0, count: 84)
            for place in 0..<84 { ages[place] += counts.count(place, date: date) }
            sums[key] = ages
        }
        var figures: [PopulationFigure] = []
        for (key, ages) in sums.sorted(by: {
            ($0.key.county, $0.key.unitClass) < ($1.key.county, $1.key.unitClass)
        }) {
            for concept in Concept.allCases {
                // By word: female before male.
                for sex in [Sex.female, .male] {
                    for group in 0..<AgeGroup.count {
                        let persons =
                            ages[
                                CubeLayout.age(
                                    concept == .registered ? 0 : 1, sex: Int(sex.rawValue) - 1,
                                    group: group)]
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

    private func unitFigures(_ units: [UnitAtDate], date: Int) -> [UnitFigure] {
        let names = territory.editions[territory.editionOfDate[date]].unitNames
        return units.compactMap { unit in
            let registered = unit.counts?.persons(CubeLayout.registered, date: date) ?? 0
            let resident = unit.counts?.persons(CubeLayout.resident, date: date) ?? 0
            guard unit.isInEdition || unit.hasPersons(at: date) else { return nil }
            return UnitFigure(
                date: territory.dates[date], unitCode: DivisionCode(digits: unit.code).text,
                unitClass: DivisionCode.padded(UInt64(unit.unitClass), to: 3),
                name: names[unit.code] ?? "", registered: registered, resident: resident)
        }
    }

    private func migration(_ units: [UnitAtDate], date: Int) -> [MigrationFigure] {
        let count = MigrationMeasure.allCases.count
        var sums: [UInt64: [Int]] = [:]
        for unit in units {
            let county = unit.code / 1_000_000
            var sum = sums[county] ?? Array(repeating: 0, count: count)
            if let counts = unit.counts {
                for measure in MigrationMeasure.allCases {
                    sum[measure.rawValue] += counts.migration(measure, date: date)
                }
            }
            sums[county] = sum
        }
        return sums.sorted { $0.key < $1.key }.map { county, sum in
            MigrationFigure(
                date: territory.dates[date], countyCode: DivisionCode.padded(county, to: 6),
                counts: sum)
        }
    }

    private func households(_ units: [UnitAtDate], date: Int) -> [HouseholdFigure] {
        var persons: [UInt32: Int] = [:]
        for unit in units {
            guard let counts = unit.counts else { continue }
            let county = UInt32(unit.code / 1_000_000)
            for type in 0..<4 {
                persons[county << 2 | UInt32(type), default: 0] += counts.count(
                    CubeLayout.householdPersons + type, date: date)
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
    private func name(of code: String, date: Int) -> String {
        if let county = territory.counties.first(where: { $0.code == code }),
            !county.nameZH.isEmpty
        {
            return county.nameZH
        }
        return territory.editions[territory.editionOfDate[date]].areaNames[code] ?? ""
    }
}

extension Cube.Unit {
    fileprivate func hasCounts(at date: Int) -> Bool {
        let start = date * CubeLayout.count
        return counts[start..<(start + CubeLayout.count)].contains { $0 != 0 }
    }

    fileprivate func migration(_ measure: MigrationMeasure, date: Int) -> Int {
        switch measure {
        case .registered: persons(CubeLayout.registered, date: date)
        case .registered_resident: count(CubeLayout.registeredResident, date: date)
        case .registered_elsewhere: count(CubeLayout.registeredElsewhere, date: date)
        case .away: count(CubeLayout.away, date: date)
        case .resident: persons(CubeLayout.resident, date: date)
        case .resident_unregistered_local: count(CubeLayout.unregisteredLocal, date: date)
        case .separated: count(CubeLayout.separated, date: date)
        case .intra_district: count(CubeLayout.intraDistrict, date: date)
        case .floating:
            (0..<5).reduce(0) { $0 + count(CubeLayout.floating + $1, date: date) }
        case .floating_own_county: count(CubeLayout.floating, date: date)
        case .floating_own_prefecture: count(CubeLayout.floating + 1, date: date)
        case .floating_own_province: count(CubeLayout.floating + 2, date: date)
        case .floating_other_province: count(CubeLayout.floating + 3, date: date)
        case .floating_unknown: count(CubeLayout.floating + 4, date: date)
        case .short_stay: count(CubeLayout.shortStay, date: date)
        }
    }
}
