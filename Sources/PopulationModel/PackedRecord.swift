/// The layout of a packed record: what ingest writes and deduplicate reads.
///
/// Before you change this: a record is compared byte by byte to find exact duplicates, so every
/// used column must be in it, normalised, and nothing else. Bump `PartitionFormat.version` with
/// any change; files of another version are ingested again.
///
/// A record is up to 4 words (registration) or 6 words (residency) of 64 bits, then one length byte
/// per text, then the texts in UTF-8. Texts are kept rather than hashed because SPEC 4 orders tied
/// rows by normalised text. A registration row of a real register takes about 60 bytes.
///
/// Word 0: identity number (57 bits), source, revoked, sex column (2), title (2), short.
/// Word 1: event or arrival date (17 bits from bit 47), updated_at (33 bits from bit 14), so that
///   two records compare by both in one subtraction; below bit 14 the small codes.
/// Word 2: division or residence code (40), birth date column (17), bytes of the record (7; 0 where they
///   are more than that holds): so the next record is found without counting up this one's texts.
/// Word 3: origin or registered code (40), its length (3); then origin class (10) or departure (17).
/// Word 4, 5 (residency): count_from, permit_issued, permit_valid_to; employed, insured since.
///
/// A short record lacks word 3 (registration) or words 4 and 5 (residency): they would be zero, as
/// they are in most rows.
public enum PackedRecord {
    @inlinable public static var registrationWords: Int { 4 }
    @inlinable public static var registrationWordsShort: Int { 3 }
    @inlinable public static var residencyWords: Int { 6 }
    @inlinable public static var residencyWordsShort: Int { 4 }
    /// record_id, name, household_no, relation, education.
    @inlinable public static var registrationTexts: Int { 5 }
    /// record_id, name, permit_no, education.
    @inlinable public static var residencyTexts: Int { 4 }

    /// A longer text is cut to 239 bytes and 16 hexadecimal digits of its hash, so that a length
    /// fits into a byte; ties between texts with equal first 239 bytes go by the hash.
    @inlinable public static var textBytesMax: Int { 255 }
    @inlinable public static var textBytesKept: Int { 239 }

    /// No record is longer.
    @inlinable public static var bytesMax: Int {
        residencyWords * 8 + registrationTexts + registrationTexts * textBytesMax
    }

    @inlinable public static var idMask: UInt64 { (1 << 57) - 1 }
    @inlinable public static var residencyBit: UInt64 { 1 << 57 }
    @inlinable public static var revokedBit: UInt64 { 1 << 58 }
    @inlinable public static var shortBit: UInt64 { 1 << 63 }
    @inlinable public static var codeMask: UInt64 { (1 << 40) - 1 }
    @inlinable public static var dateMask: UInt64 { (1 << 17) - 1 }
    @inlinable public static var updatedMask: UInt64 { (1 << 33) - 1 }

    /// Writes the length of a record into it, as far as there is room for it.
    @inlinable public static func storeByteCount(_ count: Int, in record: UnsafeMutableRawPointer) {
        let length = UInt8(truncatingIfNeeded: count <= byteCountMax ? count &<< 1 : 0)
        let place = record + 23
        place.storeBytes(of: place.load(as: UInt8.self) & 1 | length, as: UInt8.self)
    }
    @inlinable static var byteCountMax: Int { 127 }

    /// Length of a code of 6 to 12 digits as 1 to 7; 0 is "no code".
    @inlinable public static func lengthCode(digitCount: Int) -> UInt64 {
        UInt64(digitCount - 5)
    }

    /// The partition of a citizen: the top bits of a multiplicative hash of the number.
    @inlinable public static func partition(of first17: UInt64, countLog2: Int) -> Int {
        // In two steps, as a shift by 64, of one partition, would be one by none.
        Int(((first17 &* 0x9E37_79B9_7F4A_7C15) &>> 1) &>> UInt64(63 &- countLog2))
    }
}

/// A view of one packed record in memory that somebody else owns.
@frozen
public struct PackedRecordView {
    public let start: UnsafeRawPointer

    @inlinable public init(start: UnsafeRawPointer) { self.start = start }

    @inlinable public func word(_ index: Int) -> UInt64 {
        start.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
    }

    @inlinable public var id: UInt64 { word(0) & PackedRecord.idMask }
    @inlinable public var isResidency: Bool { word(0) & PackedRecord.residencyBit != 0 }
    @inlinable public var isRevoked: Bool { word(0) & PackedRecord.revokedBit != 0 }
    /// Sex column: 0 empty, 1 male, 2 female.
    @inlinable public var sexColumn: UInt64 { (word(0) >> 59) & 3 }
    /// 0 empty, else `ProfessionalTitle`.
    @inlinable public var title: UInt64 { (word(0) >> 61) & 3 }

    /// Seconds of a `Timestamp`.
    @inlinable public var updatedAt: Int64 {
        Int64((word(1) >> 14) & PackedRecord.updatedMask)
    }
    /// Day number of event_date or arrival_date.
    @inlinable public var date: Int32 { Int32(truncatingIfNeeded: word(1) >> 47) }
    /// Date and updated_at in one number, ordered as SPEC 4 compares them.
    @inlinable public var dateThenUpdated: UInt64 { word(1) >> 14 }
    /// Division or residence code, 12 digits.
    @inlinable public var code: UInt64 { word(2) & PackedRecord.codeMask }
    /// Day number of the birth_date column; 0 empty.
    @inlinable public var birthColumn: UInt64 { (word(2) >> 40) & PackedRecord.dateMask }

    // Registration. Raw values of the code lists, 0 = empty; a code is padded with zeros to 12 digits.
    @inlinable public var event: UInt8 { UInt8(truncatingIfNeeded: word(1) & 15) }
    @inlinable public var cause: UInt8 { UInt8(truncatingIfNeeded: (word(1) >> 4) & 15) }
    @inlinable public var householdType: UInt8 { UInt8(truncatingIfNeeded: (word(1) >> 8) & 3) }
    @inlinable public var originCode: UInt64 { thirdWord & PackedRecord.codeMask }
    @inlinable public var originClass: UInt64 { (thirdWord >> 43) & 1023 }

    // Residency, in the same forms.
    @inlinable public var dwelling: UInt8 { UInt8(truncatingIfNeeded: word(1) & 7) }
    @inlinable public var registeredCode: UInt64 { word(3) & PackedRecord.codeMask }
    /// Of origin_code or registered_code: 0 empty, else digits - 5.
    @inlinable public var secondCodeLength: UInt64 { (thirdWord >> 40) & 7 }
    /// Day number; 0 = still there.
    @inlinable public var departure: Int32 {
        Int32(truncatingIfNeeded: (word(3) >> 43) & PackedRecord.dateMask)
    }
    /// Day number; 0 = empty.
    @inlinable public var countFrom: Int32 {
        Int32(truncatingIfNeeded: stayWord(4) & PackedRecord.dateMask)
    }
    /// Day number, as the next three; 0 = empty.
    @inlinable public var permitIssued: UInt64 { (stayWord(4) >> 17) & PackedRecord.dateMask }
    @inlinable public var permitValidTo: UInt64 { (stayWord(4) >> 34) & PackedRecord.dateMask }
    @inlinable public var employedSince: UInt64 { stayWord(5) & PackedRecord.dateMask }
    @inlinable public var insuredSince: UInt64 { (stayWord(5) >> 17) & PackedRecord.dateMask }

    /// The words that most rows would keep as zero are not there.
    @inlinable public var isShort: Bool { word(0) & PackedRecord.shortBit != 0 }

    @inlinable public var wordCount: Int {
        isResidency
            ? isShort ? PackedRecord.residencyWordsShort : PackedRecord.residencyWords
            : isShort ? PackedRecord.registrationWordsShort : PackedRecord.registrationWords
    }

    /// Word 3 of either source; 0 where it is left out.
    @inlinable var thirdWord: UInt64 { isResidency || !isShort ? word(3) : 0 }

    /// Word 4 or 5 of a residency row; 0 where it is left out.
    @inlinable func stayWord(_ index: Int) -> UInt64 { isShort ? 0 : word(index) }

    @inlinable public var textCount: Int {
        isResidency ? PackedRecord.residencyTexts : PackedRecord.registrationTexts
    }

    /// Length of the whole record. Where it is not written in it, reads 8 bytes at the lengths: at least 3 must follow the record.
    @inlinable public var byteCount: Int {
        let written = Int(truncatingIfNeeded: word(2) >> 57)
        return written != 0 ? written : countedBytes
    }

    @inlinable var countedBytes: Int {
        let words = wordCount
        let texts = textCount
        let all = start.loadUnaligned(fromByteOffset: words &* 8, as: UInt64.self)
        let lengths = all & ((1 << UInt64(texts &* 8)) &- 1)
        // Bytes in pairs, then four 16-bit lanes added up by one multiplication.
        let pairs = (lengths & 0x00FF_00FF_00FF_00FF) &+ ((lengths >> 8) & 0x00FF_00FF_00FF_00FF)
        return words &* 8 &+ texts &+ Int((pairs &* 0x0001_0001_0001_0001) >> 48)
    }

    /// A text by its place among the texts of its source.
    @inlinable public func text(_ index: Int) -> UnsafeRawBufferPointer {
        let lengths = wordCount &* 8
        var offset = lengths &+ textCount
        for i in 0..<index {
            offset &+= Int(start.load(fromByteOffset: lengths &+ i, as: UInt8.self))
        }
        let count = Int(start.load(fromByteOffset: lengths &+ index, as: UInt8.self))
        return UnsafeRawBufferPointer(start: start + offset, count: count)
    }

    @inlinable public var recordID: UnsafeRawBufferPointer { text(0) }
    @inlinable public var name: UnsafeRawBufferPointer { text(1) }
    /// household_no of a registration row, permit_no of a residency row.
    @inlinable public var thirdText: UnsafeRawBufferPointer { text(2) }
}
