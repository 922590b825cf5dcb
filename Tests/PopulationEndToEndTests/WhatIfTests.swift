import Foundation
import PopulationTestSupport
import Testing

/// `popstat what-if` through the built command, on a published folder and nothing else.
@Suite struct WhatIfTests {
    private static let report = BuiltProgram.repository.appendingPathComponent("Reports/sample")

    private func tables(_ folder: URL) throws -> [String: Data] {
        try FolderContents(of: folder) { $0.hasSuffix(".csv") }.files
    }

    private func rows(_ folder: URL, _ name: String) throws -> [[String]] {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            .split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
    }

    @Test func givesThePublishedTablesWhenNothingIsAssumed() throws {
        try TemporaryFolder.with { folder in
            let output = folder.appendingPathComponent("new")
            let outcome = try BuiltProgram.run(
                ["what-if", Self.report.path, "--output", output.path])
            try #require(outcome.status == 0, "\(outcome.errors)")
            let found = try tables(output)
            #expect(
                found.keys.sorted() == [
                    "comparison.csv", "migration.csv", "population.csv", "progress.csv",
                    "units.csv", "urbanization.csv",
                ])
            let published = try tables(Self.report.appendingPathComponent("internal"))
            for (name, bytes) in found where name != "comparison.csv" {
                #expect(bytes == published[name], "\(name)")
            }
            #expect(outcome.output.contains("classes: as published\n"))
            #expect(outcome.seconds < 1)
        }
    }

    /// A sample whose extracts and work folder are gone before the question is asked.
    @Test(arguments: TestLength.isLong ? Array(1...10) : [1, 2])
    func givesTheTablesOfARunWithOtherDivisions(seed: Int) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 3_000, seed: seed)
            try #require(try city.run().status == 0)
            let names = ["divisions-2015.csv", "divisions-2020.csv"]
            var random = SeededRandom(seed: UInt64(seed))
            var list = "code,class\n4499,\n"
            for (index, name) in names.enumerated() {
                var lines = try city.read(name).split(separator: "\n").map(String.init)
                for line in lines.indices {
                    var fields = lines[line].split(
                        separator: ",", omittingEmptySubsequences: false
                    ).map(String.init)
                    guard fields[0].count == 12, let code = Int(fields[0]), code % 4 == 0 else {
                        continue
                    }
                    fields[1] = ["121", "220", "112", "210"][code / 4 % 4]
                    lines[line] = fields.joined(separator: ",")
                    if index == 0 || !list.contains(fields[0]) {
                        list += "\(fields[0]),\(fields[1])\n"
                    }
                }
                try city.write(lines.joined(separator: "\n") + "\n", to: name)
            }
            let again = folder.appendingPathComponent("again")
            try #require(
                try city.run(["--output", again.path, "--work", folder.path + "/w2"]).status == 0)
            let file = folder.appendingPathComponent("classes.csv")
            try Data(list.utf8).write(to: file)
            try FileManager.default.removeItem(at: city.work)
            try FileManager.default.removeItem(at: city.extracts)

            let output = folder.appendingPathComponent("new")
            let outcome = try BuiltProgram.run([
                "what-if", city.output.path, "--classes", file.path, "--output", output.path,
                "--threads", "\(1 + random.below(3))",
            ])
            try #require(outcome.status == 0, "\(outcome.errors)")
            let expected = try tables(again.appendingPathComponent("internal"))
            let before = try tables(city.output.appendingPathComponent("internal"))
            for (name, bytes) in try tables(output) where name != "comparison.csv" {
                #expect(bytes == expected[name], "seed \(seed), \(name)")
            }
            #expect(expected["urbanization.csv"] != before["urbanization.csv"])
            try expectComparison(
                in: output, between: city.output.appendingPathComponent("internal"), and: output)
        }
    }

    /// `comparison.csv` says what the two tables say.
    private func expectComparison(in folder: URL, between old: URL, and new: URL) throws {
        let rows = try rows(folder, "comparison.csv")
        let (before, after) = (
            try self.rows(old, "urbanization.csv"), try self.rows(new, "urbanization.csv")
        )
        #expect(rows.count == before.count && rows.count == after.count)
        for (index, row) in rows.enumerated().dropFirst() {
            let (a, b) = (before[index], after[index])
            #expect(Array(row[..<7]) == Array(a[..<7]))
            #expect(
                [row[7], row[8], row[9]] == [b[6], a[9], b[9]]
                    && [row[11], row[12]] == [a[10], b[10]]
                    && [row[13], row[14], row[15], row[16]] == [a[11], b[11], a[12], b[12]])
            guard let total = Double(row[5]), total > 0, let points = Double(row[10]),
                let x = Double(row[6]), let y = Double(row[7])
            else { continue }
            #expect(abs(points - (y - x) * 100 / total) < 0.006)
        }
    }

    @Test func answersInJSON() throws {
        let outcome = try BuiltProgram.run([
            "what-if", Self.report.path, "--target", "55.5", "--class", "449901001201=121",
            "--json",
        ])
        #expect(outcome.status == 0)
        #expect(outcome.output.filter { $0 == "\n" }.count == 1)
        let json = try outcome.json()
        let target = json["target"] as? [String: String]
        #expect(
            target == [
                "date": "2020-12-31", "percent_assumed": "55.50", "percent_published": "50.00",
            ])
        #expect((json["classes"] as? [Any])?.count == 2)
        let rows = json["comparison"] as? [[String: Any]] ?? []
        #expect(rows.count == 6 * 2 * 7)
        let last = rows.last { $0["area_code"] as? String == "4499" } ?? [:]
        #expect(last["total"] as? Int == 27_098)
        #expect(last["difference_points"] as? String == "+0.26")
        let (before, after) = (
            last["published"] as? [String: Any] ?? [:], last["assumed"] as? [String: Any] ?? [:]
        )
        #expect(before["urban"] as? Int == 13_730 && after["urban"] as? Int == 13_801)
        #expect(before["reached"] as? String == "yes" && after["reached"] as? String == "no")
        #expect(after["target_percent"] as? String == "55.50")
        // ceil(0.555 * 27098) = 15040.
        #expect(after["urban_short"] as? Int == 15_040 - 13_801)
    }

    /// Chinese names take two cells of a terminal each; columns stay in line all the same.
    @Test func keepsColumnsInLine() throws {
        let outcome = try BuiltProgram.run(
            ["what-if", Self.report.path, "--class", "449901001201=121"],
            environment: ["TERM": "xterm-256color", "CLICOLOR_FORCE": "1"])
        #expect(!outcome.output.contains("\u{1B}") && !outcome.output.contains("\r"))
        let lines = outcome.output.split(separator: "\n")
        func column(_ text: String, in line: Substring) -> Int? {
            guard let range = line.range(of: text) else { return nil }
            return line[..<range.lowerBound].unicodeScalars
                .reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
        }
        let counties = lines.filter { $0.hasPrefix("4499") }
        #expect(counties.count == 12)
        let starts = counties.map { line in
            column("registered", in: line) ?? column("resident", in: line)
        }
        #expect(Set(starts) == [15])
        let changes = lines.filter { $0.hasPrefix("  449901001201") }
        #expect(changes.count == 2)
        #expect(Set(changes.map { column("121", in: $0) }).count == 1)
    }

    @Test func takesThePlanInPlaceOfTheFolder() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try city.changePlan("output: ", to: "output: ../out/city # ")
            try #require(try city.run().status == 0)
            let arguments = ["--target", "60", "--json"]
            let byPlan = try BuiltProgram.run(["what-if", city.plan.path] + arguments)
            let byFolder = try BuiltProgram.run(["what-if", city.output.path] + arguments)
            #expect(byPlan.status == 0)
            #expect(byPlan.output == byFolder.output)
        }
    }

    /// Readers see the folder of before or of after, also while the old one is being removed.
    @Test func answersWhileARunReplacesTheFolder() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try #require(try city.run().status == 0)
            let arguments = [
                "run", city.plan.path, "--output", city.output.path, "--work", city.work.path,
            ]
            let group = DispatchGroup()
            DispatchQueue.global().async(group: group) {
                // The folder stays as it was when a run fails, which other tests look at.
                for _ in 1...8 { _ = try? BuiltProgram.run(arguments) }
            }
            repeat {
                let outcome = try BuiltProgram.run(["what-if", city.output.path, "--target", "60"])
                #expect(outcome.status == 0, "\(outcome.errors)")
            } while group.wait(timeout: .now()) == .timedOut
        }
    }

    @Test func closesItsFolderAndReplacesOnlyItsOwn() throws {
        try TemporaryFolder.with { folder in
            let output = folder.appendingPathComponent("new")
            let arguments = [
                "what-if", Self.report.path, "--target", "55", "--output", output.path,
            ]
            for umask in ["000", "077"] {
                #expect(try BuiltProgram.run(arguments, umask: umask).status == 0)
            }
            #expect(try BuiltProgram.run(arguments, umask: "000").status == 0)
            for (path, mode) in try FolderContents.modes(of: output) {
                #expect(mode == (path == "." ? 0o750 : 0o640), "\(path)")
            }
            let first = try FolderContents(of: output)
            #expect(try BuiltProgram.run(arguments).status == 0)
            #expect(try FolderContents(of: output) == first)
            let said = String(decoding: first.files["what-if.json"] ?? Data(), as: UTF8.self)
            #expect(said.contains("\"percent_assumed\" : \"55.00\""))
            #expect(!said.contains(folder.path))

            try Data("mine".utf8).write(to: output.appendingPathComponent("letter.txt"))
            let refused = try BuiltProgram.run(arguments)
            #expect(refused.status == 73)
            #expect(refused.errors.contains("(PUBLISH-021)"))
            let beside = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(beside == ["new"])
        }
    }
}
