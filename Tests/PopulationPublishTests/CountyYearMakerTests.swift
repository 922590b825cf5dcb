import PopulationFigures
import PopulationModel
import PopulationPublish
import Testing

struct CountyYearMakerTests {
    @Test func gathersTheCountsOfPairsFromTheTables() {
        var figures = SampleFigures(dates: [day(2018), day(2020), day(2019), day(2020, 6, 30)])
            .figures
        figures.population = [(0, 1), (2, 10), (3, 100), (12, 1_000), (13, 2), (20, 20)].map {
            PopulationFigure(
                date: day(2020), countyCode: "449902", unitClass: "111", concept: .resident,
                sex: .male, ageGroup: AgeGroup(index: $0), persons: $1)
        }
        var persons = CountyYearPersons(year: 2020, countyCode: "449902")
        persons.permitHolders = 5
        persons.settled = SettledByTier(ownPrefecture: 1, unknown: 2)
        var stranger = CountyYearPersons(year: 2020, countyCode: "449999")
        stranger.permitHolders = 9
        let counts = CountyYearMaker(figures: figures).counts(
            with: [persons, stranger, CountyYearPersons(year: 2018, countyCode: "449902")])
        #expect(counts.map(\.year) == [2019, 2020, 2020])
        #expect(counts.last?.persons == stranger, "nobody is dropped")
        let last = counts[1]
        // The fixture's migration counts are 1, 2, 3 … in the order of the columns.
        #expect(last.registered == 1)
        #expect(last.resident == 5)
        #expect(last.floating == 9)
        #expect(last.residentUrban == 8_200)
        #expect(last.registeredUrban == 7_400)
        #expect(last.residents0To14 == 11)
        #expect(last.residents65Plus == 22)
        #expect(last.persons == persons)
        #expect(last.persons.settled.total == 3)
    }

    @Test func onlyEndsOfConsecutiveYearsArePairs() {
        #expect(
            [day(2015), day(2017), day(2018), day(2019, 12, 30), day(2020)].endsOfPairs
                == [day(2018)])
        #expect([day(1850, 12, 31)].endsOfPairs.isEmpty)
    }
}
