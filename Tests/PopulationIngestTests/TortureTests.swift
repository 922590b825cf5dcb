import PopulationIngest
import PopulationModel
import Testing

/// The cases that CSV readers are tormented with, as specimens of our own: what SPEC 2 wants of
/// each, through the scanner in blocks of several sizes and through libcsv alike.
@Suite struct TortureTests {
    private static let header = "citizen_id,division_code,event,event_date,updated_at,name\n"
    private static let start = "449901198002290016,449901001001,birth,2001-01-01,2020-01-01,"
    private static let good = start + "甲\n"

    /// The one outcome of all ways to read a file; every row of it is accounted for.
    private static func read(_ bytes: [UInt8], encoding: String = "auto") throws -> IngestOutcome {
        var file = IngestFile(bytes)
        file.encoding = encoding
        let whole = try IngestFixture.run(file)
        let counts = whole.counts
        #expect(
            counts.read == counts.rejected.reduce(0, +) + counts.outOfScope + counts.revoked
                + counts.accepted)
        for blockBytes in [1, 64, 100, 1 << 18] {
            for alwaysLibCSV in [false, true] {
                var other = try IngestFixture.run(
                    file,
                    IngestFixture.Settings(blockBytes: blockBytes, alwaysLibCSV: alwaysLibCSV))
                other.extract.counts.readByLibCSV = whole.counts.readByLibCSV
                #expect((other == whole) == true, "blocks of \(blockBytes), \(alwaysLibCSV)")
            }
        }
        return whole
    }

    private static func read(_ rows: String) throws -> IngestOutcome {
        try read(Array((header + rows).utf8))
    }

    /// Code and place of the only error of a file.
    private static func fault(_ bytes: [UInt8]) throws -> String {
        let faults = try IngestFixture.faults([IngestFile(bytes)])
        #expect(faults.count == 1)
        return faults.map { "\($0.code) \($0.place?.line ?? 0)" }.joined(separator: " ")
    }

    // MARK: quotes

    @Test func aQuoteOpenAtTheEndCostsItsOwnRowOnly() throws {
        let outcome = try Self.read(Self.good + Self.start + "\"open\n" + Self.good + Self.good)
        #expect(outcome.rejects == ["2 row-shape "])
        #expect(outcome.counts.accepted == 3)
    }

    @Test func aQuoteThatIsTheLastByteCostsItsOwnRowOnly() throws {
        let outcome = try Self.read(Self.good + Self.start + "\"")
        #expect(outcome.rejects == ["2 row-shape "])
        #expect(outcome.counts.accepted == 1)
    }

    @Test func everyLineBeginningWithAQuoteCostsEachItsOwnRow() throws {
        let outcome = try Self.read(String(repeating: "\"" + Self.good, count: 301) + Self.good)
        // Two open quotes close each other over two lines, and text stands behind the second.
        #expect(outcome.counts.rejected[Int(RejectReason.rowShape.rawValue)] == 301)
        #expect(outcome.counts.accepted == 1 && outcome.counts.read == 302)
    }

    @Test func backslashesEscapeNothing() throws {
        let outcome = try Self.read(Self.start + "\"a\\\"\n" + Self.start + "\"a\\\",b\"\n")
        #expect(outcome.rejects == ["2 row-shape "])
        #expect(outcome.counts.accepted == 1)
    }

    // MARK: bytes that are no text

    @Test func aZeroByteIsAByteOfItsField() throws {
        let outcome = try Self.read(
            Self.start + "a\0b\n" + Self.good.replacing("birth", with: "bi\0rth")
                + Self.good.replacing("4499011980", with: "4499\u{0}011980"))
        #expect(outcome.rejects == ["2 event-unknown event", "3 id-format citizen_id"])
        #expect(outcome.counts.accepted == 1)
        let names = outcome.records.map { record in
            record.withUnsafeBytes { Array(PackedRecordView(start: $0.baseAddress!).name) }
        }
        #expect(names == [[0x61, 0, 0x62]])
    }

    @Test func aFileOfZeroBytesHasNoHeader() throws {
        #expect(try Self.fault([UInt8](repeating: 0, count: 5_000)) == "INGEST-013 1")
    }

    @Test func anEmptyFileHasNoHeader() throws {
        for bytes in [[], [0x0A], Array("\u{FEFF}".utf8), Array(" \r\n\t\n".utf8)] {
            #expect(try Self.fault(bytes) == "INGEST-004 1")
        }
    }

    /// It is a mark at the start only; files that were put together hold it in the middle.
    @Test func aByteOrderMarkInTheMiddleDamagesItsFieldOnly() throws {
        let outcome = try Self.read(Self.good + "\u{FEFF}" + Self.good + Self.start + "\u{FEFF}乙\n")
        #expect(outcome.rejects == ["2 id-format citizen_id"])
        #expect(outcome.counts.accepted == 2)
    }

    @Test func aSecondHeaderInTheMiddleIsARowOfNobody() throws {
        let outcome = try Self.read(Self.good + "\u{FEFF}" + Self.header + Self.good)
        #expect(outcome.rejects == ["2 id-format citizen_id"])
        #expect(outcome.counts.accepted == 2)
    }

    @Test(arguments: [true, false])
    func aFileInUTF16IsRefusedByName(isLittle: Bool) throws {
        let units = Array(("\u{FEFF}" + Self.header + Self.good).utf16)
        let bytes = units.flatMap { unit -> [UInt8] in
            let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return isLittle ? pair : pair.reversed()
        }
        #expect(try Self.fault(bytes) == "INGEST-010 0")
    }

    /// Without its mark it is told by the zero bytes of its header.
    @Test(arguments: [true, false])
    func aFileInUTF16WithoutItsMarkIsRefusedByName(isLittle: Bool) throws {
        let bytes = ("其他," + Self.header + Self.good).utf16.flatMap { unit -> [UInt8] in
            let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return isLittle ? pair : pair.reversed()
        }
        #expect(try Self.fault(bytes) == "INGEST-013 1")
    }

    @Test func rowsInAnotherEncodingLoseTheirOptionalTextOnly() throws {
        let gb = Array(Self.start.utf8) + [0xBC, 0xD7, 0x0A]
        let bytes = Array(Self.header.utf8) + Array(Self.good.utf8) + gb + Array(Self.good.utf8)
        let outcome = try Self.read(bytes, encoding: "utf-8")
        #expect(outcome.counts.accepted == 3 && outcome.rejects == [])
        #expect(outcome.counts.warnings[Int(WarningReason.optionalEncoding.rawValue)] == 1)
    }

    @Test func aNeededFieldInAnotherEncodingRejectsItsRow() throws {
        let gb = Array("449901198002290016,449901001001,".utf8) + [0xBC, 0xD7]
        let bytes =
            Array(Self.header.utf8) + gb + Array(",2001-01-01,2020-01-01,\n".utf8)
            + Array(Self.good.utf8)
        let outcome = try Self.read(bytes, encoding: "utf-8")
        #expect(outcome.rejects == ["1 encoding event"])
        #expect(outcome.counts.accepted == 1)
    }

    // MARK: lines

    @Test(arguments: ["\r", "\r\n", "\n", "\n\r", "\r\r\n"])
    func anyLineEndEndsARow(lineEnd: String) throws {
        let text = (Self.header + Self.good + Self.good + Self.start)
            .replacing("\n", with: lineEnd)
        let outcome = try Self.read(Array(text.utf8))
        #expect(outcome.counts.accepted == 3 && outcome.counts.read == 3)
    }

    @Test func aLoneCRAmongOtherLineEndsEndsARow() throws {
        let row = Self.good.dropLast()
        let outcome = try Self.read(row + "\r" + row + "\r\n" + row + "\n\r\n\n" + row)
        #expect(outcome.counts.accepted == 4 && outcome.counts.read == 4)
    }

    /// A block ends before, between and behind the two bytes of a line end, and at the end of the
    /// file.
    @Test(arguments: ["\n", "\r", "\r\n"])
    func lineEndsAtTheCutOfABlockAreNeitherLostNorCountedTwice(lineEnd: String) throws {
        let row = Self.start + lineEnd
        let bytes = Array((Self.header + row + row + row).utf8)
        for blockBytes in (row.utf8.count - 2)...(row.utf8.count + 2) {
            for threads in [1, 2] {
                let outcome = try IngestFixture.run(
                    IngestFile(bytes),
                    IngestFixture.Settings(threads: threads, blockBytes: blockBytes))
                #expect(outcome.counts.accepted == 3 && outcome.counts.read == 3)
            }
        }
    }

    /// Not by their words: they may hold the name of who made them.
    @Test func titleRowsBeforeTheHeaderAreToldInTheError() throws {
        let text = "Extract of Zhang San,,,,,\nmade 2021,,,,,\n" + Self.header + Self.good
        #expect(try Self.fault(Array(text.utf8)) == "INGEST-007 1")
        let errors = try IngestFixture.faults([IngestFile(text)])
        #expect(errors.first?.message.en.contains("found: 1 unknown") == true)
        #expect(errors.first?.message.en.contains("Zhang") == false)
        // What to do is said too: the header stands further down.
        #expect(errors.first?.remedy.en.contains("title rows") == true)
    }

    @Test func raggedRowsAreSetAsideOneByOne() throws {
        let outcome = try Self.read(
            "a\n" + Self.good + Self.start + "a,b\n,\n" + Self.good + "only,two\n,,,,,\n")
        #expect(
            outcome.rejects == [
                "1 row-shape ", "3 row-shape ", "4 row-shape ", "6 row-shape ",
                "7 id-missing citizen_id",
            ])
        #expect(outcome.counts.accepted == 2 && outcome.counts.read == 7)
    }

    @Test func aFileOfOneColumnLacksTheOthers() throws {
        #expect(try Self.fault(Array("citizen_id\nx\n".utf8)) == "INGEST-007 1")
    }

    @Test func rowsOfOneColumnAreOfTheWrongShape() throws {
        let outcome = try Self.read("x\n\n;\n" + Self.good.replacing(",", with: ";"))
        #expect(outcome.rejects == (1...3).map { "\($0) row-shape " })
    }

    // MARK: sizes

    @Test func tenThousandColumnsAreRead() throws {
        let more = String(repeating: ",x", count: 10_000)
        let header = Self.header.dropLast() + (0..<10_000).map { ",x\($0)" }.joined() + "\n"
        let row = Self.start + more + "\n"
        let outcome = try IngestFixture.run(IngestFile(header + row + Self.good + row))
        #expect(outcome.counts.accepted == 2)
        #expect(outcome.rejects == ["2 row-shape "])
    }

    @Test(arguments: [false, true])
    func aFieldOfAHundredMegabytesIsReadAndKeptAsFarAsARecordGoes(isQuoted: Bool) throws {
        let long = [UInt8](repeating: 0x61, count: 100_000_000)
        let quote: [UInt8] = isQuoted ? [0x22] : []
        let bytes =
            Array((Self.header + Self.good + Self.start).utf8) + quote + long + quote + [0x0A]
            + Array(Self.good.utf8)
        let outcome = try IngestFixture.run(IngestFile(bytes))
        #expect(outcome.counts.read == 3)
        #expect(outcome.counts.accepted == (isQuoted ? 2 : 3))
        #expect(outcome.rejects == (isQuoted ? ["2 row-shape "] : []))
    }

    @Test func aRecordBeyondTheLimitStopsTheRunAtItsPlace() throws {
        let long = [UInt8](repeating: 0x61, count: (1 << 27) + 2)
        let head = Array((Self.header + Self.good).utf8)
        let faults = try IngestFixture.faults([IngestFile(head + long)])
        #expect(faults.map(\.code) == ["INGEST-012"])
        #expect(faults.first?.place?.byteOffset == head.count)
        #expect(faults.first?.exitStatus == 65)
    }

    @Test func aHeaderThatNeverEndsIsNoHeader() throws {
        #expect(
            try Self.fault([UInt8](repeating: 0x61, count: (4 << 20) + 1)) == "INGEST-004 1")
    }
}
