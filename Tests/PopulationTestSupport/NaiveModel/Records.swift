/// One record of an extract as bytes (SPEC 2.4). `fields` is nil after a bad quote.
struct RawRecord {
    var line: Int
    var offset: Int
    var fields: [[UInt8]]?
}

/// Splits a file into records, byte by byte, as SPEC 2.4 says.
struct RecordSplitter {
    let bytes: [UInt8]
    let encoding: Encoding
    private var position: Int
    private var line = 1

    static let quote = UInt8(ascii: "\"")
    static let comma = UInt8(ascii: ",")
    static let lf = UInt8(ascii: "\n")
    static let cr = UInt8(ascii: "\r")
    static let maxQuotedBytes = 64 * 1024
    static let maxQuotedLineEnds = 100

    init(bytes: [UInt8], encoding: Encoding, start: Int) {
        self.bytes = bytes
        self.encoding = encoding
        position = start
    }

    /// The next record that is not an empty line, nil at the end of the file.
    mutating func next() -> RawRecord? {
        while position < bytes.count {
            let afterBlanks = skipBlanks(from: position)
            if afterBlanks == bytes.count {
                position = afterBlanks
                return nil
            }
            if lineEndLength(at: afterBlanks) > 0 {
                position = afterBlanks + lineEndLength(at: afterBlanks)
                line += 1
                continue
            }
            return readRecord()
        }
        return nil
    }

    private mutating func readRecord() -> RawRecord {
        let start = position
        let startLine = line
        var fields: [[UInt8]] = []
        var at = start
        while true {
            guard let (field, end) = readField(from: at) else {
                // A bad quote: the row ends at the first line end after its start.
                var end = start
                while end < bytes.count, lineEndLength(at: end) == 0 { end += 1 }
                finish(start: start, end: end)
                return RawRecord(line: startLine, offset: start, fields: nil)
            }
            fields.append(field)
            if end < bytes.count, bytes[end] == Self.comma {
                at = end + 1
                continue
            }
            finish(start: start, end: end)
            return RawRecord(line: startLine, offset: start, fields: fields)
        }
    }

    /// The record's last byte lies before `end`; the line end at `end` belongs to it.
    private mutating func finish(start: Int, end: Int) {
        position = end < bytes.count ? end + lineEndLength(at: end) : end
        var at = start
        while at < position {
            let length = lineEndLength(at: at)
            if length > 0 { line += 1 }
            at += max(1, length)
        }
    }

    /// The bytes of one field and the place of the separator, line end or end of file behind it.
    private func readField(from start: Int) -> (field: [UInt8], end: Int)? {
        let at = skipBlanks(from: start)
        if at < bytes.count, bytes[at] == Self.quote { return readQuoted(from: at + 1) }
        var end = start
        while end < bytes.count, bytes[end] != Self.comma, lineEndLength(at: end) == 0 { end += 1 }
        return (Array(bytes[start..<end]), end)
    }

    private func readQuoted(from start: Int) -> (field: [UInt8], end: Int)? {
        var content: [UInt8] = []
        var lineEnds = 0
        var at = start
        while true {
            if at == bytes.count { return nil }
            if bytes[at] == Self.quote {
                if at + 1 < bytes.count, bytes[at + 1] == Self.quote {
                    content.append(Self.quote)
                    at += 2
                } else {
                    at += 1
                    break
                }
            } else {
                // CRLF counts at its LF only, so that it is one line end.
                let isCRofCRLF = bytes[at] == Self.cr && lineEndLength(at: at) == 2
                if lineEndLength(at: at) > 0, !isCRofCRLF { lineEnds += 1 }
                content.append(bytes[at])
                at += 1
            }
            if content.count > Self.maxQuotedBytes { return nil }
            if lineEnds >= Self.maxQuotedLineEnds { return nil }
        }
        let end = skipBlanks(from: at)
        if end == bytes.count || bytes[end] == Self.comma || lineEndLength(at: end) > 0 {
            return (content, end)
        }
        return nil
    }

    /// 2 at CRLF, 1 at LF or at a lone CR, else 0.
    private func lineEndLength(at index: Int) -> Int {
        guard index < bytes.count else { return 0 }
        if bytes[index] == Self.lf { return 1 }
        if bytes[index] != Self.cr { return 0 }
        return index + 1 < bytes.count && bytes[index + 1] == Self.lf ? 2 : 1
    }

    /// Skips spaces, tabs and full-width spaces; `index` stands at the start of a character.
    private func skipBlanks(from index: Int) -> Int {
        var at = index
        while at < bytes.count {
            if bytes[at] == 0x20 || bytes[at] == 0x09 {
                at += 1
            } else if encoding == .utf8, bytes[at...].starts(with: [0xE3, 0x80, 0x80]) {
                at += 3
            } else if encoding == .gb18030, bytes[at...].starts(with: [0xA1, 0xA1]) {
                at += 2
            } else {
                break
            }
        }
        return at
    }
}
