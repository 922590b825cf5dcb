internal import CLibCSV
import Glibc
internal import PopulationModel

/// Reads one record at a time through libcsv, the parser of record, as SPEC 2.4 wants it.
///
/// libcsv runs in strict mode, so that it stops at a quote that is not where it should be; which
/// of the two cases it is, its state tells:
/// - a quote inside an unquoted field is text: that one byte is fed again while libcsv's quote
///   character is another one;
/// - anything but a separator or line end behind a closing quote is a bad quote: the record ends
///   at its first line end.
/// libcsv strips blanks (space, tab) round fields and beside quotes itself; full-width spaces at
/// these places are fed as one space each. It knows no limit: a quoted field over 64 KiB or with 100 line
/// ends is a bad quote as well.
package final class LibCSVReader {
    /// Longest content of a quoted field, in unquoted bytes: more is an unclosed quote (SPEC 2.4).
    package static let quotedBytesMax = 65_536
    /// So many line ends inside one quoted field are an unclosed quote (SPEC 2.4).
    package static let quotedLineEndsMax = 100

    /// What one record turned out to be.
    package enum Outcome: Equatable {
        /// Fields stand in `fieldBytes`, `fieldEnds`; `next` is where reading goes on.
        case record(end: Int, next: Int)
        /// A row of `row-shape`.
        case badQuote(end: Int, next: Int)
        case empty(next: Int)
        case needsMoreBytes
    }

    private let parser: UnsafeMutablePointer<csv_parser>
    let encoding: TextEncoding
    private let lead: Int32
    private let store: UnsafeMutablePointer<FieldStore>

    /// Where the fields of the record that was read last stand.
    package var record: FieldStore.Record { store.pointee.record }

    /// Contents of the fields of all records since `clear`, and 64 readable bytes.
    var fieldBytes: UnsafePointer<UInt8> { UnsafePointer(store.pointee.bytes) }

    /// Where they end; `FieldStore.Record` says which are whose.
    var fieldEnds: UnsafePointer<UInt32> { UnsafePointer(store.pointee.ends) }

    // States of libcsv 3.0.3's parser, as its public struct holds them.
    package static let rowNotBegun: Int32 = 0
    package static let fieldNotBegun: Int32 = 1
    package static let fieldMightHaveEnded: Int32 = 3

    /// As the header has it: the library itself does not tell.
    static let library = LinkedLibrary(
        name: "libcsv", version: "\(CSV_MAJOR).\(CSV_MINOR).\(CSV_RELEASE)")

    package init(encoding: TextEncoding) {
        self.encoding = encoding
        lead = Int32(encoding.fullWidthSpaceLead)
        parser = .allocate(capacity: 1)
        // csv_init fails for a null pointer only.
        precondition(csv_init(parser, UInt8(CSV_STRICT)) == 0, "libcsv cannot start")
        csv_set_blk_size(parser, 4_096)
        store = .allocate(capacity: 1)
        store.initialize(to: FieldStore())
    }

    deinit {
        csv_free(parser)
        parser.deallocate()
        store.pointee.deallocate()
        store.deallocate()
    }

    /// Forgets all fields.
    func clear() { store.pointee.clear() }

    /// Reads the record at `start` and keeps its fields. `count` bytes may be read; what follows
    /// them exists unless `isEndOfFile`.
    package func read(_ bytes: UnsafePointer<UInt8>, start: Int, count: Int, isEndOfFile: Bool)
        -> Outcome
    {
        reset()
        var position = start
        var lineEndsInField = 0
        while true {
            let lineEnd = LineEnds.first(bytes, from: position, to: count)
            if lineEnd == count, !isEndOfFile { return .needsMoreBytes }
            let feedEnd = lineEnd == count ? count : lineEnd + 1
            let fieldsBefore = record.fieldCount
            guard feed(bytes, from: position, to: feedEnd, recordStart: start) else {
                return badQuote(bytes, start: start, count: count)
            }
            if store.pointee.isRowDone { return .record(end: lineEnd, next: feedEnd) }
            if lineEnd == count { return finish(bytes, start: start, count: count) }
            if parser.pointee.pstate == Self.rowNotBegun { return .empty(next: feedEnd) }
            // The line end stands inside quotes; CR LF is one.
            if record.fieldCount != fieldsBefore { lineEndsInField = 0 }
            let isSecondHalf =
                bytes[lineEnd] == 0x0A && lineEnd > start && bytes[lineEnd - 1] == 0x0D
                && lineEndsInField > 0
            if !isSecondHalf { lineEndsInField += 1 }
            if lineEndsInField >= Self.quotedLineEndsMax {
                return badQuote(bytes, start: start, count: count)
            }
            position = feedEnd
        }
    }

    private func reset() {
        // Leaves what an abandoned record left behind, and takes a strict error back.
        parser.pointee.pstate = Self.rowNotBegun
        parser.pointee.quoted = 0
        parser.pointee.spaces = 0
        parser.pointee.entry_pos = 0
        parser.pointee.status = 0
        store.pointee.beginRecord()
    }

    /// The end of the file stands where a line end would.
    private func finish(_ bytes: UnsafePointer<UInt8>, start: Int, count: Int) -> Outcome {
        let state = parser.pointee.pstate
        if state == Self.rowNotBegun { return .empty(next: count) }
        if parser.pointee.quoted != 0, state != Self.fieldMightHaveEnded {
            return badQuote(bytes, start: start, count: count)
        }
        csv_fini(parser, FieldStore.onField, FieldStore.onRow, store)
        return .record(end: count, next: count)
    }

    /// The record ends at the first line end behind its start.
    private func badQuote(_ bytes: UnsafePointer<UInt8>, start: Int, count: Int) -> Outcome {
        let end = LineEnds.first(bytes, from: start, to: count)
        return .badQuote(end: end, next: min(end + 1, count))
    }

    /// Feeds the bytes up to a line end; false at a bad quote.
    private func feed(
        _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, recordStart: Int
    ) -> Bool {
        // Only a long record can hold a field over the limit: watch each of its bytes.
        let isWatched = end - recordStart > Self.quotedBytesMax
        var position = start
        var blank = blankToSkip(bytes, from: position, to: end)
        while position < end {
            if blank.position < position { blank = blankToSkip(bytes, from: position, to: end) }
            let stop = isWatched ? min(blank.position, position + 1) : blank.position
            if stop > position {
                let taken = parse(bytes + position, stop - position)
                if taken < stop - position {
                    guard parser.pointee.quoted == 0 else { return false }
                    parseAsText(bytes + position + taken)
                    position += taken + 1
                    continue
                }
                position = stop
                if isWatched, isQuotedFieldTooLong { return false }
            } else if isBlankPlace {
                // One ASCII blank in its place: libcsv counts blanks behind a closing quote.
                _ = withUnsafePointer(to: UInt8(ascii: " ")) { parse($0, 1) }
                position += blank.width
            } else {
                _ = parse(bytes + position, 1)
                position += 1
            }
        }
        return true
    }

    private var isQuotedFieldTooLong: Bool {
        guard parser.pointee.quoted != 0 else { return false }
        // Behind a closing quote the buffer holds that quote and the blanks after it as well.
        let isBehindQuote = parser.pointee.pstate == Self.fieldMightHaveEnded
        let extra = isBehindQuote ? parser.pointee.spaces + 1 : 0
        return parser.pointee.entry_pos > Self.quotedBytesMax + extra
    }

    /// A full-width space is a blank here rather than text.
    private var isBlankPlace: Bool {
        let state = parser.pointee.pstate
        return state == Self.rowNotBegun || state == Self.fieldNotBegun
            || state == Self.fieldMightHaveEnded
    }

    /// The next full-width space from here on, or the end with width 0.
    private func blankToSkip(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int)
        -> (position: Int, width: Int)
    {
        var position = start
        while let found = memchr(bytes + position, lead, end - position) {
            let place = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
            let width = encoding.startsWithFullWidthSpace(place, end - (place - bytes))
            if width > 0 { return (place - bytes, width) }
            position = place - bytes + 1
        }
        return (end, 0)
    }

    private func parse(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
        csv_parse(parser, bytes, count, FieldStore.onField, FieldStore.onRow, store)
    }

    /// One quote as an ordinary byte of an unquoted field.
    private func parseAsText(_ byte: UnsafePointer<UInt8>) {
        parser.pointee.status = 0
        csv_set_quote(parser, 0)
        _ = parse(byte, 1)
        csv_set_quote(parser, UInt8(CSV_QUOTE))
    }
}
