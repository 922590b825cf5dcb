/// Who may import whom (HOUSE section 3), and how.
struct Layering {
    /// Targets of this package that each target may import. A target that is not named here
    /// fails: a new one gets its place in the layers first.
    static let edges: [String: Set<String>] = {
        let nouns: Set = ["PopulationModel", "PopulationFigures"]
        let stages: Set = [
            "PopulationIngest", "PopulationDeduplicate", "PopulationClassify",
            "PopulationAggregate", "PopulationPublish", "PopulationStore",
        ]
        var edges: [String: Set<String>] = [
            "PopulationModel": [],
            "PopulationFigures": ["PopulationModel"],
            "PopulationSample": ["PopulationModel"],
            "PopulationPipeline": nouns.union(stages),
            "PopulationServer": nouns.union(["PopulationPublish", "PopulationStore"]),
            "popstat-server": nouns.union(["PopulationStore", "PopulationServer"]),
        ]
        for stage in stages { edges[stage] = nouns }
        edges["popstat"] = nouns.union(stages).union(["PopulationPipeline", "PopulationSample"])
        return edges
    }()

    /// Targets whose start and row loops must not carry Foundation.
    static let withoutFoundation: Set = [
        "PopulationModel", "PopulationFigures", "PopulationIngest", "PopulationDeduplicate",
        "PopulationClassify", "PopulationAggregate", "PopulationSample",
    ]

    /// Nothing imports an executable, so nothing can leak out of its signatures.
    static let executables: Set = ["popstat", "popstat-server"]

    /// Modules of the toolchain and the system: they need no `internal import`.
    static let system: Set = [
        "Swift", "Foundation", "FoundationEssentials", "Dispatch", "Synchronization",
        "Glibc", "Musl", "Darwin",
    ]

    /// One line that imports a module.
    struct Import {
        let module: String
        let isInternal: Bool
        let lineIndex: Int
    }

    static func imports(of file: SourceFile) -> [Import] {
        file.codeLines.enumerated().compactMap { index, line in
            let words = line.split { $0 == " " || $0 == "\t" }
            guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
                words[..<place].allSatisfy({ $0.hasPrefix("@") || access.contains($0) })
            else { return nil }
            let kinds: Set<Substring> = [
                "struct", "class", "enum", "protocol", "typealias", "func", "var", "let",
            ]
            let name = kinds.contains(words[place + 1]) ? words.last ?? "" : words[place + 1]
            return Import(
                module: name.split(separator: ".").first.map(String.init) ?? "",
                isInternal: words[..<place].contains("internal"), lineIndex: index)
        }
    }

    private static let access: Set<Substring> = [
        "internal", "private", "fileprivate", "public", "package",
    ]

    /// Imports that the layers do not allow. `cModules` are the system library targets.
    static func findings(in file: SourceFile, cModules: Set<String>) -> [String] {
        guard let allowed = edges[file.target] else {
            return [file.finding(0, "the target \(file.target) has no place in the layers")]
        }
        return imports(of: file).flatMap { entry -> [String] in
            let module = entry.module
            let isOwn = edges[module] != nil || module.hasPrefix("Population")
            var words: [String] = []
            if isOwn, module != file.target, !allowed.contains(module) {
                words.append("\(file.target) must not import \(module)")
            }
            if module.hasPrefix("Foundation"), withoutFoundation.contains(file.target) {
                words.append("\(file.target) must not import \(module)")
            }
            let isForeign = cModules.contains(module) || (!isOwn && !system.contains(module))
            if isForeign, !entry.isInternal, !executables.contains(file.target) {
                words.append("\(module) needs an internal import")
            }
            return words.map { file.finding(entry.lineIndex, $0) }
        }
    }

    /// Not a library but one instruction: there is nothing in it to own, and any hot loop may use it.
    static let withoutOwner: Set<String> = ["CPrefetch"]

    /// Uses of one library that share nothing: ingest unpacks a file, publish looks at an archive, the
    /// server packs an answer.
    /// A common owner would have to lie in Model, which neither reads files nor knows of answers.
    static let owners: [String: [String]] = [
        "CZlib": [
            "Sources/PopulationIngest/GzipUnpacker.swift",
            "Sources/PopulationPublish/WorkbookArchive.swift",
            "Sources/PopulationServer/GzipBody.swift",
        ]
    ]

    /// C modules that not exactly one file imports: each has one owner, or those named above.
    static func ownerFindings(in files: [SourceFile], cModules: Set<String>) -> [String] {
        cModules.subtracting(withoutOwner).sorted().compactMap { module in
            let owners = files.filter { file in
                imports(of: file).contains { $0.module == module }
            }
            guard owners.count != 1, owners.map(\.path).sorted() != Self.owners[module] else {
                return nil
            }
            return "\(module) is imported by \(owners.count) files, 1 is expected: "
                + owners.map(\.path).joined(separator: ", ")
        }
    }
}
