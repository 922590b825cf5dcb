/// How long each function, initializer and computed property is, from its first line to its
/// closing brace. What stands inside it counts too.
struct FunctionLengths {
    let name: String
    let lineIndex: Int
    let lineCount: Int

    /// `lines` must be code without comments and strings, see `SwiftCode`.
    static func all(in lines: [Substring]) -> [FunctionLengths] {
        lines.indices.compactMap { start in
            guard let (name, isProperty) = declaration(in: lines[start]),
                let end = end(ofDeclarationAt: start, in: lines, isProperty: isProperty)
            else { return nil }
            return FunctionLengths(name: name, lineIndex: start, lineCount: end - start + 1)
        }
    }

    private static func declaration(in line: Substring) -> (name: String, isProperty: Bool)? {
        let words = line.split { " \t(<:{?!".contains($0) }
        let modifiers: Set<Substring> = [
            "public", "package", "internal", "private", "fileprivate", "static", "final",
            "mutating", "override", "convenience", "required", "class", "nonisolated", "consuming",
            "borrowing", "lazy",
        ]
        guard let place = words.firstIndex(where: { !modifiers.contains($0) && !$0.hasPrefix("@") })
        else { return nil }
        let next = place + 1 < words.count ? String(words[place + 1]) : ""
        switch words[place] {
        case "func": return (next, false)
        case "init", "deinit", "subscript": return (String(words[place]), false)
        case "var":
            // A stored property with a value has its sign of equality before any brace.
            let head = line.prefix { $0 != "{" }
            return line.contains("{") && !head.contains("=") ? (next, true) : nil
        default: return nil
        }
    }

    /// The line of the brace that closes a declaration; `nil` when it has no body.
    private static func end(
        ofDeclarationAt start: Int, in lines: [Substring], isProperty: Bool
    ) -> Int? {
        var parentheses = 0
        var braces = 0
        for index in start..<lines.count {
            let isStillHead = index > start && braces == 0 && parentheses == 0
            if isStillHead, !continuesHead(lines[index]) { return nil }
            for character in lines[index] {
                switch character {
                case "(", "[": parentheses += 1
                case ")", "]": parentheses -= 1
                case "{" where parentheses == 0 || braces > 0: braces += 1
                case "}" where braces > 0:
                    braces -= 1
                    if braces == 0 { return index }
                default: break
                }
            }
        }
        return nil
    }

    /// Whether a line goes on with a head that has closed its parentheses.
    private static func continuesHead(_ line: Substring) -> Bool {
        let text = line.drop { $0 == " " }
        return ["{", "->", ")", "throws", "async", "where", "rethrows"].contains {
            text.hasPrefix($0)
        }
    }
}
