import PopulationModel

/// Writes the rows of one ugly extract, each in one of the spellings of SPEC 2.4, and counts them.
///
/// How a row is spelled is a pure function of seed, file and row: a row written twice has the same
/// bytes, unless its salt differs.
package struct SpelledFile {
    package let layout: FileLayout
    package let source: Source
    package let columns: [SampleColumn]
    package let words = CodeWords()
    private let seed: UInt64
    package let file: Int
    package private(set) var ledger = SampleLedger()

    // The row being written; `FieldSpelling` fills the field.
    package var field: [UInt8] = []
    /// Stand round the field when it is written without quotes.
    package var blanks: [UInt8] = []
    package var random: SplitMix64
    private var rowsWritten = 0

    /// The longest regular row, and the longest of all.
    private static let rowBytesMax = 8 << 10
    private static let longFieldBytes = 66 << 10

    package init(source: Source, file: Int, seed: UInt64) {
        let layouts = FileLayout.all(of: source)
        layout = layouts[file % layouts.count]
        self.source = source
        self.file = file
        self.seed = seed
        columns = layout.columns(of: source, file: file)
        random = SplitMix64(seed: seed, stream: .spelling, index: 0)
        field.reserveCapacity(256)
    }

    package mutating func count(_ kind: SampleKind) { ledger.add(kind, source) }

    package mutating func writeHeader(to sink: inout ByteSink) {
        countFile()
        sink.reserve(Self.rowBytesMax)
        if layout.hasMark { sink.put([0xEF, 0xBB, 0xBF]) }
        for (position, column) in columns.enumerated() {
            if position > 0 { sink.put(UInt8(ascii: ",")) }
            let header = layout.encoding.bytes(of: layout.header(of: column, source: source))
            // A mark before a quoted first header is a trap of its own.
            let isQuoted = layout.quoting == .all || (layout.hasMark && position == 0)
            if isQuoted { sink.put(UInt8(ascii: "\"")) }
            sink.put(header)
            if isQuoted { sink.put(UInt8(ascii: "\"")) }
        }
        putLineEnd(to: &sink)
    }

    private mutating func countFile() {
        count(layout.encoding == .gb18030 ? .fileGB18030 : layout.hasMark ? .fileBOM : .fileUTF8)
        switch layout.lineEnd {
        case .lf: break
        case .crlf: count(.fileCRLF)
        case .cr: count(.fileLoneCR)
        case .mixed: count(.fileMixedLineEnds)
        }
        switch layout.headers {
        case .canonical: count(.headerCanonical)
        case .pinyin: count(.headerPinyin)
        case .chinese: count(.headerChinese)
        case .ofPlan: count(.headerOfPlan)
        }
        if !layout.endsWithLineEnd { count(.lineEndMissing) }
    }

    /// Writes a row; `isLast` ends the file.
    package mutating func write(_ row: SampleRow, isLast: Bool, to sink: inout ByteSink) {
        countRow(row)
        let salt = UInt64(row.spellingSalt) << 56 | UInt64(file) << 44
        random = SplitMix64(
            seed: seed, stream: .spelling,
            index: (row.citizen.index * 16 + row.recordNumber % 8 + (row.isLater ? 8 : 0)) ^ salt)
        sink.reserve(Self.rowBytesMax + (row.defect == .fieldTooLong ? Self.longFieldBytes : 0))
        let columnCount = columns.count - (row.defect == .fieldMissing ? 1 : 0)
        for position in 0..<columnCount {
            if position > 0 { sink.put(UInt8(ascii: ",")) }
            let column = columns[position]
            field.removeAll(keepingCapacity: true)
            blanks.removeAll(keepingCapacity: true)
            spell(column, of: row)
            put(column, of: row, to: &sink)
        }
        if row.defect == .fieldTooMany {
            sink.put(UInt8(ascii: ","))
            sink.put(UInt8(ascii: "0"))
        }
        if isLast, !layout.endsWithLineEnd { return }
        putLineEnd(to: &sink)
        rowsWritten += 1
        if rowsWritten % 512 == 0 {
            putLineEnd(to: &sink)
            count(.emptyLine)
        }
    }

    private mutating func countRow(_ row: SampleRow) {
        ledger.addRow(source)
        if let defect = row.defect { count(defect) }
        if row.defect == .linesTooMany {
            // Its last line is read as a row of its own.
            count(.linesTooMany)
            ledger.addRow(source)
        }
        if let story = row.story { count(story) }
        if row.isRevoked { count(.revoked) }
        if row.isVoided { count(.voided) }
        if row.isDuplicate { count(.exactDuplicate) }
        if row.isFuture { count(.future) }
    }

    private mutating func putLineEnd(to sink: inout ByteSink) {
        switch layout.lineEnd {
        case .lf: sink.put(0x0A)
        case .cr: sink.put(0x0D)
        case .crlf:
            sink.put(0x0D)
            sink.put(0x0A)
        case .mixed:
            let kind = rowsWritten % 3
            if kind != 0 { sink.put(0x0D) }
            if kind != 1 { sink.put(0x0A) }
        }
    }
}

// MARK: - Quotes

extension SpelledFile {
    private mutating func put(_ column: SampleColumn, of row: SampleRow, to sink: inout ByteSink) {
        let quote = UInt8(ascii: "\"")
        let hasDefect = column == .name && row.defect.map(Self.isShapeDefect) ?? false
        let mustQuote = field.contains { $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        let draw = random.below(1_000)
        let wants =
            layout.quoting == .all || (layout.quoting == .text && column.isText)
            || draw < (column.isText ? 30 : 4)
        guard mustQuote || wants || hasDefect else {
            sink.put(blanks)
            sink.put(field)
            sink.put(blanks)
            if !blanks.isEmpty { count(.blanksAround) }
            return
        }
        if hasDefect {
            putDefect(row.defect!, to: &sink)
            return
        }
        let hasBlanks = draw % 16 == 1 && layout.quoting != .all
        if hasBlanks { sink.put(0x20) }
        sink.put(quote)
        for byte in field {
            if byte == quote { sink.put(quote) }
            sink.put(byte)
        }
        sink.put(quote)
        if hasBlanks { sink.put(draw & 32 == 0 ? 0x20 : 0x09) }
        countQuotes(column: column, hasBlanks: hasBlanks)
    }

    private mutating func countQuotes(column: SampleColumn, hasBlanks: Bool) {
        count(.quotedField)
        if hasBlanks { count(.blankBesideQuote) }
        if column.isNeeded { count(.quotedNeededField) }
        if field.contains(0x2C) { count(.quotedComma) }
        if field.contains(0x22) { count(.quotedQuote) }
        if field.contains(where: { $0 == 0x0A || $0 == 0x0D }) { count(.quotedLineEnd) }
    }

    package static func isShapeDefect(_ kind: SampleKind) -> Bool {
        switch kind {
        case .textAfterQuote, .quoteUnclosed, .fieldTooLong, .linesTooMany: true
        default: false
        }
    }

    private mutating func putDefect(_ defect: SampleKind, to sink: inout ByteSink) {
        sink.put(UInt8(ascii: "\""))
        sink.put(field)
        switch defect {
        case .textAfterQuote:
            sink.put("\"x")
        case .fieldTooLong:
            for _ in 0..<Self.longFieldBytes { sink.put(UInt8(ascii: "z")) }
            sink.put(UInt8(ascii: "\""))
        case .linesTooMany:
            for _ in 0..<101 { putLineEnd(to: &sink) }
            sink.put("z\"")
        default: break
        }
    }
}
