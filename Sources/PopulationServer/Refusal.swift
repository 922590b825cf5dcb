/// Every answer that is no success, and its wording. None repeats a value of the request, which may
/// be a secret that was put in the wrong place, and those for callers without a right read the same
/// whether the thing is there or not.
enum Refusal: Error, Equatable {
    case malformedQuery
    case unknownParameter(name: String, known: [String])
    case badValue(parameter: String, expected: String)
    case repeated(parameter: String)
    case needsOther(parameter: String, other: String)
    case tooManyValues(max: Int)
    case signIn
    case badToken
    case notForScope
    case noSuchPage
    case noSuchFormat
    case noSuchTable(known: [String])
    case noSuchEdition
    case notDelivered
    case methodNotAllowed
    case bodyNotAccepted
    case addressTooLong(max: Int)
    case tooManyRows(max: Int)
    case tooFast(seconds: Int)
    case tooBusy
    case tookTooLong
    case storeUnavailable
    case internalFault

    var status: Int {
        switch self {
        case .malformedQuery, .unknownParameter, .badValue, .repeated, .needsOther,
            .tooManyValues:
            400
        case .signIn, .badToken: 401
        case .notForScope: 403
        case .noSuchPage, .noSuchFormat, .noSuchTable, .noSuchEdition, .notDelivered: 404
        case .methodNotAllowed: 405
        case .bodyNotAccepted, .tooManyRows: 413
        case .addressTooLong: 414
        case .tooFast: 429
        case .internalFault: 500
        case .tooBusy, .tookTooLong, .storeUnavailable: 503
        }
    }

    /// The kind of refusal in a few words.
    var title: String {
        switch status {
        case 400: "Bad request"
        case 401: "Token needed"
        case 403: "Not for this scope"
        case 404: "Not found"
        case 405: "Method not allowed"
        case 413: "Too large"
        case 414: "Address too long"
        case 429: "Too many requests"
        case 503: "Not now"
        default: "Server fault"
        }
    }

    /// After so many seconds it is worth asking again.
    var retrySeconds: Int? {
        switch self {
        case .tooFast(let seconds): seconds
        case .tooBusy: 1
        case .tookTooLong, .storeUnavailable: 10
        default: nil
        }
    }

    /// What is wrong, and what to do.
    var words: String {
        switch self {
        case .malformedQuery:
            "The query cannot be read: name=value, joined by &, percent-encoded UTF-8."
        case .unknownParameter(let name, let known):
            "\(name) is no parameter and no column of this table. Known: "
                + known.joined(separator: ", ") + "."
        case .badValue(let parameter, let expected): "\(parameter): \(expected) is expected."
        case .repeated(let parameter): "\(parameter) is given twice."
        case .needsOther(let parameter, let other): "\(parameter) is given without \(other)."
        case .tooManyValues(let max): "A filter takes at most \(max) values."
        case .signIn:
            "This is not public, or it is not there. Send a token: Authorization: Bearer …"
        case .badToken: "The token is not valid. Ask the statistics bureau for another."
        case .notForScope: "This is not for the token's scope, or it is not there."
        case .noSuchPage: "There is no such page. Begin at / or /figures."
        case .noSuchFormat:
            "Tables are given as .csv, .json and .xlsx."
        case .noSuchTable(let known):
            "There is no such table. Tables: \(known.joined(separator: ", "))."
        case .noSuchEdition: "No edition that you may see fits. Editions are listed in /figures."
        case .notDelivered: "Nothing was delivered for this year, or not this revision."
        case .methodNotAllowed: "Only GET and HEAD: figures are read here, not written."
        case .bodyNotAccepted: "A request has no body here."
        case .addressTooLong(let max): "Path and query are longer than \(max) bytes."
        case .tooManyRows(let max):
            "The answer has more than \(max) rows. Filter, or read it in parts with limit and "
                + "offset."
        case .tooFast: "Too many requests. Wait as Retry-After says."
        case .tooBusy: "Too many long answers are under way. Try again."
        case .tookTooLong: "The answer took too long. Filter, or try again."
        case .storeUnavailable: "The figures cannot be read now. Try again."
        case .internalFault: "A fault of the server; it is in its log."
        }
    }
}
