/// What of a header carries its meaning: without case, full width, blanks, marks, brackets, and
/// the words that systems put before or behind every name.
enum HeaderFolding {
    /// Ways to read a header, the fullest first.
    static func forms(of header: String) -> [String] {
        var forms: [String] = []
        func add(_ text: String) {
            if !text.isEmpty, !forms.contains(text) { forms.append(text) }
        }
        let plain = halfWidth(header)
        add(letters(plain))
        let bare = withoutBrackets(plain)
        add(letters(bare))
        var words = bare.lowercased().split { !isWordPart($0) }.map(String.init)
        while words.count > 1, prefixWords.contains(words[0]) || isNumber(words[0]) {
            words.removeFirst()
            add(words.joined())
        }
        while words.count > 1, suffixWords.contains(words.last!) || isNumber(words.last!) {
            words.removeLast()
            add(words.joined())
        }
        for form in forms {
            for prefix in prefixes where form.hasPrefix(prefix) {
                add(String(form.dropFirst(prefix.count)))
            }
        }
        for form in forms {
            for suffix in suffixes where form.hasSuffix(suffix) {
                add(String(form.dropLast(suffix.count)))
            }
        }
        return forms
    }

    /// Letters and digits only, small and of half width.
    static func letters(_ text: String) -> String {
        String(halfWidth(text).lowercased().filter(isWordPart))
    }

    private static let prefixWords: Set = [
        "t", "tb", "tbl", "f", "fld", "col", "a", "b", "c", "ry", "ryxx", "rk", "rkxx", "rkjbxx",
        "czrk", "czrkxx", "czrkjbxxb", "ldrk", "ldrkxx", "hj", "hjxx", "hjtj", "jz", "jzxx", "jbxx",
        "person", "resident", "citizen", "pop", "population", "current", "registration",
    ]
    private static let suffixWords: Set = ["dm", "bm", "code", "value", "text", "str", "col"]
    private static let prefixes = [
        "公民", "居民", "人员", "本人", "常住人口", "户籍人口", "流动人口", "登记", "czrk", "ldrk",
    ]
    private static let suffixes = ["代码", "编码", "编号", "dm", "bm", "code"]

    private static func isNumber(_ word: String) -> Bool { word.allSatisfy(\.isNumber) }

    private static func isWordPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber
    }

    /// Full-width forms of ASCII, U+FF01 to U+FF5E, as ASCII.
    static func halfWidth(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isWide = (0xFF01...0xFF5E).contains(scalar.value)
            let half = isWide ? Unicode.Scalar(scalar.value - 0xFEE0) : nil
            folded.append(scalar.value == 0x3000 ? " " : half ?? scalar)
        }
        return String(folded)
    }

    /// Without what stands in brackets, which is a unit or a form.
    private static func withoutBrackets(_ text: String) -> String {
        var rest = ""
        var depth = 0
        for character in text {
            if "([{<【〔〈《".contains(character) { depth += 1 }
            if depth == 0 { rest.append(character) }
            if ")]}>】〕〉》".contains(character) { depth = max(0, depth - 1) }
        }
        return rest
    }
}
