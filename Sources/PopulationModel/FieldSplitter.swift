/// Splits the bytes of a reference file, row by row, at commas and line ends outside quotes; blanks
/// round a field are stripped, empty lines left out.
///
/// A field is a range of the bytes, for which nothing is copied: of a national table they are millions.
/// One with quotes is written without them over the place where it stood.
struct FieldSplitter {
    private(set) var text: [UInt8]
    /// Of the row at hand.
    private(set) var fields: [Range<Int>] = []
    /// The line that the row at hand begins on, 1-based.
    private(set) var line = 1

    private var position: Int
    private var nextLine = 1
    /// Where the field that is being read begins, and, when it had quotes, where what was kept of it
    /// ends.
    private var fieldStart: Int
    private var keptEnd: Int?

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Splits what stands from a byte on.
    init(_ bytes: [UInt8], from start: Int) {
        text = bytes
        position = start
        fieldStart = start
    }

    /// Goes on to the next row; `false` when there is none.
    mutating func next() -> Bool {
        while position < text.count {
            fields.removeAll(keepingCapacity: true)
            line = nextLine
            readRow()
            if fields.count > 1 || !fields[0].isEmpty { return true }
        }
        return false
    }

    /// Reads to behind the next line end outside quotes.
    private mutating func readRow() {
        fieldStart = position
        while position < text.count {
            let byte = text[position]
            // Nothing that is more than text comes behind the comma.
            if byte > Self.comma {
                position += 1
                continue
            }
            switch byte {
            case Self.quote where isBlank(until: position):
                takeQuotes()
            case Self.comma:
                endField()
                position += 1
                fieldStart = position
            case Self.newline, Self.carriageReturn:
                endField()
                position += 1
                if byte == Self.carriageReturn, position < text.count,
                    text[position] == Self.newline
                {
                    position += 1
                }
                nextLine += 1
                return
            default:
                position += 1
            }
        }
        endField()
    }

    /// Reads on from a quote to the comma or line end behind its field, or the end of the file, and
    /// writes the field without quotes from its start on.
    private mutating func takeQuotes() {
        var end = fieldStart
        var isQuoted = false
        func keep(_ text: inout [UInt8], _ position: Int) {
            text[end] = text[position]
            end += 1
        }
        reading: while position < text.count {
            let byte = text[position]
            switch (byte, isQuoted) {
            case (Self.quote, true):
                isQuoted = false
                if position + 1 < text.count, text[position + 1] == Self.quote {
                    position += 1
                    isQuoted = true
                    keep(&text, position)
                }
            case (Self.quote, false) where isBlank(until: end):
                end = fieldStart
                isQuoted = true
            case (Self.comma, false), (Self.newline, false), (Self.carriageReturn, false):
                break reading
            default:
                if byte == Self.newline { nextLine += 1 }
                keep(&text, position)
            }
            position += 1
        }
        keptEnd = end
    }

    /// Whether the field holds only blanks so far.
    private func isBlank(until end: Int) -> Bool {
        text[fieldStart..<end].allSatisfy { $0 == 0x20 }
    }

    private mutating func endField() {
        var (start, end) = (fieldStart, keptEnd ?? position)
        while let count = blank(at: start, before: end) { start += count }
        while let count = blank(before: end, from: start) { end -= count }
        fields.append(start..<end)
        keptEnd = nil
    }

    /// How many bytes a blank takes at the front of a field: a blank, a tab, a full-width space.
    private func blank(at start: Int, before end: Int) -> Int? {
        guard start < end, text[start] <= 0x20 || text[start] == 0xE3 else { return nil }
        if text[start] == 0x20 || text[start] == 0x09 { return 1 }
        return start + 3 <= end && isWide(at: start) ? 3 : nil
    }

    /// The same at the back.
    private func blank(before end: Int, from start: Int) -> Int? {
        guard start < end, text[end - 1] <= 0x20 || text[end - 1] == 0x80 else { return nil }
        if text[end - 1] == 0x20 || text[end - 1] == 0x09 { return 1 }
        return start + 3 <= end && isWide(at: end - 3) ? 3 : nil
    }

    /// U+3000 in UTF-8.
    private func isWide(at index: Int) -> Bool {
        text[index] == 0xE3 && text[index + 1] == 0x80 && text[index + 2] == 0x80
    }
}
