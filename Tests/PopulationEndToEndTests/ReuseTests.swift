import Foundation
import PopulationTestSupport
import Testing

/// An extract is ingested once, until something that its records depend on is another.
@Suite struct ReuseTests {
    private func reuse(_ outcome: BuiltProgram.Outcome) throws -> [Int] {
        try #require(outcome.status == 0, "\(outcome.errors)")
        let json = try outcome.json()
        let (all, reused) = (json["extracts"] as? Int ?? -1, json["extracts_reused"] as? Int ?? -1)
        return [all - reused, reused]
    }

    @Test func ingestsOnlyWhatIsNew() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            #expect(try reuse(try city.run(["--json"])) == [12, 0])
            let tables = try FolderContents(of: city.output)
            #expect(try reuse(try city.run(["--json"])) == [0, 12])
            #expect(try FolderContents(of: city.output).differences(from: tables) == [])
            let words = try city.run()
            #expect(
                words.output.contains("extracts: 0 ingested, 12 unchanged and not ingested again"))

            let (header, records) = try city.lines(of: "registration-1.csv")
            try city.write("\(header)\n\(records[0])\n", to: "registration-9.csv")
            let more = try city.run()
            #expect(
                more.output.contains("extracts: 1 ingested, 12 unchanged and not ingested again"))
            #expect(try reuse(try city.run(["--json"])) == [0, 13])
        }
    }

    @Test func ingestsAgainWhatTheMappingChanges() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            #expect(try reuse(try city.run(["--json"])) == [12, 0])
            try city.changePlan("columns: {}", to: "columns: { title: grade }")
            #expect(try reuse(try city.run(["--json"])) == [8, 4])
            try city.changePlan("values: {}", to: "values: { event: { \"105\": move_in } }")
            #expect(try reuse(try city.run(["--json"])) == [8, 4])
            try city.changePlan("area: \"4499\"", to: "area: \"449981\"")
            #expect(try reuse(try city.run(["--json"])) == [12, 0])
        }
    }

    /// Dates, rules and classes are applied after ingest: they cost no reading.
    @Test func keepsWhatOtherKeysChange() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            _ = try city.run()
            try city.changePlan("residence-months: 6", to: "residence-months: 12")
            try city.changePlan("2016-12-31, ", to: "")
            #expect(try reuse(try city.run(["--json"])) == [0, 12])
        }
    }

    @Test func verifiesBytesWhenAsked() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            _ = try city.run()
            let name = "residency-1.csv"
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)],
                ofItemAtPath: city.extracts.appendingPathComponent(name).path)
            #expect(try reuse(try city.run(["--json", "--verify-inputs"])) == [0, 12])
            #expect(try reuse(try city.run(["--json"])) == [1, 11])
            let (header, records) = try city.lines(of: name)
            try city.write(([header] + records.dropLast()).joined(separator: "\n"), to: name)
            #expect(try reuse(try city.run(["--json", "--verify-inputs"])) == [1, 11])
        }
    }

    /// Partitions of a file that is gone are not read.
    @Test func forgetsAFileThatThePlanNoLongerNames() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            _ = try city.run()
            let tables = try FolderContents.tables(of: city.output)
            let (header, records) = try city.lines(of: "registration-1.csv")
            let more = records.map { $0.replacingOccurrences(of: ",initial,", with: ",birth,") }
            try city.write(([header] + more).joined(separator: "\n"), to: "registration-9.csv")
            _ = try city.run()
            let gone = city.extracts.appendingPathComponent("registration-9.csv")
            try FileManager.default.removeItem(at: gone)
            #expect(try reuse(try city.run(["--json"])) == [0, 12])
            let found = try FolderContents.tables(of: city.output)
            #expect(found.differences(from: tables) == [])
        }
    }

    @Test func saysHowMuchLibcsvRead() throws {
        let report = BuiltProgram.repository.appendingPathComponent("Reports/sample/manifest.json")
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: report))
        let manifest = try #require(object as? [String: Any])
        let rows = try #require(manifest["rows"] as? [String: [String: Int]])
        for source in ["registration", "residency"] {
            let counts = try #require(rows[source])
            #expect(counts["read_by_libcsv", default: 0] > 0)
            #expect(counts["read_by_scanner", default: 0] > counts["read_by_libcsv", default: 0])
            #expect(
                counts["read"] == counts["read_by_libcsv", default: 0]
                    + counts["read_by_scanner", default: 0])
        }
    }
}
