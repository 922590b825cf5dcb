/// The query items of a request for data or availability.
struct SDMXOptions: Sendable, Equatable {
    var conditions: [SDMXCondition] = []
    var firstCount: Int?
    var lastCount: Int?
    /// Whether numbers are given.
    var hasMeasures = true
    var hasAttributes = true
    /// Only the keys of the series, without observations.
    var isKeysOnly = false
    var dimensionAtObservation = "TIME_PERIOD"
    var asOf: String?
    var updatedAfter: String?
    var includeHistory = false
    var offset = 0
    var limit: Int?
    var references = SDMXStructureQuery.References.none

    init() {}

    init(
        _ items: [(name: String, value: String)], isData: Bool, language: SDMXRequest.Language,
        limits: SDMXLimits
    ) throws(SDMXFault) {
        var seen: Set<String> = []
        var known = isData ? Self.namesOfData : Self.namesOfAvailability
        if language == .rest2 { known.append("c[COMPONENT]") }
        for (name, value) in items {
            if name.hasPrefix("c["), name.hasSuffix("]"), language == .rest2 {
                let component = String(name.dropFirst(2).dropLast())
                conditions.append(try SDMXCondition(component: component, text: value))
                guard conditions.count <= limits.codesMax else {
                    throw .tooManyCodes(max: limits.codesMax)
                }
                continue
            }
            guard known.contains(name) else { throw .unknownParameter(name, known: known) }
            guard seen.insert(name).inserted else { throw .repeatedParameter(name) }
            try set(name, to: value, language: language)
        }
    }

    private static let namesOfData = [
        "startPeriod", "endPeriod", "firstNObservations", "lastNObservations", "detail",
        "attributes", "measures", "dimensionAtObservation", "asOf", "updatedAfter",
        "includeHistory", "offset", "limit", "sort",
    ]
    private static let namesOfAvailability = [
        "startPeriod", "endPeriod", "asOf", "updatedAfter", "mode", "references",
    ]

    private mutating func set(
        _ name: String, to value: String, language: SDMXRequest.Language
    ) throws(SDMXFault) {
        switch name {
        case "startPeriod": addPeriod(.atLeast, value)
        case "endPeriod": addPeriod(.atMost, value)
        case "firstNObservations": firstCount = try Self.count(name, value, atLeast: 1)
        case "lastNObservations": lastCount = try Self.count(name, value, atLeast: 1)
        case "offset": offset = try Self.count(name, value, atLeast: 0)
        case "limit": limit = try Self.count(name, value, atLeast: 1)
        case "dimensionAtObservation": dimensionAtObservation = value
        case "asOf", "updatedAfter":
            guard let moment = SDMXMoment.utc(value, dayAtItsEnd: name == "asOf") else {
                throw .badParameter(name, expected: "a moment such as 2021-01-05T03:12:44Z")
            }
            if name == "asOf" { asOf = moment } else { updatedAfter = moment }
        case "includeHistory":
            guard value == "true" || value == "false" else {
                throw .badParameter(name, expected: "true or false")
            }
            includeHistory = value == "true"
        case "detail": try setDetail(value)
        case "attributes": hasAttributes = value != "none" && value != "msd" && value != "dataset"
        case "measures": hasMeasures = value != "none"
        case "references": references = try SDMXStructureQuery.References(value)
        case "mode":
            guard value == "exact" || value == "available" else {
                throw .badParameter(name, expected: "exact or available")
            }
            if value == "available" { throw .unsupported("availability in the mode 'available'") }
        default: throw .unsupported("sorting; observations stand in the order of their table")
        }
        isKeysOnly = isKeysOnly || (!hasMeasures && !hasAttributes)
    }

    private mutating func addPeriod(_ operation: SDMXCondition.Operator, _ value: String) {
        conditions.append(
            SDMXCondition(
                component: "TIME_PERIOD",
                terms: [SDMXCondition.Term(operator: operation, values: [value])]))
    }

    private mutating func setDetail(_ value: String) throws(SDMXFault) {
        switch value {
        case "full": break
        case "dataonly": hasAttributes = false
        case "serieskeysonly": (hasMeasures, hasAttributes) = (false, false)
        case "nodata": hasMeasures = false
        default:
            throw .badParameter(
                "detail", expected: "full, dataonly, serieskeysonly or nodata")
        }
    }

    private static func count(
        _ name: String, _ value: String, atLeast least: Int
    ) throws(SDMXFault) -> Int {
        guard value.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(value),
            number >= least
        else { throw .badParameter(name, expected: "a whole number from \(least) on") }
        return number
    }
}
