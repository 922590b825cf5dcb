/// How the straight path finds the field of a column.
protocol FieldAccess {
    /// Without quotes that enclose it; empty when the extract has none.
    subscript(column: Int) -> FieldBytes { get }
    /// Whether no column from one to another holds anything; false where that is not known at once.
    func areEmpty(_ first: Int, _ last: Int) -> Bool
}

/// The fields of one row, where the scanner or libcsv found them; a few pointers, so that the row
/// loop holds them in registers.
struct RowFields: FieldAccess {
    let bytes: UnsafePointer<UInt8>
    /// Where each field ends; the entry before the first is the position before the row.
    let ends: UnsafePointer<UInt32>
    /// Field index of each column; -1 where the extract has none.
    let map: UnsafePointer<Int32>
    /// Fields may still bear their quotes.
    let mayBeQuoted: Bool

    /// The field of a column as it stands; empty when the extract has none.
    @inline(__always)
    func raw(_ column: Int) -> FieldBytes {
        let index = Int(map[column])
        guard index >= 0 else { return FieldBytes(bytes, 0) }
        let start = Int(ends[index &- 1] &+ 1)
        return FieldBytes(bytes + start, Int(ends[index]) &- start)
    }

    /// The same without quotes that enclose it. Blanks stay, and so does a field that holds doubled
    /// quotes: nothing plain begins with either, so the straight path leaves both to the careful one.
    @inline(__always)
    subscript(column: Int) -> FieldBytes {
        let field = raw(column)
        return mayBeQuoted && field.count >= 2 && field.start[0] == 0x22 ? unquoted(field) : field
    }

    @inline(__always)
    func areEmpty(_ first: Int, _ last: Int) -> Bool { false }

    private func unquoted(_ field: FieldBytes) -> FieldBytes {
        let inner = FieldBytes(field.start + 1, field.count &- 2)
        return field.start[field.count &- 1] == 0x22 && !inner.contains(0x22) ? inner : field
    }
}

/// The same where the first fields are the columns in the order of SPEC 2 and none is in quotes: a
/// column's place is known when the program is built, which saves an eighth of a row's instructions.
struct OrderedFields: FieldAccess {
    private let bytes: UnsafePointer<UInt8>
    private let ends: UnsafePointer<UInt32>

    @inline(__always)
    init(_ row: RowFields) { (bytes, ends) = (row.bytes, row.ends) }

    @inline(__always)
    subscript(column: Int) -> FieldBytes {
        let start = Int(ends[column &- 1] &+ 1)
        return FieldBytes(bytes + start, Int(ends[column]) &- start)
    }

    /// Nothing but separators lies between their ends.
    @inline(__always)
    func areEmpty(_ first: Int, _ last: Int) -> Bool {
        Int(ends[last] &- ends[first &- 1]) == last &- first &+ 1
    }
}
