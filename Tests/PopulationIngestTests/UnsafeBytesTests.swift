import PopulationIngest
import PopulationModel
import PopulationTestSupport
import Testing

/// What reads memory without bounds, against what reads it byte by byte, on bytes that hurt.
@Suite struct UnsafeBytesTests {
    /// Bytes over an alphabet that the readers decide on, and any bytes.
    private static func bytes(_ random: inout SeededRandom, count: Int) -> [UInt8] {
        let alphabet: [UInt8] = [
            0x0A, 0x0D, 0x2C, 0x22, 0x20, 0x30, 0x39, 0x3A, 0x80, 0xA1, 0xE3, 0xE4, 0xE9, 0xEA,
            0x7F,
        ]
        return (0..<count).map { _ in
            random.below(4) == 0 ? UInt8(truncatingIfNeeded: random.next()) : random.pick(alphabet)
        }
    }

    @Test(arguments: Seeds.list(upTo: 4))
    func masksSayWhatTheBytesAre(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        func mask(_ bytes: [UInt8], _ isWanted: (UInt8) -> Bool) -> UInt64 {
            bytes.enumerated().reduce(0) { $0 | (isWanted($1.element) ? 1 << $1.offset : 0) }
        }
        for _ in 0..<500 {
            let bytes = Self.bytes(&random, count: 64)
            let masks = ByteMasks(bytes)
            for wanted in [0x0A, 0x2C, bytes[0]] as [UInt8] {
                #expect(masks.mask(wanted) == mask(bytes) { $0 == wanted })
            }
            #expect(masks.holds(0x0D, or: 0x22) == bytes.contains { $0 == 0x0D || $0 == 0x22 })
        }
    }

    /// What a stretch should come to, byte by byte.
    private static func expectedStretch(_ bytes: [UInt8], base: Int, steps: Int)
        -> (steps: Int, ends: [UInt32], lineEnds: [UInt32])
    {
        var (taken, ends, lineEnds) = (0, [UInt32](), [UInt32]())
        while taken < steps {
            let step = (base + taken * 64)..<(base + taken * 64 + 64)
            if step.contains(where: { bytes[$0] == 0x0D || bytes[$0] == 0x22 }) { break }
            for position in step where bytes[position] == 0x2C || bytes[position] == 0x0A {
                if bytes[position] == 0x0A { lineEnds.append(UInt32(ends.count)) }
                ends.append(UInt32(position))
            }
            taken += 1
        }
        return (taken, ends, lineEnds)
    }

    @Test(arguments: Seeds.list(upTo: 4), StretchScan.Form.allCases)
    func stretchesAreScannedAlikeInEveryForm(seed: UInt64, form: StretchScan.Form) {
        var random = SeededRandom(seed: seed)
        for round in 0..<300 {
            let steps = random.below(8)
            let base = random.below(9)
            var bytes = Self.bytes(&random, count: base + steps * 64)
            // Most stretches hold neither a CR nor a quote, some nothing but separators.
            if round % 4 != 0 {
                bytes = bytes.map { $0 == 0x0D || $0 == 0x22 ? 0x2C : $0 }
            }
            if round % 7 == 0 {
                bytes = bytes.map { $0 == 0x0D || $0 == 0x22 || $0 == 0x0A ? $0 : 0x2C }
            }
            let expected = Self.expectedStretch(bytes, base: base, steps: steps)
            let room = steps * 64 + StretchScan.entriesBeyond
            var ends = [UInt32](repeating: .max, count: room + 1)
            var lineEnds = [UInt32](repeating: .max, count: steps * 64 + 1)
            let stretch = StretchScan().scan(
                bytes, base: base, steps: steps, ends: &ends, lineEnds: &lineEnds, form: form)
            #expect(stretch.steps == expected.steps)
            #expect(Array(ends[..<stretch.endCount]) == expected.ends)
            #expect(Array(lineEnds[..<stretch.lineEndCount]) == expected.lineEnds)
            // Nothing is written beyond what is promised.
            #expect(
                ends[min(room, stretch.endCount + StretchScan.entriesBeyond)...].allSatisfy {
                    $0 == .max
                })
        }
    }

    @Test(arguments: Seeds.list(upTo: 4))
    func masksAreTheSameWithoutVectors(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<500 {
            let bytes = Self.bytes(&random, count: 64)
            for wanted in [0x00, 0x0A, 0x2C, 0x80, 0xFF, bytes[1]] as [UInt8] {
                #expect(
                    StretchScan.portableMask(bytes, wanted) == ByteMasks(bytes).mask(wanted))
            }
        }
    }

    @Test(arguments: Seeds.list(upTo: 4))
    func bytesAreFoundInFieldsOfEveryLength(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for count in 0..<70 {
            // Few of what is looked for, so that it is often not there.
            let field = Self.bytes(&random, count: count).map { byte in
                random.below(30) == 0 ? byte : byte % 0x22
            }
            FieldBytes.with(field) {
                #expect($0.contains(0x22) == field.contains(0x22))
                #expect($0.hasHighByte == field.contains { $0 >= 0x80 })
            }
            let bytes = field + [UInt8](repeating: 0x0A, count: 64)
            let first = field.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? count
            #expect(LineEnds.first(bytes, from: 0, to: count) == first)
        }
    }

    @Test(arguments: Seeds.list(upTo: 4))
    func lineEndsAreCountedInAnyStretch(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        // Long enough for a lane of bytes to be full.
        var bytes = [UInt8](repeating: 0x0A, count: 16 * 260)
        bytes += Self.bytes(&random, count: 4_000)
        for _ in 0..<100 {
            let start = random.below(bytes.count)
            let end = start + random.below(bytes.count - start + 1)
            let expected = (start..<end).count { i in
                bytes[i] == 0x0D || (bytes[i] == 0x0A && (i == 0 || bytes[i - 1] != 0x0D))
            }
            #expect(LineEnds.count(bytes, from: start, to: end) == expected)
        }
        #expect(LineEnds.count(bytes, from: 0, to: 16 * 260) == 16 * 260)
    }

    @Test(arguments: Seeds.list(upTo: 4))
    func sixToTwelveDigitsArePadded(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<3_000 {
            var field = (0..<random.below(16)).map { _ in UInt8(0x30 + random.below(10)) }
            if random.below(3) == 0, !field.isEmpty {
                field[random.below(field.count)] = random.pick([0x2F, 0x3A, 0x20, 0xB1, 0x00])
            }
            let text = String(decoding: field, as: UTF8.self)
            let padded = text + String(repeating: "0", count: max(0, 12 - field.count))
            let isPlain =
                (6...12).contains(field.count)
                && field.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            let found = FieldBytes.with(field) { Digits.paddedToTwelve($0) }
            #expect(found == (isPlain ? UInt64(padded) : nil))
        }
    }

    @Test(arguments: Seeds.list(upTo: 8))
    func aCodeTableKnowsItsValuesAndNoOthers(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        func value() -> [UInt8] {
            let count = random.pick([1, 1, 2, 3, 7, 8, 9, 15, 16, 17, 30])
            // Two letters, so that many values differ little; blanks, quotes and zero bytes.
            return (0..<count).map { _ in
                random.below(12) == 0
                    ? random.pick([0x00, 0x20, 0x22, 0xE3, 0x80]) : random.pick([0x61, 0x62])
            }
        }
        var codes: [[UInt8]: UInt8] = [:]
        for _ in 0..<random.below(40) { codes[value()] = UInt8(random.below(200)) }
        let table = CodeTable(codes.map { (bytes: $0.key, code: $0.value) })
        for probe in Array(codes.keys) + (0..<2_000).map({ _ in value() }) {
            let expected = codes[probe] ?? CodeTable.none
            let (found, plain) = FieldBytes.with(probe) {
                (table.codeWithCare($0), table.code($0))
            }
            #expect(found == expected)
            #expect(plain == expected || plain == CodeTable.none)
        }
    }

    /// Whatever is taken straight is what care makes of it.
    @Test(arguments: Seeds.list(upTo: 6))
    func aNameTakenStraightIsTheSameText(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let gb18030 = TextEncoding.gb18030(try #require(GB18030()))
        for encoding in [TextEncoding.utf8, gb18030] {
            let names = HanNames(encoding: encoding)
            var takenCount = 0
            for _ in 0..<20_000 {
                var field = (0..<(2 + random.below(3))).flatMap { _ in
                    encoding.fullWidthSpaceLead == 0xE3
                        ? [UInt8(0xE3 + random.below(8)), UInt8(0x80 + random.below(64)), 0xBF]
                        : [UInt8(0x80 + random.below(128)), UInt8(0x3F + random.below(193))]
                }
                if random.below(4) == 0 {
                    field[random.below(field.count)] = UInt8(truncatingIfNeeded: random.next())
                }
                if random.below(4) == 0 {
                    field = Array(field.prefix(random.below(field.count + 1)))
                }
                var out = [UInt8](repeating: 0, count: 64)
                let written = FieldBytes.with(field) { names.write($0, to: &out) }
                guard let written else { continue }
                takenCount += 1
                FieldBytes.with(field) {
                    #expect(encoding.isValid($0))
                    #expect(encoding.stripped($0).count == $0.count)
                    #expect((Array(out[..<written]) == encoding.utf8Text($0.buffer)) == true)
                }
            }
            #expect(takenCount > 1_000)
        }
    }
}
