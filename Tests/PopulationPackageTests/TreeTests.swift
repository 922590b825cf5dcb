import PopulationModel
import Testing

@Suite struct TreeTests {
    /// The top of the tree, fixed by the user of the house (HOUSE section 2); dotfiles beside it.
    private static let topLevel: Set = [
        "Package.swift", "Sources", "Tests", "Pipelines", "SampleData", "Reports", "README.md",
        "Makefile", "CHANGELOG.md",
    ]

    /// Every place where text is written by hand.
    private static let written = [
        "Package.swift", "Sources", "Tests", "Pipelines", "README.md", "Makefile", "CHANGELOG.md",
        ".ci", ".packaging", "SampleData/README.md", "Reports/README.md",
    ]

    @Test func holdsOnlyWhatTheHouseNames() throws {
        let findings = TreeRules.strangers(in: try PackageTree.topLevel(), known: Self.topLevel)
        #expect(findings == [])
    }

    @Test func namesNoPathOfAMachine() throws {
        let files = try PackageTree.textFiles(in: Self.written)
        #expect(files.contains { $0.path == "Makefile" })
        let findings = try files.flatMap(TreeRules.machinePaths)
        #expect(findings == [])
    }

    @Test func leavesNoWorkBehind() throws {
        let files = try PackageTree.textFiles(in: Self.written)
        let findings = try files.flatMap(TreeRules.leftovers)
        #expect(findings == [])
    }

    @Test func hasOneTargetPerStage() throws {
        let targets = Set(try PackageTree.swiftFiles(in: "Sources").map(\.target))
        for stage in StageName.allCases {
            #expect(targets.contains("Population\(stage.rawValue.capitalized)"))
        }
    }

    @Test func namesErrorsByStageWords() throws {
        let files = try PackageTree.swiftFiles(in: "Sources")
        let stages = Set(StageName.allCases.map(\.rawValue))
        let findings = try files.flatMap { try TreeRules.strangeCodes(in: $0, stages: stages) }
        #expect(findings == [])
    }

    @Test func givesEveryErrorACodeOfItsOwn() throws {
        let files = try PackageTree.swiftFiles(in: "Sources")
        #expect(try TreeRules.repeatedCodes(in: files) == [])
        #expect(try TreeRules.repeatedCodes(in: files + files).count > 100)
    }

    @Test func writesPlansWithStageWords() throws {
        let stages = Set(StageName.allCases.map(\.rawValue))
        let plans = try PackageTree.textFiles(in: ["Pipelines"])
            .filter { $0.path.hasSuffix(".yaml") }
        let findings = plans.flatMap { TreeRules.strangeKeys(in: $0, stages: stages) }
        #expect(findings == [])
    }

    @Test func findsAStrangerAtTheTop() {
        #expect(TreeRules.strangers(in: ["Sources", "scripts"], known: ["Sources"]) == ["scripts"])
    }

    @Test(arguments: ["work", "farm", "home", "root", "Users"])
    func findsAPathOfAMachine(folder: String) throws {
        let text = "a\nlet path = \"/\(folder)/x/plan.yaml\"\nlet ok = \"../\(folder)/x\"\n"
        let file = SourceFile(path: "A.swift", text: text)
        #expect(
            try TreeRules.machinePaths(in: file) == ["A.swift:2: a path of one machine"])
    }

    @Test func findsWorkLeftBehind() throws {
        for mark in ["TO" + "DO", "FIX" + "ME", "XX" + "X", "not impl" + "emented"] {
            let file = SourceFile(path: "A.swift", text: "// \(mark): later\n")
            #expect(try TreeRules.leftovers(in: file).count == 1)
        }
        let fine = SourceFile(path: "A.swift", text: "AUTODOC\n")
        #expect(try TreeRules.leftovers(in: fine) == [])
    }

    @Test func findsACodeThatIsNoStageWord() throws {
        let file = SourceFile(
            path: "A.swift", text: "\"INGEST-001\" \"LOAD-002\" \"PLAN-003\" \"SHA-256\"\n")
        #expect(
            try TreeRules.strangeCodes(in: file, stages: ["ingest"])
                == ["A.swift:1: LOAD is no stage word"])
    }

    @Test func findsAPlanKeyThatIsNoStageWord() {
        let plan = SourceFile(path: "a.yaml", text: "plan: a\n# load: x\n  load: y\nload:\n")
        #expect(
            TreeRules.strangeKeys(in: plan, stages: ["ingest"])
                == ["a.yaml:4: load is no stage word and no key of a plan"])
    }
}
