/// Checks of the tree as a whole and of its one vocabulary (HOUSE sections 1, 2 and 9).
enum TreeRules {
    static func strangers(in names: [String], known: Set<String>) -> [String] {
        names.filter { !known.contains($0) }
    }

    /// Absolute paths into the folders where people and machines keep their work.
    static func machinePaths(in file: SourceFile) throws -> [String] {
        let path = try Regex(#"(^|[^.\w])/(work|farm|home|root|Users)/"#)
        return file.lines.enumerated().filter { $0.element.contains(path) }
            .map { file.finding($0.offset, "a path of one machine") }
    }

    /// Notes of work that was not done. The words are cut in two so that this file is not found.
    static func leftovers(in file: SourceFile) throws -> [String] {
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "not impl" + "emented"]
        let mark = try Regex(#"\b(\#(marks.joined(separator: "|")))\b"#)
        return file.lines.enumerated().filter { $0.element.contains(mark) }
            .map { file.finding($0.offset, "work left behind") }
    }

    /// Prefixes of error codes beside the stage words: what is wrong before and around stages.
    static let otherPrefixes: [String: String] = [
        "PLAN": "the plan is read before any stage",
        "RUN": "work folder, lock, ledger and manifest belong to no stage",
        "STORE": "figures at rest are read and written by more than one stage's run",
        "SERVE": "the server reads what the stages made and is none of them",
        "TOKEN": "access tokens are the server's and the command's",
        "SAMPLE": "popstat sample makes extracts and runs no stage",
        "GATE": "gates look at what several stages came to",
        "AUDIT": "the audit log is written by runs and by commands that are none",
        "NIGHT": "a night is what happens around a run of all stages",
        "INIT": "a plan is drafted before there is one",
        "DOCTOR": "what a machine lacks is told before a plan is run",
        "SPARK": "a cluster does the work of two stages and is none of them",
        "SHA": "no error code but the name of a digest, SHA-256",
    ]

    static func strangeCodes(in file: SourceFile, stages: Set<String>) throws -> [String] {
        let code = try Regex(#""([A-Z]+)-[0-9]{3}""#, as: (Substring, Substring).self)
        return file.lines.enumerated().flatMap { index, line in
            line.matches(of: code).map { String($0.output.1) }
                .filter { !stages.contains($0.lowercased()) && otherPrefixes[$0] == nil }
                .map { file.finding(index, "\($0) is no stage word") }
        }
    }

    /// Codes that stand in more places than one, and so for more faults than one.
    static func repeatedCodes(in files: [SourceFile]) throws -> [String] {
        let code = try Regex(#""([A-Z]+-[0-9]{3})""#, as: (Substring, Substring).self)
        let codes = files.flatMap { file in
            file.lines.flatMap { $0.matches(of: code).map { String($0.output.1) } }
        }.filter { $0 != "SHA-256" }
        return Dictionary(grouping: codes) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    }

    /// Keys at the left edge of a plan that are neither a stage nor about the whole run.
    static func strangeKeys(in file: SourceFile, stages: Set<String>) -> [String] {
        let known = stages.union([
            "plan", "area", "reference-dates", "known-at", "gates", "nightly", "engine",
        ])
        return file.lines.enumerated().compactMap { index, line in
            guard let first = line.first, first.isLetter else { return nil }
            let key = String(line.prefix { $0 != ":" })
            if known.contains(key) { return nil }
            return file.finding(index, "\(key) is no stage word and no key of a plan")
        }
    }
}
