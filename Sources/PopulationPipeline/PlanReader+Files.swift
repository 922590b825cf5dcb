import Glibc
import PopulationModel

// Paths of a plan: every file must be there and readable before a run starts.
extension PlanReader {
    /// One file, by its path or by a pattern that one file matches.
    mutating func file(_ node: PlanNode, _ key: String) -> PlanPath? {
        guard let found = matches(node, key) else { return nil }
        if found.count > 1, case .text(let pattern) = node.content {
            add(
                .patternWithManyMatches(key: key, pattern: pattern, count: found.count),
                at: node.mark)
            return nil
        }
        inputs += found
        return found[0]
    }

    /// The extracts of a source, sorted by the bytes of their labels. A file that an earlier entry
    /// names too is noted, once per entry.
    mutating func extracts(_ node: PlanNode, _ key: String) -> [PlanPath]? {
        guard let nodes = list(node, key, expected: Bilingual("文件的列表", "a list of files")) else {
            return nil
        }
        var files: [PlanPath] = []
        for node in nodes {
            guard let found = matches(node, key) else { continue }
            var isNoted = false
            for file in found {
                guard let identity = FileStatus(of: file.path)?.identity else {
                    // Left out, it would take its people out of the figures without a word.
                    let reason = Self.systemReason()
                    add(.fileUnreadable(label: file.label, reason: reason), at: node.mark)
                    continue
                }
                if let first = extracts[identity] {
                    let fault = PlanFault.fileTwice(
                        label: file.label, firstLabel: first.label, firstLine: first.line)
                    if !isNoted { add(fault, at: node.mark) }
                    isNoted = true
                } else {
                    extracts[identity] = NamedFile(label: file.label, line: node.mark.line)
                    files.append(file)
                }
            }
        }
        inputs += files
        return files.sorted { $0.label.utf8.lexicographicallyPrecedes($1.label.utf8) }
    }

    /// The files of one entry, at least one. A path that is there is taken as it stands, also
    /// when its name holds a `*` or a `[`.
    private mutating func matches(_ node: PlanNode, _ key: String) -> [PlanPath]? {
        guard let written = text(node, key) else { return nil }
        let path = folder.resolve(written)
        var found = [path]
        if FileStatus(of: path.path) == nil {
            guard PlanGlob.isPattern(written) else {
                add(.fileMissing(label: path.label), at: node.mark)
                return nil
            }
            do {
                found = try folder.expand(written)
            } catch {
                add(error, at: node.mark)
                return nil
            }
            if found.isEmpty { add(.patternWithoutMatch(pattern: written), at: node.mark) }
        }
        for file in found where FileStatus(of: file.path)?.isFile == false {
            add(.notAFile(label: file.label), at: node.mark)
            return nil
        }
        for file in found where access(file.path, R_OK) != 0 {
            let reason = Self.systemReason()
            add(.fileUnreadable(label: file.label, reason: reason), at: node.mark)
            return nil
        }
        return found.isEmpty ? nil : found
    }

    mutating func output(_ node: PlanNode, _ key: String) -> PlanPath? {
        guard let written = text(node, key) else { return nil }
        let output = folder.resolve(written)
        if let status = FileStatus(of: output.path), !status.isFolder {
            add(.outputNotAFolder(label: output.label), at: node.mark)
        }
        return output
    }

    /// A run replaces its output folder as a whole, so nothing that it reads may lie there.
    mutating func checkOutput(_ output: PlanPath, at node: PlanNode, plan file: String) {
        // A folder that does not exist yet holds nothing.
        guard let place = Self.resolved(output.path) else { return }
        let start = place.hasSuffix("/") ? place : place + "/"
        let held = ([PlanPath(path: file, label: "the plan")] + inputs).first { input in
            Self.resolved(input.path)?.hasPrefix(start) == true
        }
        if let held {
            add(.outputHoldsInput(label: output.label, input: held.label), at: node.mark)
        }
    }

    /// The path with links and `..` followed; `nil` when nothing is there.
    static func resolved(_ path: String) -> String? {
        guard let buffer = realpath(path, nil) else { return nil }
        defer { free(buffer) }
        return String(cString: buffer)
    }
}
