/// A reader of Swift text that is just good enough for checks by pattern: it tells code from
/// comments and strings. It does not know regular expressions between slashes; write `Regex("…")`
/// where one holds a quote.
struct SwiftCode {
    private let input: [Character]
    private var output: [Character] = []
    private var index = 0

    /// The text with comments and the insides of strings replaced by blanks; line ends stay.
    static func blanked(_ text: String) -> String {
        var code = SwiftCode(text)
        while code.index < code.input.count { code.step() }
        return String(code.output)
    }

    private init(_ text: String) {
        // A CR LF is one character of Swift; a lone LF keeps the lines countable.
        input = Array(text.replacing("\r\n", with: "\n"))
        output.reserveCapacity(input.count)
    }

    private func starts(with text: String) -> Bool {
        input[index...].starts(with: Array(text))
    }

    private mutating func step() {
        if starts(with: "//") {
            while index < input.count, input[index] != "\n" { blank(1) }
        } else if starts(with: "/*") {
            blankComment()
        } else if let (hashes, quotes) = stringStart {
            blankString(hashes: hashes, quotes: quotes)
        } else {
            keep(1)
        }
    }

    private mutating func keep(_ count: Int) {
        output += input[index..<min(index + count, input.count)]
        index += count
    }

    private mutating func blank(_ count: Int) {
        for character in input[index..<min(index + count, input.count)] {
            output.append(character == "\n" ? "\n" : " ")
        }
        index += count
    }

    /// Comments may hold comments.
    private mutating func blankComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                blank(2)
            } else if starts(with: "*/") {
                depth -= 1
                blank(2)
            } else {
                blank(1)
            }
        } while depth > 0 && index < input.count
    }

    /// Number signs and quotes that open a string here.
    private var stringStart: (hashes: Int, quotes: Int)? {
        var place = index
        while place < input.count, input[place] == "#" { place += 1 }
        guard place < input.count, input[place] == "\"" else { return nil }
        let isLong = input[place...].starts(with: ["\"", "\"", "\""])
        return (place - index, isLong ? 3 : 1)
    }

    /// Inside of a string, with what it interpolates: code in strings is not checked.
    private mutating func blankString(hashes: Int, quotes: Int) {
        let signs = String(repeating: "#", count: hashes)
        let end = String(repeating: "\"", count: quotes) + signs
        keep(hashes + quotes)
        while index < input.count, !starts(with: end) {
            if starts(with: "\\" + signs + "(") {
                blank(hashes + 2)
                blankInterpolation()
            } else if starts(with: "\\" + signs) {
                blank(hashes + 2)
            } else {
                blank(1)
            }
        }
        keep(end.count)
    }

    private mutating func blankInterpolation() {
        var depth = 1
        while index < input.count, depth > 0 {
            if let (hashes, quotes) = stringStart {
                let start = output.count
                blankString(hashes: hashes, quotes: quotes)
                for place in start..<output.count where output[place] != "\n" {
                    output[place] = " "
                }
                continue
            }
            if input[index] == "(" { depth += 1 }
            if input[index] == ")" { depth -= 1 }
            blank(1)
        }
    }
}
