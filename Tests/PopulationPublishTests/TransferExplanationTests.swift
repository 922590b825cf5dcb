import PopulationFigures
import PopulationModel
import PopulationPublish
import Testing

struct TransferExplanationTests {
    private static func edition(_ settled: Int, revision: Int) -> TransferEdition {
        SampleFigures.edition(
            of: [
                TransferFixture.counts(2019, "449901", settled: [8, 0, 2, 5]),
                TransferFixture.counts(
                    2020, "449901", settled: [settled, 3, 1, 7], permits: 120, children: 14),
                TransferFixture.counts(2020, "449902", settled: [4, 0, 0, 0]),
            ],
            [
                TransferFixture.factor(2019, "449901"),
                TransferFixture.factor(2020, "449901", hardship: "0.9", cost: "1.1"),
                TransferFixture.factor(2020, "449902"),
            ]
        ).numbered(revision)
    }

    private static let firstRevision = """
        transfer 2020, county 449901, revision 1
          origin                  known at 2021-01-31 00:00:00, divisions of 2020-06-30, plan \
        0123456789ab
          population              resident 100, urban 50; registered 0, urban 0; floating 0
          settled                 own_prefecture 12 × 1 + own_province 3 × 1.5 + other_province \
        1 × 2 + unknown 7 × 0 = 18.5
          settled before          2019: (own_prefecture 8 × 1 + own_province 0 × 1.5 + \
        other_province 2 × 2 + unknown 5 × 0 = 12) × 0.5^1 = 6
                                  2018: no figures, weighs nothing
                                  2017: no figures, weighs nothing
          settled prior           6
          settled part            hardship 0.9 × cost 1.1 × (18.5 + 6) = 24.255
          permit holders          0.1 × 120 = 12
          children 6 to 14        0.2 × 14 = 2.8
          score                   39.055
          share                   39.055 of 43.055 = 90.71 %
          amount                  88714 of 97800 wan_yuan, by largest remainder
        """

    private static let changes = """
        changed from revision 1 to 2
          settled_own_prefecture  12 → 13
          score                   39.055 → 40.045
          share_percent           90.71 → 90.92
          amount                  88714 → 88918
        """

    @Test func explainsAnAmountDownToItsFactorsAndSaysWhatChanged() {
        let editions = [Self.edition(12, revision: 1), Self.edition(13, revision: 2)]
        let lines = TransferExplanation(editions: editions, countyCode: "449901").lines(in: .en)
        let text = lines.prefix(14).joined(separator: "\n")
        #expect(text == Self.firstRevision)
        #expect(lines[14] == "transfer 2020, county 449901, revision 2")
        let changes = lines.suffix(5).joined(separator: "\n")
        #expect(changes == Self.changes)
    }

    @Test func listsTheDifferenceOfEveryCounty() {
        let first = Self.edition(12, revision: 1)
        var second = first.numbered(2)
        second.rows.removeLast()
        let lines = TransferExplanation.differences([first, second], in: .en)
        #expect(lines.first == "transfer 2020, changed from revision 1 to 2")
        #expect(lines.contains("  449902  amount                  9086 → "))
        #expect(!lines.contains { $0.hasPrefix("  449901") })
        #expect(
            TransferExplanation.differences([first], in: .en) == [
                "transfer 2020: revision 1 alone, nothing has changed"
            ])
        #expect(TransferExplanation.differences([], in: .en).isEmpty)
    }

    @Test func saysWhenOnlyOthersChanged() {
        let before = Self.edition(12, revision: 1)
        let lines = TransferExplanation(
            editions: [before, before.numbered(2)], countyCode: "449901"
        ).lines(in: .en)
        #expect(
            lines.last == "changed from revision 1 to 2: nothing of this county, only of others")
    }

    @Test func saysWhenACountyHasNoFactors() {
        let edition = SampleFigures.edition(
            of: [
                TransferFixture.counts(2020, "449901", settled: [1, 0, 0, 0]),
                TransferFixture.counts(2020, "449902", settled: [4, 0, 0, 0]),
            ], [TransferFixture.factor(2020, "449902")])
        let lines = TransferExplanation(editions: [edition], countyCode: "449901").lines(in: .en)
        #expect(
            lines.contains("  factors                 none in the factors file, so the score is 0"))
        #expect(
            TransferExplanation(editions: [edition], countyCode: "449999").lines(in: .en).isEmpty)
    }

    @Test func sameFiguresMakeNoNewRevisionWhateverTheirOrigin() {
        let first = Self.edition(12, revision: 1)
        var night = first.numbered(7)
        for column in TransferEdition.provenanceColumns {
            guard let index = night.columns.firstIndex(of: column) else {
                Issue.record("the edition has no \(column)")
                continue
            }
            for row in night.rows.indices { night.rows[row][index] = "another" }
        }
        #expect(night.hasSameFigures(as: first))
        #expect(!Self.edition(13, revision: 1).hasSameFigures(as: first))
        // Another pool, even one that changes no share.
        let rich = SampleFigures.edition(
            of: [TransferFixture.counts(2020, "449901", settled: [1, 0, 0, 0])],
            [TransferFixture.factor(2020, "449901")])
        let poor = SampleFigures.edition(
            of: [TransferFixture.counts(2020, "449901", settled: [1, 0, 0, 0])],
            [TransferFixture.factor(2020, "449901")], rule: TransferFixture.rule(pool: 1))
        #expect(!rich.hasSameFigures(as: poor))
    }
}
