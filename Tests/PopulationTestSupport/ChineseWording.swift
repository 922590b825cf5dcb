/// Holds the Chinese wording of a message against the English one: the same values, no English.
public enum ChineseWording {
    /// What is wrong with the Chinese line; empty when nothing is. `values` are the texts and
    /// numbers that the message was made of, as `values(of:)` finds them; `columns` may stand in it
    /// as well, as names in files.
    public static func problems(
        _ zh: String, beside en: String, values: [String], columns: [String] = []
    ) -> [String] {
        var problems: [String] = []
        if zh.firstMatch(of: /\p{Han}/) == nil { problems.append("no Chinese: \(zh)") }
        if zh.contains("\n") { problems.append("more than one line: \(zh)") }
        if !zh.hasSuffix("。"), !zh.hasSuffix("？") { problems.append("no full stop: \(zh)") }
        let marks = /\p{Han}[,;:?!()]|[,;:?!()]\p{Han}/
        problems += zh.matches(of: marks).map { "half-width punctuation: \($0.output)" }
        let own = tokens(of: zh)
        problems += tokens(of: en).subtracting(own).sorted().map { "\($0) is missing: \(zh)" }
        problems += values.filter { en.contains($0) && !zh.contains($0) }
            .map { "the value \($0) is missing: \(zh)" }
        problems += english(in: zh, beside: en, values: values)
            .filter { !columns.contains($0) }.map { "English: \($0)" }
        return problems
    }

    /// Every text and number in a value, to any depth; of a text in two languages the Chinese.
    public static func values(of value: Any) -> [String] {
        switch value {
        case let text as String: return text.isEmpty ? [] : [text]
        case let number as Int: return ["\(number)"]
        default:
            let mirror = Mirror(reflecting: value)
            let isBilingual = "\(type(of: value))" == "Bilingual"
            return mirror.children.filter { !isBilingual || $0.label == "zh" }
                .flatMap { values(of: $0.value) }
        }
    }

    /// What has to stand in both as it is: numbers, options, commands, keys and files, and words in
    /// capitals, which are names of variables and formats.
    private static func tokens(of text: String) -> Set<String> {
        var tokens: Set<String> = []
        for match in text.matches(of: /[0-9]+(?:[.:\-][0-9]+)*/) {
            tokens.insert("\(match.output)")
        }
        for match in text.matches(of: /--[a-z][a-z\-]*/) { tokens.insert("\(match.output)") }
        for match in text.matches(of: /`[^`]+`/) { tokens.insert("\(match.output)") }
        for match in text.matches(of: /[A-Za-z0-9_*\/\-]+(?:\.[A-Za-z0-9_*\/\-]+)+/) {
            tokens.insert("\(match.output)")
        }
        for match in text.matches(of: /[A-Z][A-Z0-9_]{3,}/) { tokens.insert("\(match.output)") }
        return tokens
    }

    /// Words of the Latin alphabet that are neither values nor names.
    private static func english(in zh: String, beside en: String, values: [String]) -> [String] {
        let tokens = tokens(of: en)
        // Words in capitals are looked at whole, below; of one letter nothing is looked at.
        let whole =
            tokens.filter { $0.contains { $0.isLowercase } } + values.filter { $0.count > 1 }
        var rest = zh
        for text in whole.sorted(by: { $0.count > $1.count }) {
            rest = rest.replacing(text, with: " ")
        }
        for match in rest.matches(of: /[A-Z]?[a-z0-9]+(?:[\-_\/][A-Za-z0-9]+)+/)
        where en.contains(match.output) {
            rest = rest.replacing(match.output, with: " ")
        }
        return rest.matches(of: /[A-Za-z][A-Za-z0-9_]+/).map { "\($0.output)" }
            .filter { !names.contains($0) && !tokens.contains($0) }
    }

    /// Names of programs, formats and units, and words that stand in files as they are.
    private static let names: Set<String> = [
        "Btrfs", "CSV", "Debian", "GBK", "KiB", "LimitNOFILE", "MiB", "PDF", "PEM", "PostgreSQL",
        "SHA", "Spark",
        "TLS", "UTF", "WeasyPrint", "XFS", "area", "bytes", "county", "district", "ext4", "gconv",
        "gzip", "hh",
        "internal", "master", "mm", "mustache", "popstat", "ss", "units", "urbanization",
        "weasyprint",
    ]
}
