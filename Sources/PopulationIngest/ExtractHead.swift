internal import PopulationModel

/// The first bytes of an extract, at least one, and 64 readable ones behind them.
struct ExtractBeginning {
    let bytes: UnsafeBufferPointer<UInt8>
    /// Nothing follows them.
    let isWhole: Bool
    /// The first 4 MiB of the extract are valid UTF-8, as far as that was asked for.
    let isUTF8: Bool
}

/// Encoding and header of an extract, before it is known which column is which.
struct ExtractHead {
    let encoding: TextEncoding
    let encodingName: String
    /// As UTF-8, without blanks at their ends.
    let names: [String]
    /// Offset of the first byte behind the header line.
    let dataStart: Int

    /// `choice` is `auto`, `utf-8` or `gb18030`.
    init(_ beginning: ExtractBeginning, encoding choice: String, label: String)
        throws(PopstatErrors)
    {
        let bytes = beginning.bytes
        let bom = try Self.byteOrderMark(bytes, label: label)
        let isUTF8: Bool
        switch choice {
        case "utf-8": isUTF8 = true
        case "gb18030": isUTF8 = false
        default: isUTF8 = bom.isUTF8 ?? beginning.isUTF8
        }
        guard bom.isUTF8 == nil || bom.isUTF8 == isUTF8 else {
            throw PopstatErrors(
                .otherMark(label: label, mark: isUTF8 ? "gb18030" : "utf-8", plan: choice))
        }
        if isUTF8 {
            encoding = .utf8
            encodingName = "utf-8"
        } else {
            guard let gb18030 = GB18030.shared else {
                throw PopstatErrors(.noGB18030(label: label))
            }
            encoding = .gb18030(gb18030)
            encodingName = "gb18030"
        }
        (names, dataStart) = try Self.readHeader(
            beginning, from: bom.width, encoding: encoding, label: label)
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
        _ beginning: ExtractBeginning, from start: Int, encoding: TextEncoding, label: String
    ) throws(PopstatErrors) -> (names: [String], next: Int) {
        let bytes = beginning.bytes
        let reader = LibCSVReader(encoding: encoding)
        var position = start
        while position < bytes.count {
            switch reader.read(
                bytes.baseAddress!, start: position, count: bytes.count,
                isEndOfFile: beginning.isWhole)
            {
            case .empty(let next): position = next
            case .record(_, let next):
                // Every separator of UTF-16 has one; text of the other two has none.
                guard !bytes[position..<next].contains(0) else {
                    if let form = OtherForm.of(bytes) {
                        throw PopstatErrors(.otherForm(label: label, form: form))
                    }
                    throw PopstatErrors(.zeroBytes(label: label))
                }
                return (reader.texts, next)
            case .badQuote, .needsMoreBytes:
                throw PopstatErrors(.noHeader(label: label))
            }
        }
        throw PopstatErrors(.noHeader(label: label))
    }
}

extension LibCSVReader {
    /// The fields of the record that was read last, as UTF-8 without blanks at their ends.
    var texts: [String] {
        fields.map { field in
            String(
                decoding: encoding.utf8Text(encoding.stripped(field).buffer), as: UTF8.self)
        }
    }
}
