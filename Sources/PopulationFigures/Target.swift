import PopulationModel

/// A target of the urbanization rate, from the targets file (SPEC 2.3).
public struct Target: Sendable, Equatable {
    public let concept: Concept
    /// 2, 4, 6 or 9 digits.
    public let areaCode: String
    /// 5000 is 50 %.
    public let percentHundredths: Int
    /// By when it is to be reached.
    public let date: CalendarDate
    /// The document that sets the target.
    public let source: String

    public init(
        concept: Concept, areaCode: String, percentHundredths: Int, date: CalendarDate,
        source: String
    ) {
        self.concept = concept
        self.areaCode = areaCode
        self.percentHundredths = percentHundredths
        self.date = date
        self.source = source
    }

    /// Row 1 of the task plan: 50 % of the residents of the area by 2020.
    public static func ofTaskPlan(area: Area) -> Target {
        Target(
            concept: .resident, areaCode: area.code, percentHundredths: 5_000,
            date: CalendarDate(year: 2020, month: 12, day: 31)!, source: "task plan, row 1")
    }
}

extension Target {
    /// A percentage from 0 to 100 with at most two decimals, as hundredths; `nil` for any other text.
    public static func percentHundredths(_ text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts[0].count <= 3,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }),
            let whole = Int(parts[0])
        else { return nil }
        var value = whole * 100
        if parts.count == 2 {
            guard parts[1].count <= 2, let decimals = Int(parts[1]) else { return nil }
            value += parts[1].count == 1 ? decimals * 10 : decimals
        }
        return value <= 10_000 ? value : nil
    }
}

extension [Target] {
    /// The targets when the last one of the area's residents were another percentage. Interim
    /// targets stay. Without a target of the area's residents there is one on the date of the task
    /// plan.
    public func assuming(percentHundredths: Int, area: Area) -> [Target] {
        let own = filter { $0.concept == .resident && $0.areaCode == area.code }
        let last = own.max { $0.date < $1.date } ?? .ofTaskPlan(area: area)
        return filter { $0 != last } + [
            Target(
                concept: .resident, areaCode: area.code, percentHundredths: percentHundredths,
                date: last.date, source: last.source)
        ]
    }

    /// The target of a concept and area that holds at a date: the one with the least date not
    /// before it, else the latest; `nil` without any.
    public func inForce(concept: Concept, areaCode: String, at date: CalendarDate) -> Target? {
        let own = filter { $0.concept == concept && $0.areaCode == areaCode }
        return own.filter { $0.date >= date }.min { $0.date < $1.date }
            ?? own.max { $0.date < $1.date }
    }
}
