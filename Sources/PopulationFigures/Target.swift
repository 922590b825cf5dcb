import PopulationModel

/// A target of the urbanization rate, from the targets file (SPEC 2.3).
public struct Target: Sendable, Equatable {
    public let concept: Concept
    public let areaCode: String
    /// 5000 is 50 %.
    public let percentHundredths: Int
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

extension [Target] {
    /// The target of a concept and area that holds at a date: the one with the least date not
    /// before it, else the latest; `nil` without any.
    public func inForce(concept: Concept, areaCode: String, at date: CalendarDate) -> Target? {
        let own = filter { $0.concept == concept && $0.areaCode == areaCode }
        return own.filter { $0.date >= date }.min { $0.date < $1.date }
            ?? own.max { $0.date < $1.date }
    }
}
