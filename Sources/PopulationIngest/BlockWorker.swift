internal import PopulationModel

/// Reads, indexes and decodes one block after another; each thread has its own.
final class BlockWorker {
    private let settings: IngestSettings
    private let buffers: PartitionBuffers
    private let progress: ProgressCounter?
    private var extract: ExtractIngest?
    private var decoder: RowDecoder?
    private var libCSV: LibCSVReader?

    private var block: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private let index: BlockIndex
    /// First 17 digits of the numbers of the rows at hand; 0 = to be read with care.
    private let numbers: UnsafeMutablePointer<UInt64>
    /// Rows whose numbers are read at a time.
    private static let group = 16
    /// What of `block` is filled, from which offset of the file on.
    private var base = 0
    private var count = 0

    /// Bytes behind a block that are read with it, so that its last record is whole most times.
    private static let lookahead = 4_096
    /// Readable bytes behind the last one, for words loaded without a check.
    private static let slack = 128

    init(settings: IngestSettings, progress: ProgressCounter?) {
        self.settings = settings
        self.progress = progress
        buffers = PartitionBuffers(
            countLog2: settings.partitionCountLog2, payloadBytes: settings.chunkBytes,
            gatheredCount: settings.gatheredChunkCount, makesChecksums: settings.makesChecksums)
        capacity = settings.blockBytes + Self.lookahead
        block = .allocate(capacity: capacity + Self.slack)
        block.initialize(repeating: 0, count: capacity + Self.slack)
        index = BlockIndex(byteCapacity: capacity)
        numbers = .allocate(capacity: Self.group)
        numbers.initialize(repeating: 0, count: Self.group)
    }

    deinit {
        block.deallocate()
        numbers.deallocate()
    }

    /// Turns to another extract, or to none: what is buffered is written, counts are handed in.
    func turn(to next: ExtractIngest?) {
        guard next !== extract else { return }
        if let extract, let decoder { extract.add(decoder.counts) }
        buffers.switchFile(to: next?.partitions)
        extract = next
        guard let next else { return }
        decoder = RowDecoder(
            source: next.request.source, map: next.setup.map, encoding: next.setup.encoding,
            area: settings.area,
            tables: CodeTables(
                source: next.request.source, encoding: next.setup.encoding,
                planValues: next.request.values))
        libCSV = LibCSVReader(encoding: next.setup.encoding)
        index.turn(to: next.setup.encoding)
    }

    /// Works through one block of the extract it turned to.
    func process(_ number: Int) throws(PopstatErrors) {
        guard let extract, let decoder, let libCSV else { return }
        do {
            try process(number, extract, decoder, libCSV)
        } catch {
            extract.chain.breakOff()
            throw error
        }
    }

    private func process(
        _ number: Int, _ extract: ExtractIngest, _ decoder: RowDecoder, _ libCSV: LibCSVReader
    ) throws(PopstatErrors) {
        let cut = extract.setup.dataStart + number * extract.blockBytes
        let ownedEnd = min(cut + extract.blockBytes, extract.file.byteCount)
        try fill(extract, from: max(cut - 1, 0), to: ownedEnd + Self.lookahead)
        // Without a record start, or a whole last record, in what was read, a guess would read on
        // for nothing.
        let guess = number == 0 ? cut : firstStart(extract, behind: cut - 1)
        var next = guess.flatMap { indexOnce(extract, libCSV, start: $0, ownedEnd: ownedEnd) }
        let link: BlockChain.Link
        switch extract.chain.handed(to: number) {
        case nil: return
        case .begins(let known): link = known
        case .nothing:
            guard let guess else {
                // A line longer than the block: the next one knows more.
                extract.chain.hand(.nothing, to: number + 1)
                return
            }
            link = BlockChain.Link(start: guess, rows: 0, lineEnds: 0)
        }
        extract.first.update { $0 = $0 ?? link }
        if link.start != guess || next == nil {
            next = try buildIndex(extract, libCSV, start: link.start, ownedEnd: ownedEnd)
        }
        let nextStart = next ?? link.start
        // The end of the file that stands for a line end is none.
        let isBehindEnd = nextStart > link.start && nextStart - base > count
        let ends =
            index.lineFeedCount.map { $0 - (isBehindEnd ? 1 : 0) }
            ?? LineEnds.count(
                block, from: min(link.start - base, count), to: min(nextStart - base, count))
        let after = BlockChain.Link(
            start: nextStart, rows: link.rows + index.rowCount, lineEnds: link.lineEnds + ends)
        extract.chain.hand(.begins(after), to: number + 1)
        let owned = UnsafeBufferPointer(
            start: UnsafePointer(block) + (cut - base), count: ownedEnd - cut)
        let lines = digesting(owned, number, extract, decoder) {
            settings.findsSplitsOnly ? [] : decodeRows(link, extract, decoder, libCSV)
        }
        extract.rejected.hand(lines, block: number)
        progress?.add(ownedEnd - cut, rows: index.rowCount)
    }

    /// Puts the block's bytes into the digest: while the rows are decoded where it has come so far,
    /// else behind that, as the block before belongs to another worker.
    private func digesting(
        _ owned: UnsafeBufferPointer<UInt8>, _ number: Int, _ extract: ExtractIngest,
        _ decoder: RowDecoder, _ decode: () -> [UInt8]
    ) -> [UInt8] {
        guard let digest = extract.digest else { return decode() }
        let isPaced = DigestPace.isWorthwhile && extract.chain.isDigest(at: number)
        if isPaced { decoder.pace.begin(owned, of: digest) }
        let lines = decode()
        if isPaced {
            decoder.pace.finish()
        } else {
            guard extract.chain.digestComes(to: number) else { return lines }
            digest.update(UnsafeRawBufferPointer(owned))
        }
        extract.chain.handDigest(to: number + 1)
        return lines
    }

    /// Reads so much of the file that the buffer begins at `start` and reaches to `end`.
    private func fill(_ extract: ExtractIngest, from start: Int, to end: Int) throws(PopstatErrors)
    {
        let wanted = min(end, extract.file.byteCount) - start
        if wanted > capacity { grow(to: wanted) }
        base = start
        count = try extract.file.read(
            at: start, into: UnsafeMutableRawBufferPointer(start: block, count: wanted))
        guard count == wanted else {
            throw PopstatErrors(.changedWhileRead(label: extract.file.label))
        }
        // The end of the file ends the last record as a line end would.
        block[count] = 0x0A
    }

    private func grow(to wanted: Int) {
        block.deallocate()
        capacity = max(wanted, capacity * 2)
        block = .allocate(capacity: capacity + Self.slack)
        block.initialize(repeating: 0, count: capacity + Self.slack)
    }

    private func isAtEndOfFile(_ extract: ExtractIngest) -> Bool {
        base + count == extract.file.byteCount
    }

    /// 128 MiB: no record of an extract comes near it, and positions in a block are 32 bits wide.
    private static let recordBytesMax = 1 << 27

    private func readMore(_ extract: ExtractIngest, from start: Int) throws(PopstatErrors) {
        let recordStart = lastStart(behind: start)
        // The longest record with its line end: what is refused must not depend on the block.
        let limit = recordStart + Self.recordBytesMax + 1
        guard base + count < limit else {
            throw PopstatErrors(
                .recordTooLong(label: extract.file.label, byteOffset: recordStart))
        }
        try fill(extract, from: base, to: min(base + count * 2 + Self.lookahead, limit))
    }

    /// Where the record begins that the index did not find the end of.
    private func lastStart(behind start: Int) -> Int {
        guard index.rowCount > 0 else { return start }
        var position = Int(index.rows[index.rowCount - 1].end)
        while position < count, block[position] == 0x0A || block[position] == 0x0D { position += 1 }
        return base + position
    }

    /// Offset behind the first line end at or behind an offset; `nil` when what was read holds none
    /// and the file goes on.
    private func firstStart(_ extract: ExtractIngest, behind offset: Int) -> Int? {
        let end = LineEnds.first(block, from: offset - base, to: count)
        if end < count { return base + end + 1 }
        return isAtEndOfFile(extract) ? base + count : nil
    }

    /// Indexes the records from `start` to the block's end; returns where the next block's begin.
    private func buildIndex(
        _ extract: ExtractIngest, _ libCSV: LibCSVReader, start: Int, ownedEnd: Int
    ) throws(PopstatErrors) -> Int {
        // A record that began before reaches over the whole block.
        if start >= ownedEnd {
            index.clear()
            return start
        }
        while true {
            if let next = indexOnce(extract, libCSV, start: start, ownedEnd: ownedEnd) {
                return next
            }
            try readMore(extract, from: start)
        }
    }

    /// The same on what was read; `nil` when the last record is not whole in it.
    private func indexOnce(
        _ extract: ExtractIngest, _ libCSV: LibCSVReader, start: Int, ownedEnd: Int
    ) -> Int? {
        let outcome = index.build(
            block, count: count, start: start - base, ownedEnd: ownedEnd - base,
            isEndOfFile: isAtEndOfFile(extract), libCSV: libCSV,
            alwaysLibCSV: settings.alwaysLibCSV)
        guard case .complete(let next) = outcome else { return nil }
        return base + next
    }

    /// Decodes the indexed rows; returns the lines of those that were rejected.
    ///
    /// `make bench-counts` finds it by its name.
    @inline(never)
    private func decodeRows(
        _ link: BlockChain.Link, _ extract: ExtractIngest, _ decoder: RowDecoder,
        _ libCSV: LibCSVReader
    ) -> [UInt8] {
        var rejectedLines: [UInt8] = []
        var lineEnds = link.lineEnds
        var countedTo = link.start - base
        let rows = index.rows
        for i in 0..<index.rowCount {
            if i % Self.group == 0 { readNumbers(from: i, decoder) }
            let row = rows[i]
            let first17 = numbers[i % Self.group]
            if first17 != 0,
                decoder.storePlain(fields(row, decoder), of: first17, into: buffers)
            {
                decoder.countStored()
                decoder.pace.step()
                continue
            }
            let outcome = decode(row, extract, decoder, libCSV)
            decoder.count(outcome)
            guard case .rejected(let reason, let column) = outcome else { continue }
            lineEnds =
                index.isRowPerLine
                ? link.lineEnds + i
                : lineEnds + LineEnds.count(block, from: countedTo, to: Int(row.start))
            countedTo = Int(row.start)
            let columns = Column.all(of: extract.request.source)
            let place = Place(
                file: extract.request.label, rowNumber: link.rows + i + 1, line: lineEnds + 1,
                byteOffset: base + countedTo, column: column < 0 ? nil : columns[column].name)
            let original = extract.setup.encoding.utf8Text(
                UnsafeBufferPointer(start: block + countedTo, count: Int(row.end) - countedTo))
            rejectedLines += RejectedRows.line(
                place: place, reason: reason, original: original, detail: settings.rejectDetail)
        }
        return rejectedLines
    }

    /// Reads the numbers of the next rows, and asks for the memory where their records will lie: it
    /// seldom is in the cache, and comes while the rows before are made records.
    @inline(__always)
    private func readNumbers(from first: Int, _ decoder: RowDecoder) {
        for i in first..<min(first &+ Self.group, index.rowCount) {
            let row = index.rows[i]
            var first17: UInt64 = 0
            if isPlain(row, decoder) {
                first17 = decoder.plainNumber(fields(row, decoder))
                buffers.prepare(citizen: first17)
            }
            numbers[i % Self.group] = first17
        }
    }

    /// The scanner read the row, and it has a field for each header.
    @inline(__always)
    private func isPlain(_ row: BlockIndex.Row, _ decoder: RowDecoder) -> Bool {
        isScanned(row) && Int(row.fieldCount) == decoder.fieldCount
    }

    /// In a longer record a quoted field may be over the limit: libcsv tells.
    @inline(__always)
    private func isScanned(_ row: BlockIndex.Row) -> Bool {
        (row.reading == .plain || row.reading == .quoted)
            && Int(row.end &- row.start) <= LibCSVReader.quotedBytesMax
    }

    @inline(__always)
    private func fields(_ row: BlockIndex.Row, _ decoder: RowDecoder) -> RowFields {
        RowFields(
            bytes: block, ends: index.ends + Int(row.firstEnd), map: decoder.map,
            mayBeQuoted: row.reading == .quoted)
    }

    private func decode(
        _ row: BlockIndex.Row, _ extract: ExtractIngest, _ decoder: RowDecoder,
        _ libCSV: LibCSVReader
    ) -> RowDecoder.Outcome {
        if isScanned(row) {
            guard isPlain(row, decoder) else { return .rejected(.rowShape, column: -1) }
            let outcome = decoder.decodeWithCare(fields(row, decoder), into: buffers)
            if outcome != .needsLibCSV { return outcome }
        }
        return decodeByLibCSV(row, extract, decoder, libCSV)
    }

    private func decodeByLibCSV(
        _ row: BlockIndex.Row, _ extract: ExtractIngest, _ decoder: RowDecoder,
        _ libCSV: LibCSVReader
    ) -> RowDecoder.Outcome {
        decoder.countLibCSV()
        var record = FieldStore.Record(
            firstEnd: Int(row.firstEnd), fieldCount: Int(row.fieldCount))
        var isRecord = row.reading == .parsed
        if row.reading != .parsed && row.reading != .badQuote {
            let outcome = libCSV.read(
                block, start: Int(row.start), count: count, isEndOfFile: isAtEndOfFile(extract))
            if case .record = outcome { isRecord = true }
            record = libCSV.record
        }
        guard isRecord, record.fieldCount == decoder.fieldCount else {
            return .rejected(.rowShape, column: -1)
        }
        let fields = RowFields(
            bytes: libCSV.fieldBytes, ends: libCSV.fieldEnds + record.firstEnd, map: decoder.map,
            mayBeQuoted: false)
        let first17 = decoder.plainNumber(fields)
        return first17 != 0 && decoder.storePlain(fields, of: first17, into: buffers)
            ? .stored : decoder.decodeWithCare(fields, into: buffers)
    }
}
