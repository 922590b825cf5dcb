/// The fields that libcsv hands over, one behind the other, until they are cleared.
///
/// A struct in memory of its own, because libcsv calls back with a plain pointer: reaching a class
/// through it would count references for every field.
package struct FieldStore {
    /// Where the fields of one record stand in the store.
    package struct Record: Equatable {
        /// Index of the end of its first field; the entry before is the position before the field.
        package var firstEnd = 0
        package var fieldCount = 0
    }

    /// Contents of the fields, each followed by one comma, and 64 readable bytes.
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    private var byteCount = 0
    private var byteCapacity = 1 << 16
    /// Position of the comma behind each field.
    private(set) var ends: UnsafeMutablePointer<UInt32>
    private var endCount = 0
    private var endCapacity = 1 << 12

    /// The record at hand.
    private(set) var record = Record()
    private(set) var isRowDone = false

    private static let slack = 64

    init() {
        bytes = Self.grown(nil, count: 0, capacity: byteCapacity + Self.slack)
        ends = Self.grown(nil, count: 0, capacity: endCapacity)
    }

    func deallocate() {
        bytes.deallocate()
        ends.deallocate()
    }

    mutating func clear() {
        byteCount = 0
        endCount = 0
        record = Record()
    }

    /// The entry before the first end: the first field begins behind it.
    mutating func beginRecord() {
        appendEnd(UInt32(truncatingIfNeeded: byteCount &- 1))
        record = Record(firstEnd: endCount, fieldCount: 0)
        isRowDone = false
    }

    private mutating func appendField(_ field: UnsafeRawPointer?, _ count: Int) {
        if byteCount &+ count >= byteCapacity {
            byteCapacity = max(byteCount + count + 1, byteCapacity * 2)
            bytes = Self.grown(bytes, count: byteCount, capacity: byteCapacity + Self.slack)
        }
        if let field, count > 0 {
            UnsafeMutableRawPointer(bytes + byteCount).copyMemory(from: field, byteCount: count)
        }
        byteCount &+= count
        bytes[byteCount] = 0x2C
        appendEnd(UInt32(truncatingIfNeeded: byteCount))
        byteCount &+= 1
        record.fieldCount &+= 1
    }

    private mutating func appendEnd(_ end: UInt32) {
        if endCount == endCapacity {
            endCapacity *= 2
            ends = Self.grown(ends, count: endCount, capacity: endCapacity)
        }
        ends[endCount] = end
        endCount &+= 1
    }

    private static func grown<Number: FixedWidthInteger>(
        _ old: UnsafeMutablePointer<Number>?, count: Int, capacity: Int
    ) -> UnsafeMutablePointer<Number> {
        let new = UnsafeMutablePointer<Number>.allocate(capacity: capacity)
        new.initialize(repeating: 0, count: capacity)
        if let old {
            new.update(from: old, count: count)
            old.deallocate()
        }
        return new
    }

    /// libcsv's callback for a field.
    static let onField:
        @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
            $2!.assumingMemoryBound(to: FieldStore.self).pointee.appendField($0, $1)
        }

    /// libcsv's callback for the end of a record.
    static let onRow: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = {
        $1!.assumingMemoryBound(to: FieldStore.self).pointee.isRowDone = true
    }
}

extension LibCSVReader {
    /// The fields of the record that was read last.
    package var fields: [FieldBytes] {
        (0..<record.fieldCount).map { index in
            let ends = fieldEnds + record.firstEnd + index
            let start = Int(ends[-1] &+ 1)
            return FieldBytes(fieldBytes + start, Int(ends[0]) - start)
        }
    }
}
