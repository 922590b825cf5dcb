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

    /// So many bytes decide between UTF-8 and GB 18030 (SPEC 2.4).
    static let detectionBytes = 4 << 20

    init(_ request: IngestRequest, file: ExtractFile, gb18030: GB18030?) throws(PopstatErrors) {
        let (bytes, isWhole) = try Self.beginning(of: file)
        let bom = try Self.byteOrderMark(bytes, label: request.label)
        let isUTF8: Bool
        switch request.encoding {
        case "utf-8": isUTF8 = true
        case "gb18030": isUTF8 = false
        default:
            isUTF8 =
                bom.isUTF8 ?? bytes.withUnsafeBufferPointer { UTF8Check.isValidBeginning($0) }
        }
        if isUTF8 {
            encoding = .utf8
            encodingName = "utf-8"
        } else {
            guard let gb18030 else { throw PopstatErrors(.noGB18030(label: request.label)) }
            encoding = .gb18030(gb18030)
            encodingName = "gb18030"
        }
        let header = try Self.readHeader(
            bytes, from: bom.width, isWhole: isWhole, encoding: encoding, label: request.label)
        let match = HeaderMatcher.match(
            header.names, source: request.source, named: request.columns)
        if !match.faults.isEmpty {
            throw PopstatErrors(
                match.faults.map { IngestFault.header(label: request.label, $0).error })
        }
        map = match.map
        dataStart = header.next
        headerLineEnds = bytes.withUnsafeBufferPointer {
            LineEnds.count($0.baseAddress!, from: 0, to: header.next)
        }
    }

    private static func beginning(of file: ExtractFile) throws(PopstatErrors)
        -> (bytes: [UInt8], isWhole: Bool)
    {
        // One byte more than asked for, so that the array is never empty.
        let count = min(file.byteCount, detectionBytes)
        let pointer = UnsafeMutableRawBufferPointer.allocate(byteCount: count + 64, alignment: 8)
        defer { pointer.deallocate() }
        let read = try file.read(
            at: 0, into: UnsafeMutableRawBufferPointer(rebasing: pointer[..<count]))
        guard read > 0 else { throw PopstatErrors(.noHeader(label: file.label)) }
        return (Array(pointer[..<read]), read == file.byteCount)
    }

    private static func byteOrderMark(_ bytes: [UInt8], label: String) throws(PopstatErrors)
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
        _ bytes: [UInt8], from start: Int, isWhole: Bool, encoding: TextEncoding, label: String
    ) throws(PopstatErrors) -> (names: [String], next: Int) {
        let reader = LibCSVReader(encoding: encoding)
        let padded = bytes + [UInt8](repeating: 0x0A, count: 64)
        var position = start
        while position < bytes.count {
            let outcome = padded.withUnsafeBufferPointer {
                reader.read(
                    $0.baseAddress!, start: position, count: bytes.count, isEndOfFile: isWhole)
            }
            switch outcome {
            case .empty(let next): position = next
            case .record(_, let next):
                var names: [String] = []
                var fieldStart = 0
                for end in reader.fieldEnds {
                    let field = encoding.stripped(
                        FieldBytes(reader.fieldBytes + fieldStart, Int(end) - fieldStart))
                    names.append(String(decoding: encoding.utf8Text(field.buffer), as: UTF8.self))
                    fieldStart = Int(end) + 1
                }
                return (names, next)
            case .badQuote, .needsMoreBytes:
                throw PopstatErrors(.noHeader(label: label))
            }
        }
        throw PopstatErrors(.noHeader(label: label))
    }
}

/// Line ends of a file: LF, CR LF and a lone CR count one each.
package enum LineEnds {
    /// Line ends in `start..<end`; an LF behind a CR is counted with the CR. The byte before
    /// `start` must be readable unless `start` is 0.
    package static func count(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        var count = 0
        var position = start
        var previousIsCR = start > 0 && bytes[start - 1] == 0x0D
        let low: UInt64 = 0x0101_0101_0101_0101
        while position < end {
            // Eight bytes without any byte below 0x10 hold no line end.
            if !previousIsCR, position &+ 8 <= end {
                let word = UnsafeRawPointer(bytes).loadUnaligned(
                    fromByteOffset: position, as: UInt64.self)
                if (word &- (low &* 0x10)) & ~word & (low &* 0x80) == 0 {
                    position &+= 8
                    continue
                }
            }
            let byte = bytes[position]
            if byte == 0x0D || (byte == 0x0A && !previousIsCR) { count &+= 1 }
            previousIsCR = byte == 0x0D
            position &+= 1
        }
        return count
    }
}
