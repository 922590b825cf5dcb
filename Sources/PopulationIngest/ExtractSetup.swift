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

    init(_ request: IngestRequest, file: ExtractFile, workspace: SetupWorkspace)
        throws(PopstatErrors)
    {
        let bytes = try workspace.beginning(of: file)
        let bom = try Self.byteOrderMark(bytes, label: request.label)
        let isUTF8: Bool
        switch request.encoding {
        case "utf-8": isUTF8 = true
        case "gb18030": isUTF8 = false
        default: isUTF8 = bom.isUTF8 ?? UTF8Check.isValidBeginning(bytes)
        }
        if isUTF8 {
            encoding = .utf8
            encodingName = "utf-8"
        } else {
            guard let gb18030 = GB18030.shared else {
                throw PopstatErrors(.noGB18030(label: request.label))
            }
            encoding = .gb18030(gb18030)
            encodingName = "gb18030"
        }
        let header = try Self.readHeader(
            bytes, from: bom.width, isWhole: bytes.count == file.byteCount, encoding: encoding,
            label: request.label)
        let match = HeaderMatcher.match(
            header.names, source: request.source, named: request.columns)
        if !match.faults.isEmpty {
            throw PopstatErrors(
                match.faults.map { IngestFault.header(label: request.label, $0).error })
        }
        map = match.map
        dataStart = header.next
        headerLineEnds = LineEnds.count(bytes.baseAddress!, from: 0, to: header.next)
    }

    private static func byteOrderMark(_ bytes: UnsafeBufferPointer<UInt8>, label: String)
        throws(PopstatErrors)
        -> (width: Int, isUTF8: Bool?)
    {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (3, true) }
        if bytes.starts(with: [0x84, 0x31, 0x95, 0x33]) { return (4, false) }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw PopstatErrors(.utf16(label: label))
        }
        return (0, nil)
    }

    /// The first record that is no empty line; its fields as UTF-8.
    private static func readHeader(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isWhole: Bool, encoding: TextEncoding,
        label: String
    ) throws(PopstatErrors) -> (names: [String], next: Int) {
        let reader = LibCSVReader(encoding: encoding)
        var position = start
        while position < bytes.count {
            switch reader.read(
                bytes.baseAddress!, start: position, count: bytes.count, isEndOfFile: isWhole)
            {
            case .empty(let next): position = next
            case .record(_, let next):
                // Every separator of UTF-16 has one; text of the other two has none.
                guard !bytes[position..<next].contains(0) else {
                    throw PopstatErrors(.zeroBytes(label: label))
                }
                let names = reader.fields.map { field in
                    String(
                        decoding: encoding.utf8Text(encoding.stripped(field).buffer),
                        as: UTF8.self)
                }
                return (names, next)
            case .badQuote, .needsMoreBytes:
                throw PopstatErrors(.noHeader(label: label))
            }
        }
        throw PopstatErrors(.noHeader(label: label))
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

    /// The first bytes of an extract, at least one, and 64 readable ones; until the next call.
    func beginning(of file: ExtractFile) throws(PopstatErrors) -> UnsafeBufferPointer<UInt8> {
        let wanted = min(file.byteCount, Self.detectionBytes)
        let count = try file.read(
            at: 0, into: UnsafeMutableRawBufferPointer(rebasing: memory[..<wanted]))
        guard count == wanted else { throw PopstatErrors(.changedWhileRead(label: file.label)) }
        guard count > 0 else { throw PopstatErrors(.noHeader(label: file.label)) }
        memory[count..<(count + Self.slack)].initializeMemory(as: UInt8.self, repeating: 0x0A)
        return UnsafeBufferPointer(
            start: memory.baseAddress!.assumingMemoryBound(to: UInt8.self), count: count)
    }
}
