import Foundation
import PopulationTestSupport
import Testing

/// Everything that stops a run before it publishes: exit status, words, and an output folder that
/// stays as it was.
@Suite struct GateTests {
    @Test func stopsWhenTooManyRowsAreRejected() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            try #require(try city.run().status == 0)
            let before = try FolderContents(of: city.output)
            // A clean sample has a few bad rows, as good extracts have; none is in the third file.
            let quality = try QualityTable(of: city.output)
            let base = quality.total("registration", "rejected")
            let baseOfFormat = quality.count("registration", "rejected", "id-format")
            #expect(base < 10)
            var (header, records) = try city.lines(of: "registration-3.csv")
            for index in 0..<60 { records[index] = "X" + records[index].dropFirst() }
            for index in 60..<70 { records[index] = String(records[index].dropFirst(18)) }
            try city.write(([header] + records).joined(separator: "\n"), to: "registration-3.csv")
            let outcome = try city.run()
            #expect(outcome.status == 65)
            #expect(outcome.errorLines.count == 1)
            let words =
                "registration rows are rejected, more than the share 0.01; most of them for "
                + "id-format, form of the identity number (\(60 + baseOfFormat) rows) (INGEST-030). "
                + "Look at rejected-registration.csv in the work "
                + "folder; mend the extract or raise ingest.registration.rejected-share-max. "
                + "Nothing was published.\n"
            #expect(outcome.errors.hasPrefix("popstat: \(70 + base) of "))
            #expect(outcome.errors.hasSuffix(words))
            #expect(try FolderContents(of: city.output) == before)
            let rejected = try String(
                contentsOf: city.work.appendingPathComponent("rejected-registration.csv"),
                encoding: .utf8)
            #expect(rejected.split(separator: "\n").count == 71 + base)

            try city.changePlan(
                "rejected-share-max: 0.01, columns", to: "rejected-share-max: 0.5, columns")
            #expect(try city.run().status == 0)
        }
    }

    @Test func stopsWhenTooManyPeopleHaveNoClass() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            let rows = try city.read("divisions-2020.csv").split(separator: "\n")
            let units = rows.indices.filter { rows[$0].prefix { $0 != "," }.count == 12 }
            let kept = rows.indices.filter { !units.suffix(units.count / 2).contains($0) }
            try city.write(
                kept.map { String(rows[$0]) }.joined(separator: "\n"), to: "divisions-2020.csv")
            let outcome = try city.run()
            #expect(outcome.status == 65)
            // One line per concept.
            #expect(outcome.errorLines.count == 2)
            for (line, concept) in zip(outcome.errorLines, ["registered", "resident"]) {
                #expect(
                    line.contains(
                        " \(concept) persons at the last date are in units without a class"))
                #expect(line.contains("more than the share 0.001 (CLASSIFY-030)"))
            }
            #expect(try FolderContents(of: city.output).files.isEmpty)
        }
    }

    @Test func namesAllFaultsOfAPlanAtOnce() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try city.changePlan("area: \"4499\"", to: "area: \"44990\"")
            try city.changePlan("2016-12-31", to: "2016-13-31")
            try city.changePlan(
                "encoding: auto, rejected-share-max: 0.01, columns",
                to: "encoding: utf9, rejected-share-max: 0.01, columns")
            try city.changePlan("deduplicate:", to: "dedup:")
            try city.changePlan("decay: 0.5", to: "decay: 5")
            for command in ["check", "run"] {
                let outcome = try BuiltProgram.run([command, city.plan.path])
                #expect(outcome.status == 64)
                let places = outcome.errorLines.map { line in
                    line.drop { $0 != "," }.prefix { $0 != ":" }.description
                }
                #expect(places.count == 5)
                #expect(places[0] == ", line 2, column 7")
                #expect(places[1] == ", line 3, column 31")
                #expect(places[2].hasPrefix(", line 5, column "))
                #expect(places[3] == ", line 7, column 1")
                #expect(places[4].hasPrefix(", line "))
                let codes = ["PLAN-013", "PLAN-014", "PLAN-018", "PLAN-007", "PLAN-017"]
                for (line, code) in zip(outcome.errorLines, codes) {
                    #expect(line.contains("(\(code)). "))
                }
            }
        }
    }

    @Test func refusesAStoreInTheOutputFolder() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            let output = city.output.path
            try city.changePlan(
                "output: Reports/sample",
                to: "output: \(output)\n  store: { sqlite: \(output)/a.sqlite }")
            for command in ["check", "run"] {
                let outcome = try BuiltProgram.run([command, city.plan.path])
                #expect(outcome.status == 64)
                #expect(outcome.errorLines.count == 1)
                #expect(outcome.errors.contains("(PUBLISH-023)"))
            }
        }
    }

    /// A year that nobody has put into the factors file is told before an extract is read.
    @Test func foreseesThatAYearHasNoFactors() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            let (header, rows) = try city.lines(of: "finance-factors.csv")
            let others = rows.filter { !$0.contains(",2018,") }
            #expect(others.count < rows.count)
            try city.write(
                ([header] + others).joined(separator: "\n"), to: "finance-factors.csv")
            for command in [["check"], ["run", "--work", folder.path + "/work"]] {
                let outcome = try BuiltProgram.run(command + [city.plan.path])
                #expect(outcome.status == 65)
                #expect(outcome.errorLines.count == 1)
                #expect(outcome.errors.contains("transfer 2018: "))
                #expect(outcome.errors.contains("(PUBLISH-060). Add the year to the factors file."))
            }
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/work"))
            #expect(try FolderContents(of: city.output).files.isEmpty)
        }
    }

    @Test func printsWhichColumnsAreMissing() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            let (header, records) = try city.lines(of: "residency-2.csv")
            let other = header.replacingOccurrences(of: "arrival_date", with: "came_on")
            try city.write(([other] + records).joined(separator: "\n"), to: "residency-2.csv")
            for command in ["check", "run"] {
                let outcome = try BuiltProgram.run([command, city.plan.path])
                #expect(outcome.status == 64)
                let found = other.replacingOccurrences(of: ",", with: ", ")
                #expect(
                    outcome.errors == "popstat: residency-2.csv, line 1: columns are missing; "
                        + "expected: citizen_id, updated_at, residence_code, arrival_date; "
                        + "found: \(found); missing: arrival_date; additional: came_on "
                        + "(INGEST-007). Name the extract's header for each missing column under "
                        + "`columns`.\n")
            }
        }
    }

    /// A first row in the place of the header is personal and is not printed.
    @Test func keepsARowInThePlaceOfTheHeaderToItself() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            let (_, records) = try city.lines(of: "registration-2.csv")
            try city.write(records.joined(separator: "\n"), to: "registration-2.csv")
            let outcome = try city.run()
            #expect(outcome.status == 64)
            #expect(
                outcome.errors == "popstat: registration-2.csv, line 1: the extract has no header "
                    + "line (INGEST-004). Export it again with the column names in the first "
                    + "line.\n")
        }
    }

    @Test(arguments: ["residency-3.csv", "divisions-2015.csv", "targets.csv"])
    func asksForAMissingFile(name: String) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try city.changePlan(
                "[residency-*.csv]",
                to: "[\(try city.names(of: "residency").joined(separator: ", "))]")
            try FileManager.default.removeItem(at: city.extracts.appendingPathComponent(name))
            let outcome = try city.run()
            #expect(outcome.status == 66)
            #expect(outcome.errors.contains("there is no file \(name) (PLAN-028)"))
            #expect(try FolderContents(of: city.output).files.isEmpty)
        }
    }
}
