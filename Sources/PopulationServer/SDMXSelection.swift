import PopulationFigures
import PopulationStore

/// Which observations of a dataflow are asked for.
struct SDMXSelection: Sendable {
    /// One set of codes per dimension but time; `nil` takes every code.
    typealias Key = [Set<String>?]

    /// One of them must fit; none asks nothing.
    var keys: [Key] = []
    var conditions: [SDMXCondition] = []
    var time: SDMXTimeCondition
    private let dimensions: [String]
    private let attributes: [String]

    init(
        structure: SDMXStructure, key: String, language: SDMXRequest.Language,
        conditions: [SDMXCondition], limits: SDMXLimits
    ) throws(SDMXFault) {
        dimensions = structure.dimensions.map(\.id)
        attributes = structure.attributes.map(\.id)
        keys = try Self.keys(
            key, count: dimensions.count - 1, language: language, limits: limits)
        self.conditions = conditions.filter { $0.component != "TIME_PERIOD" }
        time = try SDMXTimeCondition(conditions.filter { $0.component == "TIME_PERIOD" })
        let known = dimensions + attributes
        for condition in self.conditions where !known.contains(condition.component) {
            throw .unknownComponent(condition.component, known: known)
        }
        guard conditions.reduce(0, { $0 + $1.valueCount }) <= limits.codesMax else {
            throw .tooManyCodes(max: limits.codesMax)
        }
    }

    func takes(_ observation: SDMXObservation) -> Bool {
        guard keys.isEmpty || keys.contains(where: { Self.takes($0, observation.key) }) else {
            return false
        }
        return conditions.allSatisfy { condition in
            if let place = dimensions.firstIndex(of: condition.component) {
                return condition.takes(observation.key[place])
            }
            guard let place = attributes.firstIndex(of: condition.component) else { return false }
            return condition.takes(observation.attributes[place])
        } && time.takes(observation.key[dimensions.count - 1])
    }

    private static func takes(_ key: Key, _ codes: [String]) -> Bool {
        zip(key, codes).allSatisfy { wanted, code in wanted?.contains(code) ?? true }
    }

    /// `A.4499+449901..` of both languages; in the second also `A.*.F,A.*.M` and a shorter key, whose
    /// missing dimensions take every code.
    private static func keys(
        _ text: String, count: Int, language: SDMXRequest.Language, limits: SDMXLimits
    ) throws(SDMXFault) -> [Key] {
        if SDMXIdentifier.isWild(text) { return [] }
        var keys: [Key] = []
        var codeCount = 0
        for alternative in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = alternative.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == count || (language == .rest2 && parts.count < count) else {
                throw .keyLength(found: parts.count, expected: count)
            }
            var key: Key = []
            for part in parts {
                if part.isEmpty || part == "*" {
                    key.append(nil)
                    continue
                }
                let codes = part.split(separator: "+", omittingEmptySubsequences: false)
                codeCount += codes.count
                guard codeCount <= limits.codesMax else {
                    throw .tooManyCodes(max: limits.codesMax)
                }
                // An empty code between two `+` names nothing.
                key.append(codes.contains("*") ? nil : Set(codes.map(String.init)))
            }
            keys.append(key)
        }
        return keys
    }

    /// What the store can leave out by itself; the rest is left out by `takes`. `nil` when nothing
    /// can fit.
    func query(_ structure: SDMXStructure, scope: TableScope, edition: Int) -> FigureQuery? {
        var query = FigureQuery(table: structure.table.name, scope: scope, edition: edition)
        for (index, dimension) in structure.dimensions.enumerated() {
            switch dimension.source {
            case .column(let column):
                guard let codes = codes(at: index, of: dimension.id), let list = dimension.codeList
                else { continue }
                let words = codes.compactMap { list.word(of: $0) }.sorted()
                if words.isEmpty { return nil }
                query.conditions.append(.oneOf(column: column, values: words))
            case .time(let column?):
                // A year is the beginning of its days.
                let count = column == "year" ? 4 : 10
                if let day = time.firstDay {
                    query.conditions.append(
                        .atLeast(column: column, value: String(day.prefix(count))))
                }
                if let day = time.lastDay {
                    query.conditions.append(
                        .atMost(column: column, value: String(day.prefix(count))))
                }
            default: continue
            }
        }
        return query
    }

    /// The codes that a dimension may have, where one key or one condition says so.
    private func codes(at index: Int, of dimension: String) -> Set<String>? {
        var codes: Set<String>?
        if keys.count == 1, index < keys[0].count { codes = keys[0][index] }
        for condition in conditions where condition.component == dimension {
            for term in condition.terms where term.operator == .equal {
                codes = codes?.intersection(term.values) ?? Set(term.values)
            }
        }
        return codes
    }
}
