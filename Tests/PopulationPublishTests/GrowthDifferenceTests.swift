import PopulationPublish
import Testing

/// `domain.md` 8.1.
struct GrowthDifferenceTests {
    struct Place: Sendable {
        let urban: (Int, Int)
        let rural: (Int, Int)
        let perYear, percent2015, crossing, percent2025: Double
    }

    @Test(arguments: [
        Place(
            urban: (1_823_150, 1_997_795), rural: (2_415_311, 1_875_444), perYear: 0.03444609,
            percent2015: 47.276902, crossing: 2018.1653, percent2025: 55.858692),
        Place(
            urban: (665_575_306, 901_991_162), rural: (674_149_546, 509_787_562),
            perYear: 0.05834108, percent2015: 56.927781, crossing: 2010.2194,
            percent2025: 70.314431),
        Place(
            urban: (1_758_224, 2_163_209), rural: (1_940_188, 1_806_264), perYear: 0.02788128,
            percent2015: 51.023001, crossing: 2013.5321, percent2025: 57.926053),
    ])
    func followsTheLogisticPath(place: Place) throws {
        let path = try #require(
            GrowthDifference(
                urbanAtStart: place.urban.0, ruralAtStart: place.rural.0,
                urbanAtEnd: place.urban.1, ruralAtEnd: place.rural.1, years: 10))
        #expect(abs(path.perYear - place.perYear) < 5e-9)
        #expect(abs(path.share(afterYears: 5) * 100 - place.percent2015) < 5e-7)
        #expect(abs(path.share(afterYears: 15) * 100 - place.percent2025) < 5e-7)
        let years = try #require(path.years(untilShare: 0.5))
        #expect(abs(2010 + years - place.crossing) < 5e-5)
    }

    @Test func hasNoPathWithoutUrbanOrRuralPersons() {
        #expect(
            GrowthDifference(
                urbanAtStart: 0, ruralAtStart: 5, urbanAtEnd: 5, ruralAtEnd: 5, years: 1) == nil)
        #expect(
            GrowthDifference(
                urbanAtStart: 5, ruralAtStart: 5, urbanAtEnd: 5, ruralAtEnd: 0, years: 1) == nil)
        #expect(
            GrowthDifference(
                urbanAtStart: 5, ruralAtStart: 5, urbanAtEnd: 6, ruralAtEnd: 5, years: 0) == nil)
    }

    @Test func aFlatPathMeetsNoTarget() throws {
        let path = try #require(
            GrowthDifference(
                urbanAtStart: 2, ruralAtStart: 4, urbanAtEnd: 3, ruralAtEnd: 6, years: 5))
        #expect(path.perYear == 0)
        #expect(path.years(untilShare: 0.5) == nil)
    }

    @Test func staysAShareFarAhead() throws {
        let path = try #require(
            GrowthDifference(
                urbanAtStart: 1, ruralAtStart: 1_000_000, urbanAtEnd: 1_000_000, ruralAtEnd: 1,
                years: 0.01))
        #expect(path.share(afterYears: 200) == 1)
        #expect(path.share(afterYears: -200) == 0)
    }
}
