import Foundation
import PopulationPipeline
import PopulationTestSupport
import Testing

/// Progress on a real terminal: one line that never wraps, and codes only where they are wanted.
@Suite struct TerminalTests {
    /// Slow enough for a line with rows: every record goes through libcsv, in tiny blocks.
    private static func run(columns: Int, _ environment: [String: String]) throws -> String? {
        guard let terminal = PseudoTerminal(columns: columns) else { return nil }
        return try TemporaryFolder.with { folder in
            let plan = BuiltProgram.repository.appendingPathComponent("Pipelines/sample.yaml")
            let (status, sent) = try terminal.run(
                [
                    "run", plan.path, "--output", "out", "--work", "work", "--threads", "1",
                    "--parser", "libcsv", "--block-size", "7",
                ], folder: folder,
                environment: ["TERM": "xterm", "NO_COLOR": ""].merging(environment) { $1 })
            #expect(status == 0)
            return sent
        }
    }

    @Test(arguments: [40, 80], ["zh_CN.UTF-8", "en_US.UTF-8"])
    func neverWraps(columns: Int, locale: String) throws {
        let sent = try #require(try Self.run(columns: columns, ["LANG": locale]))
        let lines = TerminalStream.segments(of: sent).filter { $0.dropFirst().hasPrefix("/5 ") }
        #expect(lines.count > 10)
        #expect(lines.allSatisfy { TerminalStream.width(of: $0) < columns }, "\(lines)")
        let isChinese = locale.hasPrefix("zh")
        #expect(lines.contains { $0.hasPrefix(isChinese ? "1/5 读入，" : "1/5 ingest, ") })
        #expect(lines.contains { $0.contains(isChinese ? " 行，" : " rows, ") })
        #expect(sent.contains("\r\u{1B}[K"))
    }

    @Test(arguments: [["NO_COLOR": "1"], ["TERM": "dumb"], ["TERM": ""]])
    func sendsNoCodesWhereTheyAreNotWanted(environment: [String: String]) throws {
        let sent = try #require(try Self.run(columns: 80, environment))
        #expect(!sent.contains("\u{1B}"))
        #expect(sent.contains("1/5 ingest"))
        // What was written is blanked out before the next line stands there.
        #expect(sent.contains("  \r"))
    }

    @Test func sendsNothingOfItToAFile() throws {
        try TemporaryFolder.with { folder in
            let city = try SampleCity(in: folder, citizens: 1_000)
            let outcome = try city.run(environment: ["LANG": "zh_CN.UTF-8", "TERM": "xterm"])
            #expect(outcome.status == 0)
            #expect(outcome.errors == "")
            #expect(!outcome.output.contains("\u{1B}") && !outcome.output.contains("\r"))
        }
    }
}

/// The line of progress by itself, at every width.
@Suite struct ProgressLineTests {
    private static let full = ProgressLine(
        stage: .deduplicate, done: 30, total: 120, rows: 1_234_567, seconds: 61.04)

    @Test func saysWhatMattersFirst() {
        #expect(
            Self.full.text(in: .en, columns: 200)
                == "2/5 deduplicate, 25 %, 1234567 rows, 20225 rows/s, 183 s left")
        #expect(
            Self.full.text(in: .zh, columns: 200)
                == "2/5 去重，25%，1234567 行，20225 行/秒，还需 183 秒")
        #expect(Self.full.text(in: .en, columns: 40) == "2/5 deduplicate, 25 %, 1234567 rows")
        #expect(Self.full.text(in: .zh, columns: 30) == "2/5 去重，25%，1234567 行")
        #expect(Self.full.endText(in: .en) == "2/5 deduplicate, 1234567 rows, 61.0 s")
        #expect(Self.full.endText(in: .zh) == "2/5 去重，1234567 行，61.0 秒")
    }

    @Test(arguments: 0..<100) func staysBelowTheWidth(columns: Int) {
        for text in [
            Self.full.text(in: .zh, columns: columns), Self.full.text(in: .en, columns: columns),
        ] {
            #expect(TerminalText.width(of: text) < max(1, columns))
            #expect(TerminalText.width(of: text) == TerminalStream.width(of: text))
        }
    }

    @Test func cutsBetweenCharacters() {
        #expect(TerminalText.prefix(of: "统计局", width: 5) == "统计")
        #expect(TerminalText.prefix(of: "e\u{301}a", width: 1) == "e\u{301}")
        #expect(TerminalText.prefix(of: "ab", width: 0) == "")
    }
}
