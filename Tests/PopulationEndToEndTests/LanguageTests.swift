import Foundation
import PopulationTestSupport
import Testing

/// What is said is in the language that was asked for, or that of the locale; what is kept is not.
@Suite struct LanguageTests {
    private static let locale = ["LANG": "zh_CN.UTF-8"]

    /// Both ways to ask for Chinese, and both ways to ask for English, the option being stronger.
    static let ways: [(arguments: [String], environment: [String: String], isChinese: Bool)] = [
        ([], locale, true), (["--language", "zh"], ["LANG": "en_US.UTF-8"], true),
        ([], ["LANG": "C"], false), (["--language", "en"], locale, false),
    ]

    private static func holdsChinese(_ text: some StringProtocol) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    @Test(arguments: ways.indices) func aWrongPlan(index: Int) throws {
        let (arguments, environment, isChinese) = Self.ways[index]
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            try city.changePlan("area: \"4499\"", to: "area: \"44990\"")
            try city.changePlan("deduplicate:", to: "dedup:")
            for command in ["check", "run"] {
                let outcome = try BuiltProgram.run(
                    [command, city.plan.path] + arguments, environment: environment)
                #expect(outcome.status == 64)
                #expect(outcome.errorLines.count == 2)
                let area =
                    isChinese
                    ? "列：area 为“44990”，应为 2、4 或 6 位数字（PLAN-013）。请写省、地或县的代码，例如 \"4499\"。"
                    : ": area is '44990', 2, 4 or 6 digits are expected (PLAN-013). Write the "
                        + "code of a province, prefecture or county, such as \"4499\"."
                #expect(outcome.errorLines.first?.hasSuffix(area) == true, "\(outcome.errors)")
                #expect(outcome.errorLines.allSatisfy { Self.holdsChinese($0) == isChinese })
            }
        }
    }

    @Test(arguments: ways.indices) func aMissingExtract(index: Int) throws {
        let (arguments, environment, isChinese) = Self.ways[index]
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            for name in try city.names(of: "residency") {
                try FileManager.default.removeItem(at: city.extracts.appendingPathComponent(name))
            }
            let outcome = try city.run(arguments, environment: environment)
            #expect(outcome.status == 66)
            #expect(outcome.errorLines.count == 1)
            let words =
                isChinese
                ? "（PLAN-031）。请检查路径；它相对于计划所在的文件夹。"
                : " (PLAN-031). Check the path; it is relative to the plan's folder."
            #expect(outcome.errors.hasSuffix(words + "\n"), "\(outcome.errors)")
        }
    }

    @Test(arguments: ways.indices) func aBrokenGate(index: Int) throws {
        let (arguments, environment, isChinese) = Self.ways[index]
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder)
            var (header, records) = try city.lines(of: "registration-3.csv")
            for index in 0..<60 { records[index] = "X" + records[index].dropFirst() }
            try city.write(([header] + records).joined(separator: "\n"), to: "registration-3.csv")
            let values = try PersonalValues(
                of: try city.names(of: "registration").map {
                    city.extracts.appendingPathComponent($0)
                }, headers: ["citizen_id"])
            let outcome = try city.run(arguments, environment: environment)
            #expect(outcome.status == 65)
            #expect(outcome.errorLines.count == 1)
            let words =
                isChinese
                ? "请查看工作文件夹中的 rejected-registration.csv；请改正数据文件，或提高 "
                    + "ingest.registration.rejected-share-max。没有发布任何内容。"
                : "Look at rejected-registration.csv in the work folder; mend the extract or raise "
                    + "ingest.registration.rejected-share-max. Nothing was published."
            #expect(outcome.errors.hasSuffix(words + "\n"), "\(outcome.errors)")
            #expect(values.occurrences(in: Data(outcome.errors.utf8)) == 0)
        }
    }

    /// A wrong option is told before any option is known.
    @Test func aWrongOptionFollowsTheLocale() throws {
        let outcome = try BuiltProgram.run(
            ["run", "a.yaml", "--threads", "0", "--language", "en"], environment: Self.locale)
        #expect(outcome.status == 64)
        #expect(
            outcome.errors == "popstat: --threads 必须是 1 至 1024。 请看 `popstat run --help`。\n")
        let other = try BuiltProgram.run(["run", "a.yaml", "--language", "fr"])
        #expect(other.status == 64)
        #expect(other.errors.contains("'fr' is invalid for '--language <language>'"))
    }

    /// The same numbers in the same order, in other words.
    @Test func theSummaryOfARun() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 2_000)
            let english = try city.run(["--language", "en"])
            let chinese = try city.run(["--language", "zh"])
            let again = try city.run(["--language", "en"])
            #expect([english, chinese, again].map(\.status) == [0, 0, 0])
            func numbers(_ text: String) -> [String] {
                text.matches(of: /[0-9]+(\.[0-9]+)?/).map { String($0.output.0) }.sorted()
            }
            #expect(numbers(chinese.output) == numbers(again.output))
            #expect(chinese.output.hasPrefix("户籍登记："))
            #expect(chinese.output.contains("\n全域城镇化率，%：\n  2015-12-31  常住人口 "))
            #expect(!Self.holdsChinese(english.output))
        }
    }

    /// Manifest, tables, ledger and log are the same, whatever language is spoken.
    @Test func whatIsKeptIsInEnglish() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 2_000)
            var kept: [FolderContents] = []
            var logs: [[String]] = []
            for (name, environment) in [("en", ["LANG": "C"]), ("zh", Self.locale)] {
                let (output, work) = ("\(folder.path)/out-\(name)", "\(folder.path)/work-\(name)")
                let outcome = try city.run(
                    [
                        "--output", output, "--work", work, "--audit",
                        "\(folder.path)/audit-\(name)",
                    ],
                    environment: environment)
                #expect(outcome.status == 0, "\(outcome.errors)")
                kept.append(try FolderContents(of: URL(fileURLWithPath: output)))
                logs.append(
                    try ["\(work)/run.log", "\(work)/ledger.jsonl"].flatMap { file in
                        // Times and the folder's own name differ from run to run.
                        try String(contentsOfFile: file, encoding: .utf8)
                            .replacingOccurrences(of: "-\(name)", with: "")
                            .split(separator: "\n").map {
                                String($0).replacing(/[0-9]+([:.T\-+][0-9]+)+/, with: "#")
                            }
                    })
            }
            #expect(!kept[0].files.isEmpty)
            #expect(kept[0] == kept[1])
            #expect(logs[0] == logs[1])
            #expect(logs[0].count > 5)
            #expect(!logs.joined().contains { Self.holdsChinese($0) })
        }
    }

    /// Tables on the terminal are headed in the language; names of columns and of files are not words.
    @Test func headsOfTables() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 2_000)
            try #require(try city.run().status == 0)
            let months = "deduplicate: { residence-months: "
            try city.changePlan(months + "6", to: months + "3")
            try #require(try city.run().status == 0)
            let figure = ["urbanization", "2020-12-31", "449901", "resident", "urban"]
            let output = city.output.path
            let commands: [(arguments: [String], heads: [String])] = [
                (["editions", output], ["编号 计划 最后时点 修订号 生效 计划摘要 输入摘要 已交付"]),
                (["compare", "1", "2", "--store", output], ["键 列 前 后 差 变动 %"]),
                (
                    ["explain", output] + figure,
                    ["分类 单位数 人数", "单位 名称 分类 人数", "来源 文件数"]
                ),
                (
                    ["what-if", output, "--target", "55"],
                    ["城镇人口 城镇化率 % 目标 % 达到 尚缺", "时点 口径 人口 前 后"]
                ),
                (
                    [
                        "purge", city.plan.path, "--work", city.work.path, "--older-than", "0d",
                        "--dry-run", "--audit", output + "-audit",
                    ], ["种类 文件数 字节", "分区文件", "被拒的行", "中断的运行所留"]
                ),
            ]
            for (arguments, heads) in commands {
                let outcome = try BuiltProgram.run(arguments + ["--language", "zh"])
                try #require(outcome.status == 0, "\(outcome.errors)")
                let lines = outcome.output.split(separator: "\n").map {
                    $0.split(separator: " ").joined(separator: " ")
                }
                for head in heads {
                    #expect(lines.contains { $0.hasPrefix(head) }, "\(head): \(lines)")
                }
            }
        }
    }

    /// JSON is for programs.
    @Test func jsonNeverChanges() throws {
        let findings = try [["LANG": "C"], Self.locale].map {
            try BuiltProgram.run(["doctor", "--json"], environment: $0).json()["findings"]
        }
        let texts = findings.map { ($0 as? [[String: Any]] ?? []).map { $0["check"] as? String } }
        #expect(texts[0] == texts[1])
        #expect(texts[0].count > 3)
        let chinese = try BuiltProgram.run(["doctor", "--json"], environment: Self.locale)
        #expect(!Self.holdsChinese(chinese.output))
        #expect(
            Self.holdsChinese(try BuiltProgram.run(["doctor"], environment: Self.locale).output))
    }
}
