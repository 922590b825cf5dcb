import Foundation

/// What the articles of the documentation name and docc does not look for: files, folders, targets of
/// the Makefile. Whatever they name in code or as a link has to be there.
struct Articles {
    static let catalog = "Sources/PopulationPipeline/PopulationPipeline.docc"

    /// Where a path begins. `Package.resolved` and what lies in `.build` are of one machine.
    private static let folders: Set<Substring> = [
        "Sources", "Tests", "Pipelines", "SampleData", "Reports", ".packaging", ".ci",
    ]
    private static let topFiles: Set<String> = [
        "Package.swift", "Makefile", "README.md", "CHANGELOG.md",
    ]

    /// Everything that can be named, relative to the root.
    let paths: Set<String>
    let targets: Set<String>
    /// Patterns of what runs make below a folder of the tree; git ignores it.
    let ignored: [String]

    init(paths: Set<String>, makefile: String, gitignore: String) {
        self.paths = paths
        targets = Set(
            makefile.matches(of: /(?m)^([a-z][a-z-]*):/).map { String($0.output.1) })
        ignored = gitignore.split(separator: "\n").map(String.init).filter {
            Self.folders.contains($0.prefix { $0 != "/" })
        }
    }

    /// The tree on the disk.
    init() throws {
        func text(_ name: String) throws -> String {
            try String(contentsOf: PackageTree.root.appendingPathComponent(name), encoding: .utf8)
        }
        var paths = Self.topFiles
        for folder in Self.folders {
            let place = PackageTree.root.appendingPathComponent(String(folder)).path
            let below = FileManager.default.subpaths(atPath: place) ?? []
            paths.formUnion(below.map { "\(folder)/\($0)" } + [String(folder)])
        }
        self.init(paths: paths, makefile: try text("Makefile"), gitignore: try text(".gitignore"))
    }

    func findings(in article: SourceFile) -> [String] {
        var fenced: [(lineIndex: Int, text: Substring)] = []
        var isFenced = false
        // Text between fences; code in it may go on in the next line.
        let prose = article.lines.enumerated().map { index, line -> Substring in
            if line.hasPrefix("```") {
                isFenced.toggle()
                return ""
            }
            if isFenced { fenced.append((index, line)) }
            return isFenced ? "" : line
        }.joined(separator: "\n")
        func lineIndex(_ place: String.Index) -> Int { prose[..<place].count { $0 == "\n" } }
        let inline = prose.matches(of: /`+([^`]+)`+/).map {
            (lineIndex: lineIndex($0.range.lowerBound), text: $0.output.1)
        }
        let missing = (fenced + inline).flatMap { code in
            findings(inCode: code.text).map { article.finding(code.lineIndex, $0) }
        }
        return missing
            + prose.matches(of: /\]\(([^)\s]+)\)/).filter { !isLeftToOthers($0.output.1) }
            .filter { !isThere(String($0.output.1)) }
            .map {
                article.finding(
                    lineIndex($0.range.lowerBound), "the link \($0.output.1) leads nowhere")
            }
    }

    private func findings(inCode text: Substring) -> [String] {
        let words = text.split { " \t\n()'\"=,;".contains($0) }
            .map { String($0.hasSuffix("/") || $0.hasSuffix(":") ? $0.dropLast() : $0) }
        var findings = words.filter { Self.isPath($0) && !isThere($0) }.map { "\($0) is not there" }
        // Variables may stand on both sides of the target.
        for (command, target) in zip(words, words.dropFirst())
        where command == "make" && !targets.contains(target) {
            findings.append("\(target) is no target of the Makefile")
        }
        return findings
    }

    private static func isPath(_ word: String) -> Bool {
        let isBelow = word.contains("/") && folders.contains(word.prefix { $0 != "/" })
        return isBelow || word.wholeMatch(of: /[A-Z]\w*(\+\w+)?\.swift/) != nil
    }

    private func isThere(_ path: String) -> Bool {
        if paths.contains(path) || ignored.contains(where: { Self.covers($0, path) }) {
            return true
        }
        if path.contains("*") {
            guard let pattern = Self.pattern(path) else { return false }
            return paths.contains { $0.wholeMatch(of: pattern) != nil }
        }
        // A Swift file is known by its name alone.
        return !path.contains("/") && paths.contains { $0.hasSuffix("/\(path)") }
    }

    /// Whether a pattern of .gitignore names the path or a folder above it.
    private static func covers(_ ignored: String, _ path: String) -> Bool {
        let parts = ignored.split(separator: "/")
        let head = path.split(separator: "/").prefix(parts.count).joined(separator: "/")
        return pattern(parts.joined(separator: "/")).map { head.wholeMatch(of: $0) != nil } ?? false
    }

    /// `*` stands for anything but a slash; `nil` for what cannot be a pattern.
    private static func pattern(_ path: String) -> Regex<AnyRegexOutput>? {
        let parts = path.split(separator: "*", omittingEmptySubsequences: false)
            .map { NSRegularExpression.escapedPattern(for: String($0)) }
        // A path with signs that no file of the tree bears matches nothing.
        return try? Regex(parts.joined(separator: "[^/]*"))
    }

    /// Links of docc and of the network.
    private func isLeftToOthers(_ link: Substring) -> Bool {
        ["https:", "http:", "mailto:", "doc:", "#"].contains { link.hasPrefix($0) }
    }
}
