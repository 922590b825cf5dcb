import Foundation
import PopulationTestSupport
import Testing

/// `kill -9` at any moment: readers see the folder of before or of after, never half of one, and
/// the next run ends as if nothing had happened. Kills take turns with a change of the extracts, so
/// that every run has something to do.
@Suite struct KillTests {
    @Test func leavesThePublishedFolderWhole() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: TestLength.isLong ? 20_000 : 3_000)
            let name = "registration-1.csv"
            let (header, records) = try city.lines(of: name)
            let texts = [records, Array(records.dropLast(records.count / 2))].map {
                ([header] + $0).joined(separator: "\n") + "\n"
            }
            try city.write(texts[1], to: name)
            let first = try city.run()
            try #require(first.status == 0, "\(first.errors)")

            var random = SeededRandom(seed: 1)
            var killed = 0
            for round in 0..<(TestLength.isLong ? 200 : 12) {
                try city.write(texts[round % 2], to: name)
                let before = try FolderContents(of: city.output)
                let after = try contentsAfterARun(of: city, in: folder)
                #expect(before != after)
                let share = Double(random.next() % 1_000) / 1_000
                let outcome = try city.run(killAfter: first.seconds * share)
                #expect([0, -SIGKILL].contains(outcome.status), "\(outcome.errors)")
                if outcome.status != 0 { killed += 1 }
                let seen = try FolderContents(of: city.output)
                #expect(
                    seen == before || seen == after, "round \(round): the published folder is torn")

                let end = try city.run()
                #expect(end.status == 0, "round \(round): \(end.errors)")
                let found = try FolderContents(of: city.output)
                #expect(found.differences(from: after) == [], "round \(round)")
                #expect(try leftovers(of: city) == [], "round \(round)")
            }
            #expect(killed > 0, "no run was still going when its kill came")
        }
    }

    /// What a run that nobody kills makes of the published folder, on a copy of it: delivered
    /// editions are kept from run to run, so it hangs on what was there before.
    private func contentsAfterARun(of city: SampleCity, in folder: URL) throws -> FolderContents {
        let copy = folder.appendingPathComponent("unharmed/out")
        // There is none in the first round.
        try? FileManager.default.removeItem(at: copy)
        try FileManager.default.createDirectory(
            at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: city.output, to: copy)
        let work = folder.appendingPathComponent("unharmed-work").path
        let outcome = try city.run(["--output", copy.path, "--work", work])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try FolderContents(of: copy)
    }

    /// Temporary folders beside the published one, and half-written files of the work folder.
    private func leftovers(of city: SampleCity) throws -> [String] {
        let parent = city.output.deletingLastPathComponent().path
        let beside = try FileManager.default.contentsOfDirectory(atPath: parent)
            .filter {
                $0 != city.output.lastPathComponent
                    && $0 != "\(city.output.lastPathComponent)-store"
                    && $0 != "\(city.output.lastPathComponent)-audit"
                    && $0 != ".\(city.output.lastPathComponent).lock"
            }
        let stage = city.work.appendingPathComponent("1-ingest").path
        let half = try FileManager.default.contentsOfDirectory(atPath: stage)
            .filter { name in
                ![".json", ".partitions", ".rejected"].contains(where: name.hasSuffix)
            }
        return beside + half
    }

    /// The first run of all: there is no folder of before.
    @Test func showsNothingBeforeTheFirstRunIsThrough() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            let whole = try city.run()
            try #require(whole.status == 0, "\(whole.errors)")
            let expected = try FolderContents(of: city.output)
            for part in 1...(TestLength.isLong ? 40 : 4) {
                let output = folder.appendingPathComponent("first-\(part)/out")
                let work = folder.appendingPathComponent("work-\(part)").path
                let share = Double(part % 5) / 5
                let arguments = ["--output", output.path, "--work", work]
                _ = try city.run(arguments, killAfter: whole.seconds * share)
                let seen = try FolderContents(of: output)
                #expect(seen.files.isEmpty || seen == expected, "part \(part)")
                #expect(try city.run(arguments).status == 0)
                #expect(try FolderContents(of: output) == expected, "part \(part)")
            }
        }
    }
}
