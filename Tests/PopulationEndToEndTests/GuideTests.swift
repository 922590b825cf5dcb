import Foundation
import PopulationTestSupport
import Testing

/// Every command of the guides prints what the guide shows, typed one after the other in one shell.
@Suite(
    .enabled(
        if: TestTool.program("curl") != nil && TestTool.program("python3") != nil,
        "curl or python3 is not there"), .serialized)
struct GuideTests {
    private static let folder =
        PackageFolder.root + "/Sources/PopulationPipeline/PopulationPipeline.docc/Guides/"
    private static let pages = [
        "OfficerGuide", "OfficerGuideZh", "FinanceGuide", "FinanceGuideZh",
    ]

    /// Status and words of the runner on pages; blocks that need a tool run where it is there.
    private static func type(_ arguments: [String], tools: [String] = [], settings: [String] = [])
        throws -> (status: Int32, words: String)
    {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("output")
            try Data().write(to: file)
            let programs = BuiltProgram.file.deletingLastPathComponent().path
            let python = URL(fileURLWithPath: TestTool.python).deletingLastPathComponent().path
            let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
            let runner = [PackageFolder.root + "/Tests/Guides/run"]
            let child = try ChildProgram(
                ["PATH=\(programs):\(python):\(path)"] + settings + runner + arguments
                    + tools.flatMap { ["--with", $0] },
                output: FileHandle(forWritingTo: file))
            let status = child.wait()
            return (status, try String(contentsOf: file, encoding: .utf8))
        }
    }

    @Test(arguments: pages) func showsWhatIsPrinted(page: String) throws {
        let pages = [Self.folder + page + ".md"]
        let tools = TestTool.sdmx.isUsed ? ["python"] : []
        guard TestTool.postgres.isUsed else {
            let outcome = try Self.type(pages, tools: tools)
            #expect(outcome.status == 0, "\(outcome.words)")
            return
        }
        try PostgresServer.with { server in
            let outcome = try Self.type(
                pages, tools: tools + ["postgres"],
                settings: [
                    "PGHOST=\(server.socketFolder)", "PGUSER=owner", "PGDATABASE=postgres",
                ])
            #expect(outcome.status == 0, "\(outcome.words)")
        }
    }

    @Test func typesTheSameInBothLanguages() throws {
        let outcome = try Self.type(Self.pages.map { Self.folder + $0 + ".md" } + ["--compare"])
        #expect(outcome.status == 0, "\(outcome.words)")
    }

    /// A figure, a line, a status or a command that is not as shown is found, with its place.
    @Test(arguments: [
        ("$ echo 12\n13", "page.md:4: echo 12\nthe page shows:\n13\nit printed:\n12"),
        ("$ echo 12", "the page shows:\n\nit printed:\n12"),
        ("$ echo 12\n12\n…\n14", "it printed:\n12"),
        ("$ false", "ends with status 1 in place of 0"),
        ("$ true\n(exit status 65)", "ends with status 0 in place of 65"),
    ]) func findsWhatIsNotAsShown(block: String, words: String) throws {
        try TemporaryFolder.with { folder in
            let page = folder.appendingPathComponent("page.md")
            try Data("# Page\n\n```console\n\(block)\n```\n".utf8).write(to: page)
            let outcome = try Self.type([page.path])
            #expect(outcome.status == 1)
            #expect(outcome.words.contains(words), "\(outcome.words)")
        }
    }

    /// Output is compared with what … may stand for, a heredoc and a folder that stay included.
    @Test func takesAPageAsAReaderWould() throws {
        try TemporaryFolder.with { folder in
            let page = folder.appendingPathComponent("page.md")
            let block = """
                $ mkdir new && cd new
                $ cat > lines <<'END'
                one
                $ two
                END
                $ cat \\
                    lines
                on…
                …
                $ seq 5
                1
                …
                5
                """
            try Data("# Page\n\n```console\n\(block)\n```\n```console none\n$ false\n```\n".utf8)
                .write(to: page)
            let outcome = try Self.type([page.path])
            #expect(outcome.words == "page.md: 4 commands, each as shown; 1 left out\n")
            #expect(outcome.status == 0)
        }
    }
}
