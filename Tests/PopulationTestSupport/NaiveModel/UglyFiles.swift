/// How one ugly file is written (SPEC 2.4).
struct UglyStyle {
    var encoding: Encoding
    var hasBOM: Bool
    /// Bytes that no encoding knows may stand in the file.
    var mayBeInvalid: Bool
    /// Only headers in ASCII.
    var asciiHeaders = false
    var lineEnd: String
}

/// Writes rows into one file: header, order of columns, quotes, blanks, line ends.
struct UglyFileWriter {
    var random: UglyRandom
    var forms: UglyForms
    let style: UglyStyle
    let columns: [Column]
    /// Canonical column → one more header that the plan names.
    let extra: [String: String]
    private var bytes: [UInt8] = []

    init(
        random: UglyRandom, style: UglyStyle, columns: [Column], extra: [String: String]
    ) {
        self.random = random
        forms = UglyForms(random: UglyRandom(seed: 0))
        self.style = style
        self.columns = columns
        self.extra = extra
    }

    mutating func file(_ rows: [UglyRow], keepRevoked: Bool) -> [UInt8] {
        forms = UglyForms(random: UglyRandom(seed: random.next()))
        if style.hasBOM { bytes += utf8BOM }
        let isComplete = random.chance(30)
        var chosen = columns.filter { column in
            column.needed || isComplete || (keepRevoked && column.name == "revoked")
                || random.chance(88)
        }
        let unknown = Array(["备注", "x1", "remark"].prefix(random.below(4)))
            .filter { !style.asciiHeaders || $0 != "备注" }
        chosen += unknown.map { Column(name: $0, kind: .text, aliases: ["remark"]) }
        chosen = random.shuffled(chosen)
        if random.chance(8) { bytes += encoded(lineEnd()) }
        let headers = chosen.map { field(header($0), asciiBlanks: style.asciiHeaders) }
        bytes += headers.joined(separator: [RecordSplitter.comma]) + encoded(lineEnd())
        for (index, row) in rows.enumerated() {
            if random.chance(4) {
                bytes += encoded(random.pick(["", " ", "\t ", "\u{3000}"]) + lineEnd())
            }
            let isLast = index == rows.count - 1
            add(row, chosen, end: isLast && random.chance(50) ? "" : lineEnd())
        }
        // Blanks behind the last line end are no row.
        if random.chance(10) { bytes += encoded(lineEnd() + random.pick([" ", "\u{3000}\t"])) }
        return bytes
    }

    private mutating func lineEnd() -> String {
        random.chance(3) ? random.pick(["\n", "\r\n", "\r"]) : style.lineEnd
    }

    private func encoded(_ text: String) -> [UInt8] {
        style.encoding == .utf8 ? Array(text.utf8) : gb18030Bytes(text)
    }

    private mutating func header(_ column: Column) -> String {
        if column.aliases == ["remark"] { return column.name }
        var all = [column.name, column.name.uppercased()] + column.aliases
        if let more = extra[column.name] { all += [more, more] }
        if style.asciiHeaders { all = all.filter { $0.utf8.allSatisfy { $0 < 0x80 } } }
        return random.pick(all)
    }

    private mutating func add(_ row: UglyRow, _ chosen: [Column], end: String) {
        var fields = chosen.map { cell(row, $0) }
        var place = random.below(fields.count)
        // In a column that nobody reads, what is just within the limits is a right row.
        let ignored = chosen.firstIndex { $0.aliases == ["remark"] }
        if let ignored, ["lines", "bytes"].contains(row.shape), random.chance(80) {
            place = ignored
        }
        switch row.shape {
        case "short": fields.removeLast()
        case "long": fields.append(encoded(random.pick(["", "x", "\u{3000}"])))
        case "quote":
            fields[place] = encoded(
                random.pick([
                    "\"a\"b", "\"\"x\"\"", "\"a\" \"b\"", " \"张\u{3000}\"三", "\"a\"\"b\"c",
                ]))
        case "open":
            fields[place] = encoded(random.pick(["\"a", " \"", "\"\"\"", "\"张,三"]))
        case "lines":
            let ends = random.pick(["\n", "\r\n", "\r"])
            let number = random.pick([99, 100, 100, 101])
            fields[place] = encoded(
                "\"" + String(repeating: random.pick(["", "x"]) + ends, count: number) + "\"")
        case "bytes":
            let number = random.pick([65535, 65536, 65537])
            fields[place] = encoded("\"" + String(repeating: "\"\"", count: number) + "\"")
        default: break
        }
        bytes += fields.joined(separator: [RecordSplitter.comma]) + encoded(end)
    }

    private mutating func cell(_ row: UglyRow, _ column: Column) -> [UInt8] {
        if column.aliases == ["remark"] { return field(remark()) }
        switch row.cells[column.name] {
        case nil: return []
        case .value(let text): return field(forms.written(text, kind: column.kind))
        case .verbatim(let text): return field(text)
        case .invalid(let text):
            if !style.mayBeInvalid { return [] }
            let wrong: [[UInt8]] =
                style.encoding == .utf8
                ? [
                    [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE4, 0xB8],
                    [0xF5, 0x80, 0x80, 0x80],
                ]
                : [[0xFF], [0x81], [0x84, 0x31, 0x95], [0x81, 0x20, 0x81]]
            return encoded(text) + random.pick(wrong)
        }
    }

    private mutating func remark() -> String {
        random.pick([
            "", "", "a", "说明", "两\n行", "两\r\n行", "一\r", "a,b", "say \"yes\"", "\"", "啊\u{3000}啊",
            "\n\n\n", ",,,\n,,,",
        ])
    }

    /// One field with quotes and blanks as CSV allows.
    private mutating func field(_ text: String, asciiBlanks: Bool = false) -> [UInt8] {
        let first = Texts.trimmed(text).unicodeScalars.first
        let mustQuote =
            first == "\""
            || text.unicodeScalars.contains { $0 == "," || $0 == "\n" || $0 == "\r" }
        var blanks = ["", "", "", "", "", "", "", " ", "\t", "\u{3000}", "  ", " \u{3000}"]
        if asciiBlanks { blanks.removeAll { $0.contains("\u{3000}") } }
        let before = random.pick(blanks)
        let after = random.pick(blanks)
        if mustQuote || random.chance(8) {
            let quote: [UInt8] = [RecordSplitter.quote]
            let inner = encoded(text).flatMap { $0 == RecordSplitter.quote ? [$0, $0] : [$0] }
            return encoded(before) + quote + inner + quote + encoded(after)
        }
        return encoded(before) + encoded(text) + encoded(after)
    }
}
