import Glibc
package import PopulationModel

/// The total orders of SPEC 4 over rows of one citizen and source. They compare only what the
/// packed record keeps, so the order of files and rows never matters.
package enum RecordOrder {
    /// A word's rank by bytes; 0 = empty, the lowest.
    private static func ranks(_ words: [String]) -> [UInt8] {
        let sorted = words.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        return [0] + words.map { UInt8(sorted.firstIndex(of: $0)! + 1) }
    }

    private static let householdTypeRank = ranks(HouseholdType.allCases.map(\.word))
    private static let causeRank = ranks(SettlementCause.allCases.map(\.word))
    private static let dwellingRank = ranks(Dwelling.allCases.map(\.word))

    /// Registration: (event_date, updated_at, division_code, event), then every other column in
    /// the order of SPEC 2.1. Negative when `a` is lower, 0 when all columns are equal.
    package static func registration(_ a: PackedRecordView, _ b: PackedRecordView) -> Int {
        compare(a.dateThenUpdated, b.dateThenUpdated)
            .then(compare(a.code, b.code))
            .then(compare(a.event, b.event))
            .then(otherRegistrationColumns(a, b))
    }

    private static func otherRegistrationColumns(_ a: PackedRecordView, _ b: PackedRecordView)
        -> Int
    {
        text(a, b, 0)
            .then(text(a, b, 1))
            .then(compare(sexRank(a), sexRank(b)))
            .then(compare(a.birthColumn, b.birthColumn))
            .then(text(a, b, 2))
            .then(rank(householdTypeRank, a.householdType, b.householdType))
            .then(text(a, b, 3))
            .then(rank(causeRank, a.cause, b.cause))
            .then(compare(a.originCode, b.originCode))
            .then(compare(a.secondCodeLength, b.secondCodeLength))
            .then(compare(a.originClass, b.originClass))
            .then(text(a, b, 4))
            .then(compare(a.title, b.title))
            .then(compare(a.isRevoked ? 1 : 0, b.isRevoked ? 1 : 0))
    }

    /// Stays: (arrival_date, updated_at, residence_code), then departure_date, then every other
    /// column in the order of SPEC 2.2. Among rows of one arrival and residence that is
    /// (updated_at, departure_date, other columns); among stays the order of the one in force.
    package static func stay(_ a: PackedRecordView, _ b: PackedRecordView) -> Int {
        compare(a.dateThenUpdated, b.dateThenUpdated)
            .then(compare(a.code, b.code))
            .then(compare(a.departure, b.departure))
            .then(text(a, b, 0))
            .then(text(a, b, 1))
            .then(compare(sexRank(a), sexRank(b)))
            .then(compare(a.birthColumn, b.birthColumn))
            .then(compare(a.isRevoked ? 1 : 0, b.isRevoked ? 1 : 0))
            .then(compare(a.registeredCode, b.registeredCode))
            .then(compare(a.secondCodeLength, b.secondCodeLength))
            .then(compare(a.countFrom, b.countFrom))
            .then(text(a, b, 2))
            .then(compare(a.permitIssued, b.permitIssued))
            .then(compare(a.permitValidTo, b.permitValidTo))
            .then(compare(a.employedSince, b.employedSince))
            .then(compare(a.insuredSince, b.insuredSince))
            .then(rank(dwellingRank, a.dwelling, b.dwelling))
            .then(text(a, b, 3))
            .then(compare(a.title, b.title))
    }

    /// By word: female before male; empty is the lowest.
    private static func sexRank(_ row: PackedRecordView) -> UInt64 { (3 - row.sexColumn) % 3 }

    private static func rank(_ ranks: [UInt8], _ a: UInt8, _ b: UInt8) -> Int {
        compare(ranks[Int(a)], ranks[Int(b)])
    }

    private static func compare<Value: Comparable>(_ a: Value, _ b: Value) -> Int {
        a < b ? -1 : a == b ? 0 : 1
    }

    private static func text(_ a: PackedRecordView, _ b: PackedRecordView, _ index: Int) -> Int {
        bytes(a.text(index), b.text(index))
    }

    /// Lexicographic by bytes; a beginning is lower than the whole.
    package static func bytes(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
        let common = min(a.count, b.count)
        if common > 0 {
            let result = memcmp(a.baseAddress!, b.baseAddress!, common)
            if result != 0 { return Int(result) }
        }
        return a.count - b.count
    }

    /// Whether both hold the same bytes: by words, the last of which may overlap the one before. Texts
    /// are short, and a call of the library takes longer than that.
    @inline(__always)
    package static func areSameBytes(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer)
        -> Bool
    {
        let count = a.count
        guard count == b.count else { return false }
        if count == 0 { return true }
        let (a, b) = (a.baseAddress!, b.baseAddress!)
        if count >= 8 {
            var offset = 0
            while offset &+ 8 < count {
                if differ(a, b, at: offset, as: UInt64.self) { return false }
                offset &+= 8
            }
            return !differ(a, b, at: count &- 8, as: UInt64.self)
        }
        if count >= 4 {
            return !differ(a, b, at: 0, as: UInt32.self)
                && !differ(a, b, at: count &- 4, as: UInt32.self)
        }
        return !differ(a, b, at: 0, as: UInt8.self)
            && !differ(a, b, at: count / 2, as: UInt8.self)
            && !differ(a, b, at: count &- 1, as: UInt8.self)
    }

    @inline(__always)
    private static func differ<Word: FixedWidthInteger & BitwiseCopyable>(
        _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, at offset: Int, as: Word.Type
    ) -> Bool {
        a.loadUnaligned(fromByteOffset: offset, as: Word.self)
            != b.loadUnaligned(fromByteOffset: offset, as: Word.self)
    }

    /// Equal in every used column, which is equal in every byte.
    package static func areEqual(_ a: PackedRecordView, _ b: PackedRecordView) -> Bool {
        areSameBytes(a.bytes, b.bytes)
    }
}

extension PackedRecordView {
    /// The whole record.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: byteCount) }
}

extension Int {
    /// This comparison, or the next one when it is equal.
    fileprivate func then(_ next: @autoclosure () -> Int) -> Int { self != 0 ? self : next() }
}
