import Foundation
import PopulationIngest
import PopulationModel
import PopulationTestSupport
import Testing

/// Rows in, counts and reasons out, with numbers made up after domain.md 1.6.
@Suite struct IngestStageTests {
    private static let header =
        "citizen_id,division_code,event,event_date,updated_at,name,sex,birth_date,cause,"
        + "origin_code,revoked\n"
    private static let good = "449901198002290016,449901001001,initial,2001-01-01,2020-01-01,,,,,,"

    private static func registration(_ rows: [String]) throws -> IngestOutcome {
        try IngestFixture.run(IngestFile(header + rows.joined(separator: "\n")))
    }

    /// The row that is right, with one field replaced.
    private static func row(_ field: Int, _ value: String) -> String {
        var fields = good.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        fields[field] = value
        return fields.joined(separator: ",")
    }

    @Test(arguments: [
        (0, "", "id-missing citizen_id"), (0, "4.49901E+17", "id-damaged citizen_id"),
        (0, "449901198002290000", "id-damaged citizen_id"), (0, "44", "id-format citizen_id"),
        (0, "449901198002290017", "id-check citizen_id"),
        (0, "449901198202290010", "id-birth-date citizen_id"),
        (0, "449901198013010016", "id-birth-date citizen_id"),
        (1, "", "division-format division_code"),
        (1, "44990100100", "division-format division_code"),
        (1, "4499010010011", "division-format division_code"),
        (1, "44990100100a", "division-format division_code"), (2, "", "event-unknown event"),
        (2, "Birth", "event-unknown event"), (3, "", "event-date event_date"),
        (3, "2001-02-29", "event-date event_date"), (3, "1980-02-28", "event-date event_date"),
        (4, "", "updated-at updated_at"), (4, "2020-01-01 24:00", "updated-at updated_at"),
        (4, "1980-02-28", "id-birth-date citizen_id"), (5, "a,b", "row-shape "),
        (5, "\"a\"b", "row-shape "), (5, "\"", "row-shape "),
    ])
    func rejectsUnderTheFirstRuleThatIsBroken(field: Int, value: String, reject: String) throws {
        let outcome = try Self.registration([Self.good, Self.row(field, value), Self.good])
        #expect(outcome.rejects == ["2 \(reject)"])
        #expect(outcome.counts.accepted == 2 && outcome.counts.read == 3)
        #expect(outcome.counts.isBalanced)
    }

    @Test func theOrderOfRulesDecides() throws {
        let rows = [
            "449901198002290017,x,x,x,x,,,,,,", "449901198202290010,x,x,x,x,,,,,,",
            "449901198002290016,x,x,x,x,,,,,,", "449901198002290016,449901001001,x,x,x,,,,,,",
            "449901198002290016,449901001001,birth,x,x,,,,,,",
            "449901198002290016,449901001001,birth,2001-01-01,x,,,,,,",
        ]
        #expect(
            try Self.registration(rows).rejects.map { $0.split(separator: " ")[1] } == [
                "id-check", "id-birth-date", "division-format", "event-unknown", "event-date",
                "updated-at",
            ])
    }

    @Test(arguments: [
        (0, "'449901198002290016"), (0, "=\"449901198002290016\""), (0, "449901 19800229 0016"),
        (0, "４４９９０１１９８００２２９００１６"), (0, "449901800229001"), (0, "\"449901198002290016\""),
        (0, "\u{3000}449901198002290016\t"), (1, "449901001001000"), (1, "'449901001001"),
        (1, "４４９９０１００１００１"), (3, "20010101"), (3, "2001/1/1"), (3, "2001.1.1 12:30"),
        (3, "=\"2001-01-01\""), (4, "2020-01-01T00:00:00"), (4, "20200101000000"),
        (4, "２０２０-０１-０１"), (2, "\" initial \""), (5, "\u{3000} \t"),
    ])
    func otherSpellingsGiveTheSameRecord(field: Int, value: String) throws {
        let outcome = try Self.registration([Self.good, Self.row(field, value)])
        #expect(outcome.rejects == [])
        #expect(outcome.records.count == 2 && Set(outcome.records).count == 1)
    }

    @Test func anXMayBeSmallOrFullWidth() throws {
        let tail = ",449901001001,initial,2001-01-01,2020-01-01,,,,,,"
        let ids = ["X", "x", "Ｘ", "ｘ"].map { "11010519491231002\($0)\(tail)" }
        let outcome = try Self.registration(ids)
        #expect(outcome.counts.accepted == 4 && Set(outcome.records).count == 1)
    }

    @Test(arguments: [
        (6, "2", WarningReason.sexMismatch), (6, "女", .sexMismatch),
        (7, "1980-02-28", .birthMismatch), (7, "1980-02-30", .optionalDate),
        (8, "wedding", .causeUnknown), (9, "44990", .originFormat),
        (9, "4499010010011", .originFormat),
    ])
    func warnsAndKeepsTheRow(field: Int, value: String, warning: WarningReason) throws {
        let outcome = try Self.registration([Self.row(field, value)])
        var expected = [Int](repeating: 0, count: WarningReason.allCases.count)
        expected[Int(warning.rawValue)] = 1
        #expect(outcome.counts.warnings == expected)
        #expect(outcome.counts.accepted == 1)
    }

    @Test func aWarningCountsOncePerRowAndNotForRevokedOnes() throws {
        let two = "449901198002290016,449901001001,initial,2001-01-01,2020-01-01,,x,1,,44990,"
        let outcome = try Self.registration([two, two + "1", Self.row(6, "?")])
        #expect(outcome.counts.revoked == 1 && outcome.counts.accepted == 2)
        #expect(outcome.counts.warnings.reduce(0, +) == 2)
    }

    @Test func readableMatchingColumnsGiveNoWarning() throws {
        let rows = [
            (6, "男"), (6, "M"), (6, "1"), (7, "19800229"), (8, "kin_child"), (9, "440300"),
        ].map { Self.row($0, $1) }
        let outcome = try Self.registration(rows)
        #expect(outcome.counts.warnings.allSatisfy { $0 == 0 })
        #expect(outcome.counts.accepted == rows.count)
    }

    @Test func otherPeoplesNumbersAreOutOfScopeWhateverFollows() throws {
        let rows = ["810000198506150012", "ABC123456789012"].map { "\($0),x,x,x,x,,,,,," }
        let outcome = try Self.registration(rows)
        #expect(outcome.counts.outOfScope == 2 && outcome.counts.read == 2)
        #expect(outcome.records.isEmpty)
    }

    @Test func aCancelledRowIsKeptAndCountedApart() throws {
        let rows = ["1", "true", "TRUE", "True", "Y", "y", "是", "0", "no", ""]
            .map { Self.row(10, $0) }
        let outcome = try Self.registration(rows)
        #expect(outcome.counts.revoked == 4 && outcome.counts.accepted == 6)
        #expect(outcome.records.count == 10)
    }

    @Test func aPlansValuesAreKnownWords() throws {
        var file = IngestFile(Self.header + Self.row(2, "105") + "\n" + Self.row(2, "106"))
        file.values = ["event": ["105": "move_in"]]
        let outcome = try IngestFixture.run(file)
        #expect(outcome.counts.accepted == 1)
        #expect(outcome.rejects == ["2 event-unknown event"])
    }

    @Test func rejectedRowsHaveRowLineAndByteOffset() throws {
        let text =
            "\n" + Self.header + Self.good + "\r\n\r\n" + Self.row(5, "\"a\nb\"") + "\r"
            + Self.row(0, "=1+1")
        let outcome = try IngestFixture.run(IngestFile(text))
        let offset = text.utf8.count - Self.row(0, "=1+1").utf8.count
        #expect(
            outcome.rejected
                == "a.csv,3,7,\(offset),citizen_id,id-format,\"'\(Self.row(0, "=1+1"))\"\n")
    }

    @Test(arguments: ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"])
    func whatASpreadsheetReckonsIsDefused(start: String) throws {
        var file = IngestFile(Self.header + Self.row(0, start + "1"))
        file.name = start + ",a.csv"
        let rejected = try IngestFixture.run(file).rejected
        #expect(rejected.hasPrefix("\"'\(start),a.csv\",1,2,"))
        #expect(rejected.contains(",id-format,\"'\(start)1,"))
    }

    @Test(arguments: [
        ("449901001001", "449901001001", true), ("449901001001000", "449901001001", true),
        ("440300", "440300000000", true), ("44030", "", false), ("4499", "", false),
        ("449901", "", false), ("440300001001000", "", false), ("000000", "000000000000", true),
        ("810000", "810000000000", true), ("4403000010", "440300001000", true),
    ])
    func aResidenceIsATwelveDigitUnitInsideAndAnyPlaceOutside(
        code: String, stored: String, isAccepted: Bool
    ) throws {
        var file = IngestFile(
            "citizen_id,residence_code,arrival_date,departure_date,updated_at\n"
                + "449901198002290016,\(code),2019-01-01,,2020-01-01\n")
        file.source = .residency
        let outcome = try IngestFixture.run(file)
        #expect(outcome.rejects == (isAccepted ? [] : ["1 division-format residence_code"]))
        for record in outcome.records {
            record.withUnsafeBytes {
                #expect(PackedRecordView(start: $0.baseAddress!).code == UInt64(stored))
            }
        }
    }

    @Test func aStayEndsNotBeforeItBegan() throws {
        let start = "449901198002290016,449901001001,"
        var file = IngestFile(
            "citizen_id,residence_code,arrival_date,departure_date,updated_at\n"
                + "\(start)2019-01-02,2019-01-02,2020-01-01\n"
                + "\(start)2019-01-02,2019-01-01,2020-01-01\n"
                + "\(start)2019-01-02,soon,2020-01-01\n" + "\(start)1980-02-28,,2020-01-01\n"
                + "\(start),,2020-01-01\n")
        file.source = .residency
        #expect(
            try IngestFixture.run(file).rejects == [
                "2 departure-date departure_date", "3 departure-date departure_date",
                "4 arrival-date arrival_date", "5 arrival-date arrival_date",
            ])
    }

    /// More is reserved while it grows; what a file system keeps beside the bytes is far less.
    @Test func aPartitionFileKeepsNoDiskSpaceBeyondItsBytes() throws {
        let rows = String(repeating: Self.good + "\n", count: 60_000)
        try TemporaryFolder.with { folder in
            let request = try IngestFixture.request(IngestFile(Self.header + rows), 0, folder)
            _ = try IngestStage.run(
                [request],
                settings: IngestSettings(
                    area: Area(code: "4499")!, threads: 2, partitionCountLog2: 2,
                    gatheredChunkCount: 4))
            var status = stat()
            try #require(stat(request.partitionPath, &status) == 0)
            #expect(status.st_size > 1 << 20)
            #expect(Int(status.st_blocks) * 512 < Int(status.st_size) + 1 << 16)
        }
    }
}
