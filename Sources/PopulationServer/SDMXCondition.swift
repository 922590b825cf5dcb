/// What `c[COMPONENT]=…` asks of a component: every term must hold, and a term holds when one of its
/// values does (`ge:2019+le:2020`, `F,M`).
struct SDMXCondition: Sendable, Equatable {
    enum Operator: String, Sendable {
        case equal = "eq"
        case different = "ne"
        case less = "lt"
        case atMost = "le"
        case greater = "gt"
        case atLeast = "ge"
        case contains = "co"
        case containsNot = "nc"
        case startsWith = "sw"
        case endsWith = "ew"
    }

    /// One operator and its values.
    struct Term: Sendable, Equatable {
        var `operator`: Operator
        var values: [String]
    }

    var component: String
    var terms: [Term]

    init(component: String, terms: [Term]) {
        self.component = component
        self.terms = terms
    }

    init(component: String, text: String) throws(SDMXFault) {
        self.component = component
        terms = []
        for part in text.split(separator: "+", omittingEmptySubsequences: false) {
            var term = Term(operator: .equal, values: [])
            let items = part.split(separator: ",", omittingEmptySubsequences: false)
            for (index, item) in items.enumerated() {
                var value = item
                if let colon = item.firstIndex(of: ":"),
                    let named = Operator(rawValue: String(item[..<colon]))
                {
                    // The operator of a list stands at its head.
                    guard index == 0 || named == term.operator else {
                        throw .badOperator(component)
                    }
                    term.operator = named
                    value = item[item.index(after: colon)...]
                }
                guard !value.isEmpty else { throw .badOperator(component) }
                term.values.append(String(value))
            }
            terms.append(term)
        }
    }

    var valueCount: Int { terms.reduce(0) { $0 + $1.values.count } }

    func takes(_ text: String) -> Bool {
        terms.allSatisfy { term in
            switch term.operator {
            case .different, .containsNot:
                term.values.allSatisfy { Self.holds(term.operator, text, $0) }
            default: term.values.contains { Self.holds(term.operator, text, $0) }
            }
        }
    }

    private static func holds(_ operation: Operator, _ text: String, _ value: String) -> Bool {
        switch operation {
        case .equal: text == value
        case .different: text != value
        case .less: isBefore(text, value)
        case .atMost: !isBefore(value, text)
        case .greater: isBefore(value, text)
        case .atLeast: !isBefore(text, value)
        case .contains: contains(text, value)
        case .containsNot: !contains(text, value)
        case .startsWith: text.utf8.starts(with: value.utf8)
        case .endsWith: text.utf8.reversed().starts(with: value.utf8.reversed())
        }
    }

    /// Whole numbers by value, anything else by its bytes.
    private static func isBefore(_ a: String, _ b: String) -> Bool {
        if let a = Int(a), let b = Int(b) { return a < b }
        return a.utf8.lexicographicallyPrecedes(b.utf8)
    }

    private static func contains(_ text: String, _ value: String) -> Bool {
        var rest = Array(text.utf8)[...]
        let value = Array(value.utf8)
        while rest.count >= value.count {
            if rest.starts(with: value) { return true }
            rest.removeFirst()
        }
        return false
    }
}

/// The same of time: a period of the figures lies in the period asked for, before or after it.
struct SDMXTimeCondition: Sendable {
    private let terms: [(operator: SDMXCondition.Operator, periods: [SDMXPeriod])]

    /// What the first and the last day of a figure's period must be at least and at most, as far as
    /// all terms agree; for the store, which compares exactly later.
    let firstDay: String?
    let lastDay: String?

    init(_ conditions: [SDMXCondition]) throws(SDMXFault) {
        var terms: [(operator: SDMXCondition.Operator, periods: [SDMXPeriod])] = []
        var firstDay: String?
        var lastDay: String?
        for condition in conditions {
            for term in condition.terms {
                switch term.operator {
                case .equal, .different, .less, .atMost, .greater, .atLeast: break
                default: throw .badOperator(condition.component)
                }
                var periods: [SDMXPeriod] = []
                for value in term.values {
                    guard let period = SDMXPeriod(value) else {
                        throw .badParameter(
                            condition.component,
                            expected: "a period such as 2020, 2020-Q4, 2020-12 or 2020-12-31")
                    }
                    periods.append(period)
                }
                terms.append((term.operator, periods))
                guard periods.count == 1 else { continue }
                if term.operator == .atLeast {
                    firstDay = max(firstDay ?? "", periods[0].first.description)
                } else if term.operator == .atMost {
                    lastDay = min(lastDay ?? "9999", periods[0].last.description)
                }
            }
        }
        self.terms = terms
        self.firstDay = firstDay
        self.lastDay = lastDay
    }

    var isEmpty: Bool { terms.isEmpty }

    func takes(_ time: String) -> Bool {
        guard !terms.isEmpty else { return true }
        guard let period = SDMXPeriod(time) else { return false }
        return terms.allSatisfy { term in
            term.operator == .different
                ? term.periods.allSatisfy { !Self.lies(period, in: $0) }
                : term.periods.contains { Self.holds(term.operator, period, $0) }
        }
    }

    private static func lies(_ period: SDMXPeriod, in other: SDMXPeriod) -> Bool {
        period.first >= other.first && period.last <= other.last
    }

    private static func holds(
        _ operation: SDMXCondition.Operator, _ period: SDMXPeriod, _ value: SDMXPeriod
    ) -> Bool {
        switch operation {
        case .less: period.last < value.first
        case .atMost: period.last <= value.last
        case .greater: period.first > value.last
        case .atLeast: period.first >= value.first
        default: lies(period, in: value)
        }
    }
}
