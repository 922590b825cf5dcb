/// The formats of answers, and which of them a client accepts.
enum SDMXFormat: String, CaseIterable, Sendable {
    case genericXML, specificXML, csv1, csv2, dataJSON, draftJSON
    case structureXML, structureJSON

    var contentType: String {
        switch self {
        case .genericXML: "application/vnd.sdmx.genericdata+xml; version=2.1"
        case .specificXML: "application/vnd.sdmx.structurespecificdata+xml; version=2.1"
        case .csv1: "application/vnd.sdmx.data+csv; version=1.0.0"
        case .csv2: "application/vnd.sdmx.data+csv; version=2.0.0"
        case .dataJSON: "application/vnd.sdmx.data+json; version=1.0.0"
        case .draftJSON: "application/vnd.sdmx.draft-sdmx-json+json; version=1.0.0"
        case .structureXML: "application/vnd.sdmx.structure+xml; version=2.1"
        case .structureJSON: "application/vnd.sdmx.structure+json; version=2.0.0"
        }
    }

    /// The first is given to a client that takes anything: clients cannot read CSV or JSON without
    /// knowing more.
    static let ofData: [SDMXFormat] = [
        .genericXML, .specificXML, .csv2, .csv1, .dataJSON, .draftJSON,
    ]
    static let ofStructures: [SDMXFormat] = [.structureXML, .structureJSON]

    /// One item of an `Accept` header.
    struct Accepted: Sendable {
        var type: String
        var parameters: [String: String]
        /// Thousandths.
        var quality: Int
    }

    static func accepted(_ header: String?) -> [Accepted] {
        let items = (header ?? "").prefix(4_096).split(separator: ",").map(String.init)
        let accepted = items.map { item -> Accepted in
            var parts = item.split(separator: ";").map { trimmed($0).lowercased() }[...]
            let type = parts.popFirst() ?? ""
            var parameters: [String: String] = [:]
            for part in parts {
                let sides = part.split(separator: "=", maxSplits: 1)
                guard sides.count == 2 else { continue }
                parameters[trimmed(sides[0])] = trimmed(sides[1])
            }
            let quality = parameters.removeValue(forKey: "q").map(thousandths) ?? 1_000
            return Accepted(type: type, parameters: parameters, quality: quality)
        }.filter { !$0.type.isEmpty }
        // Those that are wanted most come first, in the order of the header otherwise.
        return accepted.enumerated().sorted {
            ($1.element.quality, $0.offset) < ($0.element.quality, $1.offset)
        }.map(\.element)
    }

    /// The format to answer in, and the item of the header that asked for it.
    static func negotiate(
        _ header: String?, among formats: [SDMXFormat]
    ) throws(SDMXFault) -> (format: SDMXFormat, parameters: [String: String]) {
        let accepted = accepted(header)
        guard !accepted.isEmpty else { return (formats[0], [:]) }
        for item in accepted where item.quality > 0 {
            if let format = formats.first(where: { $0.isTaken(by: item) }) {
                return (format, item.parameters)
            }
        }
        throw .notAcceptable(known: formats.map(\.contentType))
    }

    /// Whether a client wants what is no figure, such as a fault, as JSON.
    static func prefersJSON(_ header: String?) -> Bool {
        accepted(header).first?.type.hasSuffix("json") ?? false
    }

    private func isTaken(by item: Accepted) -> Bool {
        let own = contentType.split(separator: ";").map { Self.trimmed($0) }
        let version = own[1].dropFirst("version=".count)
        switch item.type {
        case "*/*", "application/*": return true
        case "application/xml", "text/xml":
            return self == .genericXML || self == .structureXML
        case "application/json": return self == .dataJSON || self == .structureJSON
        case "text/csv", "application/csv": return self == .csv2
        default:
            guard item.type == own[0] else { return false }
            guard let wanted = item.parameters["version"] else { return true }
            let plain = wanted.filter { $0 != "\"" }
            // `1.0` asks for 1.0.0 as well, and 2.1 of structures as JSON is read by those who
            // write 2.0.0 in no other place.
            return plain == version || plain + ".0" == version
        }
    }

    private static func thousandths(_ text: String) -> Int {
        guard let number = Double(text), number >= 0, number <= 1 else { return 0 }
        return Int(number * 1_000)
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var text = text[...]
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }

    /// `zh` or `en`, as the header `Accept-Language` asks first for one of them.
    static func isChinese(_ language: String?) -> Bool {
        let first = accepted(language).lazy.filter { $0.quality > 0 }
            .map { $0.type.split(separator: "-").first.map(String.init) ?? "" }
            .first { $0 == "zh" || $0 == "en" }
        return first == "zh"
    }
}
