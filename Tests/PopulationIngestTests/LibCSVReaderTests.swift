internal import CLibCSV
import PopulationIngest
import Testing

@Suite struct LibCSVReaderTests {
    /// One record from `start`: its fields between bars, or what else it is.
    private static func read(
        _ bytes: [UInt8], from start: Int = 0, isEndOfFile: Bool = true,
        encoding: TextEncoding = .utf8
    ) -> String {
        let reader = LibCSVReader(encoding: encoding)
        let outcome = (bytes + [UInt8](repeating: 0x22, count: 64)).withUnsafeBufferPointer {
            reader.read(
                $0.baseAddress!, start: start, count: bytes.count, isEndOfFile: isEndOfFile)
        }
        switch outcome {
        case .needsMoreBytes: return "more"
        case .empty(let next): return "empty \(next)"
        case .badQuote(let end, let next): return "bad \(end) \(next)"
        case .record(let end, let next):
            let fields = reader.fields.map { String(decoding: $0.buffer, as: UTF8.self) }
            return fields.joined(separator: "|") + " \(end) \(next)"
        }
    }

    private static func read(_ text: String, isEndOfFile: Bool = true) -> String {
        read(Array(text.utf8), isEndOfFile: isEndOfFile)
    }

    @Test(arguments: [
        ("a,b\nc", "a|b 3 4"), ("a,b\r\nc", "a|b 3 4"), ("a,b\rc", "a|b 3 4"), ("a,b", "a|b 3 3"),
        ("a", "a 1 1"), (",\n", "| 1 2"), (",", "| 1 1"), ("a,\n", "a| 2 3"), (",,a\n", "||a 3 4"),
        (" a b\t, c \n", "a b|c 9 10"), ("\u{3000}a,\u{3000}b\n", "a|b 9 10"),
    ])
    func endsAtLFAndCRLFAndCRAndTheEndOfTheFile(text: String, expected: String) {
        #expect(Self.read(text) == expected)
    }

    @Test(arguments: [
        ("\n", "empty 1"), ("\r\n", "empty 1"), ("", "empty 0"), ("  \t\n", "empty 4"),
        ("\u{3000} \n", "empty 5"), ("  ", "empty 2"), ("\u{3000}", "empty 3"),
    ])
    func aLineOfBlanksIsNoRow(text: String, expected: String) {
        #expect(Self.read(text) == expected)
    }

    @Test(arguments: [
        ("\"a,b\",c\n", "a,b|c 7 8"), ("\"a\"\"b\"\n", "a\"b 6 7"), ("\"\"\"\"\n", "\" 4 5"),
        ("\"\"\n", " 2 3"), ("\"\"", " 2 2"), ("\"a\nb\"\n", "a\nb 5 6"),
        ("\"a\r\nb\",\"c\rd\"\n", "a\r\nb|c\rd 12 13"), (" \"a\"\t,b\n", "a|b 7 8"),
        ("\u{3000}\"a\"\u{3000},b\n", "a|b 11 12"), ("\" a \",b\n", " a |b 7 8"),
        ("\"a\"", "a 3 3"), ("\"a\" ", "a 4 4"), ("\"a\"\"\"", "a\" 5 5"),
    ])
    func quotedFieldsHoldSeparatorsQuotesAndLineEnds(text: String, expected: String) {
        #expect(Self.read(text) == expected)
    }

    @Test(arguments: [
        ("a\"b,c\n", "a\"b|c 5 6"), ("a\"\"b\n", "a\"\"b 4 5"), ("a\",\"b\"\n", "a\"|b 6 7"),
        ("a \"b\"\n", "a \"b\" 5 6"), ("=\"1\",b\n", "=\"1\"|b 6 7"), ("a\"\nb", "a\" 2 3"),
        ("a\"", "a\" 2 2"),
    ])
    func aQuoteInsideAnUnquotedFieldIsText(text: String, expected: String) {
        #expect(Self.read(text) == expected)
    }

    @Test(arguments: [
        ("\"a\"b,c\nd", "bad 6 7"), ("x,\"a\" b\nd", "bad 7 8"), ("\"a\nb\"c\nd", "bad 2 3"),
        ("\"a\" \"b\"\n", "bad 7 8"), ("\"a\"\u{3000}b\nd", "bad 7 8"), ("\"a\"b", "bad 4 4"),
        ("\"a\rb\"c\n", "bad 2 3"), ("\"a\r\nb\"c\n", "bad 2 3"),
    ])
    func anythingBehindAClosingQuoteIsABadQuote(text: String, expected: String) {
        #expect(Self.read(text) == expected)
    }

    @Test(arguments: [
        ("\"a\nb", "bad 2 3"), ("\"", "bad 1 1"), ("a,\"", "bad 3 3"), ("\"a\"\"", "bad 4 4"),
        ("\"a,b\n\n\n", "bad 4 5"), ("\"\n", "bad 1 2"),
    ])
    func aQuoteOpenAtTheEndOfTheFileIsABadQuote(text: String, expected: String) {
        #expect(Self.read(text) == expected)
        #expect(Self.read(text, isEndOfFile: false) == "more")
    }

    @Test func asksForMoreBytesWhileNoLineEndIsInSight() {
        #expect(Self.read("a,b", isEndOfFile: false) == "more")
        #expect(Self.read("", isEndOfFile: false) == "more")
        #expect(Self.read("a,b\n", isEndOfFile: false) == "a|b 3 4")
    }

    /// A quoted field of so many bytes, some of them written twice or full-width spaces.
    private static func longField(_ count: Int, quotes: Int = 0, blanks: Int = 0) -> [UInt8] {
        var bytes: [UInt8] = [0x22]
        bytes += [UInt8](repeating: 0x61, count: count - quotes - blanks * 3)
        for _ in 0..<blanks { bytes += [0xE3, 0x80, 0x80] }
        for _ in 0..<quotes { bytes += [0x22, 0x22] }
        return bytes + [0x22]
    }

    @Test(arguments: [(0, 0), (1, 0), (500, 0), (0, 1), (3, 200)])
    func sixtyFourKibibytesOfContentAreTheLimit(quotes: Int, blanks: Int) {
        let max = LibCSVReader.quotedBytesMax
        #expect(max == 65_536)
        for tail in [[0x0A], [], [0x20, 0x0A], [0x2C, 0x62, 0x0A], [0xE3, 0x80, 0x80, 0x0A]]
            as [[UInt8]]
        {
            let fits = Self.longField(max, quotes: quotes, blanks: blanks) + tail
            #expect(!Self.read(fits).hasPrefix("bad"))
            let over = Self.longField(max + 1, quotes: quotes, blanks: blanks) + tail
            #expect(Self.read(over).hasPrefix("bad"))
        }
    }

    @Test func anUnquotedFieldHasNoLimit() {
        let long = [UInt8](repeating: 0x61, count: 200_000)
        #expect(Self.read(long + [0x2C, 0x62, 0x0A]).hasSuffix("|b 200002 200003"))
        // A quoted field behind it has the whole limit for itself.
        let both = long + [0x2C] + Self.longField(65_536) + [0x0A]
        #expect(!Self.read(both).hasPrefix("bad"))
        let over = long + [0x2C] + Self.longField(65_537) + [0x0A]
        #expect(Self.read(over).hasPrefix("bad 265540"))
    }

    @Test(arguments: ["\n", "\r", "\r\n"])
    func aHundredLineEndsInAFieldAreTheLimit(lineEnd: String) {
        func field(_ count: Int) -> String {
            "\"a" + String(repeating: lineEnd, count: count) + "b\""
        }
        #expect(!Self.read(field(99) + ",c\n").hasPrefix("bad"))
        #expect(Self.read(field(100) + ",c\n").hasPrefix("bad 2 3"))
        // Each field has its own hundred.
        #expect(!Self.read(field(99) + "," + field(99) + "\n").hasPrefix("bad"))
        #expect(Self.read(field(99) + "," + field(100) + "\n").hasPrefix("bad 2 3"))
    }

    @Test func anAbandonedRecordLeavesNothingBehind() {
        let reader = LibCSVReader(encoding: .utf8)
        let bytes = Array("\"a\"x\n\"b\nc,d\n".utf8) + [UInt8](repeating: 0, count: 64)
        bytes.withUnsafeBufferPointer { p in
            let start = p.baseAddress!
            #expect(
                reader.read(start, start: 0, count: 13, isEndOfFile: true)
                    == .badQuote(end: 4, next: 5))
            #expect(
                reader.read(start, start: 5, count: 13, isEndOfFile: true)
                    == .badQuote(end: 7, next: 8))
            #expect(
                reader.read(start, start: 8, count: 12, isEndOfFile: true)
                    == .record(end: 11, next: 12))
            #expect(reader.fields.map { Array($0.buffer) } == [[0x63], [0x64]])
        }
    }

    @Test func readsFullWidthSpacesOfGB18030() throws {
        let encoding = TextEncoding.gb18030(try #require(GB18030()))
        let blank: [UInt8] = [0xA1, 0xA1]
        let quoted = blank + [0x22, 0x61, 0x22] + blank + [0x2C] + blank + [0x62, 0x0A]
        #expect(Self.read(quoted, encoding: encoding) == "a|b 11 12")
        #expect(Self.read(blank + [0x20] + blank + [0x0A], encoding: encoding) == "empty 6")
    }

    /// LibCSVReader reads libcsv's state from its public struct: these are its numbers.
    @Test func libcsvHasTheStateNumbersThatTheReaderReads() {
        var parser = csv_parser()
        #expect(csv_init(&parser, UInt8(CSV_STRICT)) == 0)
        defer { csv_free(&parser) }
        func state(behind text: String) -> Int32 {
            let bytes = Array(text.utf8)
            #expect(csv_parse(&parser, bytes, bytes.count, nil, nil, nil) == bytes.count)
            return parser.pstate
        }
        #expect(CSV_MAJOR == 3 && CSV_MINOR == 0)
        #expect(state(behind: "") == LibCSVReader.rowNotBegun)
        #expect(state(behind: " ") == LibCSVReader.rowNotBegun)
        #expect(state(behind: "a") == 2)
        #expect(state(behind: ",") == LibCSVReader.fieldNotBegun)
        #expect(state(behind: " ") == LibCSVReader.fieldNotBegun)
        #expect(state(behind: "\"a") == 2)
        #expect(parser.quoted == 1 && parser.entry_pos == 1)
        #expect(state(behind: "\"") == LibCSVReader.fieldMightHaveEnded)
        #expect(parser.quoted == 1 && parser.spaces == 0 && parser.entry_pos == 2)
        #expect(state(behind: "  ") == LibCSVReader.fieldMightHaveEnded)
        #expect(parser.spaces == 2 && parser.entry_pos == 4)
        #expect(state(behind: "\n") == LibCSVReader.rowNotBegun)
        #expect(parser.quoted == 0)
    }
}
