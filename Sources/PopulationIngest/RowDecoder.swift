internal import PopulationModel

/// Turns the fields of one row into a packed record, or says why not.
///
/// The common row takes a straight path without a branch per rule; as soon as a needed field is
/// not plain, the row is read again with care, rule by rule in the order of SPEC 3.
///
/// Before you change this: the straight path takes the row as a parameter and looks at fields as
/// they stand, so that nothing of it lives in this object; what needs care reads `row`. A value
/// that the straight path takes must be what care would make of it.
final class RowDecoder {
    /// What became of a row.
    enum Outcome: Equatable {
        case stored
        case outOfScope
        /// A used field holds doubled quotes: libcsv must take them out.
        case needsLibCSV
        /// `column` is an index into `Column.all(of:)`; -1 = the whole row.
        case rejected(RejectReason, column: Int)
    }

    let source: Source
    let encoding: TextEncoding
    let map: UnsafePointer<Int32>
    let fieldCount: Int
    /// The first fields are the columns in their order.
    private let isOrdered: Bool
    let area: Area
    /// The codes of 12 digits that lie in the area.
    let areaCodes: Range<UInt64>
    let tables: CodeTables
    let names: HanNames
    /// Feeds the digest with at most two steps a row, and with the rest behind the last one.
    let pace = DigestPace()
    private(set) var counts = RowCounts()

    // The row at hand.
    var row: RowFields
    private(set) var hasDoubledQuote = false
    /// The row that was stored last is a cancelled one.
    var isRevokedRow = false
    var warnings: UInt8 = 0

    private let fullWidthLead: UInt8
    private let fullWidthTail: UInt8
    /// One normalised field per column, `scratchBytes` each.
    private let scratch: UnsafeMutablePointer<UInt8>
    static let scratchBytes = 512
    /// A longer number, code, date or time cannot be a valid one.
    static let codeBytesMax = 255

    init(source: Source, map: ColumnMap, encoding: TextEncoding, area: Area, tables: CodeTables) {
        self.source = source
        self.encoding = encoding
        self.area = area
        areaCodes = (area.prefix * area.divisor)..<((area.prefix + 1) * area.divisor)
        self.tables = tables
        names = HanNames(encoding: encoding)
        fieldCount = map.fieldCount
        isOrdered = map.fieldIndexes.enumerated().allSatisfy { $0.offset == Int($0.element) }
        let columnCount = map.fieldIndexes.count
        let indexes = UnsafeMutablePointer<Int32>.allocate(capacity: columnCount)
        indexes.initialize(from: map.fieldIndexes, count: columnCount)
        self.map = UnsafePointer(indexes)
        scratch = .allocate(capacity: columnCount * Self.scratchBytes)
        scratch.initialize(repeating: 0, count: columnCount * Self.scratchBytes)
        row = RowFields(
            bytes: scratch, ends: UnsafeRawPointer(scratch).assumingMemoryBound(to: UInt32.self),
            map: self.map, mayBeQuoted: false)
        switch encoding {
        case .utf8: (fullWidthLead, fullWidthTail) = (0xE3, 0x80)
        case .gb18030: (fullWidthLead, fullWidthTail) = (0xA1, 0xA1)
        }
    }

    deinit {
        map.deallocate()
        scratch.deallocate()
    }

    /// First 17 digits of the number, which stands first in both sources, where it is plain and its
    /// check is right; 0 = it is for care.
    @inline(__always)
    func plainNumber(_ row: RowFields) -> UInt64 {
        IdentityNumber.checkedFirst17(row[RegistrationColumn.citizenID]) ?? 0
    }

    /// Stores a row of a plain number where all else that is needed is plain as well; false = it is
    /// for care. At least 64 bytes behind the row can be read.
    @inline(__always)
    func storePlain(_ row: RowFields, of first17: UInt64, into partitions: PartitionBuffers) -> Bool
    {
        begin(row)
        let isStored =
            isOrdered && !row.mayBeQuoted
            ? storePlain(from: OrderedFields(row), of: first17, into: partitions)
            : storePlain(from: row, of: first17, into: partitions)
        return isStored && !hasDoubledQuote
    }

    @inline(__always)
    private func storePlain(
        from row: some FieldAccess, of first17: UInt64, into partitions: PartitionBuffers
    ) -> Bool {
        source == .registration
            ? storePlainRegistration(row, of: first17, into: partitions)
            : storePlainResidency(row, of: first17, into: partitions)
    }

    /// The rules of SPEC 3 one by one, in their order.
    func decodeWithCare(_ row: RowFields, into partitions: PartitionBuffers) -> Outcome {
        begin(row)
        let outcome =
            source == .registration
            ? decodeRegistrationWithCare(into: partitions)
            : decodeResidencyWithCare(into: partitions)
        return hasDoubledQuote ? .needsLibCSV : outcome
    }

    @inline(__always)
    private func begin(_ row: RowFields) {
        self.row = row
        hasDoubledQuote = false
        warnings = 0
    }

    /// Counts a row that was stored.
    @inline(__always)
    func countStored() {
        counts.read &+= 1
        if isRevokedRow {
            counts.revoked &+= 1
        } else {
            counts.accepted &+= 1
            if warnings != 0 { countWarnings() }
        }
    }

    /// Counts a row once it is known what became of it.
    func count(_ outcome: Outcome) {
        switch outcome {
        case .stored: countStored()
        case .outOfScope:
            counts.read += 1
            counts.outOfScope += 1
        case .rejected(let reason, _):
            counts.read += 1
            counts.rejected[Int(reason.rawValue)] += 1
        case .needsLibCSV: break
        }
    }

    func countLibCSV() { counts.readByLibCSV += 1 }

    private func countWarnings() {
        for reason in WarningReason.allCases where warnings & (1 << reason.rawValue) != 0 {
            counts.warnings[Int(reason.rawValue)] += 1
        }
    }

    @inline(__always)
    func warn(_ reason: WarningReason) { warnings |= 1 << reason.rawValue }

    /// The field of a column with care: blanks and quotes taken off; empty when the extract has
    /// none.
    func field(_ column: Int) -> FieldBytes {
        let field = row.raw(column)
        guard field.count > 0 else { return field }
        let first = field.start[0]
        let last = field.start[field.count &- 1]
        if first > 0x22, last > 0x22, first != fullWidthLead, last != fullWidthTail {
            return field
        }
        return strippedField(field)
    }

    private func strippedField(_ raw: FieldBytes) -> FieldBytes {
        var field = encoding.stripped(raw)
        guard row.mayBeQuoted, field.count >= 2, field.start[0] == 0x22 else { return field }
        field = FieldBytes(field.start + 1, field.count - 2)
        if field.contains(0x22) { hasDoubledQuote = true }
        return encoding.stripped(field)
    }

    /// A number, code, date or time without the marks of SPEC 2.4: leading `'`, `="…"`, full-width
    /// digits; identity numbers also without inner blanks and with a capital X.
    func normalised(_ column: Int, isIdentity: Bool = false) -> FieldBytes {
        let plain = unwrapped(field(column))
        guard isIdentity || plain.hasHighByte else { return plain }
        let out = scratch + column * Self.scratchBytes
        var count = 0
        var offset = 0
        while offset < plain.count, count < Self.codeBytesMax {
            let byte = plain.start[offset]
            if byte < 0x80 {
                offset += 1
                if isIdentity {
                    if byte == 0x20 || byte == 0x09 { continue }
                    out[count] = byte == 0x78 ? 0x58 : byte
                } else {
                    out[count] = byte
                }
                count += 1
                continue
            }
            let wide = fullWidth(plain.start + offset, plain.count - offset, isIdentity)
            if wide.width > 0 {
                offset += wide.width
                if wide.byte != 0 {
                    out[count] = wide.byte
                    count += 1
                }
            } else {
                // Some other character: copied whole, so that it stays the character it is.
                let width = max(1, characterLength(plain.start + offset, plain.count - offset))
                for i in 0..<width { out[count + i] = plain.start[offset + i] }
                count += width
                offset += width
            }
        }
        return FieldBytes(UnsafePointer(out), count)
    }

    private func characterLength(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int {
        switch encoding {
        case .utf8: UTF8Check.characterLength(p, count)
        case .gb18030: GB18030.characterLength(p, count) ?? 0
        }
    }

    /// Takes off `'` and `="…"` in whatever order they were put on.
    private func unwrapped(_ field: FieldBytes) -> FieldBytes {
        var field = field
        while field.count > 0 {
            if field.start[0] == 0x27 {
                field = FieldBytes(field.start + 1, field.count - 1)
            } else if field.count >= 3, field.start[0] == 0x3D, field.start[1] == 0x22,
                field.start[field.count - 1] == 0x22
            {
                field = FieldBytes(field.start + 2, field.count - 3)
            } else {
                return field
            }
            field = encoding.stripped(field)
        }
        return field
    }

    /// A full-width digit (in identity numbers also X and the full-width space) as ASCII; width 0
    /// for any other character, byte 0 for a blank.
    private func fullWidth(_ p: UnsafePointer<UInt8>, _ count: Int, _ isIdentity: Bool)
        -> (width: Int, byte: UInt8)
    {
        let blank = encoding.startsWithFullWidthSpace(p, count)
        if blank > 0 { return (blank, isIdentity ? 0 : 0x20) }
        switch encoding {
        case .utf8:
            guard count >= 3, p[0] == 0xEF else { return (0, 0) }
            if p[1] == 0xBC, p[2] >= 0x90, p[2] <= 0x99 { return (3, p[2] - 0x90 + 0x30) }
            if isIdentity, (p[1] == 0xBC && p[2] == 0xB8) || (p[1] == 0xBD && p[2] == 0x98) {
                return (3, 0x58)
            }
        case .gb18030:
            guard count >= 2, p[0] == 0xA3 else { return (0, 0) }
            if p[1] >= 0xB0, p[1] <= 0xB9 { return (2, p[1] - 0x80) }
            if isIdentity, p[1] == 0xD8 || p[1] == 0xF8 { return (2, 0x58) }
        }
        return (0, 0)
    }
}
