import Foundation
import PopulationIngest
import PopulationTestSupport
import Testing

@Suite struct TextEncodingTests {
    private static func stripped(_ bytes: [UInt8], _ encoding: TextEncoding) -> [UInt8] {
        FieldBytes.with(bytes) { Array(encoding.stripped($0).buffer) }
    }

    private static func isValid(_ bytes: [UInt8], _ encoding: TextEncoding) -> Bool {
        FieldBytes.with(bytes) { encoding.isValid($0) }
    }

    @Test func stripsBlanksTabsAndFullWidthSpacesFromUTF8() {
        let inner = "甲 \u{3000}乙"
        for text in [inner, " \(inner)", "\u{3000} \t\(inner)\t\u{3000}", "\(inner)\u{3000}"] {
            #expect(Self.stripped(Array(text.utf8), .utf8) == Array(inner.utf8))
        }
        #expect(Self.stripped(Array("\u{3000} \u{3000}".utf8), .utf8) == [])
        // Half a full-width space is no blank; nor are other spaces.
        #expect(Self.stripped([0xE3, 0x80], .utf8) == [0xE3, 0x80])
        #expect(Self.stripped(Array("\u{A0}a\u{A0}".utf8), .utf8) == Array("\u{A0}a\u{A0}".utf8))
    }

    @Test func stripsFullWidthSpacesFromGB18030AtCharacterBounds() throws {
        let encoding = TextEncoding.gb18030(try #require(GB18030()))
        let blank: [UInt8] = [0xA1, 0xA1]
        let name: [UInt8] = [0xB0, 0xA1]
        #expect(Self.stripped(blank + name + blank, encoding) == name)
        #expect(Self.stripped([0x20] + blank + [0x09] + name + [0x20] + blank, encoding) == name)
        #expect(Self.stripped(blank + blank, encoding) == [])
        // The last two bytes A1 A1 are the end of one character and a stray byte.
        #expect(Self.stripped(name + [0xA1], encoding) == name + [0xA1])
        #expect(Self.stripped(name + name + [0xA1], encoding) == name + name + [0xA1])
        let four: [UInt8] = [0x81, 0x30, 0x81, 0x30]
        #expect(Self.stripped(four + blank, encoding) == four)
    }

    @Test func everyCodePointOfGB18030ComesBack() throws {
        let table = try #require(GB18030())
        let encoding = TextEncoding.gb18030(table)
        let descriptor = try #require(iconv_open("GB18030", "UTF-8"))
        defer { iconv_close(descriptor) }
        var source: [UInt8] = []
        var encoded: [UInt8] = []
        var count = 0
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let utf8 = Array(UTF8.encode(scalar)!)
            guard let bytes = Self.convert(utf8, descriptor) else { continue }
            source += utf8
            encoded += bytes
            count += 1
        }
        #expect(count > 1_111_000, "the C library knows nearly all of them")
        let back = encoded.withUnsafeBufferPointer { table.utf8($0) }
        #expect((back == source) == true)
        #expect(Self.isValid(encoded, encoding))
    }

    /// One character; `nil` where the C library has none.
    private static func convert(_ bytes: [UInt8], _ descriptor: iconv_t) -> [UInt8]? {
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: 8)
        return input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var fromCount = source.count
                var to = target.baseAddress
                var toCount = target.count
                guard iconv(descriptor, &from, &fromCount, &to, &toCount) != -1 else { return nil }
                return target[..<(8 - toCount)].map { UInt8(bitPattern: $0) }
            }
        }
    }

    @Test func cutCharactersAreInvalidAndBecomeReplacements() throws {
        let table = try #require(GB18030())
        let encoding = TextEncoding.gb18030(table)
        let cuts: [[UInt8]] = [
            [0xB0], [0x81, 0x30], [0x81, 0x30, 0x81], [0xB0, 0x2C], [0x80], [0xFF], [0xB0, 0x7F],
            [0xB0, 0xFF], [0x81, 0x30, 0x81, 0x41], [0x84, 0x31, 0xA5, 0x30],
            [0xFE, 0x39, 0xFE, 0x39],
        ]
        for cut in cuts {
            #expect(!Self.isValid([0x41] + cut, encoding), "\(cut)")
            let text = ([0x41] + cut).withUnsafeBufferPointer { table.utf8($0) }
            #expect(String(decoding: text, as: UTF8.self).contains("\u{FFFD}"), "\(cut)")
        }
        #expect(!Self.isValid([0xE7, 0x94], .utf8))
        #expect(!Self.isValid(Array("甲乙".utf8.dropLast()), .utf8))
    }

    @Test(
        arguments: [
            [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xBF], [0xFF], [0xFE],
            [0xE2, 0x28, 0xA1], [0xF0, 0x28, 0x8C, 0xBC], [0xC2], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func overlongSurrogateAndStrayBytesAreNoUTF8(bytes: [UInt8]) {
        #expect(!Self.isValid(bytes, .utf8))
        // Behind and before eight plain bytes, where words are skipped at a time.
        #expect(!Self.isValid(Array("12345678".utf8) + bytes, .utf8))
        #expect(!Self.isValid(bytes + Array("12345678".utf8), .utf8))
    }

    @Test func agreesWithSwiftOnWhatIsUTF8() {
        let leads: [UInt8] = [0x41, 0x7F, 0xC2, 0xDF, 0xE0, 0xE3, 0xED, 0xEF, 0xF0, 0xF1, 0xF4]
        let rest: [UInt8] = [0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2]
        for a in leads {
            for b in rest {
                for c in rest {
                    for d in rest {
                        let bytes = [a, b, c, d]
                        let isText = String(validating: bytes, as: UTF8.self) != nil
                        #expect(Self.isValid(bytes, .utf8) == isText)
                        // Before enough bytes for words, behind a character and in an odd place.
                        let longer = Array("a甲".utf8) + bytes + Array("12345678".utf8)
                        #expect(Self.isValid(longer, .utf8) == isText)
                    }
                }
            }
        }
    }

    /// Character by character, as the standard library reads them.
    private static func naiveValidCount(_ bytes: [UInt8]) -> Int {
        var offset = 0
        while offset < bytes.count {
            let length = (1...4).first { length in
                offset + length <= bytes.count
                    && String(validating: bytes[offset..<(offset + length)], as: UTF8.self) != nil
            }
            guard let length else { break }
            offset += length
        }
        return offset
    }

    /// Many bytes at a time are looked at: a character may be cut there, a less common one stand
    /// anywhere.
    @Test(arguments: Seeds.list(upTo: 4))
    func longTextsAreValidUpToTheFirstByteThatIsNone(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let common = ["4", ",", "a", "甲", "北", "\u{1000}", "\u{CFFF}", "\u{E000}", "\u{FFFD}"]
        let others = ["·", "\u{800}", "\u{D7FF}", "\u{FFFF}", "\u{20000}", "😀"]
        for round in 0..<600 {
            let isCommon = round % 3 != 0
            var bytes = (0..<random.below(160)).flatMap { _ in
                Array(random.pick(isCommon || random.below(20) > 0 ? common : others).utf8)
            }
            if round % 2 == 0, !bytes.isEmpty {
                bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            bytes.removeLast(min(bytes.count, random.below(4)))
            let found = bytes.withUnsafeBufferPointer { UTF8Check.validCount($0) }
            #expect(found == Self.naiveValidCount(bytes), "round \(round) of \(bytes.count) bytes")
        }
    }

    @Test func aCutLastCharacterIsAValidBeginning() {
        let text = Array("a甲😀".utf8)
        for count in 0...text.count {
            #expect(text[..<count].withUnsafeBufferPointer { UTF8Check.isValidBeginning($0) })
        }
        for bytes in [[0x41, 0x80], [0xE7, 0x94, 0x41], [0xB0, 0xA1], [0xF5], [0xE7, 0x28]]
            as [[UInt8]]
        {
            #expect(!bytes.withUnsafeBufferPointer { UTF8Check.isValidBeginning($0) })
        }
    }

    /// Two bytes begin a text when bytes behind them make them one.
    @Test func everyPairOfBytesIsABeginningOrNot() {
        for lead in UInt8(0x80)...0xFF {
            for second in UInt8.min...UInt8.max {
                let pair = [lead, second]
                let isBeginning = (0...2).contains {
                    let text = pair + [UInt8](repeating: 0x80, count: $0)
                    return String(validating: text, as: UTF8.self) != nil
                }
                let found = pair.withUnsafeBufferPointer { UTF8Check.isValidBeginning($0) }
                #expect(found == isBeginning, "\(lead) \(second)")
            }
        }
    }
}

@Suite struct LineEndsTests {
    /// Counted one byte after the other.
    private static func naive(_ bytes: ArraySlice<UInt8>, after before: UInt8?) -> Int {
        var last = before
        var count = 0
        for byte in bytes {
            if byte == 0x0D || (byte == 0x0A && last != 0x0D) { count += 1 }
            last = byte
        }
        return count
    }

    @Test func countsLFAndCRLFAndCROnce() {
        let alphabet: [UInt8] = [0x0A, 0x0D, 0x41, 0x0B, 0x8A, 0x10]
        for seed in 0..<400 {
            let bytes = (0..<30).map { alphabet[(seed &* 7_919 + $0 * $0 * (seed + 3)) % 6] }
            for start in 0..<bytes.count {
                let found = bytes.withUnsafeBufferPointer {
                    LineEnds.count($0.baseAddress!, from: start, to: bytes.count)
                }
                #expect(
                    found == Self.naive(bytes[start...], after: start > 0 ? bytes[start - 1] : nil))
            }
        }
    }
}
