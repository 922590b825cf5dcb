import Foundation
import PopulationFigures
import PopulationPublish
import PopulationTestSupport
import Testing

/// The plans of the repository, run by the built command. `POPSTAT_RECORD=1` writes
/// `Reports/sample` anew and fails, so that recording never passes for a test.
@Suite struct SampleReportTests {
    private static let report = BuiltProgram.repository.appendingPathComponent("Reports/sample")

    private static func plan(_ name: String) -> String {
        BuiltProgram.repository.appendingPathComponent("Pipelines/\(name).yaml").path
    }

    @Test func equalsTheCommittedReport() throws {
        try TemporaryFolder.with { folder in
            let output = folder.appendingPathComponent("sample")
            let outcome = try BuiltProgram.run([
                "run", Self.plan("sample"), "--output", output.path, "--work",
                folder.appendingPathComponent("work").path,
            ])
            try #require(outcome.status == 0, "\(outcome.errors)")
            if ProcessInfo.processInfo.environment["POPSTAT_RECORD"] == "1" {
                try Self.record(output)
                Issue.record("Reports/sample is recorded: look at the change and commit it")
                return
            }
            let fresh = try FolderContents(of: output)
            let committed = try FolderContents(of: Self.report)
            #expect(fresh.differences(from: committed) == [])
            #expect(fresh.files.keys.contains("internal/urbanization.csv"))
        }
    }

    private static func record(_ output: URL) throws {
        if FileManager.default.fileExists(atPath: report.path) {
            try FileManager.default.removeItem(at: report)
        }
        try FileManager.default.copyItem(at: output, to: report)
    }

    /// The page is public, the manifest is not: exact sums beside hidden cells give them away.
    @Test func keepsTheNumbersOfBalancesToItself() throws {
        let manifest = try JSONDecoder().decode(
            Balances.self,
            from: Data(contentsOf: Self.report.appendingPathComponent("manifest.json")))
        let page = try String(
            contentsOf: Self.report.appendingPathComponent("report.html"), encoding: .utf8)
        let ofPersons = manifest.balances.filter { $0.equation.hasPrefix("20") }
        #expect(ofPersons.count > 20)
        for balance in ofPersons {
            #expect(page.contains(balance.equation))
            let sum = balance.right.map(ReportNumber.count).joined(separator: " + ")
            #expect(!page.contains("\(ReportNumber.count(balance.left)) = \(sum)"))
        }
        #expect(!page.contains("≠"))
    }

    /// Numbers of five digits and more are rare enough to be looked for by their digits.
    @Test func showsNoNumberThatThePublicTablesHide() throws {
        var hidden: Set<String> = []
        for meaning in DataDictionary.tables {
            let tables = ["public", "internal"].compactMap { scope -> Table? in
                let file = Self.report.appendingPathComponent("\(scope)/\(meaning.name).csv")
                guard let data = FileManager.default.contents(atPath: file.path) else { return nil }
                return Table(name: meaning.name, csv: Array(data))
            }
            guard tables.count == 2 else { continue }
            let exact = Dictionary(
                tables[1].rows.map { (Array($0.prefix(meaning.keyCount)), $0) },
                uniquingKeysWith: { first, _ in first })
            for row in tables[0].rows {
                guard let other = exact[Array(row.prefix(meaning.keyCount))] else { continue }
                for (shown, number) in zip(row, other) where shown == TableScope.hidden {
                    if let count = Int(number), count >= 10_000 {
                        hidden.insert(ReportNumber.count(count))
                    }
                }
            }
        }
        #expect(hidden.count > 10)
        let page = try String(
            contentsOf: Self.report.appendingPathComponent("report.html"), encoding: .utf8)
        let numbers = page.split { !($0.isNumber || $0 == ",") }.map(String.init)
        #expect(hidden.intersection(numbers).isEmpty)
    }

    private struct Balances: Decodable {
        var balances: [Balance]

        struct Balance: Decodable {
            var equation: String
            var left: Int
            var right: [Int]
        }
    }

    @Test func namesNoPathOfAMachine() throws {
        for (path, bytes) in try FolderContents(of: Self.report).files {
            let text = String(decoding: bytes, as: UTF8.self)
            for folder in ["tmp", "home", "root", "work", "var", "Users", "build"] {
                #expect(!text.contains("/\(folder)/"), "\(path) holds /\(folder)/")
            }
            #expect(!text.contains("file:/"), "\(path) holds file:/")
        }
    }

    @Test(arguments: ["nightly", "yearly", "finance", "sample"])
    func writesOnlyIntoItsTwoFolders(plan: String) throws {
        try TemporaryFolder.with { folder in
            let names = ["Pipelines", "Reports", "SampleData"]
            let before = try names.map(Self.listing)
            let outcome = try BuiltProgram.run(
                ["run", Self.plan(plan), "--output", "out/\(plan)", "--work", "work"],
                folder: folder)
            try #require(outcome.status == 0, "\(outcome.errors)")
            #expect(try names.map(Self.listing) == before)
            let beside = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(beside.sorted() == ["out", "work"])
            let published = try FileManager.default.contentsOfDirectory(
                atPath: folder.appendingPathComponent("out").path)
            #expect(
                published.sorted() == [".\(plan).lock", plan, "\(plan)-audit", "\(plan)-store"])
        }
    }

    /// Paths and times of change of a folder of the repository.
    private static func listing(_ name: String) throws -> [String: Date] {
        let folder = BuiltProgram.repository.appendingPathComponent(name)
        let below =
            FileManager.default.enumerator(atPath: folder.path)?
            .compactMap { $0 as? String } ?? []
        return Dictionary(
            uniqueKeysWithValues: try below.map { path in
                let file = folder.appendingPathComponent(path).path
                let attributes = try FileManager.default.attributesOfItem(atPath: file)
                return (path, attributes[.modificationDate] as? Date ?? .distantPast)
            })
    }

    @Test func isTheSameInEveryTimeZoneAndLanguage() throws {
        try TemporaryFolder.with { folder in
            let output = folder.appendingPathComponent("sample")
            let outcome = try BuiltProgram.run(
                [
                    "run", Self.plan("sample"), "--output", output.path, "--work",
                    folder.appendingPathComponent("work").path,
                ],
                environment: [
                    "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8",
                ])
            try #require(outcome.status == 0, "\(outcome.errors)")
            let committed = try FolderContents(of: Self.report)
            #expect(try FolderContents(of: output).differences(from: committed) == [])
        }
    }
}
