import PopulationModel

/// The units of the prefecture while they are numbered, classed and recoded.
package struct TerritoryDraft {
    package private(set) var units: [SampleUnit] = []
    package private(set) var urban: [[UInt32]]
    package private(set) var rural: [[UInt32]]
    package private(set) var upgraded: [[UInt32]]
    package private(set) var downgraded: [[UInt32]]
    package private(set) var recoded: [UInt32] = []

    package init(seed: UInt64, units unitCount: Int) {
        let empty = [[UInt32]](repeating: [], count: SampleTerritory.counties.count)
        urban = empty
        rural = empty
        upgraded = empty
        downgraded = empty
        units.reserveCapacity(unitCount + unitCount / 8)
        for county in SampleTerritory.counties.indices {
            var random = SplitMix64(seed: seed, stream: .territory, index: UInt64(county))
            addCounty(county, units: unitCount / SampleTerritory.counties.count, random: &random)
        }
    }

    /// Streets are numbered from 001, towns from 100, townships from 200 and areas that are like
    /// one from 400: at most 599 in a county, each of at most 199 committees and 199 villages.
    private mutating func addCounty(_ county: Int, units count: Int, random: inout SplitMix64) {
        let unitsPerTownship = max(10, (count + 559) / 560)
        let townships = count / unitsPerTownship
        let kind = SampleTerritory.counties[county].kind
        let streets = min(
            99, kind == "district" ? townships / 2 : kind == "county_city" ? townships / 3 : 0)
        let towns = min(100, max(1, (townships - streets) * 2 / 3))
        let rest = townships - streets - towns
        let numbers = [
            1..<1 + streets, 100..<100 + towns, 200..<200 + min(200, rest),
            400..<400 + max(0, rest - 200),
        ]
        for kind in numbers {
            for number in kind {
                addTownship(
                    county: county, number: number, units: unitsPerTownship,
                    isFirst: number == 1 || number == 100, random: &random)
            }
        }
    }

    private mutating func addTownship(
        county: Int, number: Int, units count: Int, isFirst: Bool, random: inout SplitMix64
    ) {
        let committees =
            number < 100
            ? count * 6 / 10 : number < 200 ? max(2, count * 3 / 10) : max(1, count * 15 / 100)
        let county6 = UInt64(SampleTerritory.counties[county].code)!
        let base = (county6 * 1_000 + UInt64(number)) * 1_000
        var spare = 0
        for position in 0..<count {
            let isCommittee = position < committees
            let village = isCommittee ? 1 + position : 201 + position - committees
            var unit = SampleUnit(
                codes: (base + UInt64(village), 0, 0), changeDays: (.max, .max),
                class2015: 220, class2020: 220, county: UInt8(county))
            let draw = random.below(1_000)
            if isCommittee {
                let class3 = urbanClass(
                    county: county, township: number, position: position, committees: committees)
                let isLost = isFirst ? position == committees - 1 : draw < 4 && number < 200
                unit.class2015 = class3
                unit.class2020 = isLost && position > 0 && class3 != 210 ? 220 : class3
            } else if number < 200, draw < 40 || (isFirst && position == count - 1) {
                unit.class2020 = number < 100 ? 112 : 122
            }
            let isUpgraded = unit.class2015 == 220 && unit.class2020 != 220
            let isRecoded =
                isUpgraded
                ? draw < 20 || isFirst : !isCommittee && (draw > 985 || position == count - 2)
            setCodes(&unit, base: base, recodes: isRecoded, spare: &spare, random: &random)
            append(unit, isRecoded: isRecoded)
        }
    }

    private func urbanClass(county: Int, township: Int, position: Int, committees: Int) -> UInt16 {
        if township >= 200 { return 210 }
        if township < 100 { return position * 3 < committees * 2 ? 111 : 112 }
        if position == committees - 1, committees > 2 { return 123 }
        return position == 0 ? 121 : 122
    }

    /// The changes of a unit: its own, and that of the county which changes its code.
    private func setCodes(
        _ unit: inout SampleUnit, base: UInt64, recodes: Bool, spare: inout Int,
        random: inout SplitMix64
    ) {
        let renamed = UInt64(SampleTerritory.renamedCounty.code)! * 1_000_000
        let isRenamed = Int(unit.county) == SampleTerritory.counties.count - 1
        let first = unit.codes.0
        guard recodes else {
            let second = isRenamed ? renamed + first % 1_000_000 : first
            unit.codes = (first, second, second)
            unit.changeDays = (isRenamed ? SampleTerritory.renamingDay : .max, .max)
            return
        }
        // A village that becomes urban gets a committee's number; numbers are taken from the top.
        let own = base + UInt64((unit.class2020 != 220 ? 199 : 399) - spare)
        spare += 1
        let day = random.day(
            from: SampleCalendar.day(2016, 3, 1), through: SampleCalendar.day(2020, 4, 30))
        guard isRenamed else {
            unit.codes = (first, own, own)
            unit.changeDays = (day, .max)
            return
        }
        let last = renamed + own % 1_000_000
        if day < SampleTerritory.renamingDay {
            unit.codes = (first, own, last)
            unit.changeDays = (day, SampleTerritory.renamingDay)
        } else {
            unit.codes = (first, renamed + first % 1_000_000, last)
            unit.changeDays = (SampleTerritory.renamingDay, day + 1)
        }
    }

    private mutating func append(_ unit: SampleUnit, isRecoded: Bool) {
        let index = UInt32(units.count)
        let county = Int(unit.county)
        switch (unit.class2015 < 200, unit.class2020 < 200) {
        case (true, true): urban[county].append(index)
        case (false, false): rural[county].append(index)
        case (false, true): upgraded[county].append(index)
        case (true, false): downgraded[county].append(index)
        }
        if isRecoded, unit.class2020 == 220 { recoded.append(index) }
        units.append(unit)
    }
}
