import Foundation
import PopulationPipeline
import Testing

@Suite struct PlanCanonicalTextTests {
    @Test func writesEverySetting() throws {
        let expected = """
            popstat-plan 1
            plan "full"
            area 4499
            reference-dates 2015-12-31 2020-12-31
            known-at 2021-01-31 08:05:00
            ingest.registration.files "data/registration-1.csv" "data/registration-2.csv"
            ingest.registration.encoding gb18030
            ingest.registration.rejected-share-max 0.025
            ingest.registration.columns citizen_id "证件号"
            ingest.registration.values event "105" move_in
            ingest.registration.values sex "9" 2
            ingest.residency.files "data/residency-1.csv"
            ingest.residency.encoding utf-8
            ingest.residency.rejected-share-max 0.01
            deduplicate.residence-months 7
            deduplicate.stay-gap-days 30
            classify.divisions 2015-06-30 "data/divisions-2015.csv"
            classify.divisions 2020-06-30 "data/divisions-2020.csv"
            classify.changes "data/changes.csv"
            classify.unclassified-share-max 0.002
            aggregate.counties "data/counties.csv"
            publish.output "out"
            publish.targets "data/targets.csv"
            publish.official "data/official.csv"
            publish.ladder.residence 3 30
            publish.ladder.insurance 2.5 20
            publish.ladder.fixed own_dwelling 10
            publish.ladder.alternatives "education" college 10
            publish.ladder.alternatives "education" bachelor 20
            publish.ladder.alternatives "education" postgraduate 30
            publish.ladder.tiers "basic" 0
            publish.ladder.tiers "full" 50
            publish.transfer.factors "data/factors.csv"
            publish.transfer.pool 97800 wan_yuan
            publish.transfer.weights.own_prefecture 1
            publish.transfer.weights.own_province 1.5
            publish.transfer.weights.other_province 2
            publish.transfer.weights.unknown 0
            publish.transfer.decay 0.5
            publish.transfer.years-back 3
            publish.transfer.permit-weight 0.1
            publish.transfer.children-weight 0.000001
            publish.land.bands 100 100
            publish.land.bands - 50
            publish.land.adjustment -0.1
            publish.protection.threshold 6
            publish.protection.release-dates 2020-12-31
            gates "bad" rejected-share residency 0.005 stop "cut lines"
            gates "units" unclassified-share resident 0 stop "codes"
            gates "names" conflict-share - 0.1 stop "two names"
            gates "stays" conflict-share residency 0.2 stop "two stays"
            gates "jump" total-change resident 0.05 stop "a jump"
            gates "county" county-missing registered stop "a county"
            gates "age" extract-age registration 7 warn "old"
            gates "cut" extract-shrink registration 0.02 stop "a \\"cut\\""

            """
        #expect(try PlanFixture().read(PlanFixture.full).canonicalText == expected)
    }

    @Test func isTheSameInAnotherFolderWithOtherOrderCommentsAndStatedDefaults() throws {
        let stated = """
            # The same settings, said otherwise.
            publish: { output: ./out/ }
            classify:
              unclassified-share-max: 0.0010
              divisions: [ { file: "data/divisions-2020.csv", edition: "2020-06-30" } ]
            deduplicate: { stay-gap-days: 31, residence-months: 6 }
            ingest:
              residency: { files: ["./data//residency-?.csv"], values: {}, columns: {} }
              registration: { encoding: auto, files: [data/registration-1.csv] }
            reference-dates:
              - '2020-12-31'
            area: '4499'
            plan: short
            """
        let first = try PlanFixture().read(PlanFixture.short)
        let second = try PlanFixture().read(stated, name: "other.yaml")
        #expect(first.canonicalText == second.canonicalText)
        #expect(first.publish.output.path != second.publish.output.path)
    }

    @Test func differsWhenASettingDiffers() throws {
        let one = try PlanFixture().read(PlanFixture.full)
        let other = try PlanFixture().read(PlanFixture.full("decay: 0.5", "decay: 0.500001"))
        #expect(one.canonicalText != other.canonicalText)
    }
}
