import PopulationFigures
import PopulationModel
import PopulationPublish
import Testing

struct LandCalculatorTests {
    private static let bands = [
        LandCalculator.Band(upToMillionths: 100_000_000, standardMillionths: 100_000_000),
        LandCalculator.Band(upToMillionths: 150_000_000, standardMillionths: 80_000_000),
        LandCalculator.Band(upToMillionths: nil, standardMillionths: 50_000_000),
    ]

    /// One county with so much land, in millionths of a hectare.
    private func figure(
        land: Int?, urban: Int, settled: Int, adjustment: Int = 0
    ) -> LandFigure? {
        LandCalculator(
            bands: Self.bands, adjustmentMillionths: adjustment,
            factors: [TransferFixture.factor(2020, "449901", land: land)]
        ).figures(of: [
            TransferFixture.counts(
                2020, "449901", settled: [settled, 0, 0, 0], residentUrban: urban)
        ]).first
    }

    /// 1 ha for 100 urban residents is 100 m² each.
    @Test(arguments: [
        (1_000_000, "100.00", "100"), (1_000_100, "100.01", "80"), (1_000_001, "100.00", "80"),
        (1_500_000, "150.00", "80"), (1_500_100, "150.01", "50"), (0, "0.00", "100"),
    ])
    func bandsIncludeTheirUpperBoundOfTheExactLand(land: Int, perHead: String, standard: String) {
        let figure = figure(land: land, urban: 100, settled: 1)
        #expect(figure?.landPerHead?.text(decimals: 2) == perHead)
        #expect(figure?.standard == standard)
    }

    @Test func theProvinceMovesTheStandardByATenth() {
        func quota(_ adjustment: Int) -> String? {
            figure(land: 1_000_000, urban: 100, settled: 12_345, adjustment: adjustment)?
                .quota?.text(decimals: 4)
        }
        // 12,345 · 100 m² = 123.45 ha.
        #expect(quota(0) == "123.4500")
        #expect(quota(100_000) == "135.7950")
        #expect(quota(-100_000) == "111.1050")
        #expect(quota(1) == "123.4501")
    }

    /// `domain.md` 7: 100 million people at 80 m² are 800,000 ha, 12 million mu.
    @Test func aHundredMillionPeopleNeedEightThousandSquareKilometres() {
        #expect(
            figure(land: 1_200_000, urban: 100, settled: 100_000_000)?.quota?.text(decimals: 4)
                == "800000.0000")
    }

    @Test func withoutLandOrUrbanResidentsThereIsNoStandard() {
        for figure in [
            figure(land: nil, urban: 100, settled: 3), figure(land: 5, urban: 0, settled: 3),
        ] {
            #expect(figure?.settled == 3)
            #expect(figure?.landPerHead == nil)
            #expect(figure?.standard == "")
            #expect(figure?.quota == nil)
        }
        #expect(figure(land: nil, urban: 100, settled: 0) == nil)
    }

    @Test func nobodySettledIsAQuotaOfZero() {
        #expect(
            figure(land: 1_000_000, urban: 100, settled: 0)?.quota?.text(decimals: 4) == "0.0000")
    }

    /// Those of unknown origin came from the country as well.
    @Test func everyTierCounts() {
        let figures = LandCalculator(
            bands: Self.bands, adjustmentMillionths: 0,
            factors: [TransferFixture.factor(2020, "449901", land: 1_000_000)]
        ).figures(of: [TransferFixture.counts(2020, "449901", settled: [1, 2, 3, 4])])
        #expect(figures.map(\.settled) == [10])
    }
}
