import PopulationTestSupport
import Testing

/// The check of wordings finds what it is there for.
@Suite struct ChineseWordingTests {
    private static let english =
        "a.csv, line 3: 5 of 9 rows are wrong (INGEST-030). Raise ingest.max or give --force."

    @Test(arguments: [
        "a.csv，第 3 行：9 行中有 5 行有误（INGEST-030）。请提高 ingest.max，或加 --force。"
    ])
    func takesAWholeWording(chinese: String) {
        let values = ["a.csv", "5", "9"]
        #expect(ChineseWording.problems(chinese, beside: Self.english, values: values) == [])
    }

    @Test(arguments: [
        // The English twice.
        (english, "no Chinese"),
        ("a.csv，第 3 行：9 行有误（INGEST-030）。请提高 ingest.max，或加 --force。", "5 is missing"),
        ("a.csv，第 3 行：9 行中有 5 行有误（INGEST-030）。请提高 ingest.max。", "--force is missing"),
        ("a.csv，第 3 行：9 行中有 5 行有误（INGEST-030）。请加 --force。", "ingest.max is missing"),
        ("第 3 行：9 行中有 5 行有误（INGEST-030）。请提高 ingest.max，或加 --force。", "a.csv is missing"),
        (
            "a.csv，第 3 行：9 rows 中有 5 行有误（INGEST-030）。请提高 ingest.max，或加 --force。",
            "English: rows"
        ),
        (
            "a.csv，第 3 行:9 行中有 5 行有误（INGEST-030）。请提高 ingest.max，或加 --force。",
            "half-width"
        ),
        ("a.csv，第 3 行：9 行中有 5 行有误（INGEST-030）。请提高 ingest.max，或加 --force", "full stop"),
    ])
    func findsWhatIsWrong(chinese: String, word: String) {
        let problems = ChineseWording.problems(
            chinese, beside: Self.english, values: ["a.csv", "5", "9"])
        #expect(problems.contains { $0.contains(word) }, "\(problems)")
    }

    private enum Fault {
        case wrong(label: String, count: Int)
    }

    @Test func findsTheValuesOfAFault() {
        #expect(ChineseWording.values(of: Fault.wrong(label: "a.csv", count: 7)) == ["a.csv", "7"])
        #expect(
            ChineseWording.problems(
                "文件有误。", beside: "the file a b is wrong", values: ["a b"]
            ).contains { $0.contains("a b is missing") })
    }
}
