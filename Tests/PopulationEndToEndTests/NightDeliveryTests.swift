import Foundation
import PopulationTestSupport
import Testing

/// What a night delivers and removes, and what of former nights it leaves alone.
struct NightDeliveryTests {
    /// One delivery that cannot be made keeps neither the others back nor personal data in the folder.
    @Test func goesOnAfterADeliveryThatFails() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(
                in: folder,
                [
                    "deliver: [ { to: finance, year: 2010 }, { to: finance, year: 2020 } ]",
                    "keep-days: 0",
                ])
            let outcome = try night.night()
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("(PUBLISH-051)"))
            let editions = try BuiltProgram.run(["editions", night.city.output.path])
            #expect(editions.output.contains("finance 2020 r1"))
            let left = try FileManager.default.contentsOfDirectory(
                atPath: night.city.work.path + "/1-ingest")
            #expect(left.filter { $0.hasSuffix(".partitions") } == [])
        }
    }

    /// Figures of long ago are nobody's newest, and finance is not given them by a timer.
    @Test func aBackFillIsDeliveredToNobody() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(
                in: folder, ["deliver: [ { to: finance, year: 2020 } ]"])
            try night.city.changePlan(
                "publish:\n", to: "publish:\n  store: { sqlite: ../figures.sqlite }\n")
            try #require(try night.night().status == 0)
            let store = folder.appendingPathComponent("figures.sqlite").path
            let before = try BuiltProgram.run(["editions", store]).output
            #expect(before.contains("finance 2020 r1"))
            let then = folder.appendingPathComponent("then/city").path
            let backfill = try night.night(["--night", "2020-06-01", "--output", then])
            #expect(backfill.status == 0, "\(backfill.errors)")
            #expect(try BuiltProgram.run(["editions", store]).output == before)
            let own = try BuiltProgram.run(["editions", "\(then)-store/figures.sqlite"])
            #expect(own.status == 0)
            #expect(!own.output.contains("finance"))
        }
    }

    /// What was run by hand is of the night in which it began.
    @Test func publishesNoOlderNightOverARunByHand() throws {
        try TemporaryFolder.with { folder in
            let night = try NightCity(in: folder)
            try #require(try night.city.run().status == 0)
            try night.expectFailure(
                try night.night(["--night", "2020-06-01"]), status: 65, "NIGHT-005")
            #expect(try night.night().status == 0)
        }
    }
}
