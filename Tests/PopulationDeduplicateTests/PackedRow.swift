import PopulationModel

/// A packed record made by hand, column by column.
struct PackedRow {
    var isResidency = false
    var isRevoked = false
    var sex: UInt64 = 0
    var title: UInt64 = 0
    /// Day number of event or arrival.
    var date: UInt64 = 60_000
    var updated: UInt64 = 5_000_000_000
    /// Event, cause and household type; or dwelling.
    var event: UInt64 = 0
    var cause: UInt64 = 0
    var householdType: UInt64 = 0
    var dwelling: UInt64 = 0
    var code: UInt64 = 449_901_001_001
    var birth: UInt64 = 0
    var secondCode: UInt64 = 0
    var secondLength: UInt64 = 0
    var originClass: UInt64 = 0
    var departure: UInt64 = 0
    var countFrom: UInt64 = 0
    var permits: UInt64 = 0
    var since: UInt64 = 0
    var recordID = ""
    var name = ""
    var third = ""
    var relation = ""
    var education = ""

    static let id: UInt64 = 44_990_119_800_229_001

    var bytes: [UInt8] {
        let last =
            isResidency
            ? [countFrom | permits << 17, since]
            : [secondCode | secondLength << 40 | originClass << 43]
        let isShort = last.allSatisfy { $0 == 0 }
        var words = [
            Self.id | (isResidency ? PackedRecord.residencyBit : 0)
                | (isRevoked ? PackedRecord.revokedBit : 0) | sex << 59 | title << 61
                | (isShort ? PackedRecord.shortBit : 0),
            date << 47 | updated << 14
                | (isResidency ? dwelling : event | cause << 4 | householdType << 8),
            code | birth << 40,
        ]
        if isResidency { words.append(secondCode | secondLength << 40 | departure << 43) }
        if !isShort { words += last }
        let texts =
            isResidency
            ? [recordID, name, third, education] : [recordID, name, third, relation, education]
        return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
            + texts.map { UInt8($0.utf8.count) } + texts.flatMap(\.utf8)
    }

    /// Views of the rows, valid inside `body`.
    static func withViews<Result>(
        _ rows: [PackedRow], _ body: ([PackedRecordView]) throws -> Result
    ) rethrows -> Result {
        let packed = rows.map(\.bytes)
        let offsets = packed.reduce(into: [0]) { $0.append($0.last! + $1.count) }
        // Lengths are read eight bytes at a time, beyond the last record too.
        let padded = packed.flatMap { $0 } + [UInt8](repeating: 0, count: 16)
        return try padded.withUnsafeBytes { raw in
            try body(offsets.dropLast().map { PackedRecordView(start: raw.baseAddress! + $0) })
        }
    }
}
