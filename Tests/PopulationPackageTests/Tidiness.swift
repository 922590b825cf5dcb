/// Checks of one Swift file that no compiler makes (HOUSE sections 6, 7, 9 and 11).
enum Tidiness {
    /// A file over this fails; the reviewer asks what noun hides in it.
    static let lineCountMax = 500
    /// A file over this is printed.
    static let lineCountWarning = 300
    static let functionLineCountMax = 70

    /// Functions that may be longer, as `path function`, each with its reason.
    static let longFunctions: [String: String] = [:]

    /// A call that has no place in a target.
    struct Ban {
        let name: String
        let pattern: String
        let reason: String
        var isAllowed: @Sendable (SourceFile) -> Bool = { _ in false }
    }

    static let bans = [
        Ban(
            name: "print", pattern: #"(^|[^\w.])(print|debugPrint|dump)\("#,
            reason: "only the command writes to the terminal", isAllowed: { $0.target == "popstat" }
        ),
        Ban(name: "try!", pattern: #"\btry!"#, reason: "throw, or catch and say why"),
        Ban(name: "as!", pattern: #"\bas!"#, reason: "make the type known"),
        Ban(
            name: "fatalError", pattern: #"(^|[^\w.])fatalError\("#,
            reason: "a precondition with a message says what was wrong"),
        Ban(
            name: "Date()", pattern: #"(^|[^\w.])Date(\(\)|\.now\b|\.init\(\))"#,
            reason: "the clock is read in RunContext, or outputs differ from run to run",
            isAllowed: { $0.name.hasPrefix("RunContext") }),
    ]

    static func bannedCalls(in file: SourceFile) throws -> [String] {
        try bans.filter { !$0.isAllowed(file) }.flatMap { ban in
            let regex = try Regex(ban.pattern)
            return file.codeLines.enumerated().filter { $0.element.contains(regex) }
                .map { file.finding($0.offset, "\(ban.name): \(ban.reason)") }
        }
    }

    /// `try?` without a comment on its line or the line before.
    static func silentTries(in file: SourceFile) throws -> [String] {
        let call = try Regex(#"\btry\?"#)
        let lines = file.lines
        return file.codeLines.enumerated().filter { index, code in
            guard code.contains(call) else { return false }
            let before = index > 0 ? lines[index - 1].drop { $0 == " " } : ""
            return !lines[index].contains("//") && !before.hasPrefix("//")
        }.map { file.finding($0.offset, "try? needs a comment: why is losing the error right?") }
    }

    /// Types that other targets see and that say nothing about themselves.
    static func undocumentedTypes(in file: SourceFile) throws -> [String] {
        let type = try Regex(
            #"^\s*(@\w+(\([^)]*\))?\s+)*(public|package)\s+"#
                + #"((final|indirect|nonisolated|~?\w+)\s+)?"#
                + #"(struct|class|enum|protocol|actor|typealias)\s"#)
        let lines = file.lines
        return file.codeLines.enumerated().filter { index, code in
            guard code.contains(type) else { return false }
            var above = index - 1
            while above >= 0, lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
            return above < 0 || !lines[above].drop { $0 == " " }.hasPrefix("///")
        }.map { file.finding($0.offset, "a public or package type needs a summary") }
    }

    /// Names with an underscore, which only enum cases that are words of the contract may have.
    static func underscores(in file: SourceFile) throws -> [String] {
        let name = try Regex(
            #"\b(func|var|let|struct|class|enum|protocol|actor|typealias)\s+`?_*[A-Za-z0-9]+_\w"#)
        return file.codeLines.enumerated().filter { $0.element.contains(name) }
            .map { file.finding($0.offset, "only enum cases bear words of the contract") }
    }

    static func length(of file: SourceFile, over max: Int) -> String? {
        let count = file.lines.count - (file.text.hasSuffix("\n") ? 1 : 0)
        return count > max ? "\(file.path) has more than \(max) lines: \(count)" : nil
    }

    static func longFunctions(in file: SourceFile) -> [String] {
        FunctionLengths.all(in: file.codeLines).filter { $0.lineCount > functionLineCountMax }
            .filter { longFunctions["\(file.path) \($0.name)"] == nil }
            .map {
                file.finding(
                    $0.lineIndex,
                    "\($0.name) has \($0.lineCount) lines, \(functionLineCountMax) is the limit")
            }
    }
}
