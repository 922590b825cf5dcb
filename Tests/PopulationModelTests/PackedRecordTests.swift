import PopulationModel
import Testing

@Suite struct PackedRecordTests {
    private static func bytes(_ words: [UInt64], _ texts: [String]) -> [UInt8] {
        words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
            + texts.map { UInt8($0.utf8.count) } + texts.flatMap(\.utf8)
    }

    private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    @Test func aRegistrationRecordSaysWhatWasPacked() {
        let id: UInt64 = 44_990_119_800_229_001
        let day: UInt64 = 62_456
        let updated: UInt64 = 5_396_198_400
        let words: [UInt64] = [
            id | PackedRecord.revokedBit | 2 << 59 | 1 << 61,
            day << 47 | updated << 14 | 9 | 14 << 4 | 3 << 8,
            449_901_001_001 | 47_500 << 40,
            440_300_000_000 | PackedRecord.lengthCode(digitCount: 6) << 40 | 221 << 43,
        ]
        let texts = ["R-1", "甲某", "H7", "01", "21"]
        Self.bytes(words, texts).withUnsafeBytes { raw in
            let view = PackedRecordView(start: raw.baseAddress!)
            #expect(view.id == id && !view.isResidency && view.isRevoked)
            #expect(view.sexColumn == 2 && view.title == 1)
            #expect(view.date == Int32(day) && view.updatedAt == Int64(updated))
            #expect(view.dateThenUpdated == day << 33 | updated)
            #expect(view.event == 9 && view.cause == 14 && view.householdType == 3)
            #expect(view.code == 449_901_001_001 && view.birthColumn == 47_500)
            #expect(view.originCode == 440_300_000_000 && view.secondCodeLength == 1)
            #expect(view.originClass == 221)
            #expect((0..<5).map { Self.text(view.text($0)) } == texts)
            #expect(Self.text(view.recordID) == "R-1" && Self.text(view.thirdText) == "H7")
            #expect(!view.isShort)
            #expect(view.byteCount == raw.count)
        }
    }

    /// 7 bits hold the length of nearly all records; that of others is counted up.
    @Test(arguments: [33, 97, 98, 99, 239])
    func aRecordTellsItsLength(nameBytes: Int) {
        let words = [
            PackedRecord.shortBit | 1, 0, PackedRecord.codeMask | PackedRecord.dateMask << 40,
        ]
        var bytes = Self.bytes(words, ["", String(repeating: "a", count: nameBytes), "", "", "7"])
        bytes[29 + nameBytes - 1] = 0x62
        bytes.withUnsafeMutableBytes { raw in
            let view = PackedRecordView(start: raw.baseAddress!)
            #expect(view.word(2) >> 57 == 0 && view.byteCount == raw.count)
            PackedRecord.storeByteCount(raw.count, in: raw.baseAddress!)
            #expect(view.word(2) >> 57 == (raw.count < 128 ? raw.count : 0))
            #expect(view.byteCount == raw.count)
            #expect(view.code == PackedRecord.codeMask && view.birthColumn == PackedRecord.dateMask)
            #expect(view.name.last == 0x62)
        }
    }

    @Test func aResidencyRecordSaysWhatWasPacked() {
        let id: UInt64 = 44_990_119_800_229_002
        let words: [UInt64] = [
            id | PackedRecord.residencyBit | 3 << 61,
            91_310 << 47 | ((1 << 33) - 1) << 14 | 5,
            PackedRecord.codeMask | PackedRecord.dateMask << 40,
            449_901_001_001 | PackedRecord.lengthCode(digitCount: 12) << 40 | 62_000 << 43,
            61_000 | 61_500 << 17 | 91_310 << 34, 60_001 | 60_002 << 17,
        ]
        Self.bytes(words, ["", "乙", "P", ""]).withUnsafeBytes { raw in
            let view = PackedRecordView(start: raw.baseAddress!)
            #expect(view.id == id && view.isResidency && !view.isRevoked && view.title == 3)
            #expect(view.date == 91_310 && view.updatedAt == (1 << 33) - 1)
            #expect(view.dwelling == 5 && view.code == (1 << 40) - 1)
            #expect(view.birthColumn == (1 << 17) - 1)
            #expect(view.registeredCode == 449_901_001_001 && view.secondCodeLength == 7)
            #expect(view.departure == 62_000 && view.countFrom == 61_000)
            #expect(view.permitIssued == 61_500 && view.permitValidTo == 91_310)
            #expect(view.employedSince == 60_001 && view.insuredSince == 60_002)
            #expect(Self.text(view.name) == "乙" && view.recordID.isEmpty && !view.isShort)
            #expect(view.byteCount == raw.count)
        }
    }

    @Test func aShortRegistrationRecordHasNoOrigin() {
        let words: [UInt64] = [
            44_990_119_800_229_001 | PackedRecord.shortBit | 3 << 61, 62_456 << 47,
            449_901_001_001 | PackedRecord.dateMask << 40,
        ]
        let texts = ["407", "甲", "", "", "21"]
        // What follows a record is read with it.
        let bytes = Self.bytes(words, texts) + [0xFF, 0xFF, 0xFF]
        bytes.withUnsafeBytes { raw in
            let view = PackedRecordView(start: raw.baseAddress!)
            #expect(view.isShort && view.wordCount == 3 && view.title == 3)
            #expect(view.originCode == 0 && view.originClass == 0)
            #expect(view.secondCodeLength == 0)
            #expect(view.birthColumn == (1 << 17) - 1 && view.code == 449_901_001_001)
            #expect((0..<5).map { Self.text(view.text($0)) } == texts)
            #expect(view.byteCount == raw.count - 3)
            #expect(Qualification(registration: view) == Qualification(degree: 2, title: 3))
        }
    }

    @Test func aShortResidencyRecordHasNoPermitAndNoWork() {
        let words: [UInt64] = [
            44_990_119_800_229_002 | PackedRecord.residencyBit | PackedRecord.shortBit,
            62_456 << 47, 449_901_001_001,
            440_300_000_000 | PackedRecord.lengthCode(digitCount: 6) << 40 | 62_500 << 43,
        ]
        Self.bytes(words, ["J1", "乙", "P2", "11"]).withUnsafeBytes { raw in
            let view = PackedRecordView(start: raw.baseAddress!)
            #expect(view.isShort && view.wordCount == 4)
            #expect(view.registeredCode == 440_300_000_000 && view.secondCodeLength == 1)
            #expect(view.departure == 62_500 && view.countFrom == 0)
            #expect(view.permitIssued == 0 && view.permitValidTo == 0)
            #expect(view.employedSince == 0 && view.insuredSince == 0)
            #expect(Self.text(view.thirdText) == "P2")
            #expect(view.byteCount == raw.count)
            #expect(Qualification(residency: view) == Qualification(degree: 1))
        }
    }

    @Test func aRecordWithTheLongestTextsIsWithinTheBound() {
        let texts = [String](repeating: String(repeating: "a", count: 255), count: 4)
        let record = Self.bytes([PackedRecord.residencyBit, 0, 0, 0, 0, 0], texts)
        #expect(record.count <= PackedRecord.bytesMax)
        record.withUnsafeBytes {
            #expect(PackedRecordView(start: $0.baseAddress!).byteCount == record.count)
        }
    }

    @Test func aPartitionOfFewerIsTheBeginningOfOneOfMore() {
        for number in UInt64(0)..<1_000 {
            let id = 44_990_119_800_229_001 + number * 7
            let fine = PackedRecord.partition(of: id, countLog2: 8)
            #expect(PackedRecord.partition(of: id, countLog2: 3) == fine >> 5)
            #expect((0..<256).contains(fine))
        }
    }
}
