import Glibc
internal import PopulationModel

/// What is known of an extract before its rows are read: encoding, columns, where rows begin.
struct ExtractSetup: Sendable {
    let encoding: TextEncoding
    let encodingName: String
    let map: ColumnMap
    /// Offset of the first byte behind the header line.
    let dataStart: Int
    /// Line ends before `dataStart`.
    let headerLineEnds: Int

    init(_ request: IngestRequest, beginning: ExtractBeginning) throws(PopstatErrors) {
        let head = try ExtractHead(
            beginning, encoding: request.encoding, label: request.label)
        let match = HeaderMatcher.match(
            head.names, source: request.source, named: request.columns)
        if !match.faults.isEmpty {
            throw PopstatErrors(
                match.faults.map { IngestFault.header(label: request.label, $0).error })
        }
        encoding = head.encoding
        encodingName = head.encodingName
        map = match.map
        dataStart = head.dataStart
        headerLineEnds = LineEnds.count(beginning.bytes.baseAddress!, from: 0, to: head.dataStart)
    }
}

/// What the set-ups of several extracts share: memory for the beginning of each.
final class SetupWorkspace {
    /// So many bytes decide between UTF-8 and GB 18030 (SPEC 2.4).
    private static let detectionBytes = 4 << 20
    /// Read at once, so that they are looked at while they lie in the cache.
    private static let pieceBytes = 1 << 18
    private static let slack = 64

    private let memory = UnsafeMutableRawBufferPointer.allocate(
        byteCount: detectionBytes + slack, alignment: 8)

    deinit { memory.deallocate() }

    /// Encoding and header of an extract that is open. Nearly always the header ends in the first
    /// piece; empty lines or a long one may be before its end.
    func setup(_ request: IngestRequest, of file: ExtractFile) throws(PopstatErrors)
        -> ExtractSetup
    {
        let wanted = min(file.byteCount, Self.detectionBytes)
        let count = min(wanted, Self.pieceBytes)
        do throws(PopstatErrors) {
            return try ExtractSetup(
                request, beginning: beginning(of: file, count: count, request.encoding))
        } catch {
            guard count < wanted else { throw error }
            return try ExtractSetup(
                request, beginning: beginning(of: file, count: wanted, request.encoding))
        }
    }

    /// The first bytes of a file, until the next call. What follows them is looked at where the
    /// encoding is to be found, and not kept.
    private func beginning(of file: ExtractFile, count: Int, _ encoding: String)
        throws(PopstatErrors) -> ExtractBeginning
    {
        let bytes = try read(file, from: 0, count: count)
        let end = min(file.byteCount, Self.detectionBytes)
        return try beginning(
            count: count, isWhole: count == file.byteCount, label: file.label,
            isUTF8: encoding == "auto" ? try isUTF8(file, first: bytes, upTo: end) : false)
    }

    /// Whether the bytes of a file up to an offset are the beginning of a text in UTF-8; `first` are
    /// the first of them, and the others are read behind these.
    private func isUTF8(
        _ file: ExtractFile, first: UnsafeBufferPointer<UInt8>, upTo end: Int
    ) throws(PopstatErrors) -> Bool {
        var checked = 0
        var piece = first
        while checked + piece.count < end {
            let valid = UTF8Check.validCount(piece)
            // A character that the end of a piece cuts begins the next one.
            if piece.count - valid >= 4 { return false }
            checked += valid
            piece = try read(
                file, from: checked, count: min(Self.pieceBytes, end - checked),
                at: Self.pieceBytes + Self.slack)
        }
        return UTF8Check.isValidBeginning(piece)
    }

    /// Reads bytes of a file to a place of the memory.
    private func read(_ file: ExtractFile, from offset: Int, count: Int, at place: Int = 0)
        throws(PopstatErrors) -> UnsafeBufferPointer<UInt8>
    {
        let room = UnsafeMutableRawBufferPointer(rebasing: memory[place..<(place + count)])
        guard try file.read(at: offset, into: room) == count else {
            throw PopstatErrors(.changedWhileRead(label: file.label))
        }
        return UnsafeBufferPointer(room.bindMemory(to: UInt8.self))
    }

    /// The same of a file that is read no further; of a gzip file only so much is unpacked, and
    /// nothing of it is written to disk.
    func beginning(ofPath path: String, label: String) throws(PopstatErrors) -> ExtractBeginning {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw PopstatErrors(.cannotOpen(label: label, errno: errno)) }
        defer { close(descriptor) }
        var packed = PackedBeginning(isPacked: PackedExtract.isPacked(path), label: label)
        let (count, isWhole) = try packed.fill(
            UnsafeMutableRawBufferPointer(rebasing: memory[..<Self.detectionBytes]),
            from: descriptor)
        return try beginning(
            count: count, isWhole: isWhole, label: label,
            isUTF8: UTF8Check.isValidBeginning(
                UnsafeBufferPointer(
                    UnsafeMutableRawBufferPointer(rebasing: memory[..<count])
                        .bindMemory(to: UInt8.self))))
    }

    private func beginning(count: Int, isWhole: Bool, label: String, isUTF8: Bool)
        throws(PopstatErrors) -> ExtractBeginning
    {
        guard count > 0 else { throw PopstatErrors(.noHeader(label: label)) }
        memory[count..<(count + Self.slack)].initializeMemory(as: UInt8.self, repeating: 0x0A)
        return ExtractBeginning(
            bytes: UnsafeBufferPointer(
                start: memory.baseAddress!.assumingMemoryBound(to: UInt8.self), count: count),
            isWhole: isWhole, isUTF8: isUTF8)
    }
}
