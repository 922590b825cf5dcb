import Testing

@Suite struct LayeringTests {
    /// The system libraries: folders of `Sources` that hold a module map.
    private static func cModules() throws -> Set<String> {
        Set(
            try PackageTree.textFiles(in: ["Sources"]).filter { $0.name == "module.modulemap" }
                .map(\.target))
    }

    @Test func targetsImportOnlyWhatLiesBelowThem() throws {
        let files = try PackageTree.swiftFiles(in: "Sources")
        #expect(files.count > 10, "the sources were not found")
        let cModules = try Self.cModules()
        let findings = files.flatMap { Layering.findings(in: $0, cModules: cModules) }
        #expect(findings == [])
    }

    @Test func eachCModuleHasOneOwner() throws {
        let files = try PackageTree.swiftFiles(in: "Sources")
        let findings = Layering.ownerFindings(in: files, cModules: try Self.cModules())
        #expect(findings == [])
    }

    @Test func findsAForbiddenImport() {
        let file = SourceFile(
            path: "Sources/PopulationIngest/Bad.swift",
            text: """
                // import PopulationPipeline
                import PopulationModel
                import PopulationClassify
                public import struct Foundation.Date
                import CLibCSV
                internal import CZlib
                @preconcurrency import Yams
                let text = "import PopulationSample"
                """)
        #expect(
            Layering.findings(in: file, cModules: ["CLibCSV", "CZlib"]) == [
                "Sources/PopulationIngest/Bad.swift:3: PopulationIngest must not import "
                    + "PopulationClassify",
                "Sources/PopulationIngest/Bad.swift:4: PopulationIngest must not import Foundation",
                "Sources/PopulationIngest/Bad.swift:5: CLibCSV needs an internal import",
                "Sources/PopulationIngest/Bad.swift:7: Yams needs an internal import",
            ])
    }

    @Test func findsATargetWithoutAPlace() {
        let file = SourceFile(path: "Sources/PopulationNew/A.swift", text: "")
        #expect(Layering.findings(in: file, cModules: []).count == 1)
        let user = SourceFile(path: "Sources/popstat/A.swift", text: "import PopulationNew")
        #expect(Layering.findings(in: user, cModules: []).count == 1)
    }

    @Test func findsACModuleWithTwoOwnersOrNone() {
        let files = ["A", "B"].map {
            SourceFile(path: "Sources/X/\($0).swift", text: "internal import CZlib\n")
        }
        let findings = Layering.ownerFindings(in: files, cModules: ["CZlib", "CLibCSV"])
        #expect(
            findings == [
                "CLibCSV is imported by 0 files, 1 is expected: ",
                "CZlib is imported by 2 files, 1 is expected: Sources/X/A.swift, Sources/X/B.swift",
            ])
    }
}
