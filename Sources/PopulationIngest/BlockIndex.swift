/// Where the fields and records of one block end, found 64 bytes at a time.
///
/// Before you change this:
/// - A quote is *regular* when an opening one follows a separator, a line end or a closing quote,
///   and a closing one is followed by one of these or an opening quote. As long as all quotes are
///   regular, a running parity tells what is quoted. The first irregular quote, or a line end
///   inside quotes, ends that: the record goes to libcsv, and indexing starts anew behind it.
/// - CR and LF both end a record; the empty record between CR and LF is no row.
/// - A field begins behind the entry of `ends` before its own: wherever scanning starts anew, the
///   position before the record is entered as well.
/// - More entries are written than there are ends (see `write`): what lies behind `endCount` is
///   of no meaning.
final class BlockIndex {
    /// Positions of separators and line ends outside quotes, in order.
    private(set) var ends: UnsafeMutablePointer<UInt32>
    private var endCount = 0

    /// One per row, in order; empty lines have none.
    private(set) var rows: UnsafeMutablePointer<Row>
    private(set) var rowCount = 0

    /// For each line end of a stretch the index of its entry in `ends`.
    private var stretchLineEnds: UnsafeMutablePointer<UInt32>
    private let stretches = StretchScan()

    /// Line ends among the indexed bytes, as long as each was a LF that ended a scanned record:
    /// `nil` once a CR or libcsv came across, which make other counts.
    private(set) var lineFeedCount: Int? = 0
    /// Each indexed line is a row, and each row a line.
    var isRowPerLine: Bool { lineFeedCount == rowCount }

    private var byteCapacity: Int

    struct Row {
        var start: UInt32
        /// Position of the line end (or of the end of the file).
        var end: UInt32
        /// Index of the first field's end in `ends`, or among those of libcsv.
        var firstEnd: UInt32
        var fieldCount: UInt32
        var reading: Reading
    }

    /// How a row was read.
    enum Reading {
        case plain
        /// Some field may be quoted.
        case quoted
        /// By libcsv, which keeps the fields.
        case parsed
        case badQuote
    }

    /// How the index of a block came out.
    enum Outcome: Equatable {
        /// The first record that is not the block's own starts here.
        case complete(next: Int)
        /// The last record does not end inside the buffer, and the file goes on.
        case needsMoreBytes
    }

    /// First byte of a full-width space: E3 in UTF-8, A1 in GB 18030.
    private var fullWidthLead: UInt8 = 0

    init(byteCapacity: Int) {
        self.byteCapacity = byteCapacity
        (ends, rows, stretchLineEnds) = Self.allocate(byteCapacity)
    }

    deinit { deallocate() }

    private func deallocate() {
        ends.deallocate()
        rows.deallocate()
        stretchLineEnds.deallocate()
    }

    /// Every byte may be an end, and every record of libcsv adds the entry before its successor.
    private static func allocate(_ byteCapacity: Int)
        -> (
            UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<Row>, UnsafeMutablePointer<UInt32>
        )
    {
        (
            .allocate(capacity: byteCapacity * 2 + 256), .allocate(capacity: byteCapacity + 2),
            .allocate(capacity: byteCapacity + 64)
        )
    }

    /// Turns to an encoding; forgets what was indexed.
    func turn(to encoding: TextEncoding) {
        fullWidthLead = encoding.fullWidthSpaceLead
        clear()
    }

    /// Forgets what was indexed.
    func clear() {
        endCount = 0
        rowCount = 0
        lineFeedCount = 0
    }

    /// Indexes the records that start at `start` and before `ownedEnd`.
    ///
    /// `bytes` holds `count` bytes and at least 64 more that may be read; when `isEndOfFile`, the
    /// byte at `count` must be a line end that is not part of the file. `libCSV` reads the records
    /// that the scan cannot take; with `alwaysLibCSV` all of them.
    func build(
        _ bytes: UnsafePointer<UInt8>, count: Int, start: Int, ownedEnd: Int, isEndOfFile: Bool,
        libCSV: LibCSVReader, alwaysLibCSV: Bool
    ) -> Outcome {
        clear()
        libCSV.clear()
        // The LF of a CR LF that was cut ends no line of its own.
        if start > 0, bytes[start &- 1] == 0x0D { lineFeedCount = nil }
        if count > byteCapacity { grow(to: count) }
        var position = start
        while position < min(ownedEnd, count) {
            var recordStart = position
            if !alwaysLibCSV {
                switch scan(
                    bytes, from: position, limit: isEndOfFile ? count &+ 1 : count,
                    ownedEnd: ownedEnd)
                {
                case .complete(let next): return .complete(next: next)
                case .ranOut: return isEndOfFile ? .complete(next: count) : .needsMoreBytes
                case .irregular(let start): recordStart = start
                }
            }
            lineFeedCount = nil
            switch libCSV.read(bytes, start: recordStart, count: count, isEndOfFile: isEndOfFile) {
            case .needsMoreBytes: return .needsMoreBytes
            case .empty(let next): position = next
            case .record(let end, let next):
                append(recordStart, end, libCSV.record, .parsed)
                position = next
            case .badQuote(let end, let next):
                append(recordStart, end, libCSV.record, .badQuote)
                position = next
            }
        }
        return .complete(next: max(position, start))
    }

    private func grow(to count: Int) {
        deallocate()
        byteCapacity = count
        (ends, rows, stretchLineEnds) = Self.allocate(count)
    }

    private func append(_ start: Int, _ end: Int, _ record: FieldStore.Record, _ reading: Reading) {
        rows[rowCount] = Row(
            start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
            firstEnd: UInt32(truncatingIfNeeded: record.firstEnd),
            fieldCount: UInt32(truncatingIfNeeded: record.fieldCount), reading: reading)
        rowCount &+= 1
    }

    private enum Step {
        case complete(next: Int)
        case irregular(recordStart: Int)
        case ranOut
    }

    /// Scans regular records from a record start; `limit` is the number of bytes that may be taken.
    ///
    /// `make bench-counts` finds it by its name.
    @inline(never)
    private func scan(
        _ bytes: UnsafePointer<UInt8>, from start: Int, limit: Int, ownedEnd: Int
    ) -> Step {
        ends[endCount] = UInt32(truncatingIfNeeded: start &- 1)
        var record = Beginning(start: start, firstEnd: endCount &+ 1, mayBeQuoted: false)
        // Copies, so that they stay in registers.
        let ends = self.ends
        var endCount = endCount &+ 1
        defer { self.endCount = record.firstEnd }
        var quotes = QuoteParity()
        var base = start
        var lineFeeds = 0
        defer { lineFeedCount? += lineFeeds }
        while base < limit {
            if !quotes.mustLook, limit &- base >= 64 {
                let stretch = takeStretch(
                    bytes, base: base, limit: limit, ownedEnd: ownedEnd, ends, endCount, &record,
                    &lineFeeds)
                if record.start >= ownedEnd { return .complete(next: record.start) }
                if stretch.steps > 0 {
                    endCount &+= stretch.endCount
                    base &+= stretch.steps &* 64
                    quotes.follow(bytes[base &- 1])
                    continue
                }
            }
            let masks = ByteMasks(bytes + base)
            let remaining = limit &- base
            let keep = remaining < 64 ? (UInt64(1) << UInt64(remaining)) &- 1 : ~0
            var lineEnds = masks.mask(0x0A) & keep
            var quote: UInt64 = 0
            if masks.holds(0x0D, or: 0x22) {
                let returns = masks.mask(0x0D) & keep
                if returns != 0 { lineFeedCount = nil }
                lineEnds |= returns
                quote = masks.mask(0x22) & keep
            }
            var structural = (masks.mask(0x2C) & keep) | lineEnds
            var irregular: UInt64 = 0
            if quote != 0 || quotes.mustLook {
                let found = quotes.step(quote, boundary: structural, lineEnds)
                // The last quote's successor is in the next step, except where the file ends.
                irregular = found.irregular & keep
                structural &= ~found.inside
                if irregular != 0 { structural &= (irregular & (0 &- irregular)) &- 1 }
                lineEnds &= structural
                record.mayBeQuoted = true
            } else {
                quotes.skip(boundary: structural)
            }
            Self.write(structural, base: base, to: ends + endCount)
            endCount &+= structural.nonzeroBitCount
            while lineEnds != 0 {
                let behind = structural & ~(lineEnds ^ (lineEnds &- 1))
                let next = finishRow(
                    bytes, lineEndEntry: endCount &- behind.nonzeroBitCount &- 1, ends, &record)
                record.mayBeQuoted = quote != 0
                lineFeeds &+= 1
                if next >= ownedEnd { return .complete(next: next) }
                lineEnds &= lineEnds &- 1
            }
            if irregular != 0 { return .irregular(recordStart: record.start) }
            base &+= 64
        }
        return .ranOut
    }

    /// Takes the steps up to the first one with a CR or a quote, to the block's end at most; what
    /// lies behind is taken step by step. Stops where a record begins that is another block's.
    ///
    /// A row that was begun with a quote ends like any other in a stretch without one.
    @inline(__always)
    private func takeStretch(
        _ bytes: UnsafePointer<UInt8>, base: Int, limit: Int, ownedEnd: Int,
        _ ends: UnsafeMutablePointer<UInt32>, _ endCount: Int, _ record: inout Beginning,
        _ lineFeeds: inout Int
    ) -> StretchScan.Stretch {
        let stretch = stretches.scan(
            bytes, base: base, steps: max(min(limit, ownedEnd) &- base, 64) / 64,
            ends: ends + endCount, lineEnds: stretchLineEnds)
        for i in 0..<stretch.lineEndCount {
            _ = finishRow(
                bytes, lineEndEntry: endCount &+ Int(stretchLineEnds[i]), ends, &record)
            lineFeeds &+= 1
            if record.start >= ownedEnd { break }
        }
        return stretch
    }

    /// Writes the positions of the set bits.
    ///
    /// Twelve at a time without asking how many there are: a branch per separator that nobody can
    /// foresee costs more than the writing.
    @inline(__always)
    private static func write(_ mask: UInt64, base: Int, to start: UnsafeMutablePointer<UInt32>) {
        var rest = mask
        var out = start
        repeat {
            for i in 0..<12 {
                out[i] = UInt32(truncatingIfNeeded: base &+ rest.trailingZeroBitCount)
                rest &= rest &- 1
            }
            out += 12
        } while rest != 0
    }

    /// The record that is being scanned.
    private struct Beginning {
        var start: Int
        var firstEnd: Int
        var mayBeQuoted: Bool
    }

    /// Closes the record at the line end that the entry names; returns the next record's start.
    @inline(__always)
    private func finishRow(
        _ bytes: UnsafePointer<UInt8>, lineEndEntry entry: Int,
        _ ends: UnsafeMutablePointer<UInt32>, _ record: inout Beginning
    ) -> Int {
        let position = Int(ends[entry])
        if position > record.start, !isBlankLine(bytes, record.start, position) {
            append(
                record.start, position,
                FieldStore.Record(
                    firstEnd: record.firstEnd, fieldCount: entry &+ 1 &- record.firstEnd),
                record.mayBeQuoted ? .quoted : .plain)
        }
        record = Beginning(start: position &+ 1, firstEnd: entry &+ 1, mayBeQuoted: false)
        return record.start
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
}
