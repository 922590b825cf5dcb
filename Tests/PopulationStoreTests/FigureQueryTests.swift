import PopulationFigures
import PopulationStore
import Testing

struct FigureQueryTests {
    @Test func takesEveryRowUnlessToldOtherwise() {
        let query = FigureQuery(table: "urbanization", scope: .internal, edition: 1)
        #expect(query.conditions.isEmpty)
        #expect(query.limit == nil)
    }
}
