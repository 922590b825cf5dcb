import PopulationModel

/// Residence permits of one county at one date, by full years of residence and of insurance.
public struct PermitFigure: Sendable, Equatable {
    public var date: CalendarDate
    public var countyCode: String
    /// 0 to 5; 5 stands for five and more.
    public var residenceYears: Int
    /// 0 to 3; 3 stands for three and more.
    public var insuredYears: Int
    /// Persons with a permit that holds at the date: the permit holders of other tables.
    public var valid: Int
    /// Persons whose permit was issued and has not been endorsed since.
    public var suspended: Int

    public static let residenceYearsMax = 5
    public static let insuredYearsMax = 3

    public init(
        date: CalendarDate, countyCode: String, residenceYears: Int, insuredYears: Int,
        valid: Int, suspended: Int
    ) {
        self.date = date
        self.countyCode = countyCode
        self.residenceYears = residenceYears
        self.insuredYears = insuredYears
        self.valid = valid
        self.suspended = suspended
    }
}

/// Persons of one county on one tier of the settlement ladder at one date.
public struct LadderFigure: Sendable, Equatable {
    public var date: CalendarDate
    public var countyCode: String
    /// As the plan names it.
    public var tier: String
    public var persons: Int
    /// Sum of their points, in millionths of a point.
    public var pointsSumMillionths: Int

    public init(
        date: CalendarDate, countyCode: String, tier: String, persons: Int,
        pointsSumMillionths: Int
    ) {
        self.date = date
        self.countyCode = countyCode
        self.tier = tier
        self.persons = persons
        self.pointsSumMillionths = pointsSumMillionths
    }
}

/// Residents of one county at one date who may settle by one channel and have not.
public struct EligibilityFigure: Sendable, Equatable {
    public var date: CalendarDate
    public var countyCode: String
    public var channel: EligibilityChannel
    public var eligibleNotSettled: Int

    public init(
        date: CalendarDate, countyCode: String, channel: EligibilityChannel,
        eligibleNotSettled: Int
    ) {
        self.date = date
        self.countyCode = countyCode
        self.channel = channel
        self.eligibleNotSettled = eligibleNotSettled
    }
}

/// A way to settle (tasks 2, 3 and 5); `any` counts a citizen once.
public enum EligibilityChannel: Int, CaseIterable, Sendable {
    case town, central_city_work, central_city_property, talent, any

    public var word: String { "\(self)" }
}

/// Whom one public service is for, in one county at one date (tasks 14 to 20).
public struct ServiceFigure: Sendable, Equatable {
    public var date: CalendarDate
    public var countyCode: String
    public var group: ServiceGroup
    public var resident: Int
    public var floating: Int
    /// With a permit that is valid at the date.
    public var permitHolders: Int
    /// Settled within the year that ends at the date; `nil` unless a yearly pair does.
    public var settled: Int?

    public init(
        date: CalendarDate, countyCode: String, group: ServiceGroup, resident: Int,
        floating: Int, permitHolders: Int, settled: Int?
    ) {
        self.date = date
        self.countyCode = countyCode
        self.group = group
        self.resident = resident
        self.floating = floating
        self.permitHolders = permitHolders
        self.settled = settled
    }
}

/// The group that a service is for, by completed years of age and by sex.
public enum ServiceGroup: String, CaseIterable, Sendable {
    case children_0_6, children_6_11, children_12_14, women_15_49, working_16_59
    case aged_60_plus, aged_65_plus

    /// Completed years, first and last.
    public var ages: ClosedRange<Int> {
        switch self {
        case .children_0_6: 0...6
        case .children_6_11: 6...11
        case .children_12_14: 12...14
        case .women_15_49: 15...49
        case .working_16_59: 16...59
        case .aged_60_plus: 60...Int.max
        case .aged_65_plus: 65...Int.max
        }
    }

    public func includes(_ sex: Sex) -> Bool { self != .women_15_49 || sex == .female }
}
