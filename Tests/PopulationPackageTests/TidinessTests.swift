import Testing

@Suite struct TidinessTests {
    private let sources: [SourceFile]
    private let tests: [SourceFile]

    init() throws {
        sources = try PackageTree.swiftFiles(in: "Sources")
        tests = try PackageTree.swiftFiles(in: "Tests")
    }

    @Test func callsNothingThatIsBanned() throws {
        let findings = try sources.flatMap(Tidiness.bannedCalls)
        #expect(findings == [])
    }

    @Test func saysWhyAnErrorIsLost() throws {
        let findings = try (sources + tests).flatMap(Tidiness.silentTries)
        #expect(findings == [])
    }

    @Test func documentsEveryTypeThatOtherTargetsSee() throws {
        let findings = try sources.flatMap(Tidiness.undocumentedTypes)
        #expect(findings == [])
    }

    @Test func keepsUnderscoresToWordsOfTheContract() throws {
        let findings = try (sources + tests).flatMap(Tidiness.underscores)
        #expect(findings == [])
    }

    @Test func keepsFilesShort() {
        let files = sources + tests
        for warning in files.compactMap({
            Tidiness.length(of: $0, over: Tidiness.lineCountWarning)
        }) {
            print("warning: \(warning)")
        }
        #expect(
            files.compactMap { Tidiness.length(of: $0, over: Tidiness.lineCountMax) } == [])
    }

    @Test func keepsFunctionsShort() {
        let findings = (sources + tests).flatMap(Tidiness.longFunctions)
        #expect(findings == [])
    }

    @Test func namesNoLongFunctionThatIsGone() {
        let known = sources + tests
        let names = known.flatMap { file in
            FunctionLengths.all(in: file.codeLines)
                .filter { $0.lineCount > Tidiness.functionLineCountMax }
                .map { "\(file.path) \($0.name)" }
        }
        let findings = Set(Tidiness.longFunctions.keys).subtracting(names)
        #expect(findings == [])
    }
}

/// Every check finds what it is there for.
@Suite struct TidinessCheckTests {
    private func file(_ text: String, _ path: String = "Sources/PopulationIngest/Bad.swift")
        -> SourceFile
    { SourceFile(path: path, text: text) }

    @Test(arguments: [
        "print(1)", "a; debugPrint(x)", "let x = try! f()", "let y = x as! Int",
        "fatalError()", "let now = Date()", "Date.now", "_ = \"\\(1)\" + { print(2) }()",
    ])
    func findsABannedCall(line: String) throws {
        let found = try Tidiness.bannedCalls(in: file("\n" + line))
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("Sources/PopulationIngest/Bad.swift:2: ") == true)
    }

    @Test(arguments: [
        "// print(1)", "/* a /* b */ try! */", "let s = \"fatalError() \\(f(\")\")) print(\"",
        "blueprint(1)", "log.print(1)", "CalendarDate(x)", "let d: Date", "#\"\"try!\"\"#",
        "let t = \"\"\"\n  try! \"x\" as!\n  \"\"\"",
    ])
    func leavesOtherCodeAlone(line: String) throws {
        #expect(try Tidiness.bannedCalls(in: file(line)) == [])
    }

    @Test func letsTheCommandPrintAndTheRunContextReadTheClock() throws {
        #expect(try Tidiness.bannedCalls(in: file("print(1)", "Sources/popstat/A.swift")) == [])
        let context = file("Date()", "Sources/PopulationPipeline/RunContext.swift")
        #expect(try Tidiness.bannedCalls(in: context) == [])
    }

    @Test func findsATryThatLosesItsErrorSilently() throws {
        let text = "// Gone is gone.\ntry? a()\ntry? b()\nx\ntry? c() // so\nvar e: Entry?\n"
        #expect(
            try Tidiness.silentTries(in: file(text)).map { $0.prefix(37) }
                == ["Sources/PopulationIngest/Bad.swift:3:"])
    }

    @Test func findsAnUndocumentedType() throws {
        let text = """
            /// One.
            @frozen
            public struct A {}
            package final class B {}

            // Not a summary.
            public enum C {}
            struct D {}
            public func f() {}
            @frozen public struct E {}
            """
        let lines = try Tidiness.undocumentedTypes(in: file(text)).map { finding in
            finding.split(separator: ":")[1]
        }
        #expect(lines == ["4", "7", "10"])
    }

    @Test func findsAnUnderscoreInAName() throws {
        let text = "let a_b = 1\nenum E { case move_in, short_stay }\nfunc do_it() {}\nlet _ = 2\n"
        let lines = try Tidiness.underscores(in: file(text)).map { $0.split(separator: ":")[1] }
        #expect(lines == ["1", "3"])
    }

    @Test func findsALongFile() {
        let text = String(repeating: "\n", count: 501)
        #expect(Tidiness.length(of: file(text), over: 500)?.contains("500 lines: 501") == true)
        #expect(Tidiness.length(of: file(text), over: 501) == nil)
    }

    @Test func findsALongFunction() {
        let body = String(repeating: "    f()\n", count: 69)
        let text = """
            protocol P {
                func g(a: Int)
                init()
            }
            struct S {
                func short() { }
                static func long(
                    a: [Int] = [], b: () -> Void = { }
                ) throws -> Int
                where T == Int {
            \(body)    }
                var computed: Int {
            \(body)    f() }
                var stored = 1
                var fits: Int {
            \(body.dropFirst(8))    }
            }
            """
        let found = Tidiness.longFunctions(in: file(text))
        #expect(found.count == 2)
        #expect(found.first?.contains(":7: long has 74 lines") == true)
        #expect(found.last?.contains("computed has 71 lines") == true)
    }
}
