/// Where the fields and records of one block end, found 64 bytes at a time.
///
/// Before you change this:
/// - A quote is *regular* when an opening one follows a separator, a line end or a closing quote,
///   and a closing one is followed by one of these or an opening quote. As long as all quotes are
///   regular, a running parity tells what is quoted. The first irregular quote, or a line end
///   inside quotes, ends that: the record goes to libcsv, and indexing starts anew behind it.
/// - CR and LF both end a record; the empty record between CR and LF is no row.
/// - Generic SIMD sums and shifts run unspecialised: only compares and bit casts are used here.
final class BlockIndex {
    /// Positions of separators and line ends outside quotes, in order.
    let ends: UnsafeMutablePointer<UInt32>
    private(set) var endCount = 0
    private let endCapacity: Int

    /// One per row, in order; empty lines have none.
    let rows: UnsafeMutablePointer<Row>
    private(set) var rowCount = 0
    private let rowCapacity: Int

    struct Row {
        var start: UInt32
        /// Position of the line end (or of the end of the file).
        var end: UInt32
        /// Index of the first field's end in `ends`.
        var firstEnd: UInt32
        /// 0 = the record is for libcsv.
        var fieldCount: UInt32
    }

    /// How the index of a block came out.
    enum Outcome: Equatable {
        /// The first record that is not the block's own starts here.
        case complete(next: Int)
        /// The last record does not end inside the buffer, and the file goes on.
        case needsMoreBytes
    }

    /// First byte of a full-width space: E3 in UTF-8, A1 in GB 18030.
    private let fullWidthLead: UInt8

    init(byteCapacity: Int, encoding: TextEncoding) {
        fullWidthLead = encoding.fullWidthSpaceLead
        endCapacity = byteCapacity + 128
        rowCapacity = byteCapacity + 2
        ends = .allocate(capacity: endCapacity)
        rows = .allocate(capacity: rowCapacity)
    }

    deinit {
        ends.deallocate()
        rows.deallocate()
    }

    /// Forgets what was indexed.
    func clear() {
        endCount = 0
        rowCount = 0
    }

    /// Indexes the records that start at `start` and before `ownedEnd`.
    ///
    /// `bytes` holds `count` bytes and at least 64 more that may be read; when `isEndOfFile`, the
    /// byte at `count` must be a line end that is not part of the file. `careful` reads the bounds
    /// of one record that libcsv must take.
    func build(
        _ bytes: UnsafePointer<UInt8>, count: Int, start: Int, ownedEnd: Int, isEndOfFile: Bool,
        alwaysCareful: Bool, careful: (Int) -> RecordBounds
    ) -> Outcome {
        clear()
        var position = start
        while position < min(ownedEnd, count) {
            let step: Step =
                alwaysCareful
                ? .irregular(recordStart: position)
                : scan(
                    bytes, from: position, limit: isEndOfFile ? count &+ 1 : count,
                    ownedEnd: ownedEnd)
            switch step {
            case .complete(let next): return .complete(next: next)
            case .ranOut:
                return isEndOfFile ? .complete(next: count) : .needsMoreBytes
            case .irregular(let recordStart):
                let bounds = careful(recordStart)
                switch bounds {
                case .needsMoreBytes: return .needsMoreBytes
                case .empty(let next): position = next
                case .record(let end, let next):
                    appendCareful(start: recordStart, end: end)
                    position = next
                }
            }
        }
        return .complete(next: max(position, start))
    }

    private enum Step {
        case complete(next: Int)
        case irregular(recordStart: Int)
        case ranOut
    }

    /// Scans regular records from a record start; `limit` is the number of bytes that may be taken.
    private func scan(
        _ bytes: UnsafePointer<UInt8>, from start: Int, limit: Int, ownedEnd: Int
    ) -> Step {
        var base = start
        var recordStart = start
        var firstEnd = endCount
        var insideCarry: UInt64 = 0
        // Bit 0 of what stands before the step: a separator, line end or quote.
        var boundaryCarry: UInt64 = 1
        // A closing quote stood at the very end of the step before.
        var closingCarry: UInt64 = 0
        while base < limit {
            var masks = ByteMasks(bytes + base)
            let remaining = limit &- base
            if remaining < 64 { masks.keepFirst(remaining) }
            var boundary = masks.comma | masks.lineEnd
            var structural = boundary
            var irregular: UInt64 = 0
            if (masks.quote | insideCarry | closingCarry) != 0 {
                let inside = prefixXor(masks.quote) ^ insideCarry
                boundary |= masks.quote
                let opening = masks.quote & inside
                let closing = masks.quote & ~inside
                // The last quote's successor is in the next step, except where the file ends.
                let before = (boundary << 1) | boundaryCarry
                let after = (closing << 1) | closingCarry
                irregular = (opening & ~before) | (after & ~boundary) | (masks.lineEnd & inside)
                if remaining < 64 { irregular &= (UInt64(1) << UInt64(remaining)) &- 1 }
                structural &= ~inside
                insideCarry = UInt64(bitPattern: Int64(bitPattern: inside) >> 63)
                closingCarry = closing >> 63
            }
            boundaryCarry = boundary >> 63
            if irregular != 0 {
                let first = irregular.trailingZeroBitCount
                structural &= (UInt64(1) << UInt64(first)) &- 1
            }
            let lineEnds = structural & masks.lineEnd
            append(structural, base: base)
            if lineEnds != 0 {
                if let next = finishRows(
                    bytes, lineEnds: lineEnds, structural: structural, base: base,
                    recordStart: &recordStart, firstEnd: &firstEnd, ownedEnd: ownedEnd)
                {
                    return .complete(next: next)
                }
            }
            if irregular != 0 {
                endCount = firstEnd
                return .irregular(recordStart: recordStart)
            }
            base &+= 64
        }
        endCount = firstEnd
        return .ranOut
    }

    /// Writes the positions of the set bits.
    @inline(__always)
    private func append(_ mask: UInt64, base: Int) {
        var mask = mask
        var out = endCount
        while mask != 0 {
            ends[out] = UInt32(truncatingIfNeeded: base &+ mask.trailingZeroBitCount)
            out &+= 1
            mask &= mask &- 1
        }
        endCount = out
    }

    /// Closes the records whose line ends are set; returns the next record's start once that is
    /// not the block's own.
    @inline(__always)
    private func finishRows(
        _ bytes: UnsafePointer<UInt8>, lineEnds: UInt64, structural: UInt64, base: Int,
        recordStart: inout Int, firstEnd: inout Int, ownedEnd: Int
    ) -> Int? {
        var lineEnds = lineEnds
        let stepFirst = endCount &- structural.nonzeroBitCount
        while lineEnds != 0 {
            let bit = lineEnds.trailingZeroBitCount
            let position = base &+ bit
            // One mask for the ends up to and including this one.
            let upTo = (structural & lineEndMask(bit)).nonzeroBitCount
            let endIndex = stepFirst &+ upTo
            if position > recordStart, !isBlankLine(bytes, recordStart, position) {
                rows[rowCount] = Row(
                    start: UInt32(truncatingIfNeeded: recordStart),
                    end: UInt32(truncatingIfNeeded: position),
                    firstEnd: UInt32(truncatingIfNeeded: firstEnd),
                    fieldCount: UInt32(truncatingIfNeeded: endIndex &- firstEnd))
                rowCount &+= 1
            }
            firstEnd = endIndex
            recordStart = position &+ 1
            if recordStart >= ownedEnd { return recordStart }
            lineEnds &= lineEnds &- 1
        }
        return nil
    }

    @inline(__always)
    private func lineEndMask(_ bit: Int) -> UInt64 {
        bit == 63 ? ~0 : (UInt64(1) << UInt64(bit &+ 1)) &- 1
    }

    /// A line of nothing but blanks is an empty line.
    @inline(__always)
    private func isBlankLine(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let first = bytes[start]
        guard first == 0x20 || first == 0x09 || first == fullWidthLead else {
            return false
        }
        return BlankLine.isBlank(bytes, start, end, fullWidthLead: fullWidthLead)
    }

    private func appendCareful(start: Int, end: Int) {
        rows[rowCount] = Row(
            start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
            firstEnd: UInt32(truncatingIfNeeded: endCount), fieldCount: 0)
        rowCount &+= 1
    }
}

/// Where a record ends that was read with care.
enum RecordBounds: Equatable {
    /// `end` is the position of the line end, `next` where reading goes on.
    case record(end: Int, next: Int)
    /// The line is empty.
    case empty(next: Int)
    case needsMoreBytes
}

/// Lines of blanks.
enum BlankLine {
    static func isBlank(
        _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, fullWidthLead: UInt8
    ) -> Bool {
        var position = start
        while position < end {
            let byte = bytes[position]
            if byte == 0x20 || byte == 0x09 {
                position += 1
            } else if byte == fullWidthLead, byte == 0xE3, end - position >= 3,
                bytes[position + 1] == 0x80, bytes[position + 2] == 0x80
            {
                position += 3
            } else if byte == fullWidthLead, byte == 0xA1, end - position >= 2,
                bytes[position + 1] == 0xA1
            {
                position += 2
            } else {
                return false
            }
        }
        return true
    }
}
