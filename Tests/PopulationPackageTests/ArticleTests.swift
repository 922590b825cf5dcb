import Testing

@Suite struct ArticleTests {
    private let articles: [SourceFile]

    init() throws {
        articles = try PackageTree.textFiles(in: [Articles.catalog])
            .filter { $0.path.hasSuffix(".md") }
    }

    @Test func nameOnlyFilesAndTargetsThatAreThere() throws {
        #expect(articles.count > 10, "the catalog was not found")
        let rules = try Articles()
        let findings = articles.flatMap(rules.findings)
        #expect(findings == [])
    }

    /// docc has no page for an article that nothing curates, and does not say so.
    @Test func standOnTheLandingPage() throws {
        let landing = try #require(
            articles.first { $0.path == "\(Articles.catalog)/PopulationPipeline.md" })
        for article in articles where article.lines.first?.hasPrefix("# ``") == false {
            let link = "- <doc:\(article.name.dropLast(".md".count))>"
            #expect(landing.lines.contains { $0 == link }, "\(article.path)")
        }
    }

    private static let small = Articles(
        paths: [
            "Makefile", "Sources", "Sources/PopulationModel", "Sources/PopulationModel/Area.swift",
            "Sources/PopulationModel/Area+Parts.swift",
        ], makefile: ".PHONY: test docs\ntest: packages ## text\n\tmake it\nbench-counts:\n",
        gitignore: ".build/\n*.o\nReports/*-store/\n")

    @Test(arguments: [
        ("`Sources/PopulationModel/Gone.swift`", "Sources/PopulationModel/Gone.swift is not there"),
        ("see `Sources/Gone/`", "Sources/Gone is not there"),
        (
            "`Sources/PopulationModel/Gone*.swift`",
            "Sources/PopulationModel/Gone*.swift is not there"
        ),
        ("`Gone.swift`, `Area.swift`", "Gone.swift is not there"),
        ("`make tests`", "tests is no target of the Makefile"),
        ("`SECONDS=20 make it`", "it is no target of the Makefile"),
        ("```\n$ make all\n```", "all is no target of the Makefile"),
        ("```\npopstat run Pipelines/gone.yaml\n```", "Pipelines/gone.yaml is not there"),
        ("`make\ntests` and `make test`", "tests is no target of the Makefile"),
        ("[the model](Sources/Model)", "the link Sources/Model leads nowhere"),
        ("[it](../gone.md)", "the link ../gone.md leads nowhere"),
    ])
    func findWhatIsNotThere(text: String, words: String) {
        let article = SourceFile(path: "A.md", text: "# A\n\(text)\n")
        let line = text.hasPrefix("```") ? 3 : 2
        #expect(Self.small.findings(in: article) == ["A.md:\(line): \(words)"])
    }

    @Test(arguments: [
        "`Sources/PopulationModel/Area.swift` and `Area+Parts.swift`", "`Sources/*/Area*.swift`",
        "`make test`, `POPSTAT_TEST_LONG=1 make test`", "`make bench-counts RECORD=1`",
        "[it](Makefile), [docc's](doc:Area), [the web's](https://example.org), [here](#here)",
        "`OUTPUT/internal/gone.csv`, ``Gone``, `.build/gone`, `a/b`", "make it so, Sources/Gone",
        "`a\nb` make it `c\nd`",
        "```\n.build/release/popstat run plan.yaml\nReports/sample-store/figures.sqlite\n```",
        "`Reports/x-store/`",
    ])
    func leaveTheRestAlone(text: String) {
        let article = SourceFile(path: "A.md", text: "# A\n\(text)\n")
        #expect(Self.small.findings(in: article) == [])
    }
}
