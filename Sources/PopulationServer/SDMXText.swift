/// Percent-encoded text of a request.
enum SDMXText {
    /// The parts of a path, split before they are decoded, so that an encoded `/` parts nothing; a
    /// slash at the end counts for nothing.
    static func parts(ofPath path: String, limits: SDMXLimits) throws(SDMXFault) -> [String] {
        guard path.utf8.count <= limits.pathBytesMax else {
            throw .tooLong(part: "path", bytesMax: limits.pathBytesMax)
        }
        var raw = path.split(separator: "/", omittingEmptySubsequences: false)[...]
        if raw.first == "" { raw = raw.dropFirst() }
        if raw.last == "" { raw = raw.dropLast() }
        guard raw.count <= limits.pathPartsMax else {
            throw .tooManyParts(max: limits.pathPartsMax)
        }
        var parts: [String] = []
        for part in raw { parts.append(try decoded(part, part: "path")) }
        return parts
    }

    /// Name and value of each item of a query. `+` stands for itself: it is an operator here.
    static func items(
        ofQuery query: String?, limits: SDMXLimits
    ) throws(SDMXFault) -> [(name: String, value: String)] {
        guard let query, !query.isEmpty else { return [] }
        guard query.utf8.count <= limits.queryBytesMax else {
            throw .tooLong(part: "query", bytesMax: limits.queryBytesMax)
        }
        var items: [(name: String, value: String)] = []
        for item in query.split(separator: "&") {
            let sides = item.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try decoded(sides[0], part: "query")
            items.append((name, sides.count == 2 ? try decoded(sides[1], part: "query") : ""))
        }
        return items
    }

    private static func decoded(_ text: Substring, part: String) throws(SDMXFault) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(value),
                let low = rest.popFirst().flatMap(value)
            else { throw .brokenEncoding(part: part) }
            bytes.append(high << 4 | low)
        }
        guard let text = String(validating: bytes, as: UTF8.self),
            !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else { throw .brokenEncoding(part: part) }
        return text
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
