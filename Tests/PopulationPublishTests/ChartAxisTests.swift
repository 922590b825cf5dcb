import PopulationPublish
import Testing

struct ChartAxisTests {
    /// A single value on a tick once made an axis without length.
    @Test(arguments: [0, 0.01, 49.5, 50, 99.99, 100])
    func hasLengthAroundOneValue(percent: Double) {
        let axis = ChartAxis(holding: [percent])
        #expect(axis.low < axis.high)
        #expect(axis.low >= 0 && axis.high <= 100)
        #expect((axis.low...axis.high).contains(percent))
    }

    @Test(arguments: [[47, 53.1, 50], [0, 100], [43.01, 51.58, 50], [10, 90], [99, 50], []])
    func holdsAllValuesOnFewTicks(percents: [Double]) {
        let axis = ChartAxis(holding: percents)
        for percent in percents { #expect((axis.low...axis.high).contains(percent)) }
        #expect((axis.high - axis.low) / axis.step <= 7)
    }
}
