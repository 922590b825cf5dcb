import Foundation
import PopulationModel

/// A table, and which of its rows in which form, as an address under `/figures/` asks for them.
struct FigureRequest: Equatable, Sendable {
    var table: String
    var format: FigureFormat
    var plan: String?
    var edition: Int?
    /// Timestamps in UTC, as editions bear them.
    var asOf: String?
    var updatedAfter: String?
    var delivered: Int?
    /// Of a delivery.
    var revision: Int?
    var from: String?
    var to: String?
    var offset = 0
    var limit: Int?
    /// Every other parameter, by name; what the table has no column for is refused later.
    var columns: [String: [String]] = [:]

    /// Parameters that are no columns.
    static let parameters = [
        "asOf", "delivered", "edition", "from", "limit", "offset", "plan", "revision", "to",
        "updatedAfter",
    ]

    init(file: String, query: String?, limits: ServerLimits) throws(Refusal) {
        let parts = file.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let format = FigureFormat(rawValue: String(parts[1])) else {
            throw .noSuchFormat
        }
        table = String(parts[0])
        self.format = format
        var values: [String: [String]] = [:]
        for item in try QueryItems.parse(query, limits: limits) {
            values[item.name, default: []].append(item.value)
        }
        try readParameters(&values)
        guard revision == nil || delivered != nil else {
            throw .needsOther(parameter: "revision", other: "delivered")
        }
        guard delivered == nil || (edition == nil && asOf == nil) else {
            throw .badValue(parameter: "delivered", expected: "a year, without edition or asOf")
        }
        for (name, texts) in values {
            let words = texts.flatMap {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            guard words.count <= limits.valuesMax else {
                throw .tooManyValues(max: limits.valuesMax)
            }
            columns[name] = words
        }
    }

    private mutating func readParameters(_ values: inout [String: [String]]) throws(Refusal) {
        plan = try Self.one("plan", &values)
        edition = try Self.number("edition", 1, &values)
        delivered = try Self.number("delivered", 1850, &values)
        // A column of some tables has the same name; beside `delivered` it is the delivery's.
        if delivered != nil { revision = try Self.number("revision", 1, &values) }
        offset = try Self.number("offset", 0, &values) ?? 0
        limit = try Self.number("limit", 0, &values)
        asOf = try Self.time("asOf", endOfDay: true, &values)
        updatedAfter = try Self.time("updatedAfter", endOfDay: false, &values)
        from = try Self.period("from", &values)
        to = try Self.period("to", &values)
    }

    private static func one(_ name: String, _ values: inout [String: [String]])
        throws(Refusal) -> String?
    {
        guard let texts = values.removeValue(forKey: name) else { return nil }
        guard texts.count == 1 else { throw .repeated(parameter: name) }
        return texts[0]
    }

    private static func number(_ name: String, _ least: Int, _ values: inout [String: [String]])
        throws(Refusal) -> Int?
    {
        guard let text = try one(name, &values) else { return nil }
        // Nine digits, so that no sum of two overflows anything.
        guard text.utf8.count <= 9, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text), number >= least
        else { throw .badValue(parameter: name, expected: "a whole number from \(least)") }
        return number
    }

    /// A date, or a time with zone; without one it is UTC.
    private static func time(
        _ name: String, endOfDay: Bool, _ values: inout [String: [String]]
    ) throws(Refusal) -> String? {
        guard let text = try one(name, &values) else { return nil }
        var full = text
        if text.utf8.count == 10 { full += endOfDay ? "T23:59:59Z" : "T00:00:00Z" }
        if text.utf8.count == 19 { full += "Z" }
        // What is wrong with it does not matter to the caller: the form is named.
        guard full.utf8.count <= 32, let date = try? Date.ISO8601FormatStyle().parse(full) else {
            throw .badValue(
                parameter: name, expected: "a date or time such as 2021-01-05T03:12:44Z")
        }
        return date.formatted(.iso8601)
    }

    /// A year, a month or a day.
    private static func period(_ name: String, _ values: inout [String: [String]])
        throws(Refusal) -> String?
    {
        guard let text = try one(name, &values) else { return nil }
        let shape = String(
            decoding: text.utf8.map { (0x30...0x39).contains($0) ? UInt8(ascii: "9") : $0 },
            as: UTF8.self)
        guard ["9999", "9999-99", "9999-99-99"].contains(shape), isOfCalendar(text) else {
            throw .badValue(parameter: name, expected: "a date such as 2020-12-31, or a year")
        }
        return text
    }

    /// No thirteenth month and no thirtieth of February; `text` has the shape of a period. Years may be
    /// any: a bound far off asks for all that there is.
    private static func isOfCalendar(_ text: String) -> Bool {
        let parts = text.split(separator: "-").compactMap { Int32($0) }
        guard parts.count > 1 else { return true }
        guard (1...12).contains(parts[1]) else { return false }
        let days = CalendarDate.dayCount(year: parts[0], month: parts[1])
        return parts.count == 2 || (1...days).contains(parts[2])
    }
}

/// The forms in which a table is given.
enum FigureFormat: String, Sendable {
    case csv, json, xlsx

    var contentType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8; header=present"
        case .json: "application/json"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }
}

/// The parts of a query: `name=value`, percent-decoded. A plus stays a plus: age groups end in one.
enum QueryItems {
    static func parse(_ query: String?, limits: ServerLimits) throws(Refusal)
        -> [(name: String, value: String)]
    {
        var items: [(name: String, value: String)] = []
        for part in (query ?? "").split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, let name = String(sides[0]).removingPercentEncoding,
                let value = String(sides[1]).removingPercentEncoding, !name.isEmpty,
                items.count < limits.parametersMax
            else { throw .malformedQuery }
            items.append((name, value))
        }
        return items
    }
}
