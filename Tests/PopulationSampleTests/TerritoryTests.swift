import PopulationModel
import Testing

import PopulationSample

@Suite struct TerritoryTests {
    @Test(arguments: [120, 360, 3_000, 60_000, 700_000])
    func listsEveryCodeOnceInEachEdition(unitCount: Int) {
        let territory = SampleTerritory(seed: 5, units: unitCount)
        #expect((unitCount * 9 / 10...unitCount * 11 / 10).contains(territory.units.count))
        let days = [SampleCalendar.day(2015, 6, 30), SampleCalendar.day(2020, 6, 30)]
        for day in days {
            let codes = Set(territory.units.map { $0.code(on: day) })
            #expect(codes.count == territory.units.count)
            #expect(codes.allSatisfy { $0 / 100_000_000 == 4_499 })
            for special in SampleTerritory.unlistedCodes + [
                SampleTerritory.abolishedCode, SampleTerritory.lateCode,
            ] {
                #expect(!codes.contains(special))
            }
        }
    }

    @Test(arguments: [120, 360, 3_000])
    func hasEveryKindOfUnitInEveryCounty(unitCount: Int) {
        for seed in 1...20 {
            let territory = SampleTerritory(seed: UInt64(seed), units: unitCount)
            for county in SampleTerritory.counties.indices {
                #expect(!territory.urban[county].isEmpty)
                #expect(!territory.rural[county].isEmpty)
                #expect(!territory.upgraded[county].isEmpty)
                #expect(!territory.downgraded[county].isEmpty)
            }
            #expect(!territory.recoded.isEmpty)
            let classes = Set(territory.units.map(\.class2015))
            #expect(classes.isSuperset(of: [111, 112, 121, 122, 210, 220]))
        }
    }

    @Test func changesEachCodeBetweenTheEditionsInOrder() {
        for unit in SampleTerritory(seed: 5, units: 3_000).units {
            #expect(unit.changeDays.0 > SampleCalendar.day(2015, 6, 30))
            if unit.changeDays.0 == .max {
                #expect(unit.codes.0 == unit.codes.1)
            } else {
                #expect(unit.codes.0 != unit.codes.1)
                #expect(unit.changeDays.0 <= SampleCalendar.day(2020, 5, 1))
            }
            if unit.changeDays.1 != .max {
                #expect(unit.changeDays.0 < unit.changeDays.1)
                #expect(unit.changeDays.1 <= SampleCalendar.day(2020, 5, 1))
            }
        }
    }

    @Test func namesANeighbourOfTheSameTownship() {
        let territory = SampleTerritory(seed: 5, units: 360)
        for unit in territory.units.indices {
            let neighbour = territory.neighbour(of: unit)
            #expect(neighbour != unit)
            #expect(
                territory.units[neighbour].codes.0 / 1_000 == territory.units[unit].codes.0 / 1_000)
        }
    }
}
