import PopulationFigures
import PopulationModel

/// Text of an XML message, as bytes; elements are written in order, values escaped.
struct SDMXMarkup {
    private(set) var bytes: [UInt8] = []

    init() { raw(#"<?xml version="1.0" encoding="UTF-8"?>"# + "\n") }

    mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// `<name a="b">`; attributes without a value are left out.
    mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
        start(name, attributes)
        raw(">")
    }

    mutating func close(_ name: String) { raw("</\(name)>") }

    mutating func empty(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
        start(name, attributes)
        raw("/>")
    }

    mutating func element(
        _ name: String, _ text: String, _ attributes: KeyValuePairs<String, String?> = [:]
    ) {
        open(name, attributes)
        escaped(text)
        close(name)
    }

    /// The same in both languages.
    mutating func names(_ name: Bilingual) {
        element("com:Name", name.en, ["xml:lang": "en"])
        element("com:Name", name.zh, ["xml:lang": "zh"])
    }

    /// An element that is started and not closed, for attributes that are counted at run time.
    mutating func start(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
        raw("<\(name)")
        for (name, value) in attributes {
            if let value { attribute(name, value) }
        }
    }

    mutating func attribute(_ name: String, _ value: String) {
        raw(" \(name)=\"")
        escaped(value)
        raw("\"")
    }

    /// Control characters have no place in XML at all.
    private mutating func escaped(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): raw("&amp;")
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: ">"): raw("&gt;")
            case UInt8(ascii: "\""): raw("&quot;")
            case 0x09, 0x0A, 0x0D: raw(" ")
            case 0..<0x20: raw("?")
            default: bytes.append(byte)
            }
        }
    }
}

/// What stands at the head of every message.
struct SDMXHeader: Sendable {
    var id: String
    /// The same editions give the same message: it is prepared when the edition is published.
    var prepared: String

    func write(to xml: inout SDMXMarkup, structure: (inout SDMXMarkup) -> Void = { _ in }) {
        xml.open("mes:Header")
        xml.element("mes:ID", id)
        xml.element("mes:Test", "false")
        xml.element("mes:Prepared", prepared)
        xml.empty("mes:Sender", ["id": SDMXStructure.agency])
        structure(&xml)
        xml.close("mes:Header")
    }

    static let namespaces = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/"
}

/// A value of JSON whose members stand in the order in which they were given.
enum SDMXJSON: Sendable {
    case text(String)
    case number(String)
    case flag(Bool)
    case null
    case list([SDMXJSON])
    case object([(String, SDMXJSON)])

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }

    private func append(to bytes: inout [UInt8]) {
        switch self {
        case .text(let text): Self.append(text, to: &bytes)
        case .number(let digits): bytes.append(contentsOf: digits.utf8)
        case .flag(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .null: bytes.append(contentsOf: "null".utf8)
        case .list(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                value.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.append(member.0, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.1.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00\(byte < 16 ? "0" : "")".utf8)
                bytes.append(contentsOf: String(byte, radix: 16).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    static func names(_ name: Bilingual) -> [(String, SDMXJSON)] {
        [
            ("name", .text(name.en)),
            ("names", .object([("en", .text(name.en)), ("zh", .text(name.zh))])),
        ]
    }
}
