import Foundation
import PopulationIngest
import PopulationModel
import PopulationTestSupport
import Testing

/// What an extract is as a file: its encoding, its packing, its faults as a whole.
@Suite struct ExtractFileTests {
    private static let header = Array(
        "citizen_id,division_code,event,event_date,updated_at,name\n".utf8)
    private static let start = Array(
        "449901198002290016,449901001001,birth,1980-02-29,2020-01-01,".utf8)

    private static func file(_ name: [UInt8], mark: [UInt8] = []) -> IngestFile {
        IngestFile(mark + header + start + name + [0x0A])
    }

    private static func names(_ outcome: IngestOutcome) -> [String] {
        outcome.records.map { record in
            record.withUnsafeBytes {
                String(decoding: PackedRecordView(start: $0.baseAddress!).name, as: UTF8.self)
            }
        }
    }

    @Test func theEncodingIsFoundFromTheBytes() throws {
        let utf8 = Array("甲乙".utf8)
        let gb: [UInt8] = [0xBC, 0xD7, 0xD2, 0xD2]
        let cases: [(IngestFile, String)] = [
            (Self.file(utf8), "utf-8"), (Self.file(gb), "gb18030"),
            (Self.file(Array("a".utf8)), "utf-8"),
            (Self.file(utf8, mark: [0xEF, 0xBB, 0xBF]), "utf-8"),
            (Self.file(gb, mark: [0x84, 0x31, 0x95, 0x33]), "gb18030"),
        ]
        let outcomes = try IngestFixture.run(cases.map(\.0))
        for (outcome, (_, encoding)) in zip(outcomes, cases) {
            #expect(outcome.extract.encoding == encoding)
            #expect(outcome.counts.accepted == 1)
            #expect(outcome.counts.warnings.allSatisfy { $0 == 0 })
        }
        #expect(outcomes.filter { Self.names($0) == ["甲乙"] }.count == 4)
    }

    @Test func thePlansEncodingIsTaken() throws {
        var wrong = Self.file([0xBC, 0xD7])
        wrong.encoding = "utf-8"
        let outcome = try IngestFixture.run(wrong)
        #expect(outcome.extract.encoding == "utf-8")
        #expect(outcome.counts.warnings[Int(WarningReason.optionalEncoding.rawValue)] == 1)
        #expect((Self.names(outcome) == [""]) == true)
    }

    /// 4 MiB decide, and a character that is cut there is no proof against UTF-8.
    @Test func aCharacterCutAtFourMebibytesIsIgnored() throws {
        let limit = 4 << 20
        for shift in 0..<3 {
            var bytes = Self.header
            let row = Self.start + [0x0A]
            while bytes.count + row.count < limit - 200 { bytes += row }
            bytes += Self.start
            bytes += [UInt8](repeating: 0x61, count: limit - bytes.count - shift)
            bytes += Array("甲\n".utf8) + Self.start + [0xBC, 0xD7, 0x0A]
            let outcome = try IngestFixture.run(IngestFile(bytes))
            #expect(outcome.extract.encoding == (shift == 3 ? "gb18030" : "utf-8"))
            #expect(outcome.counts.warnings[Int(WarningReason.optionalEncoding.rawValue)] == 1)
        }
    }

    /// The first bytes are looked at piece by piece; a character may lie across two of them.
    @Test(arguments: 0..<3)
    func anEncodingIsToldAcrossPieces(shift: Int) throws {
        let row = Self.start + Array(String(repeating: "甲", count: 80).utf8) + [0x0A]
        var bytes = Self.header + [UInt8](repeating: 0x0A, count: shift)
        while bytes.count < 1 << 20 { bytes += row }
        #expect(try IngestFixture.run(IngestFile(bytes)).extract.encoding == "utf-8")
        for place in [300_000, (1 << 20) - 400, bytes.count - 2] {
            var other = bytes
            other[place] = 0xFF
            #expect(try IngestFixture.run(IngestFile(other)).extract.encoding == "gb18030")
        }
    }

    /// Long, behind many empty lines, or with a line break in a name; in every encoding.
    @Test(arguments: ["auto", "utf-8", "gb18030"])
    func aHeaderMayEndBehindTheFirstPiece(encoding: String) throws {
        let names = Array(Self.header.dropLast())
        let long = [UInt8](repeating: 0x61, count: 400_000)
        let row = Self.start + Array("a,b\n".utf8)
        let quoted = [0x2C, 0x22, 0x0A, 0x62, 0x22, 0x2C] + long + [0x0A]
        let blank = [UInt8](repeating: 0x0A, count: 300_000)
        for head in [
            names + [0x2C] + long + [0x0A], [0x0A] + names + [0x2C] + long + [0x0A],
            blank + names + [0x2C, 0x62, 0x0A], names + quoted,
        ] {
            let fieldCount = head.count { $0 == 0x2C }
            var file = IngestFile(head + (fieldCount == 6 ? row : row.dropLast() + [0x2C, 0x0A]))
            file.encoding = encoding
            let outcome = try IngestFixture.run(file)
            #expect(outcome.counts.accepted == 1)
            #expect(outcome.extract.encoding == (encoding == "auto" ? "utf-8" : encoding))
        }
    }

    @Test func neededFieldsMustBeValidText() throws {
        let bytes =
            Self.header + Array("449901198002290016,449901001001,".utf8) + [0xBC]
            + Array(",1980-02-29,2020-01-01,\n".utf8)
        var file = IngestFile(bytes)
        file.encoding = "utf-8"
        #expect(try IngestFixture.run(file).rejects == ["1 encoding event"])
        file.encoding = "gb18030"
        #expect(try IngestFixture.run(file).rejects == ["1 encoding event"])
    }

    @Test(arguments: [("utf-8", [0x84, 0x31, 0x95, 0x33]), ("gb18030", [0xEF, 0xBB, 0xBF])])
    func aMarkOfAnotherEncodingThanThePlansIsRefused(choice: String, mark: [UInt8]) throws {
        var file = IngestFile(mark + Self.header + Self.start + [0x0A])
        file.encoding = choice
        #expect(try IngestFixture.faults([file]).map(\.code) == ["INGEST-015"])
        file.encoding = "auto"
        #expect(try IngestFixture.run(file).counts.read == 1)
    }

    @Test func faultsOfAllFilesAreNamedAtOnce() throws {
        var empty = IngestFile("")
        empty.name = "empty.csv"
        var blank = IngestFile("\n \n")
        blank.name = "blank.csv"
        var wide = IngestFile([0xFF, 0xFE, 0x61, 0x00])
        wide.name = "wide.csv"
        var packed = IngestFile([0x1F, 0x8B, 0x08, 0x00])
        packed.name = "packed.csv.gz"
        let faults = try IngestFixture.faults([empty, blank, wide, packed])
        #expect(faults.map(\.code) == ["INGEST-004", "INGEST-004", "INGEST-010", "INGEST-008"])
        #expect(
            faults.map { $0.place?.file } == [
                "empty.csv", "blank.csv", "wide.csv", "packed.csv.gz",
            ])
    }

    @Test func aHeaderAloneHasNoRows() throws {
        for bytes in [
            Self.header, Array(Self.header.dropLast()), Self.header + [0x0A, 0x20, 0x0A],
        ] {
            #expect(try IngestFixture.run(IngestFile(bytes)).counts == RowCounts())
        }
    }

    // MARK: gzip

    private static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        try TemporaryFolder.with { folder in
            let path = folder.appendingPathComponent("a")
            try Data(bytes).write(to: path)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["gzip", path.path]
            try process.run()
            process.waitUntilExit()
            return [UInt8](try Data(contentsOf: path.appendingPathExtension("gz")))
        }
    }

    private static func packed(_ bytes: [UInt8]) -> IngestFile {
        var file = IngestFile(bytes)
        file.name = "a.csv.gz"
        return file
    }

    @Test func aGzipFileGivesWhatItsBytesGive() throws {
        let rows = (0..<200).flatMap { Self.start + Array("n\($0)\n".utf8) }
        let bytes = Self.header + rows + Array("x\n".utf8)
        let plain = try IngestFixture.run(IngestFile(bytes))
        let whole = try IngestFixture.run(Self.packed(Self.gzip(bytes)))
        #expect((whole.records == plain.records) == true)
        #expect(whole.extract.byteCount == bytes.count)
        #expect(whole.rejects == plain.rejects)
        #expect(whole.counts == plain.counts)
        // Members one behind the other are one file, cut wherever.
        let cut = bytes.count / 3
        let members = try Self.gzip(Array(bytes[..<cut])) + Self.gzip(Array(bytes[cut...]))
        #expect((try IngestFixture.run(Self.packed(members)).records == plain.records) == true)
        // Zeros that fill up a block of a tape, and a plain extract of that name.
        for other in [try Self.gzip(bytes) + [UInt8](repeating: 0, count: 512), bytes] {
            #expect((try IngestFixture.run(Self.packed(other)).records == plain.records) == true)
        }
    }

    @Test func aGzipFileCutShortOrDamagedIsRefused() throws {
        let rows = (0..<200).flatMap { Self.start + Array("n\($0)\n".utf8) }
        let bytes = try Self.gzip(Self.header + rows)
        for count in [5, bytes.count / 2, bytes.count - 8, bytes.count - 1] {
            let faults = try IngestFixture.faults([Self.packed(Array(bytes[..<count]))])
            #expect(faults.map(\.code) == ["INGEST-008"], "\(count) of \(bytes.count) bytes")
        }
        var damaged = bytes
        damaged[bytes.count - 6] ^= 1
        for wrong in [damaged, bytes + Array("rest".utf8), bytes + bytes.prefix(30)] {
            #expect(try IngestFixture.faults([Self.packed(wrong)]).map(\.code) == ["INGEST-008"])
        }
    }

    /// Zeros shrink to a thousandth.
    @Test func aGzipFileThatOnlyFillsTheDiskIsRefused() throws {
        let bytes = try Self.gzip([UInt8](repeating: 0, count: 96 << 20))
        #expect(try IngestFixture.faults([Self.packed(bytes)]).map(\.code) == ["INGEST-014"])
    }

    // MARK: faults of the file

    @Test func aFileThatIsNotThereIsNamed() throws {
        try TemporaryFolder.with { folder in
            var request = try IngestFixture.request(Self.file([]), 0, folder)
            request.path = folder.appendingPathComponent("absent.csv").path
            let error = #expect(throws: PopstatErrors.self) { try IngestStage.check([request]) }
            #expect(error?.errors.map(\.code) == ["INGEST-001"])
            #expect(error?.exitStatus == 66)
        }
    }

    /// A second extract holds the run up between opening and reading: its file of rejected rows is
    /// a pipe, which opens for writing only when somebody reads it.
    @Test func aFileThatGrowsWhileItIsReadIsRefused() throws {
        try TemporaryFolder.with { folder in
            let file = Self.file(Array("a".utf8))
            let growing = try IngestFixture.request(file, 0, folder)
            let holding = try IngestFixture.request(file, 1, folder)
            #expect(mkfifo(holding.rejectedPath, 0o600) == 0)
            let isDone = Monitor(false)
            let writer = Thread {
                while access(growing.partitionPath, F_OK) != 0 { usleep(200) }
                if let handle = FileHandle(forWritingAtPath: growing.path) {
                    handle.seekToEndOfFile()
                    handle.write(Data(Self.start + [0x0A]))
                    handle.closeFile()
                }
                close(open(holding.rejectedPath, O_RDONLY))
                isDone.update { $0 = true }
            }
            writer.start()
            let error = #expect(throws: PopstatErrors.self) {
                _ = try IngestStage.run(
                    [growing, holding],
                    settings: IngestSettings(
                        area: Area(code: "4499")!, threads: 1, partitionCountLog2: 2))
            }
            isDone.wait { $0 ? () : nil }
            #expect(error?.errors.map(\.code) == ["INGEST-003"])
        }
    }
}
