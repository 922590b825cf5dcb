import PopulationIngest
import PopulationModel
import PopulationTestSupport
import Testing

/// Extracts whose columns stand in the order of SPEC 2 are read on a way of their own, which must come
/// to what every other order comes to.
@Suite struct ColumnOrderTests {
    /// What may stand in a column: mostly what belongs there, else what belongs somewhere.
    private struct Fields {
        var random: SeededRandom

        private static let dates = [
            "2001-01-01", "20010228", "2001/2/29", "1980-02-29", "2020-12-31", "",
        ]
        private static let codes = [
            "449901001001", "449901001001000", "449902", "4403", "440304001002", "000000000000", "",
        ]
        private static let values: [String: [String]] = [
            "citizen_id": [
                "449901198002290016", "44990119880808019X", "44990119880808019x",
                "449901198002290017", "449901800229001", "810000198506150012", "",
            ],
            "record_id": ["R1", "J12345678", "1", "12345678901234567", "Ｒ１", ""],
            "name": ["甲乙", "张三丰", "欧阳甲乙", "赵𠀀", "Ann Lee", ""],
            "sex": ["1", "2", "男", "female", "9", ""],
            "household_no": ["100000000", "H-7", "12345678", "1234567890123456789", ""],
            "household_type": ["family", "collective", "家庭户", "x", ""],
            "relation": ["02", "10", ""],
            "event": ["birth", "move_in", "initial", "return", "x", ""],
            "cause": ["work", "study", "x", ""],
            "origin_class": ["111", "220", "12", ""],
            "education": ["10", "80", ""],
            "title": ["senior", "x", ""],
            "revoked": ["", "1", "0", "true"],
            "dwelling": ["own", "rent", "x", ""],
            "permit_no": ["P-1", "44990000001", ""],
            "updated_at": [
                "2020-01-01 12:00:00", "2020-01-01", "20200101120000", "2020-1-1T1:02", "",
            ],
        ]

        mutating func field(_ column: String) -> String {
            let own =
                column.hasSuffix("_code") ? Self.codes : Self.values[column] ?? Self.dates
            // The first value is a good one, and most rows shall be.
            var text = random.below(6) > 0 ? own[0] : random.pick(own)
            if random.below(60) == 0 {
                text = random.pick(Self.values.values.sorted { $0[0] < $1[0] })[0]
            }
            switch random.below(80) {
            case 0: return " \(text)"
            case 1: return "\(text)\u{3000}"
            case 2, 3: return "\"\(text)\""
            case 4: return "\"\(text),\""
            case 5: return "\"\(text)\"\"\""
            case 6: return "'\(text)"
            default: return text
            }
        }
    }

    private static func file(
        _ source: Source, _ columns: [String], _ rows: [[String: String]]
    ) -> IngestFile {
        let lines = rows.map { row in columns.map { row[$0, default: ""] }.joined(separator: ",") }
        var file = IngestFile(([columns.joined(separator: ",")] + lines).joined(separator: "\n"))
        file.source = source
        file.encoding = "utf-8"
        return file
    }

    @Test(arguments: Seeds.list(upTo: 6), Source.allCases)
    func anyOrderGivesTheSameRecords(seed: UInt64, source: Source) throws {
        var fields = Fields(random: SeededRandom(seed: seed))
        let columns = Column.all(of: source).map(\.name)
        let rows = (0..<400).map { _ in
            Dictionary(uniqueKeysWithValues: columns.map { ($0, fields.field($0)) })
        }
        let ordered = try IngestFixture.run(Self.file(source, columns, rows))
        #expect(ordered.counts.accepted > 50 && ordered.counts.read == 400)
        for others in [
            Array(columns.reversed()), Array(columns[1...] + columns[..<1]), ["more"] + columns,
        ] {
            let other = try IngestFixture.run(Self.file(source, others, rows))
            #expect((other.records == ordered.records) == true)
            #expect((other.rejects == ordered.rejects) == true)
            #expect((other.counts == ordered.counts) == true)
        }
        // One more column behind them does not change their places.
        let wider = try IngestFixture.run(Self.file(source, columns + ["more"], rows))
        #expect((wider.records == ordered.records) == true)
        let parsed = try IngestFixture.run(
            Self.file(source, columns, rows), IngestFixture.Settings(alwaysLibCSV: true))
        #expect((parsed.records == ordered.records) == true)
        #expect((parsed.rejects == ordered.rejects) == true)
    }
}
