import Foundation
import PopulationTestSupport
import Testing

/// What must not change a byte of a table: the order of rows and files, threads, blocks, parser,
/// memory.
@Suite struct SameBytesTests {
    static let variants: [[String]] = [
        ["--threads", "1"], ["--threads", "2"], ["--threads", "5"],
        ["--block-size", "7"], ["--block-size", "1MiB"], ["--parser", "libcsv"],
        ["--memory-limit", "1MiB"], ["--memory-limit", "2GiB"],
        ["--parser", "libcsv", "--block-size", "7", "--threads", "1", "--memory-limit", "16MiB"],
    ]

    /// On the committed sample, which holds every kind of ugly row.
    @Test(arguments: variants)
    func givesTheTablesOfTheReport(arguments: [String]) throws {
        try TemporaryFolder.with { folder in
            let plan = BuiltProgram.repository.appendingPathComponent("Pipelines/sample.yaml")
            let output = folder.appendingPathComponent("out")
            let outcome = try BuiltProgram.run(
                [
                    "run", plan.path, "--output", output.path, "--work",
                    folder.appendingPathComponent("work").path,
                ] + arguments)
            try #require(outcome.status == 0, "\(outcome.errors)")
            let report = BuiltProgram.repository.appendingPathComponent("Reports/sample")
            let expected = try FolderContents.tables(of: report)
            #expect(try FolderContents.tables(of: output).differences(from: expected) == [])
        }
    }

    /// A limit that cannot be kept is no lie: the run says what it took.
    @Test(arguments: [
        ("1MiB", "publish", true), ("1MiB", "ingest", true), ("2GiB", "publish", false),
    ])
    func aLimitThatWasNotKeptIsToldOf(limit: String, stage: String, isToldOf: Bool) throws {
        try TemporaryFolder.with { folder in
            let plan = BuiltProgram.repository.appendingPathComponent("Pipelines/sample.yaml")
            let outcome = try BuiltProgram.run([
                "run", plan.path, "--output", folder.appendingPathComponent("out").path, "--work",
                folder.appendingPathComponent("work").path, "--memory-limit", limit, "--through",
                stage,
            ])
            try #require(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("more than the 1 MiB of --memory-limit") == isToldOf)
        }
    }

    /// The measuring option leaves tables out, and changes none of the others.
    @Test func theMainTablesAreTheSameAlone() throws {
        try TemporaryFolder.with { folder in
            let plan = BuiltProgram.repository.appendingPathComponent("Pipelines/sample.yaml")
            let output = folder.appendingPathComponent("out")
            let outcome = try BuiltProgram.run([
                "run", plan.path, "--output", output.path, "--work",
                folder.appendingPathComponent("work").path, "--only-main-tables",
            ])
            try #require(outcome.status == 0, "\(outcome.errors)")
            let report = BuiltProgram.repository.appendingPathComponent("Reports/sample")
            let main: Set = [
                "urbanization.csv", "population.csv", "units.csv", "migration.csv",
                "progress.csv", "quality.csv",
            ]
            func tables(_ folder: URL) throws -> FolderContents {
                try FolderContents(
                    of: folder.appendingPathComponent("internal"), where: main.contains)
            }
            #expect(try tables(output).files.count == main.count)
            #expect(try tables(output).differences(from: tables(report)) == [])
            let names = try Set(FolderContents.tables(of: output).files.keys)
            #expect(names == main.union(["cube.popcube"]))
        }
    }

    /// The committed sample without rows of a bad quote, each file's records in another order, and
    /// the files under other names.
    @Test(arguments: TestLength.isLong ? Array(1...20) : [1, 2])
    func doesNotDependOnTheOrderOfUglyRows(seed: Int) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 10_000, isClean: false)
            var random = SeededRandom(seed: UInt64(seed))
            var tables: [FolderContents] = []
            for isShuffled in [false, true] {
                let names = try ["registration", "residency"].flatMap(city.names)
                for name in names {
                    let file = city.extracts.appendingPathComponent(name)
                    var extract = try ExtractRecords(of: file)
                    try FileManager.default.removeItem(at: file)
                    if isShuffled { extract.records.shuffle(using: &random) }
                    let source = name.prefix { $0 != "-" }
                    let other = isShuffled ? "\(source)-\(random.next()).csv" : name
                    try extract.data.write(to: city.extracts.appendingPathComponent(other))
                }
                let outcome = try city.run()
                try #require(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output.contains("extracts: 12 ingested, 0 unchanged"))
                tables.append(try FolderContents.tables(of: city.output))
            }
            #expect(tables[1].differences(from: tables[0]) == [], "seed \(seed)")
        }
    }

    @Test(arguments: TestLength.isLong ? Array(1...20) : [1, 2, 3])
    func doesNotDependOnTheOrderOfRowsAndFiles(seed: Int) throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            var random = SeededRandom(seed: UInt64(seed))
            for source in ["registration", "residency"] { try tie(city, source) }
            let first = try city.run()
            try #require(first.status == 0, "\(first.errors)")
            let expected = try FolderContents.tables(of: city.output)
            let quality = try QualityTable(of: city.output)
            #expect(quality.count("registration", "conflict") > 0)
            #expect(quality.count("registration", "exact_duplicate") > 0)
            #expect(quality.count("residency", "exact_duplicate") > 0)
            #expect(quality.count("registration", "voided") > 0)

            for source in ["registration", "residency"] { try shuffle(city, source, &random) }
            let second = try city.run(["--work", folder.appendingPathComponent("w2").path])
            try #require(second.status == 0, "\(second.errors)")
            let found = try FolderContents.tables(of: city.output)
            #expect(found.differences(from: expected) == [], "seed \(seed)")
        }
    }

    /// Adds rows that only the order of SPEC section 4 can tell apart: equal rows, ties in day and
    /// time of writing, and revocations without record_id.
    private func tie(_ city: SampleCity, _ source: String) throws {
        let name = try city.names(of: source)[0]
        var (header, records) = try city.lines(of: name)
        let columns = header.split(separator: ",").map(String.init)
        func index(_ name: String) -> Int { columns.firstIndex(of: name)! }
        func changed(_ record: String, _ change: (inout [String]) -> Void) -> String {
            var fields = record.split(separator: ",", omittingEmptySubsequences: false)
                .map(String.init)
            change(&fields)
            return fields.joined(separator: ",")
        }
        for (position, record) in records.enumerated() where !record.contains("\"") {
            let other = records[(position + 1) % records.count]
                .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            switch position % 12 {
            case 0: records += [record, record]
            case 1 where source == "registration":
                records.append(
                    changed(record) {
                        $0[index("record_id")] = ""
                        $0[index("event")] = "correction"
                    })
            case 2 where source == "registration":
                records.append(
                    changed(record) {
                        $0[index("record_id")] = ""
                        $0[index("division_code")] = other[index("division_code")]
                    })
            case 3 where source == "residency":
                records.append(changed(record) { $0[index("departure_date")] = "" })
            case 4: records.append(changed(record) { $0[index("title")] = "senior" })
            case 5:
                records.append(
                    changed(record) {
                        $0[index("record_id")] = ""
                        $0[index("revoked")] = "1"
                    })
            default: break
            }
        }
        try city.write(([header] + records).joined(separator: "\n") + "\n", to: name)
    }

    /// Deals the records of a source anew over files with other names, in another order.
    private func shuffle(_ city: SampleCity, _ source: String, _ random: inout SeededRandom) throws
    {
        let names = try city.names(of: source)
        var header = ""
        var records: [String] = []
        for name in names {
            let lines = try city.lines(of: name)
            header = lines.header
            records += lines.records
            try FileManager.default.removeItem(at: city.extracts.appendingPathComponent(name))
        }
        records.shuffle(using: &random)
        let count = 1 + Int(random.next() % 5)
        for part in 0..<count {
            let mine = records.indices.filter { $0 % count == part }.map { records[$0] }
            let text = ([header] + mine).joined(separator: "\n") + "\n"
            try city.write(text, to: "\(source)-\(random.next() % 1_000_000).csv")
        }
    }
}
