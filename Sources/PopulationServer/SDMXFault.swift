/// Why a request is not answered with figures or structures; the wording is made here.
///
/// No value of the request is repeated but names, and these only in part: an answer is no mirror.
enum SDMXFault: Error, Sendable, Equatable {
    case tooLong(part: String, bytesMax: Int)
    case tooManyParts(max: Int)
    case brokenEncoding(part: String)
    case unknownResource(String)
    case unknownParameter(String, known: [String])
    case repeatedParameter(String)
    case badParameter(String, expected: String)
    case unknownComponent(String, known: [String])
    case badOperator(String)
    case keyLength(found: Int, expected: Int)
    case tooManyCodes(max: Int)
    /// Nothing that the caller may see.
    case notFound(String)
    case notAcceptable(known: [String])
    case tooLarge(what: String, max: Int)
    case unsupported(String)
    /// The store cannot be read, or what is in it is not as its contract says.
    case store

    var status: Int {
        switch self {
        case .notFound: 404
        case .notAcceptable: 406
        case .tooLarge: 413
        case .unsupported: 501
        case .store: 503
        default: 400
        }
    }

    /// As the SDMX web services guidelines number faults.
    var code: Int {
        switch self {
        case .notFound: 100
        case .tooLarge: 510
        case .unsupported: 501
        case .store: 503
        case .unknownComponent, .keyLength, .unknownResource: 150
        default: 140
        }
    }

    var message: String {
        switch self {
        case .tooLong(let part, let max): "the \(part) is longer than \(max) bytes"
        case .tooManyParts(let max): "the path has more than \(max) parts"
        case .brokenEncoding(let part):
            "the \(part) is not percent-encoded UTF-8 without control characters"
        case .unknownResource(let name):
            "no resource is called '\(Self.shown(name))': data, structure, availability, "
                + "availableconstraint, or a type of artefact such as dataflow is expected"
        case .unknownParameter(let name, let known):
            "no parameter is called '\(Self.shown(name))': known here are "
                + known.joined(separator: ", ")
        case .repeatedParameter(let name): "the parameter \(Self.shown(name)) is given twice"
        case .badParameter(let name, let expected):
            "the parameter \(Self.shown(name)) is wrong: \(expected) is expected"
        case .unknownComponent(let name, let known):
            "the dataflow has no component '\(Self.shown(name))': it has "
                + known.joined(separator: ", ")
        case .badOperator(let component):
            "the condition on \(Self.shown(component)) is wrong: a value is expected, after one of "
                + "eq, ne, lt, le, gt, ge, co, nc, sw, ew and a colon where it is not equality"
        case .keyLength(let found, let expected):
            "the key has \(found) parts, \(expected) are expected: one for each dimension but "
                + "time, with dots between"
        case .tooManyCodes(let max): "the request has more than \(max) codes and conditions"
        case .notFound(let what): "no results: \(what)"
        case .notAcceptable(let known):
            "none of the formats asked for is served: " + known.joined(separator: ", ")
        case .tooLarge(let what, let max):
            "the answer has more than \(max) \(what): ask for fewer codes or a shorter time, or "
                + "page with offset and limit"
        case .unsupported(let what): "not served here: \(what)"
        case .store: "the figures cannot be read at the moment"
        }
    }

    /// As much of a name as helps the caller, without what could be taken for markup, and without
    /// its digits: a number of a person may have got into the address.
    private static func shown(_ name: String) -> String {
        let plain = name.unicodeScalars.prefix(40).map { scalar -> Character in
            switch scalar {
            case "a"..."z", "A"..."Z", "_", "-", ".", "[", "]": Character(scalar)
            default: "?"
            }
        }
        return String(plain)
    }
}
