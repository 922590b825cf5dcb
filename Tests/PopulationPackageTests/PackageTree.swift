import Foundation

/// The package as it lies on the disk around this file.
enum PackageTree {
    /// The folder of Package.swift. Links are followed: a scratch package may link to this one.
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file of `Sources` or `Tests`, in the order of their paths.
    static func swiftFiles(in folder: String) throws -> [SourceFile] {
        try textFiles(in: [folder]).filter { $0.path.hasSuffix(".swift") }
    }

    /// Every text file of some folders and files below the root, in the order of their paths.
    static func textFiles(in names: [String]) throws -> [SourceFile] {
        var paths: [String] = []
        for name in names {
            let place = root.appendingPathComponent(name).path
            guard FileManager.default.fileExists(atPath: place) else { continue }
            guard let below = FileManager.default.enumerator(atPath: place) else { continue }
            // Work folders of runs are dot folders; they are ignored by git and private.
            let inside = below.compactMap { $0 as? String }
                .filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
                .map { "\(name)/\($0)" }
            paths += inside.isEmpty ? [name] : inside
        }
        return try paths.sorted().compactMap { path in
            let url = root.appendingPathComponent(path)
            let values = try url.resourceValues(forKeys: [.isRegularFileKey])
            guard values.isRegularFile == true,
                let text = String(bytes: try Data(contentsOf: url), encoding: .utf8)
            else { return nil }
            return SourceFile(path: path, text: text)
        }
    }

    /// What lies at the top of the tree, without dotfiles and what .gitignore names there.
    static func topLevel() throws -> [String] {
        let ignored = try String(
            contentsOf: root.appendingPathComponent(".gitignore"), encoding: .utf8
        ).split(separator: "\n").map(String.init)
        return try FileManager.default.contentsOfDirectory(atPath: root.path)
            .filter { !$0.hasPrefix(".") && !ignored.contains($0) }.sorted()
    }
}

/// One text file of the package.
struct SourceFile {
    /// Relative to the root.
    let path: String
    let text: String

    /// `PopulationModel` for `Sources/PopulationModel/Area.swift`.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
    var name: String { path.split(separator: "/").last.map(String.init) ?? "" }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// Lines of code: comments and the insides of strings are blanked, the places stay.
    var codeLines: [Substring] {
        SwiftCode.blanked(text).split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// `path:line: words`, the form of every finding.
    func finding(_ lineIndex: Int, _ words: String) -> String {
        "\(path):\(lineIndex + 1): \(words)"
    }
}
