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
    private static let slack = 64

    private let memory = UnsafeMutableRawBufferPointer.allocate(
        byteCount: detectionBytes + slack, alignment: 8)

    deinit { memory.deallocate() }

    /// The first bytes of an extract that is open, until the next call.
    func beginning(of file: ExtractFile) throws(PopstatErrors) -> ExtractBeginning {
        let wanted = min(file.byteCount, Self.detectionBytes)
        let count = try file.read(
            at: 0, into: UnsafeMutableRawBufferPointer(rebasing: memory[..<wanted]))
        guard count == wanted else { throw PopstatErrors(.changedWhileRead(label: file.label)) }
        return try beginning(count: count, isWhole: count == file.byteCount, label: file.label)
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
        return try beginning(count: count, isWhole: isWhole, label: label)
    }

    private func beginning(count: Int, isWhole: Bool, label: String) throws(PopstatErrors)
        -> ExtractBeginning
    {
        guard count > 0 else { throw PopstatErrors(.noHeader(label: label)) }
        memory[count..<(count + Self.slack)].initializeMemory(as: UInt8.self, repeating: 0x0A)
        return ExtractBeginning(
            bytes: UnsafeBufferPointer(
                start: memory.baseAddress!.assumingMemoryBound(to: UInt8.self), count: count),
            isWhole: isWhole)
    }
}
